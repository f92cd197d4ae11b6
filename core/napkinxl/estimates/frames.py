"""A pandas frame of scenarios, one a row, evaluated column-wise with the same formula functions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy
import pandas
from numpy.typing import NDArray

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import Input
from napkinxl.errors import InputError, NapkinError, unknown
from napkinxl.formulas import BLOCK_ROWS, QUANTITIES, TEXT, evaluate, get_quantity
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL, TEXT_FIELDS
from napkinxl.scenarios.consistency import RULES
from napkinxl.scenarios.presets import get_preset
from napkinxl.scenarios.scenario import Scenario

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class Column:
    """An input's values: one for all rows (`codes` is None), or one per distinct name of a text column."""

    values: Floats
    codes: NDArray[numpy.intp] | None = None

    def rows(self, start: int, stop: int) -> Floats:
        """The values of rows `start` to `stop`."""
        return self.values[start:stop] if self.codes is None else self.values[self.codes[start:stop]]


def estimate_frame(
    frame: pandas.DataFrame,
    catalog: Catalog | None = None,
    quantities: Iterable[str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> pandas.DataFrame:
    """Every quantity for every row of a frame of scenarios.

    Parameters
    ----------
    frame : pandas.DataFrame
        One scenario a row; columns are inputs and name, gpu, model, preset. A column that is absent, or a blank
        cell, means the catalog's value or the default.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    quantities : iterable of str, optional
        Which quantities to return; by default all, in reading order.
    progress : callable, optional
        Called with the number of rows done after each block.

    Returns
    -------
    pandas.DataFrame
        One column per quantity, with the frame's index; NaN where there is no answer, text as categories.

    Raises
    ------
    InputError
        A column is unknown, or a cell is not allowed: the message names the row.
    """
    names = _names(quantities)
    block = _evaluation(frame, catalog or built_in_catalog(), names)
    numeric = [name for name in names if QUANTITIES[name].unit != TEXT]
    table = numpy.empty((len(numeric), len(frame)))
    texts = {name: TextColumn(len(frame)) for name in names if QUANTITIES[name].unit == TEXT}

    def run(start: int) -> int:
        stop, results = block(start)
        for row, name in zip(table, numeric, strict=True):
            row[start:stop] = results[name]
        for name, text in texts.items():
            text.put(start, stop, results[name])
        return stop

    # numpy lets go of the interpreter lock, so blocks run on all cores at once.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for stop in pool.map(run, range(0, len(frame), BLOCK_ROWS)):
            if progress:
                progress(stop)
    found = pandas.DataFrame(table.T, columns=numeric, index=frame.index, copy=False)
    for name, text in texts.items():
        found.insert(names.index(name), name, text.finish().set_axis(frame.index))
    return found


def estimate_blocks(
    frame: pandas.DataFrame, catalog: Catalog | None = None, quantities: Iterable[str] | None = None
) -> Iterator[pandas.DataFrame]:
    """What `estimate_frame` gives, a block of rows at a time: the whole table is never in memory.

    Raises
    ------
    InputError
        A column is unknown, or a cell is not allowed: the message names the row of `frame`.
    """
    names = _names(quantities)
    block = _evaluation(frame, catalog or built_in_catalog(), names)
    for start in range(0, len(frame), BLOCK_ROWS):
        stop, results = block(start)
        yield pandas.DataFrame(
            {name: _block_column(name, results[name], stop - start) for name in names}, index=frame.index[start:stop]
        )


def _block_column(name: str, found: Any, rows: int) -> Any:
    if QUANTITIES[name].unit != TEXT:
        return numpy.broadcast_to(found, rows)
    text = TextColumn(rows)
    text.put(0, rows, found)
    return text.finish().array


def _names(quantities: Iterable[str] | None) -> list[str]:
    return list(QUANTITIES) if quantities is None else [get_quantity(name).name for name in quantities]


def _evaluation(
    frame: pandas.DataFrame, catalog: Catalog, names: Sequence[str]
) -> Callable[[int], tuple[int, dict[str, Any]]]:
    """A function that evaluates the block of rows from a given one on, and says where it ends."""
    constants, columns = _inputs(frame, catalog)
    wanted = [*names, *(part for rule in RULES for part in rule.names)]

    def block(start: int) -> tuple[int, dict[str, Any]]:
        stop = min(start + BLOCK_ROWS, len(frame))
        values = constants | {name: column.rows(start, stop) for name, column in columns.items()}
        with numpy.errstate(all="ignore"):
            results = evaluate(values, wanted)
        _check_rows(results, start)
        return stop, results

    return block


class TextColumn:
    """A quantity whose values are words, kept as small codes."""

    def __init__(self, rows: int) -> None:
        self.words: list[str] = []
        self.codes = numpy.full(rows, -1, dtype=numpy.int8)
        self._lock = Lock()

    def put(self, start: int, stop: int, found: object) -> None:
        """Take in a block: one word for all its rows, or one a row; what has no answer stays without a code."""
        if isinstance(found, str):
            self.codes[start:stop] = self._code(found)
        elif isinstance(found, numpy.ndarray):
            left = numpy.full(stop - start, found.size > 0)
            left &= found != ""
            while left.any():
                word = str(found[numpy.argmax(left)])
                here = found == word
                self.codes[start:stop][here] = self._code(word)
                left &= ~here

    def _code(self, word: str) -> int:
        with self._lock:
            if word not in self.words:
                self.words.append(word)
            return self.words.index(word)

    def finish(self) -> pandas.Series:
        """The column."""
        column = pandas.Categorical.from_codes(self.codes, categories=pandas.Index(self.words, dtype=object))
        return pandas.Series(column)


def _inputs(frame: pandas.DataFrame, catalog: Catalog) -> tuple[dict[str, float], dict[str, Column]]:
    """The inputs that are the same in all rows, and those that vary."""
    check_columns(frame)
    constants: dict[str, float] = {}
    columns: dict[str, Column] = {}
    named = _named_columns(frame, catalog)
    for item in INPUTS.values():
        fallback = _fallback(item, named)
        if item.name in frame.columns:
            column = Column(own_values(frame[item.name], item))
            if fallback is not None and numpy.isnan(column.values).any():
                other = fallback.rows(0, len(frame)) if fallback.codes is not None else fallback.values[0]
                column = Column(numpy.where(numpy.isnan(column.values), other, column.values))
            columns[item.name] = column
        elif fallback is None:
            if item.follows is None:
                constants[item.name] = numpy.nan
        elif fallback.codes is None:
            constants[item.name] = float(fallback.values[0])
        else:
            columns[item.name] = fallback
    return constants, columns


def check_columns(frame: pandas.DataFrame) -> None:
    """Refuse a frame with a column that is no field of a scenario, or is there twice.

    Raises:
        InputError: the message names the column.
    """
    for name in frame.columns:
        if name not in INPUTS and name not in TEXT_FIELDS:
            raise unknown("scenario field", name, [*TEXT_FIELDS, *INPUTS])
    if not frame.columns.is_unique:
        raise InputError(f"the column {frame.columns[frame.columns.duplicated()][0]} is there twice")


def _fallback(item: Input, named: list[tuple[NDArray[numpy.intp] | None, list[dict[str, float]]]]) -> Column | None:
    """What an input is where a scenario gives none: the catalog's or preset's value, else the default."""
    default = numpy.nan if item.default is None else item.default
    for codes, tables in named:
        if any(item.name in table for table in tables):
            return Column(numpy.array([table.get(item.name, default) for table in tables]), codes)
    return None if item.default is None else Column(numpy.array([item.default]))


def _named_columns(
    frame: pandas.DataFrame, catalog: Catalog
) -> list[tuple[NDArray[numpy.intp] | None, list[dict[str, float]]]]:
    """For gpu, model and preset: the row of the catalog per distinct name, and each scenario's name as a code."""
    default = Scenario()
    look_ups: dict[str, Callable[[str], dict[str, float]]] = {
        "gpu": lambda name: catalog.values("gpus", name),
        "model": lambda name: catalog.values("models", name),
        "preset": lambda name: get_preset(name).values,
    }
    found: list[tuple[NDArray[numpy.intp] | None, list[dict[str, float]]]] = []
    for column, look_up in look_ups.items():
        fallback = str(getattr(default, column))
        if column not in frame.columns:
            found.append((None, [look_up(fallback)]))
            continue
        names = frame[column].astype(object).map(lambda name: text_or(name, fallback))  # noqa: B023  # used at once
        codes, distinct = pandas.factorize(names)
        tables = []
        for code, name in enumerate(distinct):
            try:
                tables.append({} if name == GIVEN_IN_FULL else look_up(str(name)))
            except NapkinError as error:
                row = int(numpy.argmax(codes == code)) + 1
                raise InputError(f"row {row}: {error}") from None
        found.append((None, tables) if len(tables) == 1 else (codes, tables))
    return found


def _check_rows(values: dict[str, Any], start: int) -> None:
    """Refuse a block in which some row's inputs contradict each other."""
    for rule in RULES:
        broken = numpy.atleast_1d(rule.broken(values))
        if broken.any():
            row = int(numpy.argmax(broken))
            one = {name: numpy.broadcast_to(values[name], broken.shape)[row] for name in rule.names}
            raise InputError(f"row {start + row + 1}: {rule.message(one)}")


def text_or(name: object, fallback: str) -> str:
    """A name as a scenario reads it: blank means the default."""
    return (str(name).strip() if name is not None and name is not pandas.NA and name == name else "") or fallback


def own_values(column: pandas.Series, item: Input) -> Floats:
    """A column as floats within the bounds, NaN where blank."""
    if pandas.api.types.is_numeric_dtype(column) and not pandas.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=float, na_value=numpy.nan)
    else:
        # Texts, mixed cells and truth values are read one by one, as a scenario reads them.
        values = numpy.array([_cell(cell, row, item) for row, cell in enumerate(column, start=1)], dtype=float)
    bad = item.bounds.outside(values)
    if bad.any():
        row = int(numpy.argmax(bad))
        _cell(column.iloc[row], row + 1, item)
    return values


def _cell(cell: object, row: int, item: Input) -> float:
    if cell is None or cell is pandas.NA or cell != cell or (isinstance(cell, str) and not cell.strip()):
        return numpy.nan
    try:
        return item.check(cell)
    except InputError as error:
        raise InputError(f"row {row}: {error}") from None
