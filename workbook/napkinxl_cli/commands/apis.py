"""`napkinxl apis`: the APIs whose prices are known, and the prices of one."""

from __future__ import annotations

from datetime import UTC, datetime

import rich_click as click

from napkinxl.apis.choice import PRICES
from napkinxl.apis.prices import ApiPrice, api_price, api_price_of_day, list_apis
from napkinxl.engine.number_text import number_text
from napkinxl_cli.output import say, table, to_json, warn, write
from napkinxl_cli.results import json_data

# As the comparison says them.
SHORT = {name.removeprefix("api_"): text for name, text in PRICES.items()}


@click.command()
@click.argument("name", required=False)
@click.option(
    "--prompt-tokens",
    type=float,
    default=0.0,
    metavar="NUMBER",
    help="input tokens of a request: at some APIs a long prompt is dearer as a whole",
)
@click.option(
    "--at", metavar="DATE", help="the moment of the prices in UTC, as 2026-11-21 or 2026-11-21T05:00; default: now"
)
@click.option("--json", "as_json", is_flag=True, help="print as JSON")
def apis(name: str | None, prompt_tokens: float, at: str | None, as_json: bool) -> None:
    """List the APIs whose prices are known, or show the prices of NAME as provider/model.

    The prices are those inside the installed package genai-prices; nothing is fetched.

    \b
    napkinxl apis groq
    napkinxl apis openai/gpt-5
    napkinxl apis anthropic/claude-sonnet-4-5 --prompt-tokens 250000
    """
    found = list_apis(name or "")
    if name is None or (found and name not in found):
        _print_names(found, as_json)
        return
    price = api_price(name, _moment(at), prompt_tokens)
    if as_json:
        write(to_json(json_data({**price.__dict__, "at": price.at.isoformat()})), None)
        return
    _print_price(price)
    day = api_price_of_day(name, price.at.date(), prompt_tokens)
    if day.mean_of_day:
        prices = ", ".join(f"{getattr(day, field):g} {text}" for field, text in SHORT.items())
        warn(f"a scenario takes the mean over the 24 hours of the day: {prices}, USD per million tokens")


def _moment(at: str | None) -> datetime | None:
    if at is None:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        text = f"a moment is written as 2026-11-21 or 2026-11-21T05:00, got {at!r}"
        raise click.BadParameter(text, param_hint="--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _print_names(names: list[str], as_json: bool) -> None:
    if as_json:
        write(to_json(names), None)
        return
    for name in names:
        say(name)


def _print_price(price: ApiPrice) -> None:
    rows = [
        (label, number_text(value))
        for label, value in (
            ("Input", price.input_usd_per_million_tokens),
            ("Cached input", price.cached_input_usd_per_million_tokens),
            ("Write to the cache", price.cache_write_usd_per_million_tokens),
            ("Output", price.output_usd_per_million_tokens),
        )
    ]
    caption = f"On {price.at.day} {price.at:%B %Y} at {price.at:%H:%M} UTC, from genai-prices {price.package_version}."
    table(f"{price.provider}/{price.model}", [("Million tokens", False), ("USD", True)], rows, caption)
    for warning in price.warnings:
        warn(warning)
