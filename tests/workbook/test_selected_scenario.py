"""What the sheets about one scenario show: the selected one, its sensitivity, its charts' figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from napkinxl import InputError, Scenario, default_scenarios, estimate
from napkinxl.errors import UnknownNameError
from napkinxl.studies.sensitivity import tornado
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.report import build_report
from support.engines import ironcalc_values
from support.live_workbook import LiveWorkbook
from support.report_files import CREATED, write

SELECTOR = ("Inputs", "D3")
RESULT = ("Sensitivity", "B4")
MOVED = ("rent_usd_per_gpu_hour", "requests_per_user_month", "gpus_per_replica")


def written(path: Path, moved: Sequence[str] = ()) -> Path:
    write(path, default_scenarios(), moved=moved)
    return path


def named(path: Path, title: str, column: int = 3) -> dict[str, int]:
    sheet = load_workbook(path)[title]
    found = {str(sheet.cell(row, column).value): row for row in range(sheet.max_row, 0, -1)}
    return {name: row for name, row in found.items() if name != "None"}


def test_another_scenario_is_shown_where_its_name_is_typed(tmp_path: Path) -> None:
    """The typical context of the article's case: 20,000 tokens, 61 chats at once, 305 users per GPU."""
    live = LiveWorkbook(written(tmp_path / "a.xlsx"))
    assert live["Dashboard", "G9"] == 30
    assert live["Dashboard", "A5"] == "Advertised context, one of 2 scenarios"
    with live.typed({SELECTOR: "Typical context"}):
        assert live["Dashboard", "G9"] == 305
        assert live["Dashboard", "A5"] == "Typical context, one of 2 scenarios"
        assert "61 chats of 20,000 tokens at once" in str(live["Cover", "A6"])
        assert live["By context", "E4"] == 20_000
        assert live["Checks", "B3"] == "ALL CHECKS OK"


def test_a_name_that_is_no_scenario_turns_the_light_red(tmp_path: Path) -> None:
    live = LiveWorkbook(written(tmp_path / "a.xlsx"))
    for name in ("Nobody", "T*"):  # MATCH takes T* for the first name that begins so
        with live.typed({SELECTOR: name}):
            assert live["Checks", "B3"] == "SEE THE SHEET CHECKS"


@pytest.mark.slow
def test_the_live_tornado_is_that_of_the_study(tmp_path: Path) -> None:
    """The study evaluates whole arrays of variants in Python; the sheet has a column of formulas for each."""
    path = written(tmp_path / "a.xlsx", moved=MOVED)
    values, rows = ironcalc_values(path), named(path, "Sensitivity")
    bars = {bar.input: bar for bar in tornado(default_scenarios()[0], "serving_usd_per_user_month")}
    for name in MOVED[:2]:
        row, bar = rows[name], bars[name]
        assert values["Sensitivity", f"G{row}"] == pytest.approx(bar.low)
        assert values["Sensitivity", f"I{row}"] == pytest.approx(bar.result_at_low)
        assert values["Sensitivity", f"J{row}"] == pytest.approx(bar.result_at_high)
        assert values["Sensitivity", f"K{row}"] == pytest.approx(bar.swing)
    whole = rows["gpus_per_replica"]  # 1 GPU: neither 0.8 nor 1.2 of one, so it does not move
    assert (values["Sensitivity", f"G{whole}"], values["Sensitivity", f"H{whole}"]) == (1, 1)
    ranks = [values["Sensitivity", f"M{rows[name]}"] for name in MOVED]
    assert sorted(map(float, map(str, ranks))) == [1, 2, 3]
    assert ranks[2] == 3


def test_the_sheet_moves_what_sweep_does(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx")
    sheet = load_workbook(path)["Sensitivity"]
    bars = tornado(default_scenarios()[0], "serving_usd_per_user_month", decisions_only=True)
    assert [sheet.cell(row, 3).value for row in range(8, 18)] == [bar.input for bar in bars[:10]]
    assert str(sheet["A18"].value).startswith("Not moved, as a change of 20% does not suit counts")
    assert "Precision of the weights" in str(sheet["A18"].value)
    assert "Length of one chat (context) (down)" in str(sheet["A19"].value)
    assert ":$M$" in str(sheet.print_area)  # not the bounds behind it


def test_another_result_and_other_shares_are_followed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", moved=MOVED)
    live, row = LiveWorkbook(path), named(path, "Sensitivity")["rent_usd_per_gpu_hour"]
    with live.typed({RESULT: "Rent per seat in use, per month", ("Sensitivity", f"F{row}"): 2.0}):
        # The article: 3 USD x 720 h over 30 users are 72 USD; at twice the rent 144.
        assert live["Sensitivity", f"J{row}"] == pytest.approx(144)


def test_what_the_charts_draw(tmp_path: Path) -> None:
    """The roof of a B200: 4,500 TFLOP/s from 562.5 FLOP a byte on; before it 8 TB/s times the intensity."""
    values = ironcalc_values(written(tmp_path / "a.xlsx"))
    sheet = load_workbook(tmp_path / "a.xlsx")["Chart data"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    bend = rows["Roof, where bandwidth and compute balance"]
    assert (values["Chart data", f"B{bend}"], values["Chart data", f"C{bend}"]) == (562.5, 4500)
    assert values["Chart data", f"C{rows['Roof, left end']}"] == pytest.approx(0.8)
    assert values["Chart data", f"C{rows['Roof, right end']}"] == 4500
    amounts = {
        name: values["Chart data", f"B{rows[name]}"] for name in ("Price", "Serving", "Payment fees", "Contribution")
    }
    assert amounts["Price"] == 20
    assert amounts["Contribution"] == pytest.approx(
        20 - float(str(amounts["Serving"])) - float(str(amounts["Payment fees"]))
    )


def test_a_loss_is_drawn_below_zero(tmp_path: Path) -> None:
    """A price of 1 USD less 2 USD of support: the bar of support starts at what is left and ends below zero."""
    scenario = Scenario(
        price_usd_per_user_month=1, support_usd_per_user_month=2, payment_fee_share=0, payment_fee_usd=0
    )
    book = build_report([scenario], created=CREATED)
    serving = estimate(scenario)["serving_usd_per_user_month"]
    sheet = book.sheets["Chart data"]
    row = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Support")
    hidden_up, up, hidden_down, down = (book.values["Chart data", f"{letter}{row}"] for letter in "FGHI")
    assert (hidden_up, hidden_down) == (0, 0)
    assert up == pytest.approx(1 - serving)
    assert down == pytest.approx(-1 - serving)


def test_wrong_choices_are_refused() -> None:
    with pytest.raises(InputError, match="the scenario to show must be one of Advertised context, Typical context"):
        build_report(default_scenarios(), selected="Nobody")
    with pytest.raises(InputError, match="moves at least two inputs, got duty_cycle alone"):
        build_report(default_scenarios(), moved=["duty_cycle"])
    with pytest.raises(UnknownNameError, match="did you mean duty_cycle"):
        build_report(default_scenarios(), moved=["duty_cycel", "layers"])


@pytest.mark.slow
def test_a_scenario_whose_life_is_not_in_months_has_no_monthly_plan(tmp_path: Path) -> None:
    book = build_report([Scenario(useful_life_months=30.5)], created=CREATED)
    assert "Monthly plan" not in book.sheets
    assert "Monthly plan" not in [book.sheets["Cover"].cell(row, 1).value for row in range(1, 40)]
    write_workbook(book.workbook, tmp_path / "a.xlsx", book.values, created=CREATED)
    assert ironcalc_values(tmp_path / "a.xlsx")["Checks", "B3"] == "ALL CHECKS OK"
