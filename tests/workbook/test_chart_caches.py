"""A chart carries the values that it draws."""

from __future__ import annotations

from typing import Any, Final

import pytest
from openpyxl.chart import BarChart, Reference

from napkinxl.errors import InputError
from support.sample_workbook import CREATED, full_workbook, one_sheet, part, written

CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def caches(content: bytes, chart: int) -> dict[str, tuple[str, list[str | None]]]:
    """For each reference of a chart: the kind of its cache and the cached points, None for a gap."""
    found = {}
    for reference in part(content, f"xl/charts/chart{chart}.xml").iter():
        if reference.tag in (f"{CHART}numRef", f"{CHART}strRef"):
            cache = reference[1]
            count = cache.find(f"{CHART}ptCount")
            assert count is not None
            texts: list[str | None] = [None] * int(count.get("val", ""))
            for point in cache.iter(f"{CHART}pt"):
                texts[int(point.get("idx", ""))] = point.findtext(f"{CHART}v")
            found[reference.findtext(f"{CHART}f") or ""] = (cache.tag.removeprefix(CHART), texts)
    return found


def test_charts_carry_their_values() -> None:
    content = written(*full_workbook())
    sheet = "'Users & cost''s'"
    assert caches(content, 1) == {
        f"{sheet}!B1": ("strCache", ["Users"]),
        f"{sheet}!C1": ("strCache", ["Cost"]),
        f"{sheet}!$A$2:$A$4": ("strCache", ["H100", "B200", "L4"]),
        f"{sheet}!$B$2:$B$4": ("numCache", ["20", "45", "3"]),
        f"{sheet}!$C$2:$C$4": ("numCache", ["50", "22.22222222222222", None]),
    }
    assert caches(content, 2)[f"{sheet}!$C$2:$C$4"] == ("numCache", ["50", "22.22222222222222", None])
    assert next(part(content, "xl/charts/chart2.xml").iter(f"{CHART}yVal")).find(".//*[@idx]") is not None


def test_a_chart_reads_cells_without_making_them() -> None:
    workbook, sheet = one_sheet()
    sheet["A1"], sheet["A3"], sheet["A4"] = 1, CREATED, "text"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=4))
    sheet.add_chart(chart, "C1")
    content = written(workbook, {})
    # 46024 is 2 January 2026 as Excel's DATE gives it; the time is 11045 of 86400 seconds.
    assert caches(content, 1)["'Calc'!$A$1:$A$4"] == ("numCache", ["1", None, repr(46024 + 11045 / 86400), None])
    assert (2, 1) not in sheet._cells


@pytest.mark.parametrize("reference", ["Gone!$A$1:$A$3", "Calc!A:A", "sales", "(Calc!$A$1,Calc!$A$3)"])
def test_a_chart_of_something_else_is_refused(reference: str) -> None:
    workbook, sheet = one_sheet()
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    series: Any = chart.series[0]
    series.val.numRef.f = reference
    sheet.add_chart(chart, "C1")
    with pytest.raises(InputError, match="a chart must refer to one range"):
        written(workbook, {})
