"""Arguments of the studies are checked, and complained about, as inputs are."""

from __future__ import annotations

from napkinxl.inputs import Bounds, Input

SHARE = Bounds(0, 1)
PROBABILITY = Bounds(0, 1, low_included=False)
AMOUNT = Bounds(0, 1e12)
POSITIVE = Bounds(0, 1e12, low_included=False)
# Recursions take one step a server.
SERVERS = Bounds(0, 10_000_000, whole=True)


def checked(name: str, value: object, bounds: Bounds) -> float:
    """The value as a float within the bounds.

    Raises:
        InputError: it is no finite number, or lies outside them.

    >>> checked("duty_cycle", 0.2, PROBABILITY)
    0.2
    """
    return Input(name, name, "", "use", bounds).check(value)


def counted(name: str, value: object, bounds: Bounds = SERVERS) -> int:
    """The whole number within the bounds.

    Raises:
        InputError: it is no whole number, or lies outside them.

    >>> counted("slots", 40)
    40
    """
    return int(checked(name, value, bounds))
