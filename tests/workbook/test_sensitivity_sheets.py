"""The sheets of studies: values that say where they come from, charts that draw them, files that programs accept."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy
import openpyxl
import pytest

from napkinxl import Scenario
from napkinxl.studies.grids import grid
from napkinxl.studies.monte_carlo import monte_carlo
from napkinxl.studies.sensitivity import tornado
from napkinxl.studies.written_ranges import parse_axis, parse_range
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.report import build_report
from napkinxl_workbook.sheets.report_parts import ReportSheet
from napkinxl_workbook.sheets.studies.sheets import draws_sheet, grid_sheet, tornado_sheet
from support.libreoffice import needs_libreoffice, recalculate
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

pytestmark = pytest.mark.slow

CREATED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CAPEX, USERS = "capex_usd_per_seat_month", "users_per_gpu"
REMARK = "Left out: weight_bits."
NAME = "=1+1"  # a scenario's name is never a formula


def studies() -> list[ReportSheet]:
    bars = [(NAME, tornado(Scenario(total_params_b=160), result), REMARK) for result in (CAPEX, USERS)]
    axes = [parse_axis("context_tokens=4000,20000,4000000"), parse_axis("duty_cycle=0.1,0.2")]
    one = [parse_axis("duty_cycle=0.1,0.2")]
    grids = [(NAME, grid(Scenario(), axes, [CAPEX, USERS])), (NAME, grid(Scenario(), one, [CAPEX]))]
    ranges = [parse_range("context_tokens=4000:20000:4000000"), parse_range("gpus_per_replica=1,2")]
    drawn = [(NAME, monte_carlo(Scenario(), ranges, [CAPEX, USERS], 5_000, 9))]
    never = [(NAME, monte_carlo(Scenario(), [parse_range("total_params_b=500:900")], [CAPEX], 50, 9))]
    return [
        tornado_sheet([*bars, (NAME, [], "")], CREATED),
        grid_sheet(grids, CREATED),
        draws_sheet([*drawn, *never], CREATED),
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = build_report([Scenario()], created=CREATED, extras=studies())
    target = tmp_path_factory.mktemp("studies") / "studies.xlsx"
    write_workbook(book.workbook, target, book.values, created=CREATED)
    return target


@pytest.fixture(scope="module")
def workbook(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def table(sheet: Any, heading: str) -> dict[str, list[Any]]:
    """The rows below the first cell that begins with the heading, by their first cell, up to a blank one."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if str(row[0]).startswith(heading))
    found = {}
    for row in rows[start + 1 :]:
        if row[0] is None:
            break
        found[str(row[0])] = list(row[1:])
    return found


def test_sheets_stand_after_what_is_live(workbook: Any) -> None:
    names = workbook.sheetnames
    assert names[names.index("Chart data") + 1 :][:3] == ["Tornado", "Grid", "Monte Carlo"]


def test_each_says_that_it_is_not_live(workbook: Any) -> None:
    for title, seed in (("Tornado", ""), ("Grid", ""), ("Monte Carlo", ", seed 9")):
        text = workbook[title]["A2"].value
        assert text == f"Computed in Python on 2026-11-21{seed}, not live: it does not follow the sheet Inputs."
        live = [cell.coordinate for row in workbook[title].iter_rows() for cell in row if cell.data_type == "f"]
        assert live == ["A3"]  # the light of the whole workbook


def test_the_tornado(workbook: Any) -> None:
    found = table(workbook["Tornado"], "Input")
    # One chat of 26.2 GB beside 160 GB of weights: 5 users at 20% duty, 222.22 USD each; none in 153.6 GB.
    memory = found["memory_gb"]
    assert memory[2:5] == [153.6, 192, 230.4]
    assert memory[5:7] == ["#N/A", pytest.approx(40_000 / 36 / 5)]
    assert memory[-1] == "no answer at the low end"
    price = found["gpu_price_usd"]
    assert price[5:10] == pytest.approx([value / 180 for value in (32_000, 40_000, 48_000, -8_000, 8_000)])
    assert next(iter(found)) in ("memory_gb", "total_params_b")
    assert not {"weight_bits", "gpus_per_replica"} & set(found)


