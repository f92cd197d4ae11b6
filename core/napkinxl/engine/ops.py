"""The few functions that formulas need beyond arithmetic; each takes floats, numpy arrays and traced symbols alike.

"No answer" is NaN (#N/A in Excel) and passes through every one of them. numpy is imported only when an array arrives:
formulas also run where there is none, and a call with floats stays fast.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from napkinxl.engine.expressions import ROUNDING_GUARD, Call, Expression, expression

if TYPE_CHECKING:
    from types import ModuleType

NO_ANSWER = math.nan


class Number(Protocol):
    """A float, a numpy array or a traced expression: whatever a formula calculates with."""

    def __add__(self, other: Any, /) -> Number: ...
    def __radd__(self, other: Any, /) -> Number: ...
    def __sub__(self, other: Any, /) -> Number: ...
    def __rsub__(self, other: Any, /) -> Number: ...
    def __mul__(self, other: Any, /) -> Number: ...
    def __rmul__(self, other: Any, /) -> Number: ...
    def __truediv__(self, other: Any, /) -> Number: ...
    def __rtruediv__(self, other: Any, /) -> Number: ...
    def __lt__(self, other: Any, /) -> Any: ...
    def __le__(self, other: Any, /) -> Any: ...
    def __gt__(self, other: Any, /) -> Any: ...
    def __ge__(self, other: Any, /) -> Any: ...


# A word, a column of words or a traced expression.
Text: TypeAlias = Any

_SCALAR, _ARRAY, _TRACED = 0, 1, 2
_PLAIN = (float, int)  # most calls: told apart without a look at anything else


def _kind(*values: object) -> int:
    kind = _SCALAR
    for value in values:
        if isinstance(value, Expression):
            return _TRACED
        if getattr(value, "ndim", 0):
            kind = _ARRAY
    return kind


def _numpy() -> ModuleType:
    import numpy

    return numpy


def _array(function: str, *arguments: object) -> Number:
    """A numpy function by name."""
    found: Number = getattr(_numpy(), function)(*arguments)
    return found


def _call(function: str, *arguments: object) -> Expression:
    return Call(function, tuple(expression(argument) for argument in arguments))


def minimum(a: Number, b: Number) -> Number:
    """The smaller of two; no answer if either has none.

    >>> minimum(200_000, 128)
    128
    """
    if a.__class__ not in _PLAIN or b.__class__ not in _PLAIN:
        kind = _kind(a, b)
        if kind == _TRACED:
            return _call("minimum", a, b)
        if kind == _ARRAY:
            return _array("minimum", a, b)
    return a if a <= b or a != a else b


def maximum(a: Number, b: Number) -> Number:
    """The larger of two; no answer if either has none.

    >>> maximum(-3, 0)
    0
    """
    if a.__class__ not in _PLAIN or b.__class__ not in _PLAIN:
        kind = _kind(a, b)
        if kind == _TRACED:
            return _call("maximum", a, b)
        if kind == _ARRAY:
            return _array("maximum", a, b)
    return a if a >= b or a != a else b


def floor(a: Number) -> Number:
    """The whole number below, with a guard of 1e-9 so that all engines say the same.

    >>> floor(6.1035)
    6.0
    """
    kind = _SCALAR if a.__class__ in _PLAIN else _kind(a)
    if kind == _TRACED:
        return _call("floor", a)
    if kind == _ARRAY:
        return _array("floor", a + ROUNDING_GUARD)
    number = cast(float, a)
    return float(math.floor(number + ROUNDING_GUARD)) if math.isfinite(number) else a


def ceil(a: Number) -> Number:
    """The whole number above, with the guard of `floor`.

    >>> ceil(2.6667)
    3.0
    """
    kind = _SCALAR if a.__class__ in _PLAIN else _kind(a)
    if kind == _TRACED:
        return _call("ceil", a)
    if kind == _ARRAY:
        return _array("ceil", a - ROUNDING_GUARD)
    number = cast(float, a)
    return float(math.ceil(number - ROUNDING_GUARD)) if math.isfinite(number) else a


def square_root(a: Number) -> Number:
    """The square root; no answer below zero.

    >>> square_root(6.25)
    2.5
    """
    kind = _SCALAR if a.__class__ in _PLAIN else _kind(a)
    if kind == _TRACED:
        return _call("square_root", a)
    if kind == _ARRAY:
        return _array("sqrt", _array("where", _array("greater_equal", a, 0), a, NO_ANSWER))
    number = cast(float, a)
    return cast(Number, math.sqrt(number) if number >= 0 else NO_ANSWER)


def root(a: Number, degree: float) -> Number:
    """The root of a number above zero: the twelfth of a yearly growth is the monthly one.

    >>> round(root(1.1, 12), 6)
    1.007974
    """
    kind = _SCALAR if a.__class__ in _PLAIN else _kind(a)
    if kind == _TRACED:
        return _call("root", a, degree)
    if kind == _ARRAY:
        return _array("power", a, 1 / degree)
    return cast(Number, cast(float, a) ** (1 / degree))


def normal_quantile(probability: Number) -> Number:
    """How many standard deviations above the mean a normal value lies at most, with this probability in (0, 1).

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    kind = _SCALAR if probability.__class__ in _PLAIN else _kind(probability)
    if kind == _TRACED:
        return _call("normal_quantile", probability)
    if kind == _ARRAY:
        # Columns hold few different probabilities, and numpy has no quantile of its own.
        distinct, places = _numpy().unique(probability, return_inverse=True)
        found: Number = _numpy().array([_normal_quantile(value) for value in distinct.tolist()])[places]
        return found
    return cast(Number, _normal_quantile(cast(float, probability)))


