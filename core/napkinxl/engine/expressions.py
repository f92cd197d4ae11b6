"""Formulas as trees: what a formula function yields when it is called with symbols instead of numbers.

`excel` writes a tree as an Excel formula, `words` as a line for people; both come from the one function, so neither can
drift from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

COMPARE, ADD, MULTIPLY, ATOM = 1, 2, 3, 9
BINDING = {">": COMPARE, ">=": COMPARE, "+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY}
# Spreadsheet engines and Python round a quotient's last digit differently: 7.999999999 counts as 8 everywhere.
ROUNDING_GUARD = 1e-9


class Expression:
    """Base of the tree. Arithmetic builds larger trees; anything that would need a value is refused."""

    __hash__ = None  # type: ignore[assignment]  # equality is refused, so hashing is too

    def __add__(self, other: object) -> Expression:
        return Operation("+", self, expression(other))

    def __radd__(self, other: object) -> Expression:
        return Operation("+", expression(other), self)

    def __sub__(self, other: object) -> Expression:
        return Operation("-", self, expression(other))

    def __rsub__(self, other: object) -> Expression:
        return Operation("-", expression(other), self)

    def __mul__(self, other: object) -> Expression:
        return Operation("*", self, expression(other))

    def __rmul__(self, other: object) -> Expression:
        return Operation("*", expression(other), self)

    def __truediv__(self, other: object) -> Expression:
        return Operation("/", self, expression(other))

    def __rtruediv__(self, other: object) -> Expression:
        return Operation("/", expression(other), self)

    def __pow__(self, other: object) -> NoReturn:
        raise TypeError("use ops.power: 0^0 is an error in Excel and 1 elsewhere")

    __rpow__ = __pow__

    def __gt__(self, other: object) -> NoReturn:
        raise TypeError("use ops.above or ops.at_least: a plain comparison loses 'no answer'")

    __ge__ = __lt__ = __le__ = __gt__

    def __eq__(self, other: object) -> NoReturn:
        raise TypeError("a formula may not compare for equality: give each kind its own number")

    __ne__ = __eq__

    def __bool__(self) -> NoReturn:
        raise TypeError("a formula may not branch on a value: use ops.where")


@dataclass(frozen=True, eq=False)
class Symbol(Expression):
    """A cell's address, a name, or a number written as people read it."""

    text: str


@dataclass(frozen=True, eq=False)
class History(Symbol):
    """The range of a row from its opening on, which stands before the first month."""


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """A number or text that the formula itself holds."""

    value: float | str


@dataclass(frozen=True, eq=False)
class Operation(Expression):
    """Two trees and the operator between them."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Call(Expression):
    """One of the functions of `napkinxl.engine.ops` or `napkinxl.engine.row_ops`."""

    function: str
    arguments: tuple[Expression, ...]


def expression(value: object) -> Expression:
    """`value` as a tree: trees stay, numbers and texts become constants.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(value, Expression):
        return value
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        return Constant(value if isinstance(value, str) else float(value))
    raise TypeError(f"a formula holds numbers and texts, got {value!r}")


def excel(tree: Expression) -> str:
    """The tree as an Excel formula, without the leading ``=``.

    >>> excel(Symbol("F12") * Symbol("F9") / 8)
    'F12*F9/8'
    """
    return _write(tree, _excel_constant, _excel_call, "{}{}{}")[0]


def words(tree: Expression) -> str:
    """The tree as a line for people.

    >>> words(Symbol("total_params_b") * Symbol("weight_bits") / 8)
    'total_params_b × weight_bits / 8'
    """
    return _write(tree, _words_constant, _words_call, "{} {} {}")[0].replace(" * ", " × ").replace(" - ", " − ")


# Functions on rows, in Excel and in words: {0} is the row, {1} and {2} what else the function takes.
ROW_FUNCTIONS = {
    "total": ("SUM({0})", "total({0})"),
    "lowest": ("MIN({0})", "lowest({0})"),
    "highest": ("MAX({0})", "highest({0})"),
    "last": ("INDEX({0},COLUMNS({0}))", "last({0})"),
    # Adding nothing of the sum: no answer where a month has none.
    "count_of": ("COUNTIF({0},{1})+0*SUM({0})", "number of ({0} = {1})"),
    "first_month": ("MATCH({1},{0},0)+0*SUM({0})", "first month of ({0} = {1})"),
    "present_value": ("NPV({1},{0})", "NPV({1}, {0})"),
    "month_value": ("IF(OR({1}<{2},{1}>COLUMNS({0})),0,INDEX({0},{1}))", "{0} of month ({1})"),
    "is_given": ("ISNUMBER({0})", "{0} is given"),
}
_Written = tuple[str, int]
_WriteConstant = Callable[[float | str], str]
_WriteCall = Callable[[str, list[_Written]], _Written]


