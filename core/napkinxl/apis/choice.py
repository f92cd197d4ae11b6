"""An API by name in a scenario: its prices for the scenario's prompt, where the scenario sets none itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from napkinxl.errors import InputError
from napkinxl.input_table import get_input

API = "api"  # the field of a row that names an API, as "openai/gpt-5"
PROMPT = "input_tokens_per_request"
PRICES = (
    "api_input_usd_per_million_tokens",
    "api_cached_input_usd_per_million_tokens",
    "api_output_usd_per_million_tokens",
)


def with_api_prices(
    row: Mapping[str, Any], at: datetime | None = None, tell: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """A scenario's fields with the prices of the API that it names; a price that it sets itself stays.

    Parameters
    ----------
    row : mapping
        The fields of a scenario, not yet checked; `api` names the API.
    at : datetime, optional
        The moment of the prices; by default now.
    tell : callable, optional
        Called with each thing that one should know of these prices.

    Raises
    ------
    InputError
        There is no such API, or its name is no text.
    """
    found = {name: value for name, value in row.items() if name != API}
    name = row.get(API)
    if name is None or name == "":
        return found
    if not isinstance(name, str):
        raise InputError(f"{API} must be the name of an API as openai/gpt-5, got {name!r}")
    from napkinxl.apis.prices import api_price  # the package of prices is loaded only for them

    prompt = get_input(PROMPT)
    tokens = prompt.check(row[PROMPT]) if row.get(PROMPT) is not None else prompt.default
    price = api_price(name, at or datetime.now(UTC), tokens or 0)
    if tell:
        for remark in price.warnings:
            tell(f"{price.provider}/{price.model}: {remark}")
    prices = {field: getattr(price, field.removeprefix("api_")) for field in PRICES}
    return {**{field: value for field, value in prices.items() if not math.isnan(value)}, **found}
