"""Every input, by owner; people meet use and money first."""

from __future__ import annotations

from napkinxl.errors import look_up
from napkinxl.input_tables.customers import CUSTOMERS
from napkinxl.input_tables.machine import GPU, MODEL
from napkinxl.input_tables.money import MONEY
from napkinxl.input_tables.supply import API, OWN, RENT
from napkinxl.input_tables.traffic import POOL, TRAFFIC
from napkinxl.input_tables.use import USE
from napkinxl.inputs import Input

INPUTS: dict[str, Input] = {
    item.name: item for item in [*USE, *TRAFFIC, *POOL, *MONEY, *OWN, *RENT, *API, *CUSTOMERS, *GPU, *MODEL]
}


def get_input(name: str) -> Input:
    """The registered input called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("input", name, INPUTS)
