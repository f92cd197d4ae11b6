"""The sheets of a plan: independent engines agree, edits are followed, checks can fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from docs.pages import ROOT
from fleet.fleet_tiers import tier
from fleet.test_fleet_plan import PLAIN
from napkinxl import Scenario, estimate
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.monthly_plan.plan import Plan, plan_fleet, plan_tiers
from napkinxl.monthly_plan.settings import settings_from
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.report import build_report
from napkinxl_workbook.sentences import Figure
from napkinxl_workbook.sheets.monthly_plan.answer import UNKNOWN, plan_answer_text
from napkinxl_workbook.sheets.monthly_plan.layout import FIRST_MONTH_COLUMN, HEADER_ROW
from napkinxl_workbook.sheets.monthly_plan.sheet import PlanSheets, write_plan
from support.engines import differences, ironcalc_values, stored_values
from support.libreoffice import needs_libreoffice, recalculate_many
from support.model_lint import constant_findings, function_findings, row_findings
from support.report_files import CREATED, edit, input_cell
from support.xlsx_lint import lint

FREE = {"price_usd_per_user_month": 0.0, "users": 5000.0, "traffic_duty_share": 0.001, "concurrent_sequences": 20.0}
OWNED = {"useful_life_months": 7.0, "owned_gpus_share": 0.6}
UNPRICED = float("nan")
PLANS: dict[str, Plan] = {
    "rented": plan_tiers([tier()], settings_from({"months": 5})),
    "owned": plan_tiers(
        [
            tier("Free", **OWNED, **FREE),
            tier("Pro", **OWNED),
            tier("Agents", **OWNED, burstiness_ratio=3.0, service_level_probability=0.999),
        ],
        settings_from(
            {
                "opening_servers": 2,
                "opening_servers_months_left": 5,
                "rent_whole_servers": 0,
                "season_ratios": [1.2, 0.8] * 6,
                "first_calendar_month": 11,
                "users": {"Pro": [1200, None, 900]},
                "new_users": {"Free": [500] * 36},
                "usage_change_share_per_year": 0.5,
                "rent_change_share_per_year": -0.2,
                "purchase_change_share_per_year": -0.3,
                "api_change_share_per_year": -0.4,
            }
        ),
    ),
    "unknown": plan_tiers(
        [tier("A", purchase_usd_per_gpu=UNPRICED), tier("B", concurrent_sequences=0.0, purchase_usd_per_gpu=UNPRICED)],
        settings_from({"months": 3}),
    ),
    "empty": plan_tiers([tier(users=0.0, owned_gpus_share=1.0)], settings_from({"months": 1})),
}


def write(plan: Plan, path: Path) -> tuple[Book, PlanSheets]:
    book = Book()
    sheets = write_plan(book, plan)
    book.finish(["Monthly plan", "Plan inputs"])
    write_workbook(book.workbook, path, book.values, created=CREATED)
    return book, sheets


def expected(book: Book) -> dict[Any, Any]:
    return {key: "#N/A" if isinstance(value, float) and value != value else value for key, value in book.values.items()}


def known(name: str, book: Book, sheets: PlanSheets) -> dict[Any, Any]:
    """What engines must say of a plan; in that of the unknown, checks of what has no answer say so."""
    cells = expected(book)
    if name == "unknown":
        cells = {key: value for key, value in cells.items() if value not in ("OK", "ALL CHECKS OK")}
        assert not [key for key in cells if key[0] == "Monthly plan" and key[1] in sheets.light]
    assert len(cells) > 100
    return cells


@pytest.mark.parametrize("name", PLANS)
def test_ironcalc_agrees_on_every_formula(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book, sheets = write(PLANS[name], path)
    assert differences(expected(book), stored_values(path)) == []
    assert differences(known(name, book, sheets), ironcalc_values(path)) == []
    assert lint(path) == []


@pytest.mark.slow
def test_libreoffice_agrees_on_every_formula(tmp_path: Path) -> None:
    needs_libreoffice()
    paths = [tmp_path / f"{name}.xlsx" for name in PLANS]
    cells = [known(name, *write(PLANS[name], path)) for name, path in zip(PLANS, paths, strict=True)]
    for wanted, recalculated in zip(cells, recalculate_many(paths, tmp_path / "out"), strict=True):
        assert differences(wanted, stored_values(recalculated)) == []


def test_one_formula_a_row_without_constants(tmp_path: Path) -> None:
    _, sheets = write(PLANS["owned"], tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx")["Monthly plan"]
    rows = [
        row + n
        for name, row in sheets.layout.rows.items()
        if name in MONTHLY
        for n in range(3 if MONTHLY[name].per_tier else 1)
    ]
    assert row_findings(sheet, rows, 6, 41) == []
    assert constant_findings(sheet, [0, 1, 2, 6, 12, 0.005, 1e-9]) == []
    assert function_findings(sheet) == []


def test_the_plan_follows_its_blue_cells(tmp_path: Path) -> None:
    """Typed into the file, the engine gives what the core gives for the same settings."""
    path, edited = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx"
    _, sheets = write(PLANS["rented"], path)
    rows = sheets.layout.settings
    typed = {
        "lead_months": 1.0,
        "gpus_per_server": 4.0,
        "opening_servers": 1.0,
        "usage_change_share_per_year": 0.4,
        "rent_change_share_per_year": -0.25,
        "purchase_change_share_per_year": 0.1,
        "api_change_share_per_year": -0.2,
    }
    cells: dict[Any, Any] = {("Plan inputs", f"D{rows[name]}"): value for name, value in typed.items()}
    cells["Plan inputs", f"G{rows['given_tier_users']}"] = 3000.0
    cells["Plan inputs", f"D{rows['owned_gpus_share']}"] = 0.5
    edit(path, edited, cells)
    other, _ = write(
        plan_tiers([tier(owned_gpus_share=0.5)], settings_from({**typed, "months": 5, "users": {"Pro": [None, 3000]}})),
        tmp_path / "x.xlsx",
    )
    wanted = {key: value for key, value in expected(other).items() if key[0] == "Monthly plan"}
    assert differences(wanted, ironcalc_values(edited)) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("lead_months", 2.5),
        ("rent_change_share_per_year", 30.0),
        ("rent_whole_servers", None),
        ("gpus_per_server", "eight"),
    ],
)
def test_the_light_turns_red(cell: str, value: Any, tmp_path: Path) -> None:
    path, edited = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx"
    _, sheets = write(PLANS["rented"], path)
    light = ("Monthly plan", sheets.light.partition("!")[2].replace("$", ""))
    assert ironcalc_values(path)[light] == "ALL CHECKS OK"
    edit(path, edited, {("Plan inputs", f"D{sheets.layout.settings[cell]}"): value})
    assert ironcalc_values(edited)[light] == "CHECK"


@pytest.mark.parametrize(
    "balance",
    [
        "total_users",
        "owned_servers",
        "rented_gpus",
        "idle_gpu_hours",
        "cash_flow_usd",
        "book_value_usd",
        "api_cash_flow_usd",
    ],
)
def test_a_number_typed_over_a_formula_is_seen(balance: str, tmp_path: Path) -> None:
    path, edited = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx"
    _, sheets = write(PLANS["rented"], path)
    edit(path, edited, {("Monthly plan", f"H{sheets.layout.rows[balance]}"): -1.0})
    assert ironcalc_values(edited)["Monthly plan", "D3"] == "CHECK"


def test_tiers_that_differ_are_seen(tmp_path: Path) -> None:
    path, edited = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx"
    _, sheets = write(PLANS["owned"], path)
    assert ironcalc_values(path)["Monthly plan", "D3"] == "ALL CHECKS OK"
    edit(path, edited, {("Plan inputs", f"E{sheets.layout.settings['rent_usd_per_gpu_hour']}"): 9.0})
    assert ironcalc_values(edited)["Monthly plan", "D3"] == "CHECK"


@pytest.mark.slow
def test_in_a_report_the_plan_follows_the_sheet_inputs(tmp_path: Path) -> None:
    path, edited = tmp_path / "report.xlsx", tmp_path / "edited.xlsx"
    fields = settings_from({"months": 6})
    owned = {"requests_per_user_month": 4000.0, "owned_gpus_share": 0.5}

    def scenarios(users: float) -> list[Scenario]:
        return [
            Scenario(name="A", context_tokens=20_000.0, users=users, **owned),
            Scenario(name="B", context_tokens=50_000.0, **owned),
        ]

    plan = plan_fleet([estimate(scenario) for scenario in scenarios(500_000.0)], fields)
    book = build_report(scenarios(500_000.0), created=CREATED, plan=plan)
    write_workbook(book.workbook, path, book.values, created=CREATED)
    fleet = {key: value for key, value in expected(book).items() if "plan" in key[0].lower()}
    assert len(fleet) > 500
    assert differences(fleet, ironcalc_values(path)) == []
    edit(path, edited, {input_cell("users"): 900_000.0})
    after = plan_fleet([estimate(scenario) for scenario in scenarios(900_000.0)], fields)
    assert after["gpus"] != plan["gpus"]
    found = ironcalc_values(edited)
    rows = {str(row[2].value): row[0].row for row in load_workbook(path)["Monthly plan"].iter_rows(max_col=3)}
    for name, value in after.figures.items():
        wanted = "#N/A" if value != value else float(value)
        assert (
            differences(
                {("Monthly plan", "D1"): wanted}, {("Monthly plan", "D1"): found["Monthly plan", f"D{rows[name]}"]}
            )
            == []
        ), name


@pytest.mark.slow
def test_other_seasons_are_no_broken_formula(tmp_path: Path) -> None:
    """Their sum stays 12 by rule, so that the sum of the row does not show that somebody typed into it."""
    path, edited = tmp_path / "report.xlsx", tmp_path / "edited.xlsx"
    scenario = Scenario(name="A", context_tokens=20_000.0, users=500_000.0, requests_per_user_month=4000.0)
    plan = plan_fleet([estimate(scenario)], settings_from({"months": 5}))
    book = build_report([scenario], created=CREATED, plan=plan)
    write_workbook(book.workbook, path, book.values, created=CREATED)
    (row,) = (
        line[2].row for line in book.sheets["Plan inputs"].iter_rows(max_col=3) if line[2].value == "season_ratios"
    )
    edit(path, edited, {("Plan inputs", f"D{row}"): 1.5, ("Plan inputs", f"E{row}"): 0.5})
    assert ironcalc_values(edited)["Checks", "B3"] == ironcalc_values(path)["Checks", "B3"]


def test_the_answer_says_what_is_not_known() -> None:
    assert plan_answer_text(PLANS["unknown"]) == UNKNOWN
    assert "no funding is needed" in plan_answer_text(
        plan_tiers([tier(price_usd_per_user_month=500.0)], settings_from({"months": 4}))
    )
    assert plan_answer_text(PLANS["rented"]).startswith("Profitable from month")


@pytest.mark.parametrize(
    ("price", "verdict"),
    [
        (50.1, "3,006; the fleet is cheaper from month 1 on."),
        (45.0, "2,700; the fleet is cheaper from month 2 on."),
        (41.0, "2,460; the fleet is never cheaper."),
        (UNPRICED, ""),
    ],
)
def test_the_answer_says_which_is_cheaper(price: float, verdict: str) -> None:
    """Six months of 10 users against a fleet that costs 500 and then five times 410; see the plan by hand."""
    fleet = settings_from({"months": 6, "gpus_per_server": 2, "lead_months": 1})
    ten = tier(**{**PLAIN, "api_usd_per_user_month": price, "owned_gpus_share": 0.6})
    text = plan_answer_text(plan_tiers([ten], fleet))
    start = " The fleet costs $2,550 over 6 months, an API for the same tokens $"
    assert text.partition(" for 10 users.")[2] == (start + verdict if verdict else "")


def test_the_answer_says_when_the_fleet_costs_less_for_a_while() -> None:
    """An API that falls to a tenth in a year: 600, 495, 409 and less, against a fleet of 500, 410, 410: two months."""
    fields = {
        "months": 6,
        "gpus_per_server": 2,
        "lead_months": 1,
        "api_change_share_per_year": -0.9,
    }
    plan = plan_tiers(
        [tier(**{**PLAIN, "api_usd_per_user_month": 60.0, "owned_gpus_share": 0.6})], settings_from(fields)
    )
    assert plan["api_usd"][:3] == pytest.approx((600, 495, 409), abs=0.5)
    assert plan_answer_text(plan).endswith("the fleet is cheaper in 2 of 6 months, but not in the last.")


def test_the_answer_names_the_month_with_most_gpus() -> None:
    seasons = {"months": 4, "first_calendar_month": 12, "season_ratios": [2.0, 0.5, 0.5, *[1.0] * 9]}
    text = plan_answer_text(plan_tiers([tier(**PLAIN)], settings_from(seasons)))
    assert "The fleet peaks at 24 GPUs in month 2 and ends with 8 for 10 users." in text


def test_seasons_that_do_not_average_to_one_are_seen(tmp_path: Path) -> None:
    """A year of users would have another year's bill."""
    path, edited = tmp_path / "plan.xlsx", tmp_path / "edited.xlsx"
    _, sheets = write(PLANS["rented"], path)
    row = sheets.layout.settings["season_ratios"]
    edit(path, edited, {("Plan inputs", f"D{row}"): 1.5, ("Plan inputs", f"E{row}"): 0.5})
    assert ironcalc_values(edited)["Monthly plan", "D3"] == "ALL CHECKS OK"
    edit(path, edited, {("Plan inputs", f"D{row}"): 1.5})
    assert ironcalc_values(edited)["Monthly plan", "D3"] == "CHECK"


