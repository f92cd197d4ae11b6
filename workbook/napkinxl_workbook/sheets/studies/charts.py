"""The charts of the studies: a tornado and a histogram."""

from __future__ import annotations

from openpyxl.chart import Reference

from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE

LEAST_HEIGHT, HEIGHT_OF_A_BAR = 5.0, 0.55  # cm
ROWS_OF_A_CENTIMETRE = 1 / 0.53


def tornado_chart(
    inputs: Reference, at_low: Reference, at_high: Reference, title: str, axis: str, shown: str = "General"
) -> Chart:
    """How far each input moves a result down and up; the first input on top."""
    return Chart(
        title,
        f"{title}: for each input a bar for its low end and one for its high end, from the result in use, "
        "longest first.",
        inputs,
        (Series("Input at its low end", at_low, NAVY), Series("Input at its high end", at_high, ORANGE)),
        Axis("", "General"),
        Axis(axis, shown),
        sideways=True,
        gap_percent=40,
        labels_cm=8.5,
    )


def tornado_height(bars: int) -> float:
    """How high a tornado with so many bars must be, in cm."""
    return LEAST_HEIGHT + HEIGHT_OF_A_BAR * bars


def histogram(bins: Reference, shares: Reference, title: str, axis: str, shown: str) -> Chart:
    """The share of draws in each bin."""
    return Chart(
        title,
        f"{title}: the share of draws in each bin of the result.",
        bins,
        (Series("Share of draws", shares, BLUE),),
        Axis(axis, shown),
        Axis("Share of draws", "0%"),
        gap_percent=4,
        from_zero=True,
    )
