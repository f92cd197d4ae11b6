"""Tables as files: the name's ending says which kind, and a file is whole or not there at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from napkinxl.errors import InputError
from napkinxl_workbook.files.safe_files import refuse_unwritable, replace_file
from napkinxl_workbook.files.text_cells import csv_safe

if TYPE_CHECKING:
    import pandas

BLOCK_ROWS = 16_384  # rows turned into text at a time, so that memory does not grow with the table


def check_output(output: Path, *others: str) -> str:
    """The ending of a file to write, checked before long work: a table's kind, or one of `others` (".xlsx").

    Raises:
        InputError: no such kind of file is written, or the package that writes it is not installed.
        FileError: the file cannot be written where it shall lie.
    """
    suffix = output.suffix.lower()
    allowed = [*_WRITERS, *others]
    if suffix not in allowed:
        names = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
        raise InputError(f"the name of the output must end in {names}, got {output.name!r}")
    if suffix == ".parquet" and find_spec("pyarrow") is None:
        raise InputError("a .parquet file needs the package pyarrow: pip install 'napkinxl[parquet]'")
    refuse_unwritable(output)
    return suffix


def write_frame(frame: pandas.DataFrame, output: Path) -> None:
    """Write a frame as .csv, .parquet or .json, after the ending of the name; its index is left out.

    What has no answer is blank in CSV and null elsewhere; a text that a spreadsheet would read as a formula is
    defused in CSV.

    Raises:
        InputError: the ending is none of these, or pyarrow (the extra "parquet") is not installed.
        FileError: the file cannot be written; an old one is as it was.
    """
    write = _WRITERS[check_output(output)]
    replace_file(output, lambda stream: write(frame, stream))


def frame_text(frame: pandas.DataFrame, suffix: str) -> str:
    """The text of the file that `write_frame` would write: ".csv" or ".json"."""
    stream = BytesIO()
    _WRITERS[suffix](frame, stream)
    return stream.getvalue().decode("utf-8")


def _write_csv(frame: pandas.DataFrame, stream: BinaryIO) -> None:
    import numpy

    text = TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    _safe_names(frame.head(0)).to_csv(text, index=False, lineterminator="\n")
    for block in _blocks(frame):
        safe = _safe_texts(block).replace([numpy.inf, -numpy.inf], numpy.nan)
        safe.to_csv(text, index=False, header=False, lineterminator="\n")
    text.detach()


def _safe_names(frame: pandas.DataFrame) -> pandas.DataFrame:
    return frame.set_axis([csv_safe(str(name)) for name in frame.columns], axis="columns")


def _safe_texts(block: pandas.DataFrame) -> pandas.DataFrame:
    """The block with its texts defused; numbers must not pass through, or -5 becomes a text."""
    import pandas

    columns = {}
    for place, (name, column) in enumerate(block.items()):
        numeric = pandas.api.types.is_numeric_dtype(column)
        columns[place] = column if numeric else column.astype(object).map(_safe)
        columns[place].name = name
    return pandas.concat(columns, axis="columns") if columns else block


def _safe(value: object) -> object:
    return csv_safe(value) if isinstance(value, str) else value


def _write_json(frame: pandas.DataFrame, stream: BinaryIO) -> None:
    """A list of rows; digits are kept in full, which pandas' own writer does not."""
    names = [str(name) for name in frame.columns]
    opening = "[\n"
    for block in _blocks(frame):
        for row in zip(*(block.iloc[:, place].tolist() for place in range(len(names))), strict=True):
            plain = {name: _plain(value) for name, value in zip(names, row, strict=True)}
            stream.write(f"{opening}  {json.dumps(plain, ensure_ascii=False, allow_nan=False)}".encode())
            opening = ",\n"
    stream.write(b"\n]\n" if opening == ",\n" else b"[]\n")


def _plain(value: Any) -> Any:
    """A value as JSON has it: null where there is no answer, dates as ISO text."""
    import pandas

    if value is None or value is pandas.NA or value != value or value in (float("inf"), float("-inf")):
        return None
    return value if isinstance(value, str | int | float) else str(value)


def _write_parquet(frame: pandas.DataFrame, stream: BinaryIO) -> None:
    named = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    named.to_parquet(stream, engine="pyarrow", index=False)


def _blocks(frame: pandas.DataFrame) -> Iterator[pandas.DataFrame]:
    for start in range(0, len(frame), BLOCK_ROWS):
        yield frame.iloc[start : start + BLOCK_ROWS]


_WRITERS: dict[str, Callable[[pandas.DataFrame, BinaryIO], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".json": _write_json,
}