@pytest.mark.parametrize("months", [1, 12, 30])
def test_all_is_printed_but_the_row_of_the_chart(months: int, tmp_path: Path) -> None:
    book, _ = write(plan_tiers([tier()], settings_from({"months": months})), tmp_path / "plan.xlsx")
    sheet = book.sheets["Monthly plan"]
    printed = {
        cell.coordinate
        for part in str(sheet.print_area).split(",")
        for line in sheet[part.rpartition("!")[2].replace("$", "")]
        for cell in line
    }
    rows = sheet.iter_rows(min_row=HEADER_ROW + 1)  # the header stands on every page
    left_out = {
        str(sheet.cell(cell.row, 3).value)
        for line in rows
        for cell in line
        if cell.value not in (None, "") and cell.coordinate not in printed
    }
    assert left_out == {"break_even_mark"}


@pytest.mark.parametrize("months", [1, 11, 12, 30])
def test_no_chart_is_cut_by_a_page(months: int, tmp_path: Path) -> None:
    """Two by two they stand on twelve columns of months, beside the figures and above the months."""
    plan = plan_tiers([tier()], settings_from({"months": months}))
    book, sheets = write(plan, tmp_path / "plan.xlsx")
    sheet = book.sheets["Monthly plan"]
    wide = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, FIRST_MONTH_COLUMN + 12)]
    # In cm: a character of Calibri 11 is 7 pixels wide, and a column has 5 more.
    left = [sum(width * 7 + 5 for width in wide[:column]) * 2.54 / 96 for column in range(len(wide) + 1)]
    first_page = {item.id for item in sheet.col_breaks.brk}
    assert min(first_page) == FIRST_MONTH_COLUMN + 11
    assert sheet.row_breaks.brk[0].id == sheets.layout.rows["month"] - 2
    charts = [item for item in book.charts if item.sheet == "Monthly plan"]
    assert len(charts) == 4
    for item in charts:
        row, column = coordinate_to_tuple(item.cell)
        assert left[column - 1] + item.width <= left[-1]
        assert (row - 1) * 15 / 72 * 2.54 + item.height <= sheet.row_breaks.brk[0].id * 15 / 72 * 2.54


