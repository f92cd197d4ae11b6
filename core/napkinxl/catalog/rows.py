"""Rows of catalog files, checked as they are read: a bad one is refused with its file, row and field."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from napkinxl.engine.inputs import CatalogTable
from napkinxl.errors import CatalogError, InputError, unknown
from napkinxl.inputs import INPUTS, get_input

NAME_COLUMN: dict[CatalogTable, str] = {"gpus": "gpu", "models": "model"}
# Columns that describe a row and take no part in a calculation.
DETAIL_COLUMNS: dict[CatalogTable, tuple[str, ...]] = {
    "gpus": ("vendor", "memory_gib_usable", "notes"),
    "models": ("attention", "params_basis", "notes"),
}
PRICE_COLUMNS = (
    "provider",
    "instance",
    "gpu",
    "gpus_per_instance",
    "usd_per_gpu_hour",
    "spot_usd_per_gpu_hour",
    "region",
    "term",
    "date",
    "source",
    "checked",
)
# The inputs of a GPU that a dated price may give.
RENT, RESERVED, SPOT = "rent_usd_per_gpu_hour", "reserved_usd_per_gpu_hour", "spot_usd_per_gpu_hour"
COMMITMENT, MARKET_MONTHS = "committed_months", 36.0  # the market's contracts
MARKET = "rental market"  # contracts of three years (SemiAnalysis)
# Whose price may stand for a GPU's rent, the first that there is; what owning costs is listed and is no rent.
RENT_TERMS = ("own", "on-demand list", MARKET, "assumption")
OWNED_TERMS = ("owned, hyperscaler", "owned, neocloud")
PRICE_TERMS = (*RENT_TERMS, *OWNED_TERMS)
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
WILDCARDS = "*?~"


@dataclass(frozen=True)
class CatalogRow:
    """A GPU or a model: the inputs that it gives, and where they come from."""

    name: str
    table: CatalogTable
    aliases: tuple[str, ...]
    values: dict[str, float]
    details: dict[str, str]
    source: str
    checked: str
    place: str


@dataclass(frozen=True)
class PriceRow:
    """What somebody asked for an hour of a GPU, at a date. Prices are appended, never overwritten."""

    provider: str
    gpu: str
    usd_per_gpu_hour: float
    term: str
    date: str
    source: str
    details: dict[str, str] = field(default_factory=dict)
    spot: float | None = None

    def price_of(self, kind: str) -> float:
        """The price that stands for an input: that of spot GPUs, or the row's own."""
        return self.spot if kind == SPOT and self.spot is not None else self.usd_per_gpu_hour

    @property
    def basis(self) -> str:
        """Whose price, on which terms and when, in a few words."""
        return f"{self.provider}, {self.term}, {self.date}"

    @property
    def first_day(self) -> datetime.date:
        """The date for comparisons: a month or a year counts from its first day."""
        return _first_day(self.date)


def catalog_inputs(table: CatalogTable) -> list[str]:
    """The inputs that a table of the catalog can give, in the registry's order."""
    return [item.name for item in INPUTS.values() if item.catalog == table]


def read_table(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header of a CSV file, and its rows with their line numbers; blank lines are passed over.

    Raises:
        CatalogError: the file cannot be read, is empty, or a row is longer than the header.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        raise CatalogError(f"{path} is a folder; a catalog is a CSV file") from None
    except UnicodeDecodeError:
        raise CatalogError(f"{path} is not text in UTF-8; save it as 'CSV UTF-8'") from None
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror or error}") from None
    try:
        return _parse_table(path, text)
    except csv.Error as error:
        raise CatalogError(f"{path} is not a CSV file that can be read: {error}") from None


