"""`napkinxl gpus`, `models` and `prices`: what the catalog holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rich_click as click

from napkinxl.catalog import Catalog, CatalogRow, PriceRow
from napkinxl.catalog.rows import PRICE_COLUMNS, catalog_inputs
from napkinxl.engine.inputs import CatalogTable
from napkinxl.engine.number_text import number_text
from napkinxl_cli.options import Command, catalog_option
from napkinxl_cli.output import console, table, to_csv, to_json, write

TERMS = ("Provider", "Instance", "Terms", "Date")  # of a price
TITLES: dict[CatalogTable, str] = {"gpus": "GPUs", "models": "Models"}
# The fields of a list, and their headers.
SHOWN: dict[CatalogTable, dict[str, str]] = {
    "gpus": {
        "memory_gb": "GB",
        "memory_bandwidth_tb_s": "TB/s",
        "bf16_tflops": "BF16 TFLOP/s",
        "fp8_tflops": "FP8 TFLOP/s",
        "rent_usd_per_gpu_hour": "Rent USD/h",
    },
    "models": {
        "total_params_b": "Params, billion",
        "active_params_b": "Active, billion",
        "layers": "Layers",
        "max_context_tokens": "Longest context",
    },
}


def format_options(function: Command) -> Command:
    """Give a command `--json` and `--csv`; it receives `as_json` and `as_csv`."""
    as_csv = click.option("--csv", "as_csv", is_flag=True, help="print as CSV, with every field")
    return click.option("--json", "as_json", is_flag=True, help="print as JSON, with every field")(as_csv(function))


@click.command()
@click.argument("name", required=False)
@format_options
@catalog_option
def gpus(name: str | None, as_json: bool, as_csv: bool, catalog: Catalog) -> None:
    """List the GPUs of the catalog, or show all of one: memory, bandwidth, dense compute, reference rent, source.

    \b
    napkinxl gpus
    napkinxl gpus H100
    """
    rows = [catalog.gpu(name)] if name else list(catalog.gpus.values())
    _show("gpus", catalog, rows, one=bool(name), as_json=as_json, as_csv=as_csv)


@click.command()
@click.argument("name", required=False)
@format_options
@click.option(
    "--import",
    "config",
    type=click.Path(path_type=Path),
    metavar="CONFIG.JSON",
    help="print the catalog row of a Hugging Face config.json (NAME names it)",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="write the imported row to this file")
@catalog_option
def models(
    name: str | None, as_json: bool, as_csv: bool, config: Path | None, output: Path | None, catalog: Catalog
) -> None:
    """List the models of the catalog, show all of one, or make a row from a Hugging Face config.json.

    \b
    napkinxl models
    napkinxl models Qwen3-32B
    napkinxl models "my-org/my-model" --import config.json -o my-models.csv
    napkinxl estimate --catalog my-models.csv --model "my-org/my-model"
    """
    if config is not None:
        _import(name or config.parent.resolve().name, config, output)
        return
    rows = [catalog.model(name)] if name else list(catalog.models.values())
    _show("models", catalog, rows, one=bool(name), as_json=as_json, as_csv=as_csv)


@click.command()
@click.argument("gpu", required=False)
@format_options
@catalog_option
def prices(gpu: str | None, as_json: bool, as_csv: bool, catalog: Catalog) -> None:
    """List dated rental prices, of all GPUs or of one.

    \b
    napkinxl prices
    napkinxl prices H100
    """
    found = catalog.prices if gpu is None else _priced(gpu, catalog)
    if as_json:
        write(to_json([price.details for price in found]), None)
    elif as_csv:
        write(to_csv(PRICE_COLUMNS, ([price.details[name] for name in PRICE_COLUMNS] for price in found)), None)
    else:
        columns = [("GPU", False), ("USD/h", True), *((name, False) for name in TERMS)]
        rows = [(p.gpu, f"{p.usd_per_gpu_hour:,.2f}", p.provider, p.details["instance"], p.term, p.date) for p in found]
        table("Prices per GPU-hour", columns, rows, "regions and sources: napkinxl prices --csv")
        if not found:
            console().print(f"No price of {gpu} is known; add yours with --catalog, or give --rent-usd-per-gpu-hour")


def _priced(gpu: str, catalog: Catalog) -> list[PriceRow]:
    """The prices of a GPU; some are of GPUs that the catalog does not describe."""
    found = catalog.prices_of(gpu)
    if not found:
        catalog.gpu(gpu)  # a GPU without prices is no error, an unknown one is
    return found


def _import(name: str, path: Path, output: Path | None) -> None:
    from napkinxl.catalog.catalog_row import COLUMNS, catalog_row
    from napkinxl.catalog.huggingface import read_config

    row = catalog_row(name, read_config(path))
    write(to_csv(COLUMNS, [[row.get(column, "") for column in COLUMNS]]), output)


def _show(
    kind: CatalogTable, catalog: Catalog, rows: Sequence[CatalogRow], *, one: bool, as_json: bool, as_csv: bool
) -> None:
    if as_json:
        write(to_json([_fields(row, kind, catalog) for row in rows]), None)
    elif as_csv:
        data = [_fields(row, kind, catalog) for row in rows]
        write(to_csv(list(data[0]), (list(item.values()) for item in data)), None)
    elif one:
        _show_one(_fields(rows[0], kind, catalog))
    else:
        shown, title = SHOWN[kind], TITLES[kind]
        columns = [(title.removesuffix("s"), False), *((header, True) for header in shown.values())]
        values = [(row.name, catalog.values(kind, row.name)) for row in rows]
        cells = [(name, *(number_text(found[key]) if key in found else "" for key in shown)) for name, found in values]
        table(title, columns, cells, f"all fields and sources: napkinxl {kind} NAME")


def _fields(row: CatalogRow, kind: CatalogTable, catalog: Catalog) -> dict[str, object]:
    values = catalog.values(kind, row.name)
    numbers: dict[str, object] = {name: values.get(name) for name in catalog_inputs(kind)}
    last: dict[str, object] = {}
    if kind == "gpus":
        price = catalog.rent_price(row.name)
        last["reference_rent_from"] = price.basis if price else None
    return {
        "name": row.name,
        "aliases": "; ".join(row.aliases),
        **numbers,
        **row.details,
        "source": row.source,
        "checked": row.checked,
        **last,
    }


def _show_one(fields: dict[str, object]) -> None:
    rows = [(name, number_text(value)) for name, value in fields.items() if value not in (None, "")]
    table(str(fields["name"]), [("Field", False), ("Value", False)], rows)
