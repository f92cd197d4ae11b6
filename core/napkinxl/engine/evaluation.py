"""Every quantity from the values in use; the same code for one scenario and for columns of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from napkinxl.engine.registry import INPUTS, QUANTITIES, evaluation_order

Step = tuple[str, Callable[..., Any], tuple[str, ...]]
# Columns of this many rows stay in a core's cache: several times faster than a million at once.
BLOCK_ROWS = 16_384


def _same(value: Any) -> Any:
    return value


@cache
def steps(names: frozenset[str] | None = None, given: frozenset[str] = frozenset()) -> tuple[Step, ...]:
    """What to compute, in order: all quantities, or those that `names` need beyond what is `given`."""
    order = list(evaluation_order())
    needed = set(order)
    if names is not None:
        needed = set(names)
        for name in reversed(order):
            if name in needed and name not in given:
                needed.update(_parameters(name))
    return tuple(
        (name, QUANTITIES[name].function if name in QUANTITIES else _same, _parameters(name))
        for name in order
        if name in needed
    )


def _parameters(name: str) -> tuple[str, ...]:
    if name in QUANTITIES:
        return QUANTITIES[name].parameters
    follows = INPUTS[name].follows
    return (follows,) if follows else ()


def evaluate(values: Mapping[str, Any], names: Iterable[str] | None = None) -> dict[str, Any]:
    """`values` and every quantity that follows from them, without validation.

    Parameters
    ----------
    values : mapping of name to float or array
        The inputs in use. A quantity that is given here is kept, not computed: so a published figure can be
        reconciled from the numbers that its source used.
    names : iterable of str, optional
        Compute only these quantities and what they need.

    Returns
    -------
    dict of name to float, str or array
        Inputs and quantities; NaN where there is no answer.

    Raises
    ------
    KeyError
        An input that is needed is not among `values`.
    """
    results = dict(values)
    for name, function, parameters in steps(*_wanted(results, names)):
        if name not in results:
            results[name] = function(*[results[parameter] for parameter in parameters])
        elif function is _same and getattr(results[name], "ndim", False):
            results[name] = _fill(results[name], results[parameters[0]])
    return results


def evaluate_one(values: dict[str, Any], name: str) -> Any:
    """One quantity of one scenario, at the least cost; what is computed on the way stays in `values`.

    Parameters
    ----------
    values : dict of name to float
        The inputs in use; no columns.
    name : str
        The quantity.
    """
    for step, function, parameters in _steps_to(name):
        if step not in values:
            values[step] = function(*[values[parameter] for parameter in parameters])
    return values[name]


@cache
def _steps_to(name: str) -> tuple[Step, ...]:
    return steps(frozenset((name,)))


@cache
def _computed() -> frozenset[str]:
    """What need not be given: quantities, and inputs that follow another value."""
    return frozenset(evaluation_order())


@cache
def _following() -> tuple[str, ...]:
    return tuple(name for name, item in INPUTS.items() if item.follows)


def _wanted(values: Mapping[str, Any], names: Iterable[str] | None) -> tuple[frozenset[str] | None, frozenset[str]]:
    """What `steps` needs to know. A column of an input that follows another may have gaps, so it is not "given"."""
    if names is None:
        return None, frozenset()
    given = _computed().intersection(values)
    columns = [name for name in _following() if name in given and getattr(values[name], "ndim", False)]
    return frozenset(names), given.difference(columns) if columns else given


def _fill(own: Any, followed: Any) -> Any:
    """A column of an input that follows another: the followed value in the rows that give none."""
    import numpy

    return numpy.where(numpy.isnan(own), followed, own)
