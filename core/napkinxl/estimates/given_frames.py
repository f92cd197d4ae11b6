"""What each row of a frame of scenarios sets itself, as a scenario would hold it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
import pandas
from numpy.typing import NDArray

from napkinxl.catalog import Catalog
from napkinxl.errors import InputError, NapkinError
from napkinxl.estimates.frames import check_columns, own_values, text_or
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import API_SOURCE, DEFAULT_CHOICES, GIVEN_IN_FULL
from napkinxl.scenarios.presets import get_preset


def given_frame(frame: pandas.DataFrame, catalog: Catalog) -> pandas.DataFrame:
    """The texts of every row and the inputs that any row sets; what a row leaves blank is NaN.

    A scenario without a name is called after its number; GPUs, models and presets are spelled as in the catalog.

    Raises
    ------
    InputError
        A column is unknown, or a cell is not allowed: the message names the row.
    """
    check_columns(frame)
    columns: dict[str, Any] = {"name": _names(frame)}
    spelling: dict[str, Callable[[str], str]] = {
        "gpu": lambda name: catalog.gpu(name).name,
        "model": lambda name: catalog.model(name).name,
        "preset": lambda name: get_preset(name).name,
    }
    for field, spell in spelling.items():
        columns[field] = _spelled(frame, field, spell)
    if API_SOURCE in frame.columns:
        columns[API_SOURCE] = [text_or(text, "") for text in frame[API_SOURCE]]
    columns |= {name: own_values(frame[name], item) for name, item in INPUTS.items() if name in frame.columns}
    return pandas.DataFrame(columns, index=frame.index)


def _names(frame: pandas.DataFrame) -> list[str]:
    if "name" not in frame.columns:
        return [f"Scenario {number}" for number in range(1, len(frame) + 1)]
    return [text_or(name, f"Scenario {number}") for number, name in enumerate(frame["name"], start=1)]


def _spelled(frame: pandas.DataFrame, field: str, spell: Callable[[str], str]) -> Any:
    """The texts of a column as small codes: there are few different ones."""
    default = DEFAULT_CHOICES[field]
    if field not in frame.columns:
        return _coded(numpy.zeros(len(frame), dtype=numpy.intp), [spell(default)])
    codes, distinct = pandas.factorize(frame[field].astype(object).map(lambda name: text_or(name, default)))
    own = []
    for code, name in enumerate(distinct):
        try:
            own.append(name if name == GIVEN_IN_FULL else spell(name))
        except NapkinError as error:
            raise InputError(f"row {int(numpy.argmax(codes == code)) + 1}: {error}") from None
    words = list(dict.fromkeys(own))  # two spellings of one name
    places = numpy.array([words.index(word) for word in own], dtype=numpy.intp)
    return _coded(places[codes], words)


def _coded(codes: NDArray[numpy.intp], words: list[str]) -> Any:
    return pandas.Categorical.from_codes(codes, categories=pandas.Index(words, dtype=object))
