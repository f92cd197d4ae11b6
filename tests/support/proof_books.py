"""For proofs about every formula: scenarios with other fields, and values as files show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from napkinxl import Scenario
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.files.stored_values import CellValue
from support.engines import EngineValue


def edited(scenario: Scenario, **fields: Any) -> Scenario:
    """The scenario with some fields changed; None takes one back."""
    own = scenario.fields() | fields
    return Scenario(**{name: value for name, value in own.items() if value is not None})


def as_stored(values: Mapping[CellKey, CellValue]) -> dict[CellKey, EngineValue]:
    """The core's values as a file shows them: "no answer" is the error #N/A."""
    return {key: "#N/A" if isinstance(value, float) and value != value else value for key, value in values.items()}
