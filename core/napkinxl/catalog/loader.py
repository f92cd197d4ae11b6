"""The catalog in use: the built-in files and a team's own, looked up by name or alias."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from napkinxl.catalog.rows import (
    COMMITMENT,
    MARKET,
    MARKET_MONTHS,
    NAME_COLUMN,
    OWNED_TERMS,
    RENT,
    RENT_TERMS,
    RESERVED,
    SPOT,
    CatalogRow,
    PriceRow,
    catalog_rows,
    price_rows,
    read_table,
)
from napkinxl.engine.inputs import CatalogTable
from napkinxl.errors import CatalogError, unknown

FOLDER = Path(__file__).parent
# Of a team's own and of the market's prices the latest stands for a GPU's rent, of the lists the cheapest.
LATEST_TERMS = ("own", MARKET)


@dataclass
class Catalog:
    """GPUs, models and prices by name; look-ups take a name or an alias and ignore case."""

    gpus: dict[str, CatalogRow] = field(default_factory=dict)
    models: dict[str, CatalogRow] = field(default_factory=dict)
    prices: list[PriceRow] = field(default_factory=list)
    _names: dict[CatalogTable, dict[str, CatalogRow]] = field(default_factory=lambda: {"gpus": {}, "models": {}})

    def gpu(self, name: str) -> CatalogRow:
        """The GPU called `name`.

        Raises:
            UnknownNameError: there is none; the message offers the nearest.
        """
        return self._find("gpus", name)

    def model(self, name: str) -> CatalogRow:
        """The model called `name`.

        Raises:
            UnknownNameError: there is none; the message offers the nearest.
        """
        return self._find("models", name)

    def values(self, table: CatalogTable, name: str) -> dict[str, float]:
        """The inputs that a row gives, the reference rent of a GPU among them."""
        row = self._find(table, name)
        if table != "gpus":
            return row.values
        prices = {kind: price.price_of(kind) for kind, price in self.reference_prices(row.name).items()}
        commitment = {COMMITMENT: MARKET_MONTHS} if RESERVED in prices else {}
        return {**prices, **commitment, **row.values}

    def rent_price(self, gpu: str) -> PriceRow | None:
        """The price in use for a GPU's rent; None where its own row gives the rent, or nobody does.

        Raises:
            UnknownNameError: there is no such GPU; the message offers the nearest.
        """
        row = self.gpu(gpu)
        return None if RENT in row.values else self.reference_rent(row.name)

    def reference_prices(self, gpu: str) -> dict[str, PriceRow]:
        """The prices in use for a GPU, by the input that each gives; what its own row gives is left out.

        A market's price is one of long contracts, so it stands for a reservation too.
        """
        row = self.gpu(gpu)
        market = [price for price in self.prices_of(row.name) if price.term == MARKET]
        found = {
            RENT: self.reference_rent(row.name),
            RESERVED: market[-1] if market else None,
            SPOT: self._cheapest([price for price in self.prices_of(row.name) if price.spot is not None], SPOT),
        }
        return {kind: price for kind, price in found.items() if price is not None and kind not in row.values}

    def owned_costs(self, gpu: str) -> list[PriceRow]:
        """What owning a GPU costs others an hour: the latest published figure of each kind of owner."""
        latest = {price.term: price for price in self.prices_of(gpu) if price.term in OWNED_TERMS}
        return list(latest.values())

    @staticmethod
    def _cheapest(rows: list[PriceRow], kind: str) -> PriceRow | None:
        """The cheapest of the providers' latest prices."""
        latest: dict[tuple[str, ...], PriceRow] = {}
        for price in rows:
            latest[price.provider, price.details["instance"], price.details["region"]] = price
        return min(latest.values(), key=lambda price: price.price_of(kind), default=None)

    def prices_of(self, gpu: str) -> list[PriceRow]:
        """The prices of a GPU by any of its names, oldest first; the catalog need not describe it."""
        wanted = self._same_gpu(gpu)
        # The sort is stable: of two prices of one date the later row is the later price.
        rows = [price for price in self.prices if self._same_gpu(price.gpu) == wanted]
        return sorted(rows, key=lambda price: price.first_day)

    def reference_rent(self, gpu: str) -> PriceRow | None:
        """The price that stands for a GPU's rent: the latest own, the cheapest list or the latest market price."""
        found = self.prices_of(gpu)
        for term in RENT_TERMS:
            rows = [price for price in found if price.term == term]
            if not rows:
                continue
            if term in LATEST_TERMS:
                return rows[-1]
            return self._cheapest(rows, RENT)
        return None

    def _same_gpu(self, name: str) -> str:
        """What all names of a GPU have in common; whichever file was taken in first."""
        folded = name.strip().casefold()
        row = self._names["gpus"].get(folded)
        return row.name.casefold() if row else folded

    def _find(self, table: CatalogTable, name: str) -> CatalogRow:
        found = self._names[table].get(name.strip().casefold())
        if found is None:
            names = [text for row in self._rows(table).values() for text in (row.name, *row.aliases)]
            raise unknown(f"{NAME_COLUMN[table]} in the catalog called", name, names)
        return found

    def _rows(self, table: CatalogTable) -> dict[str, CatalogRow]:
        return self.gpus if table == "gpus" else self.models

    def add(self, row: CatalogRow) -> None:
        """Take in a row.

        Raises:
            CatalogError: its name or an alias is taken.
        """
        names = self._names[row.table]
        for name in (row.name, *row.aliases):
            taken = names.get(name.casefold())
            if taken is not None:
                raise CatalogError(
                    f"{row.place}: the {NAME_COLUMN[row.table]} name {name!r} is taken by {taken.place}; "
                    "names and aliases must differ, give yours another"
                )
        for name in (row.name, *row.aliases):
            names[name.casefold()] = row
        self._rows(row.table)[row.name] = row

    def add_file(self, path: Path) -> None:
        """Take in a CSV file of GPUs, models or prices; its header tells which.

        Raises:
            CatalogError: it is none of them, or a row is bad; then nothing of the file is taken in.
        """
        header, _ = read_table(path)
        if "provider" in header:
            self.prices.extend(list(price_rows(path)))
            return
        table: CatalogTable
        for table, column in NAME_COLUMN.items():
            if column in header:
                self._add_all(list(catalog_rows(path, table)))
                return
        raise CatalogError(f"{path}: the header needs a column gpu (GPUs), model (models) or provider (prices)")

    def _add_all(self, rows: list[CatalogRow]) -> None:
        """Take in all rows or none."""
        before = dict(self.gpus), dict(self.models), {table: dict(names) for table, names in self._names.items()}
        try:
            for row in rows:
                self.add(row)
        except CatalogError:
            self.gpus, self.models, self._names = before
            raise


def load_catalog(extra_files: Iterable[str | Path] = ()) -> Catalog:
    """The built-in catalog and, after it, a team's own CSV files of GPUs, models or prices.

    Raises:
        CatalogError: a file cannot be used; the message has its name, row and field.
    """
    catalog = Catalog()
    paths = [FOLDER / "gpus.csv", FOLDER / "models.csv", FOLDER / "rental_prices.csv"]
    for path in [*paths, *map(Path, extra_files)]:
        catalog.add_file(path)
    return catalog


@cache
def built_in_catalog() -> Catalog:
    """The built-in catalog, read once."""
    return load_catalog()