def _normal_quantile(probability: float) -> float:
    from statistics import NormalDist  # only formulas of chance need it

    return NormalDist().inv_cdf(probability) if 0 < probability < 1 else NO_ANSWER


def above(a: Number, b: Number) -> Number:
    """Whether a > b: 1, 0 or no answer; for `where`."""
    return _compare(">", a, b)


def at_least(a: Number, b: Number) -> Number:
    """Whether a >= b: 1, 0 or no answer; for `where`."""
    return _compare(">=", a, b)


def _compare(operator: str, a: Number, b: Number) -> Number:
    kind = _SCALAR if a.__class__ in _PLAIN and b.__class__ in _PLAIN else _kind(a, b)
    if kind == _TRACED:
        return _call(operator, a, b)
    true: Number = a > b if operator == ">" else a >= b
    if kind == _ARRAY:
        numpy = _numpy()
        untold = numpy.isnan(a) | numpy.isnan(b)
        return _array("where", untold, NO_ANSWER, true) if untold.any() else true
    if a != a or b != b:
        return NO_ANSWER
    return 1.0 if true else 0.0


def where(test: Number, yes: Number | str, no: Number | str) -> Number:
    """`yes` where the test is 1, `no` where it is 0; no answer where the test has none.

    >>> where(at_least(6, 1), "fits", "does not fit")
    'fits'
    """
    # A float test that is not traced chooses between whatever there is, columns included.
    kind = _SCALAR if test.__class__ is float else _kind(test, yes, no)
    if kind == _TRACED:
        return _call("where", test, yes, no)
    if kind == _ARRAY:
        return _where_arrays(test, yes, no)
    return NO_ANSWER if test != test else cast(Number, yes if test else no)


def _where_arrays(test: Any, yes: Any, no: Any) -> Number:
    """`where` for columns; a word's "no answer" is the empty text."""
    numpy = _numpy()
    test = numpy.asarray(test)
    if test.dtype == bool:
        return _array("where", test, yes, no)
    chosen = numpy.where(test == 1, yes, no)
    return _array("where", numpy.isnan(test), "" if chosen.dtype.kind == "U" else NO_ANSWER, chosen)


def ratio(a: Number, b: Number, otherwise: float = NO_ANSWER) -> Number:
    """Quotient a / b; `otherwise` where b is zero. The only division by what may be zero.

    >>> ratio(160, 26.2144) > 6
    True
    >>> ratio(1, 0, otherwise=0)
    0
    """
    kind = _SCALAR if a.__class__ in _PLAIN and b.__class__ in _PLAIN else _kind(a, b)
    if kind == _TRACED:
        return _call("ratio", a, b, otherwise)
    if kind == _ARRAY:
        numpy = _numpy()
        shape = numpy.broadcast_shapes(numpy.shape(a), numpy.shape(b))
        return _array_ratio(a, b, numpy.full(shape, float(otherwise)))
    return otherwise if b == 0 else a / b


def _array_ratio(a: Number, b: Number, out: Any) -> Number:
    found: Number = _numpy().divide(a, b, out=out, where=_array("not_equal", b, 0))
    return found


def power(base: Number, exponent: Number) -> Number:
    """Power base ** exponent for a base in [0, 1]: 0^0 is 1 (Excel: an error), what underflows is 0.

    >>> power(0.0, 0.0)
    1.0
    """
    kind = _kind(base, exponent)
    if kind == _TRACED:
        return _call("power", base, exponent)
    if kind == _ARRAY:
        numpy = _numpy()
        found: Number = numpy.exp(exponent * numpy.log(base))  # twice as fast as numpy.power
        one = numpy.equal(exponent, 0) & numpy.greater_equal(base, 0)
        return _array("where", one, 1.0, found) if one.any() else found
    if base < 0 or base != base or exponent != exponent:
        return NO_ANSWER
    return float(cast(float, base) ** cast(float, exponent))
