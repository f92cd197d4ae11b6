"""Templates as files, and where their function cells lie."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.spelling import SpellingReader
from napkinxl_workbook.template.build import write_template
from napkinxl_workbook.template.hosts import HOSTS
from support.xlsx_package import MAIN, XlsxPackage

CREATED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FUNCTION_HOSTS = [name for name, host in HOSTS.items() if host.spelling]


def template(folder: Path, host: str) -> Path:
    """Write the template for a host."""
    path = folder / f"napkinxl-{host}{HOSTS[host].suffix}"
    path.write_bytes(_content(host))
    return path


# Many tests begin with the same template: it is made once for all.
@cache
def _content(host: str) -> bytes:
    with TemporaryDirectory() as folder:
        return write_template(Path(folder) / f"template{HOSTS[host].suffix}", host, created=CREATED).read_bytes()


def formula_cells(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """Every cell with a formula, by sheet and coordinate."""
    return {
        (title, cell.get("r", "")): cell
        for title, _, tree in XlsxPackage(path).worksheets()
        for cell in tree.iter(f"{MAIN}c")
        if cell.find(f"{MAIN}f") is not None
    }


def function_formulas(path: Path) -> dict[tuple[str, str], str]:
    """Every formula that calls one of our functions, as people type it."""
    reader = SpellingReader(FUNCTIONS)
    formulas = {key: cell.findtext(f"{MAIN}f") or "" for key, cell in formula_cells(path).items()}
    typed = {key: reader.as_typed(formula) for key, formula in formulas.items()}
    return {key: text for key, text in typed.items() if text.partition("(")[0] in FUNCTIONS}
