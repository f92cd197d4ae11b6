"""The template workbook for a host, from scenarios and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from napkinxl import Scenario, default_scenarios
from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.errors import InputError
from napkinxl.scenarios.resolution import canonical, resolve
from napkinxl_addin.spelling import DEFAULT_NAMESPACE
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.safe_files import write_bytes
from napkinxl_workbook.report import build_report, report_sheets
from napkinxl_workbook.sheets.catalog import PRICES_SHEET, write_catalog, write_prices
from napkinxl_workbook.sheets.checks import NO_ERRORS, light_cell, light_key
from napkinxl_workbook.sheets.columns import INPUTS_SHEET
from napkinxl_workbook.sheets.scenario_inputs import write_inputs
from napkinxl_workbook.template import scenario_table, self_check, settings, spills, start, xlwings_conf
from napkinxl_workbook.template.function_cells import FunctionCells
from napkinxl_workbook.template.host_code import with_host_code
from napkinxl_workbook.template.hosts import TemplateHost, get_host

MOST_SCENARIOS = 20  # side by side; a report shows more
_TITLE = "LLM inference unit economics: template for {}"
FOR_READING = " For reading only: the functions use the catalog inside napkinxl; type your own figures on Inputs."
INPUTS_SUBTITLE = (
    "Type into the blue cells. A blank cell means the catalog's value for the GPU, model or preset, else the default."
)
SHEETS = {
    INPUTS_SHEET: "what each scenario sets; change the blue cells and everything follows",
    scenario_table.TITLE: "the answers and how they come about: one function a cell",
    spills.TITLE: "ranges in place of cells: a column of contexts, models against contexts",
    self_check.TITLE: "published figures beside what the functions answer",
    settings.TITLE: "what the functions take beside their arguments",
    "GPUs": "catalog, with source and date per row; for reading",
    "Models": "catalog, with source and date per row; for reading",
    "Presets": "ceiling or calibrated, and the error of each",
    PRICES_SHEET: "dated rental prices; for reading",
}


def build_template(
    host: TemplateHost,
    scenarios: Sequence[Scenario],
    created: datetime,
    namespace: str = DEFAULT_NAMESPACE,
    interpreter: str | None = None,
    catalog: Catalog | None = None,
) -> Book:
    """The template in memory; see `write_template`."""
    if not 0 < len(scenarios) <= MOST_SCENARIOS:
        raise InputError(f"a template shows 1 to {MOST_SCENARIOS} scenarios side by side, got {len(scenarios)}")
    catalog = catalog or built_in_catalog()
    scenarios = [_spelled_out(scenario, catalog) for scenario in scenarios]
    if host.spelling is None:
        return _native(host, scenarios, catalog, created)
    if catalog is not built_in_catalog():
        raise InputError(
            f"a template for {host.name} must use the built-in catalog, as the functions do: hand over your own GPU or "
            "model as a range of field and value, or use the native template"
        )
    book = Book()
    look_ups = write_catalog(book, catalog, FOR_READING)
    write_prices(book, catalog, FOR_READING)
    write_inputs(book, scenarios, look_ups, INPUTS_SUBTITLE)
    arguments = settings.write_settings(book, scenarios)
    cells = FunctionCells(book, host, namespace)
    scenario_table.write_scenarios(cells, scenarios, arguments, look_ups["preset"])
    spills.write_spills(cells, arguments[0], look_ups["model"])
    light = self_check.write_self_check(cells), self_check.NOT_YET, self_check.NOT_YET
    typed = [(_typed(host, call, namespace), meaning) for call, meaning in start.EXAMPLES]
    start.write_start(book, host, list(SHEETS.items()), light, typed)
    order = [start.TITLE, *SHEETS]
    if host.name == "classic":
        xlwings_conf.write_xlwings_conf(book, interpreter)
        order.append(xlwings_conf.TITLE)
    book.finish(order)
    book.describe(_TITLE.format(host.title), created)
    return book


def write_template(
    path: str | Path,
    host: str = "native",
    scenarios: Sequence[Scenario] | None = None,
    created: datetime | None = None,
    namespace: str = DEFAULT_NAMESPACE,
    interpreter: str | None = None,
    catalog: Catalog | None = None,
) -> Path:
    """Write the template workbook for one program.

    Parameters
    ----------
    path : str or Path
        The file to make or replace: .xlsm for classic, .xlsx for all others; on any failure the old file stays.
    host : str
        A key of `HOSTS`: native, classic, lite, server or calc.
    scenarios : sequence of Scenario, optional
        One column each; by default the article's case at the advertised and at a typical context.
    created : datetime, optional
        The moment written into the file; by default now.
    namespace : str
        Of an xlwings Server.
    interpreter : str, optional
        The path of Python on the machines that will open a classic template.
    catalog : Catalog, optional
        For a native template: where GPUs and models are looked up, by default the built-in one.

    Raises
    ------
    UnknownNameError
        There is no such host, GPU or model.
    InputError
        The scenarios cannot be shown, or the name does not end as it must.
    FileError
        The file cannot be written, or the installed xlwings lacks the macros.
    """
    kind = get_host(host)
    path = Path(path)
    if path.suffix.lower() != kind.suffix:
        raise InputError(f"a template for {kind.name} must end in {kind.suffix}, got {path.name!r}")
    created = created or datetime.now(UTC)
    book = build_template(kind, scenarios or default_scenarios(), created, namespace, interpreter, catalog)
    content = BytesIO()
    write_workbook(book.workbook, content, book.values, created=created)
    finished = with_host_code(content.getvalue(), kind, len(book.workbook.sheetnames))
    write_bytes(path, finished)
    return path


def _spelled_out(scenario: Scenario, catalog: Catalog) -> Scenario:
    """The scenario with every argument of the functions given, so that no cell that one points to is empty."""
    scenario = canonical(scenario, catalog)
    values = resolve(scenario, catalog).values
    own = {name: values[name] for name in settings.ARGUMENTS if name in values}
    return Scenario(**{**scenario.fields(), **own})


def _native(host: TemplateHost, scenarios: Sequence[Scenario], catalog: Catalog, created: datetime) -> Book:
    """The report with a sheet before it that says how to use it as a template."""
    book = build_report(scenarios, catalog, created)
    contents = [(sheet.title, sheet.meaning) for sheet in report_sheets() if sheet.title in book.sheets]
    start.write_start(book, host, contents, (light_cell(), str(book.values[light_key()]), NO_ERRORS), [])
    book.finish([start.TITLE, *(title for title, _ in contents)])
    book.describe(_TITLE.format(host.title), created)
    return book


def _typed(host: TemplateHost, call: str, namespace: str) -> str:
    name, _, rest = call.partition("(")
    return f"={host.typed(name, namespace)}({rest}"
