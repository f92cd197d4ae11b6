"""The sheet Own, rent or API: each way to serve the users, live, and the bill against their number as a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.ways import API, OWN, PER_GPU_HOUR, PER_GPU_MONTH, PER_USER_MONTH, WAYS, Figure, bill, per_million
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import widths, write_header
from napkinxl_workbook.sheets.extra import ExtraSheet
from napkinxl_workbook.sheets.linked_rows import model_cell, write_formulas, write_link
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, Pipeline
from napkinxl_workbook.sheets.user_sweep import write_user_sweep

TITLE = "Own, rent or API"
HEADER_ROW = 4
NOTE_WIDTH = 56
_BILLS = {API: "users times the bill of each", OWN: "replicas x GPUs x a GPU's month"}
BREAK_EVEN = (
    "own_break_even_months",
    "own_break_even_utilization_share",
    "rent_npv_usd_per_gpu",
    "own_npv_usd_per_gpu",
    "own_saving_npv_usd_per_gpu",
    "reserved_break_even_hours_per_day",
    "reserve_demand_quantile_share",
    "self_host_break_even_million_tokens_per_month",
    "self_host_break_even_utilization_share",
    "own_or_rent_verdict",
    "self_host_or_api_verdict",
)


def write_ways(book: Book, estimates: Sequence[Estimate], model: Pipeline) -> None:
    """Write the sheet."""
    subtitle = "What each way to serve costs; everything follows the sheet Inputs. #N/A: no answer."
    sheet = book.sheet(TITLE, TITLE, subtitle, widths(WIDTHS, len(estimates), [NOTE_WIDTH]), "548235")
    write_header(book, sheet, HEADER_ROW, HEADERS, [item.scenario.name for item in estimates], ["How"])
    row = HEADER_ROW + 1
    for figure in (PER_GPU_HOUR, PER_GPU_MONTH, PER_USER_MONTH):
        row = _write_figure(book, sheet, row, figure, estimates, model)
    row = _write_per_million(book, sheet, row, estimates, model)
    row = _write_bills(book, sheet, row, estimates, model)
    row = _section(book, sheet, row, "From when which pays", len(estimates))
    for name in BREAK_EVEN:
        write_link(book, sheet, row, name, estimates, model)
        row += 1
    write_user_sweep(book, sheet, row + 1, estimates[0], model)
    sheet.row_breaks.append(Break(id=row))
    sheet.print_title_rows = None


WAYS_SHEET = ExtraSheet(TITLE, "owned, rented, reserved and spot GPUs against tokens from an API", write_ways)


def _section(book: Book, sheet: Worksheet, row: int, title: str, scenarios: int) -> int:
    book.section(sheet, row, title, len(HEADERS) + scenarios + 1)
    return row + 1


def _write_figure(
    book: Book, sheet: Worksheet, row: int, figure: Figure, estimates: Sequence[Estimate], model: Pipeline
) -> int:
    row = _section(book, sheet, row, figure.label, len(estimates))
    for way, name in figure.names.items():
        write_link(book, sheet, row, name, estimates, model, label=way)
        row += 1
    return row


def _write_per_million(book: Book, sheet: Worksheet, row: int, estimates: Sequence[Estimate], model: Pipeline) -> int:
    """The cost of a user over the user's tokens."""
    row = _section(book, sheet, row, "Million tokens", len(estimates))
    for way, name in PER_USER_MONTH.names.items():
        cost = [model_cell(name, index, model) for index in range(len(estimates))]
        tokens = [model_cell("million_tokens_per_user_month", index, model) for index in range(len(estimates))]
        formulas = [f"={over}/{under}" for over, under in zip(cost, tokens, strict=True)]
        values = [per_million(item[name], item.values) for item in estimates]
        heading = (way, "USD/million tokens", "")
        write_formulas(book, sheet, row, heading, formulas, values, "the user's cost over the user's tokens")
        row += 1
    return row


def _write_bills(book: Book, sheet: Worksheet, row: int, estimates: Sequence[Estimate], model: Pipeline) -> int:
    """What all users cost a month: whole replicas, or tokens."""
    row = _section(book, sheet, row, "All users a month", len(estimates))
    write_link(book, sheet, row, "users", estimates, model)
    write_link(book, sheet, row + 1, "replicas_for_users", estimates, model)
    row += 2
    for way in WAYS:
        formulas = list(_bill_formulas(way, len(estimates), model))
        values = [bill(way, item.values) for item in estimates]
        note = _BILLS.get(way, "replicas x GPUs x a GPU's month, and traffic out of the cloud")
        write_formulas(book, sheet, row, (way, "USD/month", ""), formulas, values, note, "nFigure")
        row += 1
    return row


def _bill_formulas(way: str, scenarios: int, model: Pipeline) -> Iterator[str]:
    names = (
        ["api_usd_per_month"] if way == API else ["replicas_for_users", "gpus_per_replica", PER_GPU_MONTH.names[way]]
    )
    traffic = ["users", "egress_usd_per_user_month"] if way not in (OWN, API) else []
    for index in range(scenarios):
        parts = ["*".join(model_cell(name, index, model) for name in part) for part in (names, traffic) if part]
        yield "=" + "+".join(parts)
