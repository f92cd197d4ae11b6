"""GPUs, models and rental prices: data files with a source and a date per row, and one loader."""

from napkinxl.catalog.loader import Catalog, built_in_catalog, load_catalog
from napkinxl.catalog.rows import RENT, CatalogRow, PriceRow

__all__ = ["RENT", "Catalog", "CatalogRow", "PriceRow", "built_in_catalog", "load_catalog"]