def _parse_table(path: Path, text: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    # Excel writes semicolons where the comma is the decimal sign.
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = [name.strip() for name in next(reader, [])]
    if not any(header):
        raise CatalogError(f"{path} is empty; its first line must name the columns")
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise CatalogError(f"{path}: the column {twice[0]} is there twice")
    rows = []
    for cells in reader:
        if any(cell.strip() for cell in cells[len(header) :]):
            raise CatalogError(f"{path} row {reader.line_num}: more cells than the header has columns")
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
        if any(row.values()):
            rows.append((reader.line_num, {name: row.get(name, "") for name in header if name}))
    return header, rows


def catalog_rows(path: Path, table: CatalogTable) -> Iterator[CatalogRow]:
    """The GPUs or models of a CSV file.

    Raises:
        CatalogError: an unknown column, or a bad cell, with file, row and field.
    """
    header, rows = read_table(path)
    name_column = NAME_COLUMN[table]
    numeric = catalog_inputs(table)
    known = [name_column, "aliases", *numeric, *DETAIL_COLUMNS[table], "source", "checked"]
    for column in header:
        if column not in known:
            raise CatalogError(f"{path}: {unknown('column', column, known)}")
    for line, cells in rows:
        place = f"{path.name} row {line}"
        if not cells[name_column]:
            raise CatalogError(f"{path} row {line}: {name_column} is empty; every row needs a name")
        values = {name: _number(path, line, name, cells[name]) for name in numeric if cells.get(name)}
        details = {name: cells.get(name, "") for name in DETAIL_COLUMNS[table]}
        aliases = tuple(alias.strip() for alias in cells.get("aliases", "").split(";") if alias.strip())
        _refuse_wildcards(path, line, name_column, (cells[name_column],))
        _refuse_wildcards(path, line, "aliases", aliases)
        source, checked = cells.get("source", ""), cells.get("checked", "")
        yield CatalogRow(cells[name_column], table, aliases, values, details, source, checked, place)


def _refuse_wildcards(path: Path, line: int, column: str, names: tuple[str, ...]) -> None:
    """A workbook looks names up with MATCH: one with a wildcard would find another's row."""
    for name in names:
        for sign in WILDCARDS:
            if sign in name:
                raise CatalogError(
                    f"{path} row {line}: {column} {name!r} holds {sign}; Excel's MATCH reads *, ? and ~ as wildcards, "
                    "choose a name without"
                )


def price_rows(path: Path) -> Iterator[PriceRow]:
    """The dated prices of a CSV file.

    Raises:
        CatalogError: an unknown or missing column, or a bad cell, with file, row and field.
    """
    header, rows = read_table(path)
    for column in header:
        if column not in PRICE_COLUMNS:
            raise CatalogError(f"{path}: {unknown('column', column, PRICE_COLUMNS)}")
    for line, cells in rows:
        for column in ("provider", "gpu", "usd_per_gpu_hour", "term", "date"):
            if not cells.get(column):
                raise CatalogError(f"{path} row {line}: {column} is empty; a price needs it")
        price = _number(path, line, RENT, cells["usd_per_gpu_hour"], "usd_per_gpu_hour")
        _check_terms(path, line, cells["term"], cells["date"])
        details = {name: cells.get(name, "") for name in PRICE_COLUMNS}
        text = details["spot_usd_per_gpu_hour"]
        spot = _number(path, line, SPOT, text) if text else None
        yield PriceRow(
            cells["provider"], cells["gpu"], price, cells["term"], cells["date"], details["source"], details, spot
        )


def _check_terms(path: Path, line: int, term: str, day: str) -> None:
    if term not in PRICE_TERMS:
        raise CatalogError(f"{path} row {line}: term must be one of {', '.join(map(repr, PRICE_TERMS))}, got {term!r}")
    try:
        _first_day(day)
    except ValueError:
        raise CatalogError(f"{path} row {line}: date must be YYYY, YYYY-MM or YYYY-MM-DD, got {day!r}") from None


def _first_day(text: str) -> datetime.date:
    if not DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.date.fromisoformat((text + "-01-01")[: len("YYYY-MM-DD")])


def _number(path: Path, line: int, name: str, text: str, column: str | None = None) -> float:
    try:
        return get_input(name).check(text)
    except InputError as error:
        raise CatalogError(f"{path} row {line}: {str(error).replace(name, column or name)}") from None
