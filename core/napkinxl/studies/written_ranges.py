"""Ranges as people write them: the section [vary] of a scenario file, and short texts on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy

from napkinxl.engine.inputs import Bounds, Input
from napkinxl.errors import InputError
from napkinxl.studies.checks import counted
from napkinxl.studies.names import study_input
from napkinxl.studies.ranges import Range, check_distinct, checked_values, make_range

POINTS = Bounds(2, 10_000, whole=True)


def read_ranges(section: Mapping[str, Any]) -> tuple[Range, ...]:
    """The ranges of a file's section [vary]: a list of values or a table of fields under each input's name.

    Raises:
        InputError: an input or a field is unknown, or a value is not allowed.

    >>> [item.kind for item in read_ranges({"duty_cycle": [0.1, 0.2], "context_tokens": {"low": 4e3, "high": 4e4}})]
    ['values', 'uniform']
    """
    if not isinstance(section, Mapping):
        raise InputError(f"the section [vary] must hold a range per input, got {section!r}")
    return tuple(_read(name, given) for name, given in section.items())


def _read(name: str, given: object) -> Range:
    study_input(name)  # a wrong name first
    if isinstance(given, Mapping):
        return make_range(name, given)
    if isinstance(given, list):
        return make_range(name, {"values": given})
    raise InputError(f"the range of {name} must be a list of values, or low and high; got {given!r}")


def parse_range(text: str) -> Range:
    """A range as "input=low:high", "input=low:mode:high" or "input=value,value".

    Raises:
        InputError: the text is no range, or a value is not allowed.

    >>> parse_range("context_tokens=4000:20000:40000").numbers
    (4000.0, 20000.0, 40000.0)
    """
    item, rest = _split(text, "low:high, low:mode:high or value,value")
    parts = rest.split(":")
    if len(parts) == 1:
        return make_range(item.name, {"values": _listed(rest)})
    if len(parts) > 3:
        raise InputError(f"the range of {item.name} must be low:high or low:mode:high, got {rest!r}")
    names = ("low", "high") if len(parts) == 2 else ("low", "mode", "high")
    return make_range(item.name, dict(zip(names, parts, strict=True)))


def parse_axis(text: str) -> Range:
    """The values of a grid's axis as "input=low:high:count" (evenly spaced) or "input=value,value".

    Whole-number inputs are rounded, and a value that then comes twice is taken once.

    Raises:
        InputError: the text is no axis, or a value is not allowed.

    >>> parse_axis("context_tokens=4000:40000:4").numbers
    (4000.0, 16000.0, 28000.0, 40000.0)
    """
    item, rest = _split(text, "low:high:count or value,value")
    parts = rest.split(":")
    if len(parts) == 1:
        return make_range(item.name, {"values": _listed(rest)})
    if len(parts) != 3:
        raise InputError(f"the values of {item.name} must be low:high:count or value,value, got {rest!r}")
    ends = make_range(item.name, {"low": parts[0], "high": parts[1]})
    return _spaced(item, ends, counted(f"count of {item.name}", parts[2], POINTS))


def _spaced(item: Input, ends: Range, count: int) -> Range:
    values = numpy.linspace(ends.low, ends.high, count)
    values = numpy.unique(numpy.rint(values)) if item.bounds.whole else values
    return Range(item.name, "values", checked_values(item, values.tolist()))


def merged(first: Iterable[Range], then: Sequence[Range]) -> tuple[Range, ...]:
    """The ranges of a file and those of the command line, which take the place of the file's.

    Raises:
        InputError: an input varies in two ways.
    """
    check_distinct([item.name for item in then] or ["none"])
    own = {item.name for item in then}
    return (*(item for item in first if item.name not in own), *then)


def _split(text: str, form: str) -> tuple[Input, str]:
    name, found, rest = text.partition("=")
    if not found or not rest.strip():
        raise InputError(f"a range must be written INPUT={form}, got {text!r}")
    return study_input(name.strip().replace("-", "_")), rest


def _listed(text: str) -> list[str]:
    return [part for part in text.split(",") if part.strip()]