def test_the_tornado_draws_labels_beside_its_table(workbook: Any) -> None:
    sheet = workbook["Tornado"]
    remarks = [cell.row for cell in sheet["A"] if cell.value == REMARK]
    for chart, remark in zip(sheet._charts, remarks, strict=True):
        first, last = (
            int(part)
            for part in re.findall(r"\$B\$(\d+)", (chart.series[0].cat.strRef or chart.series[0].cat.numRef).f)
        )
        assert sheet.cell(first - 1, 2).value == "Label"
        assert chart.anchor._from.row < first - 1  # above the table, on its page
        assert last < remark
    breaks = {item.id for item in sheet.row_breaks.brk}
    assert not any(
        chart.anchor._from.row < row < remark
        for row in breaks
        for chart, remark in zip(sheet._charts, remarks, strict=True)
    )


def test_the_grid(workbook: Any) -> None:
    found = table(workbook["Grid"], "context_tokens down")
    # 305 chats of 4,000 tokens, 61 of 20,000; one of 4,000,000 would take 524 GB.
    assert found["4000"][:2] == pytest.approx([40_000 / 36 * 0.1 / 305, 40_000 / 36 * 0.2 / 305])
    assert found["20000"][:2] == pytest.approx([40_000 / 36 * 0.1 / 61, 40_000 / 36 * 0.2 / 61])
    assert found["4000000"][:2] == ["#N/A", "#N/A"]
    scales = [area for area in workbook["Grid"].conditional_formatting if area.rules[0].type == "colorScale"]
    assert len(scales) == 3


def test_the_draws(workbook: Any) -> None:
    sheet = workbook["Monte Carlo"]
    ranges = [parse_range("context_tokens=4000:20000:4000000"), parse_range("gpus_per_replica=1,2")]
    values = monte_carlo(Scenario(), ranges, [CAPEX], 5_000, 9).values[CAPEX]
    known = values[~numpy.isnan(values)]
    found = table(sheet, "Unit")
    assert found["Mean"][0] == pytest.approx(known.mean())
    assert found["50th percentile"][0] == pytest.approx(float(numpy.median(known)))
    assert found["Draws without an answer"][0] == pytest.approx(1 - known.size / 5_000)
    column: list[Any] = [row[0] for row in sheet.iter_rows(min_col=4, max_col=4, values_only=True)]
    first = column.index("Share of draws") + 1
    assert column[first + 24] is None
    assert sum(column[first : first + 24]) == pytest.approx(known.size / 5_000)


def test_what_has_no_answer_is_an_error_value(workbook: Any) -> None:
    cells = [cell for row in workbook["Monte Carlo"].iter_rows() for cell in row if cell.value == "#N/A"]
    assert cells
    assert {cell.data_type for cell in cells} == {"e"}
    for title in ("Tornado", "Grid", "Monte Carlo"):
        numbers = [cell.value for row in workbook[title].iter_rows() for cell in row if isinstance(cell.value, float)]
        assert numbers
        assert all(math.isfinite(number) for number in numbers)


def test_charts_are_there(workbook: Any) -> None:
    assert {title: len(workbook[title]._charts) for title in ("Tornado", "Grid", "Monte Carlo")} == {
        "Tornado": 2,
        "Grid": 0,
        "Monte Carlo": 2,
    }


def test_programs_accept_the_file(path: Path, tmp_path: Path) -> None:
    assert lint(path) == []
    needs_validator()
    assert validate(path) == []
    needs_libreoffice()
    again = openpyxl.load_workbook(recalculate(path, tmp_path), data_only=True)
    ours = openpyxl.load_workbook(path, data_only=True)
    for title in ("Tornado", "Grid", "Monte Carlo"):
        for row in ours[title].iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    assert again[title][cell.coordinate].value == pytest.approx(cell.value, rel=1e-12)
    assert again["Outputs"]["A3"].value == ours["Outputs"]["A3"].value == "ALL CHECKS OK"
