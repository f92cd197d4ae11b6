"""`napkinxl lite-code`: the functions in a workbook of a team's own, for xlwings Lite."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from napkinxl.errors import unreadable
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_cli.output import say
from napkinxl_workbook.files.safe_files import write_bytes
from napkinxl_workbook.files.web_extension import with_web_extension


@click.command("lite-code")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="the workbook to write  [default: the given one, replaced]"
)
def lite_code(workbook: Path, output: Path | None) -> None:
    """Put the code of the functions into WORKBOOK (.xlsx), so that they answer in Excel with xlwings Lite.

    Do it as the last step: openpyxl drops the code when it saves. Everything else in the file stays as it is.

    \b
    napkinxl lite-code own.xlsx -o own-with-code.xlsx
    napkinxl lite-code own.xlsx
    """
    target = output or workbook
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"a workbook for xlwings Lite must end in .xlsx, got {target.name!r}")
    try:
        content = workbook.read_bytes()
    except OSError as error:
        raise unreadable(workbook, error) from None
    finished = with_web_extension(content, lite_files(), list(FUNCTIONS))
    write_bytes(target, finished)
    say(f"Wrote {target}: {len(FUNCTIONS)} functions for xlwings Lite")
