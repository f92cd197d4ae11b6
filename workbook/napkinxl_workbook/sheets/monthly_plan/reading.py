"""The blue cells of the sheet Plan inputs, read back from a workbook as what a file's section [fleet] would say."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from napkinxl.errors import FileError
from napkinxl.inputs import FLEET_INPUTS
from napkinxl.monthly_plan.settings import BY_TIER, NO_SEASONS
from napkinxl_workbook.sheets.monthly_plan.layout import FIRST_MONTH_COLUMN, SETTINGS_SHEET, VALUE_COLUMN

NAME_COLUMN, FIRST, FIRST_MONTH = 2, VALUE_COLUMN - 1, FIRST_MONTH_COLUMN - 1  # places in a row
SERIES_OF = {series: name for name, series in BY_TIER.items()}
Line = tuple[Any, ...]


def read_fleet(path: Path) -> dict[str, Any]:
    """What the sheet Plan inputs of a workbook sets, not yet checked; nothing where there is no such sheet.

    Raises:
        FileError: a formula has no value, or rows of the sheet are missing.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return {}
    values, formulas = (_lines(path, values=values) for values in (True, False))
    if not values:
        return {}
    _refuse_uncalculated(path, values, formulas)
    rows = {str(line[NAME_COLUMN]): place for place, line in reversed(list(enumerate(values))) if line[NAME_COLUMN]}
    labels = _labels(values)
    missing = [name for name in (*FLEET_INPUTS, "season_ratios", *SERIES_OF) if name not in rows]
    if missing or not {"Month", "Tier"} <= set(labels):
        raise FileError(f"{path}: the sheet {SETTINGS_SHEET} has no row {(missing or ['Month or Tier'])[0]}")
    found = {name: values[rows[name]][FIRST] for name in FLEET_INPUTS}
    found["months"] = sum(cell is not None for cell in labels["Month"][FIRST_MONTH:])
    found["season_ratios"] = list(values[rows["season_ratios"]][FIRST : FIRST + len(NO_SEASONS)])
    tiers = _tier_names(labels)
    return {**found, **{SERIES_OF[series]: dict(_by_tier(values, series, tiers)) for series in SERIES_OF}}


def read_tier_names(path: Path) -> list[str]:
    """The tiers that the sheet Plan inputs of a workbook plans for; none where there is no such sheet."""
    return _tier_names(_labels(_lines(path, values=True)))


def _labels(lines: list[Line]) -> dict[str, Line]:
    """The lines by what stands first in them."""
    return {str(line[0]): line for line in reversed(lines)}


def _tier_names(labels: Mapping[str, Line]) -> list[str]:
    return [str(cell) for cell in labels.get("Tier", ())[FIRST:] if cell is not None]


def _by_tier(values: list[Line], series: str, tiers: list[str]) -> Iterator[tuple[str, list[Any]]]:
    """The numbers of each tier that has any; blanks after the last are not given."""
    given = [list(line[FIRST_MONTH:]) for line in values if line[NAME_COLUMN] == series]
    for tier, numbers in zip(tiers, given, strict=False):
        while numbers and numbers[-1] is None:
            numbers.pop()
        if numbers:
            yield tier, numbers


def _lines(path: Path, *, values: bool) -> list[Line]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of parts it does not read; cells are all we need
        workbook = load_workbook(path, read_only=True, data_only=values)
    try:
        if SETTINGS_SHEET not in workbook.sheetnames:
            return []
        rows = workbook[SETTINGS_SHEET].iter_rows(min_row=1, min_col=1, values_only=True)
        return [(*row, *(None,) * (FIRST_MONTH + 1 - len(row))) for row in rows]
    finally:
        workbook.close()


def _refuse_uncalculated(path: Path, values: list[Line], formulas: list[Line]) -> None:
    """A formula without its value would pass for a blank cell, that is, for the default."""
    for number, (line, texts) in enumerate(zip(values, formulas, strict=True), start=1):
        for cell, text in zip(line, texts, strict=True):
            if cell is None and isinstance(text, str) and text.startswith("="):
                place = f"{path.name}, {SETTINGS_SHEET} row {number}"
                raise FileError(f"{place}: the formula {text[:60]} has no value; open and save the file in Excel")
