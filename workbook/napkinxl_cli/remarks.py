"""What the commands on scenarios say beneath their answers: remedies, warnings, whose rents, how wrong a preset is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from napkinxl import Estimate
from napkinxl.apis.choice import PRICES
from napkinxl.catalog import RENT, Catalog
from napkinxl.catalog.rows import MARKET
from napkinxl.engine.units import HOURS_PER_YEAR, MONTHS_PER_YEAR
from napkinxl.inputs import INPUTS
from napkinxl.scenarios.presets import get_preset
from napkinxl_cli.output import console, warn

API_PRICES = ("api_input_usd_per_million_tokens", "api_output_usd_per_million_tokens")
CACHED_PRICE = "api_cached_input_usd_per_million_tokens"
DEFAULT_API_MODEL = "Qwen3-32B"  # whose price stands where none is given
MEAN_MONTH_HOURS = HOURS_PER_YEAR / MONTHS_PER_YEAR
OWN_TERM = "own"  # a rent in the GPU's own row is a team's quote


def print_remarks(estimates: Sequence[Estimate], catalog: Catalog, shown: int | None = None) -> None:
    """Print the remedies and warnings of the first `shown` scenarios, and whose rents and which presets all take."""
    for item in estimates[:shown]:
        if item.fit and not item.fit.fits:
            console().print(f"{item.scenario.name}: {item.fit.remedy}.", markup=False)
    for line in dict.fromkeys(f"{item.scenario.name}: {text}" for item in estimates[:shown] for text in item.warnings):
        warn(line)
    _print_rents([item for item in estimates if _origin(item).startswith("catalog: ")], catalog)
    for preset in dict.fromkeys(item.scenario.preset for item in estimates):
        console().print(get_preset(preset).error_text, markup=False)


def _origin(estimate: Estimate) -> str:
    return estimate.in_use.origins[RENT]


def _print_rents(estimates: Sequence[Estimate], catalog: Catalog) -> None:
    """Whose rent each GPU takes from the catalog, and a warning where they are not of one kind."""
    gpus = {item.scenario.gpu: item for item in estimates}
    for gpu, item in gpus.items():
        source = _origin(item).removeprefix("catalog: ")
        source = "your catalog's own row" if source == gpu else source
        console().print(f"Rent of {gpu}: {item[RENT]:,.2f} USD/h ({source})", markup=False)
    terms = {gpu: _term(gpu, catalog) for gpu in gpus}
    if len(set(terms.values())) > 1:
        warn(
            f"rents on different terms are compared ({'; '.join(_grouped(terms))}): "
            f"give {RENT} for a like-for-like comparison"
        )


def _term(gpu: str, catalog: Catalog) -> str:
    price = catalog.rent_price(gpu)
    return price.term if price else OWN_TERM


def _grouped(terms: dict[str, str]) -> Iterator[str]:
    """Each kind of rent with the GPUs that take it."""
    for term in dict.fromkeys(terms.values()):
        yield f"{term}: {', '.join(gpu for gpu, its in terms.items() if its == term)}"


def warn_of_unlike_terms(estimates: Sequence[Estimate], catalog: Catalog) -> None:
    """What makes owning and renting unlike: months of fewer hours than they have, and contracts that pass for rent."""
    hours = {item["hours_per_month"] for item in estimates}
    if min(hours) < MEAN_MONTH_HOURS - 1:
        less = 1 - min(hours) / MEAN_MONTH_HOURS
        warn(
            f"a month of {min(hours):g} hours counts {less:.1%} of a year's rent too little, while owning is paid for "
            f"the whole year: --hours-per-month {MEAN_MONTH_HOURS:g} compares like with like"
        )
    for gpu in dict.fromkeys(item.scenario.gpu for item in estimates if _origin(item).startswith("catalog: ")):
        if _term(gpu, catalog) == MARKET:
            warn(
                f"no price by the hour of {gpu} is known: the market's contract of three years stands for it, so that "
                f"renting and reserving look alike; give {RENT}"
            )


def print_api_prices(estimates: Sequence[Estimate]) -> None:
    """Whose API prices are compared, and a warning where the default's are taken for another model."""
    alike: dict[tuple[str | float, ...], list[Estimate]] = {}  # plans of one product buy from the same API
    for item in estimates:
        alike.setdefault((api_source(item), *(item[name] for name in PRICES)), []).append(item)
    for (source, *_), items in alike.items():
        with_cached = any(item["cached_input_share"] > 0 for item in items)
        shown = [name for name in PRICES if name != CACHED_PRICE or with_cached]
        prices = ", ".join(f"{items[0][name]:g} {PRICES[name]}" for name in shown)
        names = ", ".join(item.scenario.name for item in items)
        console().print(f"API price of {names}: {prices}, USD/million tokens ({source})", markup=False)
    others = {item.scenario.model for item in estimates if _takes_price_of_another_model(item)}
    for model in sorted(others):
        warn(
            f"the API price is that of {DEFAULT_API_MODEL}, not of {model}: name an API with --api, or give its prices"
        )


def api_source(item: Estimate) -> str:
    """Where the API prices of a scenario come from."""
    if "default" in {item.in_use.origins[name] for name in API_PRICES}:
        return f"default: {INPUTS[API_PRICES[0]].source}"
    return item.scenario.api_source or "given"


def _takes_price_of_another_model(item: Estimate) -> bool:
    return (
        "default" in {item.in_use.origins[name] for name in API_PRICES} and DEFAULT_API_MODEL not in item.scenario.model
    )
