"""Sentences with live figures: the formula and the text that it shows are made from the same parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from string import Formatter

# As many digits as the largest float has.
LONG = Context(prec=400, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Figure:
    """A number in a sentence: the cell it is in, its value, and how many decimals to show."""

    cell: str
    value: float
    decimals: int = 0
    prefix: str = ""
    suffix: str = ""

    @property
    def known(self) -> bool:
        """Whether there is an answer."""
        return isfinite(self.value)

    @property
    def formula(self) -> str:
        """FIXED, not TEXT: a format code means something else in another language's Excel."""
        prefix = f'"{self.prefix}"&' if self.prefix else ""
        suffix = f'&"{self.suffix}"' if self.suffix else ""
        shown = f"{prefix}FIXED({self.cell},{self.decimals}){suffix}"
        return f'IF(ISNUMBER({self.cell}),{shown},"not known")'

    @property
    def text(self) -> str:
        """The number as the formula shows it: halves are rounded up, thousands have a comma."""
        if not self.known:
            return "not known"
        step = Decimal(1).scaleb(-self.decimals)
        # 15 digits are what a spreadsheet sees of a number.
        rounded = Decimal(f"{self.value:.15g}").quantize(step, context=LONG)
        return f"{self.prefix}{rounded:,}{self.suffix}"


@dataclass(frozen=True)
class CellText:
    """A text that is in a cell."""

    cell: str
    text: str

    @property
    def formula(self) -> str:
        """The cell itself."""
        return self.cell


@dataclass(frozen=True)
class Choice:
    """One of two runs of parts, by a test of the workbook; `holds` is what the core says of it."""

    test: str
    holds: bool
    yes: Sequence[Part]
    no: Sequence[Part]

    @property
    def formula(self) -> str:
        """Either."""
        return f"IF({self.test},{sentence(self.yes)[0]},{sentence(self.no)[0]})"

    @property
    def text(self) -> str:
        """What the formula shows."""
        return sentence(self.yes if self.holds else self.no)[1]


Part = str | Figure | CellText | Choice


def sentence(parts: Sequence[Part]) -> tuple[str, str]:
    """The formula that joins the parts (without ``=``), and the text it shows."""
    formulas = [f'"{part}"' if isinstance(part, str) else part.formula for part in parts]
    return "&".join(formulas), "".join(part if isinstance(part, str) else part.text for part in parts)


def parts_of(template: str, part: Callable[[str, str], Part]) -> list[Part]:
    """The parts of a text with fields in braces; `part` makes each field's, from its name and what follows a colon."""
    found: list[Part] = []
    for text, name, shape, _ in Formatter().parse(template):
        found += [text] if text else []
        found += [part(name, shape or "")] if name else []
    return found