def _write(tree: Expression, constant: _WriteConstant, call: _WriteCall, spacing: str) -> _Written:
    """The tree's text and how tightly its outermost operator binds."""
    if isinstance(tree, Symbol):
        return tree.text, ATOM
    if isinstance(tree, Constant):
        return constant(tree.value), ATOM
    if isinstance(tree, Call):
        return call(tree.function, [_write(argument, constant, call, spacing) for argument in tree.arguments])
    assert isinstance(tree, Operation)
    binding = BINDING[tree.operator]
    left, left_binding = _write(tree.left, constant, call, spacing)
    right, right_binding = _write(tree.right, constant, call, spacing)
    associative = tree.operator in "+*" and right_binding == binding
    left = left if left_binding >= binding else f"({left})"
    right = right if right_binding > binding or associative else f"({right})"
    return spacing.format(left, tree.operator, right), binding


def _excel_constant(value: float | str) -> str:
    """A literal as every engine reads it: some abort on an exponent such as 1E3."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    if math.isnan(value):
        return "NA()"
    text = f"{value:.0f}" if value == int(value) else format(Decimal(repr(value)), "f")
    return text if value >= 0 else f"({text})"


def _words_constant(value: float | str) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if value >= 1e6 and value == 10 ** round(math.log10(value)):
        return f"1e{round(math.log10(value))}"
    return "no answer" if math.isnan(value) else f"{value:.15g}"


def _tight(written: _Written, binding: int = COMPARE) -> str:
    """The text, in brackets unless it binds more tightly than `binding`."""
    return written[0] if written[1] > binding else f"({written[0]})"


def _excel_call(function: str, arguments: list[_Written]) -> _Written:
    if function in ROW_FUNCTIONS:
        text = ROW_FUNCTIONS[function][0].format(*(text for text, _ in arguments))
        return text, ADD if "+0*" in text else ATOM
    first, *rest = (text for text, _ in arguments)
    if function == "floor":
        return f"INT({first}+{_excel_constant(ROUNDING_GUARD)})", ATOM
    if function == "root":
        return f"EXP(LN({first})/{rest[0]})", ATOM
    if function == "ceil":
        return f"(-INT({_excel_constant(ROUNDING_GUARD)}-{_tight(arguments[0], ADD)}))", ATOM
    if function in (">", ">="):
        return f"{_tight(arguments[0])}{function}{_tight(arguments[1])}", COMPARE
    if function == "ratio":
        over, under, otherwise = arguments
        quotient = f"{_tight(over, MULTIPLY - 1)}/{_tight(under, MULTIPLY)}"
        return f"IF({_tight(under)}=0,{otherwise[0]},{quotient})", ATOM
    if function == "power":
        base, exponent = arguments
        product = f"{_tight(exponent, MULTIPLY - 1)}*LN({base[0]})"
        # 1 plus nothing of the base: where the base has no answer, neither has the power.
        return f"IF({_tight(exponent)}=0,1+0*{_tight(base, MULTIPLY)},IF({_tight(base)}=0,0,EXP({product})))", ATOM
    excel_name = {
        "minimum": "MIN",
        "maximum": "MAX",
        "where": "IF",
        "square_root": "SQRT",
        "normal_quantile": "NORMSINV",
    }[function]
    return f"{excel_name}({','.join([first, *rest])})", ATOM


def _words_call(function: str, arguments: list[_Written]) -> _Written:
    if function in ROW_FUNCTIONS:
        return ROW_FUNCTIONS[function][1].format(*(text for text, _ in arguments)), ATOM
    first, *rest = (text for text, _ in arguments)
    if function in (">", ">="):
        return f"{_tight(arguments[0])} {function} {_tight(arguments[1])}", COMPARE
    if function == "ratio":
        return f"{_tight(arguments[0], MULTIPLY - 1)} / {_tight(arguments[1], MULTIPLY)}", MULTIPLY
    if function == "power":
        return f"{_tight(arguments[0], ATOM - 1)}^{_tight(arguments[1], ATOM - 1)}", MULTIPLY
    if function == "root":
        return f"{_tight(arguments[0], ATOM - 1)}^(1 / {rest[0]})", MULTIPLY
    if function == "where":
        return f"({rest[0]} if {first} else {rest[1]})", ATOM
    name = {"minimum": "min", "maximum": "max", "square_root": "√", "normal_quantile": "normal quantile "}.get(
        function, function
    )
    return f"{name}({', '.join([first, *rest])})", ATOM
