"""The one registry of inputs: what a scenario may say, in which unit, within which bounds.

Scenario fields, command-line options, the Inputs sheet and the Excel functions' settings are all made from it.
The tables are in `napkinxl.inputs`, which puts them together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from napkinxl.errors import InputError

Owner = Literal[
    "use", "traffic", "pool", "money", "own", "rent", "api", "customers", "gpu", "model", "fleet", "fleet by month"
]
CatalogTable = Literal["gpus", "models"]
Audience = Literal["board", "finance", "engineer"]  # who asks for it first
# Of what a scenario may say, in the order in which people meet them.
OWNERS: dict[Owner, str] = {
    "use": "Use",
    "traffic": "Traffic",
    "pool": "Pool",
    "money": "Money",
    "own": "Own",
    "rent": "Rent",
    "api": "API",
    "customers": "Customers",
    "gpu": "GPU",
    "model": "Model",
}

LONGEST_QUOTE = 60
NO_PRACTICAL_LIMIT = 1e9  # an upper bound from here on only keeps nonsense out: it is not worth reading


@dataclass(frozen=True)
class Bounds:
    """An interval of allowed values; the upper end always belongs to it."""

    low: float
    high: float
    low_included: bool = True
    whole: bool = False

    def __contains__(self, value: float) -> bool:
        above = value >= self.low if self.low_included else value > self.low
        return above and value <= self.high and (not self.whole or value == int(value))

    def outside(self, values: Any) -> Any:
        """Which numbers of an array are not allowed; a gap (NaN) is."""
        low = values < self.low if self.low_included else values <= self.low
        found = low | (values > self.high)
        return found | ((values != values // 1) & (values == values)) if self.whole else found

    def __str__(self) -> str:
        kind = "a whole number " if self.whole else ""
        if self.high >= NO_PRACTICAL_LIMIT:
            return f"{kind}of at least {self.low:g}".removeprefix("of ") if self.low_included else f"above {self.low:g}"
        bracket = "[" if self.low_included else "("
        return f"{kind}in {bracket}{self.low:,.10g}, {self.high:,.10g}]"


POSITIVE = Bounds(0, 1e12, low_included=False)
NOT_NEGATIVE = Bounds(0, 1e12)
COUNT = Bounds(0, 1e9, whole=True)
AT_LEAST_ONE = Bounds(1, 1e9, whole=True)
SHARE = Bounds(0, 1, low_included=False)
BITS = Bounds(0, 64, low_included=False)
SHARE_OR_ZERO = Bounds(0, 1)
AT_LEAST_ONE_TIMES = Bounds(1, 1e9)


@dataclass(frozen=True)
class Input:
    """One number that a scenario or a plan by month may set.

    A value in use is the scenario's own, else the catalog's (`catalog` names the table), else the preset's, else
    `default`, else the value of the input or quantity that it `follows`, else "no answer" (NaN, #N/A in Excel).
    """

    name: str
    label: str
    unit: str
    owner: Owner
    bounds: Bounds
    default: float | None = None
    follows: str | None = None
    catalog: CatalogTable | None = None
    source: str = ""
    note: str = ""
    number_format: str = ""  # a spreadsheet's, where that of the unit says too little
    help: str = ""  # what it is, in a sentence
    audience: Audience = "engineer"

    @property
    def period(self) -> Literal["case", "month", "plan"]:
        """What it has a number for: a scenario, a month of a plan, or a plan as a whole."""
        if self.owner == "fleet":
            return "plan"
        return "month" if self.owner == "fleet by month" else "case"

    @property
    def per_tier(self) -> bool:
        """Whether each tier of a plan may have its own."""
        return self.period != "plan"

    @property
    def follows_if_blank(self) -> bool:
        """Whether it takes another value where neither the scenario nor the catalog gives one."""
        return self.follows is not None and self.default is None

    @property
    def source_text(self) -> str:
        """The source, said to be the default's where there is one: it is not that of another value beside it."""
        return f"of the default: {self.source}" if self.source and self.default is not None else self.source

    def describes(self, owner: str) -> bool:
        """Whether it belongs to the "gpu" or the "model", or the catalog gives it with one."""
        return self.owner == owner or self.catalog == f"{owner}s"

    def check(self, value: object) -> float:
        """`value` as a float within the bounds.

        Raises:
            InputError: it is no finite number, or lies outside the bounds.
        """
        if value.__class__ is float and value in self.bounds:
            return value  # most calls; NaN and infinities are in no bounds
        number = _number(value)
        if number is None or not math.isfinite(number):
            percent = isinstance(value, str) and value.strip().endswith("%")
            hint = "; write 0.2 for 20%" if percent else ""
            raise InputError(f"{self.name} must be a number ({self.bounds}), got {_short(value)}{hint}")
        if number not in self.bounds:
            beyond = number > self.bounds.high >= NO_PRACTICAL_LIMIT
            allowed = f"at most {self.bounds.high:g}" if beyond else self.bounds
            raise InputError(f"{self.name} must be {allowed}, got {number:.10g}")
        return number

    @property
    def default_text(self) -> str:
        """The default in words, for help texts and references."""
        last = f"{self.default:,.10g}" if self.default is not None else self.follows
        return ", else ".join(part for part in ("the catalog's" if self.catalog else "", last or "") if part) or "none"


def _short(value: object) -> str:
    """What was given, cut where it would fill the screen."""
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."


def _number(value: object) -> float | None:
    """A float from a number or a text that reads as one; None where there is none (a truth value is no number)."""
    if type(value).__name__ in ("bool", "bool_"):
        return None
    if isinstance(value, str):
        value = value.strip().replace("_", "")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
