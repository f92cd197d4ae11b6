"""`napkinxl template`: the workbook whose cells call the Excel functions."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from napkinxl_addin.spelling import DEFAULT_NAMESPACE
from napkinxl_addin.vba_module import vba_module
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, say
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_workbook.files.safe_files import write_bytes
from napkinxl_workbook.template.build import write_template
from napkinxl_workbook.template.hosts import HOSTS, get_host

_HOST_HELP = "; ".join(f"{host.name}: {host.title}" for host in HOSTS.values())


@click.command()
@click.option("--host", type=click.Choice(list(HOSTS)), default="native", show_default=True, help=_HOST_HELP)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="the workbook to write [default: napkinxl-HOST]")
@click.option("--namespace", help=f"server: what stands before a function's name  [default: {DEFAULT_NAMESPACE}]")
@click.option("--interpreter", help="classic: the path of Python on the machines that will open it")
@click.option(
    "--vba", type=click.Path(path_type=Path), help="classic: write the macros as text too, to import them by hand"
)
@scenario_options
def template(
    host: str,
    output: Path | None,
    namespace: str | None,
    interpreter: str | None,
    vba: Path | None,
    selection: ScenarioSelection,
) -> None:
    """Write a template workbook whose cells call the Excel functions, for one program.

    FILE holds scenarios, one a column; without it, the article's case at two contexts. The native template needs no
    add-in: its formulas are Excel's own.

    \b
    napkinxl template
    napkinxl template --host lite -o model.xlsx
    napkinxl template --host classic --vba napkinxl_functions.bas -o ours.xlsm
    """
    kind = get_host(host)
    if namespace is not None and kind.name != "server":
        raise click.UsageError(f"--namespace is for --host server, the host is {kind.name}")
    if kind.name != "classic":
        for option, given in (("--vba", vba), ("--interpreter", interpreter)):
            if given is not None:
                raise click.UsageError(f"{option} is for --host classic, the host is {kind.name}")
    target = output or Path(f"napkinxl-{kind.name}{kind.suffix}")
    path = write_template(
        target,
        kind.name,
        selection.scenarios(),
        namespace=DEFAULT_NAMESPACE if namespace is None else namespace,
        interpreter=interpreter,
        catalog=selection.catalog,
    )
    if vba is not None:
        # The editor that imports it reads Windows' line ends and code page.
        write_bytes(vba, vba_module().replace("\n", "\r\n").encode("cp1252"))
        say(f"Wrote {vba}")
    say(f"Wrote {path}: {kind.title}")
    for step in kind.steps:
        console().print(f"- {step}", markup=False)
