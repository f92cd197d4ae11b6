"""From a formula function to the Excel formula, and to the worked line that people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from napkinxl.engine.expressions import Expression, Symbol, excel, expression, words
from napkinxl.engine.number_text import number_text
from napkinxl.engine.registry import INPUTS, QUANTITIES, TEXT, Quantity, Wire, any_quantity, get_quantity, wire
from napkinxl.errors import InputError

LONGEST_FORMULA = 8192  # characters, Excel's limit


def trace(name: str, symbols: Mapping[str, str]) -> Expression:
    """The formula of a quantity over the given symbols.

    A parameter without a symbol is traced in turn, so that the formula reaches down to the symbols there are.

    Raises:
        InputError: an input that the formula needs has no symbol.
    """
    if name in symbols:
        return Symbol(symbols[name])
    if name in QUANTITIES:
        item = QUANTITIES[name]
        return expression(item.function(*(trace(parameter, symbols) for parameter in item.parameters)))
    follows = INPUTS[name].follows
    if follows is None:
        raise InputError(f"the formula needs a cell for {name}; given are {', '.join(symbols) or 'none'}")
    return trace(follows, symbols)


def excel_formula(name: str, cells: Mapping[str, str]) -> str:
    """The live Excel formula of a quantity, derived from its Python function.

    Parameters
    ----------
    name : str
        A quantity.
    cells : mapping of name to str
        The cell's address for each parameter: an input or another quantity. A quantity that has no cell is written
        out in terms of its own parameters.

    Raises
    ------
    UnknownNameError
        There is no such quantity.
    InputError
        An input that is needed has no cell, or the formula is longer than Excel takes.

    Examples
    --------
    >>> excel_formula("weights_gb", {"total_params_b": "F12", "weight_bits": "F9"})
    '=F12*F9/8'
    """
    get_quantity(name)
    formula = "=" + excel(trace(name, {key: cell for key, cell in cells.items() if key != name}))
    if len(formula) > LONGEST_FORMULA:
        parts = [part for part in QUANTITIES[name].parameters if part in QUANTITIES and part not in cells]
        raise InputError(
            f"the formula of {name} has {len(formula):,} characters, Excel takes {LONGEST_FORMULA:,}: "
            f"give cells for {', '.join(parts)} too"
        )
    return formula


def row_formula(item: Quantity, cells: Callable[[Wire], Symbol]) -> str:
    """The live Excel formula of a row in one month, or of a figure over the plan.

    Parameters
    ----------
    item : Quantity
        The row or figure.
    cells : callable
        The cells of what a parameter takes: one cell, or the range of a row.

    Examples
    --------
    >>> import napkinxl.formulas.plan
    >>> row_formula(any_quantity("revenue_usd"), lambda wire: Symbol("E40:E42"))
    '=SUM(E40:E42)'
    """
    return "=" + excel(expression(item.function(*(cells(wire(parameter)) for parameter in item.parameters))))


def formula_words(name: str) -> str:
    """The formula of a quantity of a case, a month or a plan in names.

    >>> formula_words("weights_gb")
    'total_params_b × weight_bits / 8'
    """
    item = any_quantity(name)
    return words(expression(item.function(*map(Symbol, item.parameters))))


def formula_numbers(name: str, values: Mapping[str, object]) -> str:
    """The formula of a quantity with numbers in place of names."""
    item = get_quantity(name)
    symbols = (Symbol(number_text(values[parameter])) for parameter in item.parameters)
    return words(expression(item.function(*symbols)))


@dataclass(frozen=True)
class Explanation:
    """How one number comes about: in names, in numbers, and where the formula is from."""

    name: str
    label: str
    unit: str
    value: object
    summary: str
    formula: str
    numbers: str
    notes: str
    source: str

    def __str__(self) -> str:
        unit = "" if self.unit == TEXT else f" {self.unit}"
        lines = [
            f"{self.label} ({self.name})",
            self.summary,
            f"  {self.name} = {self.formula}",
            f"  {' ' * len(self.name)} = {self.numbers}",
            f"  {' ' * len(self.name)} = {number_text(self.value)}{unit}",
        ]
        lines += [f"Note: {' '.join(self.notes.split())}"] if self.notes else []
        return "\n".join([*lines, f"Source: {self.source}"])


def explain_values(name: str, values: Mapping[str, object]) -> Explanation:
    """The explanation of a quantity, given all values.

    Raises:
        UnknownNameError: there is no such quantity.
    """
    item = get_quantity(name)
    return Explanation(
        name,
        item.label,
        item.unit,
        values[name],
        item.summary,
        formula_words(name),
        formula_numbers(name, values),
        item.section("Notes"),
        item.source,
    )
