"""The catalog in the workbook: GPUs, models and presets that the formulas look up, and the dated prices."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from napkinxl.catalog import RENT, Catalog, CatalogRow
from napkinxl.catalog.rows import DETAIL_COLUMNS, PRICE_COLUMNS, SPOT, catalog_inputs
from napkinxl.engine.inputs import CatalogTable
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL
from napkinxl.scenarios.presets import PRESETS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.look_up import FIRST_ROW, LookUp
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.theme import input_format

PRICES_SHEET = "Prices"
THIS_ROW = "this row"
RENT_BASIS = "rent basis"  # the column that says whose price a GPU's rent is
HEADER_ROW = 4


def write_catalog(book: Book, catalog: Catalog, remark: str = "") -> dict[str, LookUp]:
    """The sheets GPUs, Models and Presets; what they hold, by the field that names a row."""
    return {
        "gpu": _write_table(book, "GPUs", "gpus", catalog, catalog.gpus, remark),
        "model": _write_table(book, "Models", "models", catalog, catalog.models, remark),
        "preset": _write_presets(book),
    }


def _write_gpus(report: Report) -> None:
    report.look_ups["gpu"] = _write_table(report.book, "GPUs", "gpus", report.catalog, report.catalog.gpus, "")


def _write_models(report: Report) -> None:
    report.look_ups["model"] = _write_table(report.book, "Models", "models", report.catalog, report.catalog.models, "")


def _write_preset_sheet(report: Report) -> None:
    report.look_ups["preset"] = _write_presets(report.book)


CATALOG_SHEETS = (
    ReportSheet("GPUs", "Catalog", "GPUs, with source and date per row", _write_gpus),
    ReportSheet("Models", "Catalog", "models, with source and date per row", _write_models),
    ReportSheet("Presets", "Catalog", "ceiling or calibrated, and the error of each", _write_preset_sheet),
    ReportSheet(
        PRICES_SHEET, "Catalog", "dated rental prices", lambda report: write_prices(report.book, report.catalog)
    ),
)


def _write_table(
    book: Book, title: str, table: CatalogTable, catalog: Catalog, rows: dict[str, CatalogRow], remark: str
) -> LookUp:
    inputs = catalog_inputs(table)
    details = DETAIL_COLUMNS[table]
    widths = [38, *[12] * len(inputs), *[44 if name == "notes" else 18 for name in details], 50, 12, 34]
    subtitle = "One row each, with its source and the date it was checked. Blank: unknown, or the input's default."
    subtitle += remark
    sheet = book.sheet(title, f"Catalog: {title}", subtitle, widths, "Catalog")
    headers = [title[:-1], *(f"{INPUTS[name].label} [{INPUTS[name].unit}]" for name in inputs)]
    last = ["Reference rent from"] if table == "gpus" else []
    book.row(sheet, HEADER_ROW, [*headers, *details, "source", "checked", *last], "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 66
    book.text(sheet, FIRST_ROW, 1, GIVEN_IN_FULL)
    for line, row in enumerate(rows.values(), start=FIRST_ROW + 1):
        values = catalog.values(table, row.name)
        book.text(sheet, line, 1, row.name)
        prices = catalog.reference_prices(row.name) if table == "gpus" else {}
        rent = prices.get(RENT)
        for column, name in enumerate(inputs, start=2):
            shown = input_format(INPUTS[name])
            if name in prices:
                cell = _price_cell(name, catalog.prices.index(prices[name]))
                book.formula(sheet, line, column, f"={cell}", values[name], "nNumber", shown)
            else:
                book.number(sheet, line, column, values.get(name), "nNumber", shown)
        basis = rent.basis if rent else THIS_ROW if RENT in values else ""
        texts = [*(row.details[name] for name in details), row.source, row.checked, basis]
        for column, text in enumerate(texts, start=2 + len(inputs)):
            if text.replace(".", "", 1).isdigit():
                book.number(sheet, line, column, float(text), "nNumber", "#,##0.##")
            else:
                book.text(sheet, line, column, text, "nNote")
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEADER_ROW}:{HEADER_ROW}", "A:A"
    named = [*inputs, *details, "source", "checked", RENT_BASIS]
    letters = {name: get_column_letter(column) for column, name in enumerate(named, start=2)}
    return LookUp(title, (GIVEN_IN_FULL, *rows), letters)


def _price_cell(name: str, place: int) -> str:
    """Where the sheet Prices has the price that stands for an input."""
    column = "spot_usd_per_gpu_hour" if name == SPOT else "usd_per_gpu_hour"
    return f"{PRICES_SHEET}!${get_column_letter(1 + PRICE_COLUMNS.index(column))}${FIRST_ROW + place}"


def _write_presets(book: Book) -> LookUp:
    names = list(dict.fromkeys(name for preset in PRESETS.values() for name in preset.values))
    subtitle = "How far from the ceiling the engine runs, and how wrong each preset is against measured serving."
    sheet = book.sheet("Presets", "Catalog: presets", subtitle, [16, *[14] * len(names), 44, 60, 44], "Catalog")
    headers = [f"{INPUTS[name].label} [{INPUTS[name].unit}]" for name in names]
    book.row(sheet, HEADER_ROW, ["Preset", *headers, "What it is", "Error", "source"], "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 54
    for line, preset in enumerate(PRESETS.values(), start=FIRST_ROW):
        book.text(sheet, line, 1, preset.name)
        for column, name in enumerate(names, start=2):
            book.number(sheet, line, column, preset.values.get(name), "nNumber", input_format(INPUTS[name]))
        for column, text in enumerate((preset.title, preset.error_text, preset.source), start=2 + len(names)):
            book.text(sheet, line, column, text, "nNote")
    letters = {name: get_column_letter(column) for column, name in enumerate([*names, "title", "error"], start=2)}
    return LookUp("Presets", tuple(PRESETS), letters)


PRICE_HEADERS = {
    "gpu": "GPU",
    "gpus_per_instance": "GPUs per instance",
    "usd_per_gpu_hour": "USD per GPU-hour",
    "spot_usd_per_gpu_hour": "Spot USD per GPU-hour",
}


def write_prices(book: Book, catalog: Catalog, remark: str = "") -> None:
    """The sheet Prices: every dated price."""
    subtitle = (
        "Dated prices; none is ever overwritten. A GPU's reference rent is the latest own price, else "
        f"the cheapest of the providers' latest list prices, else the market's contracts of three years.{remark}"
    )
    columns = [16, 34, 22, 10, 12, 12, 14, 20, 12, 60, 12]
    sheet = book.sheet(PRICES_SHEET, "Catalog: prices", subtitle, columns, "Catalog")
    book.row(sheet, HEADER_ROW, [PRICE_HEADERS.get(name, name) for name in PRICE_COLUMNS], "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 45
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    for line, price in enumerate(catalog.prices, start=FIRST_ROW):
        for column, name in enumerate(PRICE_COLUMNS, start=1):
            text = price.details[name]
            if name.endswith("usd_per_gpu_hour") and text:
                book.number(sheet, line, column, float(text), "nNumber", "$#,##0.00")
            else:
                book.text(sheet, line, column, text, "nText" if column < 10 else "nNote")
    sheet.freeze_panes = f"A{FIRST_ROW}"