def test_figures_of_any_size_have_a_text() -> None:
    assert Figure("A1", 1e300).text == "1" + ",000" * 100
    assert Figure("A1", -2.5).text == "-3"
    assert Figure("A1", float("inf")).text == Figure("A1", float("nan")).text == "not known"


def test_how_the_inputs_look(tmp_path: Path) -> None:
    """Half an hour is seen, and one dark row heads all that stands beside the inputs."""
    path = tmp_path / "plan.xlsx"
    _, sheets = write(PLANS["rented"], path)
    sheet = load_workbook(path)["Plan inputs"]
    assert sheet[f"D{sheets.layout.settings['hours_per_month']}"].number_format == "0.0##"
    assert {cell.fill.fgColor.rgb for cell in sheet[HEADER_ROW][:8]} == {sheet[f"A{HEADER_ROW}"].fill.fgColor.rgb}
    assert [cell.value for cell in sheet[HEADER_ROW + 1][4:8]] == ["From", "To", "Check", "Source and note"]


def test_no_section_above_the_months_is_a_single_row() -> None:
    titles = [item.topic for item in OVER_PLAN.values()]
    assert min(map(titles.count, titles)) > 1


def test_the_page_keeps_abbreviations() -> None:
    text = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    assert "GPU-hours" in text
    assert "gPU" not in text
