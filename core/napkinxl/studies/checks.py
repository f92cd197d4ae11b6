"""Arguments of the studies are checked, and complained about, as inputs are."""

from __future__ import annotations

from napkinxl.engine.inputs import Bounds, Input


def checked(name: str, value: object, bounds: Bounds) -> float:
    """The value as a float within the bounds.

    Raises:
        InputError: it is no finite number, or lies outside them.

    >>> checked("change", 0.2, Bounds(0, 1))
    0.2
    """
    return Input(name, name, "", "use", bounds).check(value)


def counted(name: str, value: object, bounds: Bounds) -> int:
    """The whole number within the bounds.

    Raises:
        InputError: it is no whole number, or lies outside them.

    >>> counted("draws", 40, Bounds(1, 100, whole=True))
    40
    """
    return int(checked(name, value, bounds))
