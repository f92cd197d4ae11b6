"""Every figure that the method's sources print, recomputed with the formulas: printed, recomputed, verdict, why."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from napkinxl.formulas import Quantity, evaluate, get_quantity

FILE = Path(__file__).parent / "published_figures.csv"


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as printed, the quantity that it is, and the inputs that its source used.

    `inputs` may hold quantities as well: what the source took as given is not recomputed. `verdict` is "reproduced"
    or "slip": whether the printed figure follows from the source's own inputs.
    """

    id: str
    sources: str
    figure: str
    printed: str
    unit: str
    quantity: Quantity
    inputs: dict[str, float]
    expected: float
    relative_tolerance: float
    verdict: str
    explanation: str

    @property
    def recomputed(self) -> Any:
        """The figure by the product's formula."""
        return evaluate(self.inputs, [self.quantity.name])[self.quantity.name]

    def agrees(self, value: float) -> bool:
        """Whether a value is the expected one, to the digits that the source gives."""
        return abs(value - self.expected) <= self.relative_tolerance * abs(self.expected)


def published_figures() -> list[PublishedFigure]:
    """All published figures, in the order of the method."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            PublishedFigure(
                id=row["id"],
                sources=row["sources"].replace(";", ", "),
                figure=row["figure"],
                printed=row["printed"],
                unit=row["unit"],
                quantity=get_quantity(row["quantity"]),
                inputs={name: float(value) for name, value in json.loads(row["inputs_json"]).items()},
                expected=float(row["expected"]),
                relative_tolerance=float(row["relative_tolerance"]),
                verdict=row["verdict"],
                explanation=row["explanation"],
            )
            for row in csv.DictReader(file)
        ]
