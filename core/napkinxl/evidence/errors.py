"""The error of the presets against measured serving, by GPU and by model, as last worked out.

The figures are kept in a file, which `docs/build_reference.py` writes and a test works out anew: who reads them needs
neither pandas nor a second of computing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "preset_errors.csv"
NUMBERS = ("median_predicted_over_measured", "mean_absolute_error_share", "within_a_quarter_share")


@dataclass(frozen=True)
class ErrorLine:
    """How wrong a preset is for the runs on a GPU or of a model; `column` says which."""

    column: str
    value: str
    preset: str
    runs: int
    median_predicted_over_measured: float
    mean_absolute_error_share: float
    within_a_quarter_share: float


@cache
def error_lines() -> tuple[ErrorLine, ...]:
    """Every line of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            ErrorLine(
                row["column"], row["value"], row["preset"], int(row["runs"]), *(float(row[name]) for name in NUMBERS)
            )
            for row in csv.DictReader(file)
        )
