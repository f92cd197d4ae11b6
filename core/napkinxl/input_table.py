"""Every input, by owner; people meet use and money first."""

from __future__ import annotations

from napkinxl.errors import look_up
from napkinxl.input_tables.customers import CUSTOMERS
from napkinxl.input_tables.machine import GPU, MODEL
from napkinxl.input_tables.money import MONEY
from napkinxl.input_tables.plan import BY_MONTH, FLEET, MONTHS, SEASONS
from napkinxl.input_tables.supply import API, OWN, RENT
from napkinxl.input_tables.traffic import POOL, TRAFFIC
from napkinxl.input_tables.use import USE
from napkinxl.inputs import Input

# What a scenario may say.
INPUTS: dict[str, Input] = {
    item.name: item for item in [*USE, *TRAFFIC, *POOL, *MONEY, *OWN, *RENT, *API, *CUSTOMERS, *GPU, *MODEL]
}
# What a plan by month may say beside its scenarios: numbers, and lists of them.
FLEET_INPUTS: dict[str, Input] = {item.name: item for item in FLEET}
SERIES: dict[str, Input] = {item.name: item for item in [SEASONS, *BY_MONTH]}
ALL_INPUTS: dict[str, Input] = {**INPUTS, MONTHS.name: MONTHS, **FLEET_INPUTS, **SERIES}


def get_input(name: str) -> Input:
    """The input of a scenario called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("input", name, INPUTS)
