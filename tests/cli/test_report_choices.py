"""`napkinxl report`: what it says has changed stands in the workbook too, and the file's fleet is planned in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from napkinxl import Scenario, estimate
from napkinxl.monthly_plan.plan import plan_fleet
from support.command_line import Command


@pytest.mark.slow
def test_the_change_log_says_what_changed(napkinxl: Command, tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    assert napkinxl("report", "--name", "Case", "-o", str(old)).code == 0
    assert napkinxl("report", "--name", "Case", "--duty-cycle", "0.5", "--diff", str(old), "-o", str(new)).code == 0
    sheet = load_workbook(new)["Change log"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, min_col=4, max_col=7)]
    assert ["input: duty_cycle", "Case: advertised context", None, 0.5] in rows
    users = next(row for row in rows if row[0] == "result: users_per_gpu")
    assert users[2:] == [30, 12]  # 6 chats at a duty of 0.2 and of 0.5


@pytest.mark.slow
def test_the_fleet_of_the_file_is_the_plan_of_the_report(napkinxl: Command, tmp_path: Path) -> None:
    file = tmp_path / "two.toml"
    file.write_text(
        "[fleet]\nmonths = 7\n\n[[tier]]\nname = 'A'\n\n[[tier]]\nname = 'B'\nusers = 5\n", encoding="utf-8"
    )
    assert napkinxl("report", str(file), "-o", str(tmp_path / "r.xlsx")).code == 0
    found = load_workbook(tmp_path / "r.xlsx", data_only=True)["Monthly plan"]
    months = [cell.value for cell in found[5] if str(cell.value).startswith("Month ")]
    assert months[-1] == "Month 7"
    plan = plan_fleet([estimate(Scenario(name="A")), estimate(Scenario(name="B", users=5))])
    row = next(row for row in range(1, found.max_row) if found.cell(row, 3).value == "total_users")
    assert found.cell(row, 6).value == pytest.approx(plan["total_users"][0])


@pytest.mark.slow
def test_the_scenario_to_show_and_the_inputs_to_move(napkinxl: Command, tmp_path: Path) -> None:
    shown = napkinxl("report", "--show", "Typical context", "--move", "duty-cycle", "--move", "rent_usd_per_gpu_hour")
    assert shown.code == 0
    book = load_workbook(tmp_path / "napkinxl-report.xlsx", data_only=True)
    assert book["Dashboard"]["A5"].value == "Typical context, one of 2 scenarios"
    assert [book["Sensitivity"].cell(row, 3).value for row in (8, 9, 10)] == [
        "duty_cycle",
        "rent_usd_per_gpu_hour",
        None,
    ]
    wrong = napkinxl("report", "--show", "Typical", "-o", "other.xlsx")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
    assert not (tmp_path / "other.xlsx").exists()
