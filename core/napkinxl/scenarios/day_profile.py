"""Requests by hour of the day: from a profile to the busiest hour over the mean one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from napkinxl.engine.units import HOURS_PER_DAY
from napkinxl.errors import InputError

BY_HOUR = "requests_by_hour"  # the field of a section [traffic]
PEAK = "peak_to_mean_ratio"


def with_peak(traffic: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a section [traffic], a profile of the day replaced by its peak over its mean.

    Parameters
    ----------
    traffic : mapping
        The section; `requests_by_hour` holds 24 numbers in any unit, from midnight on.

    Raises
    ------
    InputError
        These are no 24 numbers of at least 0 with a sum above 0, or the ratio is given too.

    Examples
    --------
    >>> with_peak({"requests_by_hour": [1] * 12 + [3] * 12})
    {'peak_to_mean_ratio': 1.5}
    """
    found = dict(traffic)
    if BY_HOUR not in found:
        return found
    hours = found.pop(BY_HOUR)
    if PEAK in found:
        raise InputError(f"give {BY_HOUR} or {PEAK}, not both")
    if not isinstance(hours, list) or len(hours) != HOURS_PER_DAY or not all(map(_is_load, hours)) or not sum(hours):
        given = f"{len(hours)} of them" if isinstance(hours, list) else f"{hours!r:.40}"
        raise InputError(f"{BY_HOUR} must be 24 numbers of at least 0, not all 0, got {given}")
    return {**found, PEAK: max(hours) / (sum(hours) / HOURS_PER_DAY)}


def _is_load(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf
