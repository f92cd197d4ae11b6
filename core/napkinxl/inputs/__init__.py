"""Every input, by owner; people meet use and money first."""

from __future__ import annotations

from napkinxl.engine.inputs import Input
from napkinxl.engine.registry import ALL_INPUTS, INPUTS, declare_inputs
from napkinxl.errors import look_up
from napkinxl.inputs.customers import CUSTOMERS
from napkinxl.inputs.machine import GPU, MODEL
from napkinxl.inputs.money import MONEY
from napkinxl.inputs.plan import BY_MONTH, FLEET, MONTHS, SEASONS
from napkinxl.inputs.supply import API, OWN, RENT
from napkinxl.inputs.traffic import POOL, TRAFFIC
from napkinxl.inputs.use import USE

__all__ = ["ALL_INPUTS", "FLEET_INPUTS", "INPUTS", "SERIES", "get_input"]

declare_inputs([*USE, *TRAFFIC, *POOL, *MONEY, *OWN, *RENT, *API, *CUSTOMERS, *GPU, *MODEL])
# What a plan by month may say beside its scenarios: numbers, and lists of them.
declare_inputs([MONTHS])
FLEET_INPUTS = declare_inputs(FLEET)
SERIES = declare_inputs([SEASONS, *BY_MONTH])


def get_input(name: str) -> Input:
    """The input of a scenario called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("input", name, INPUTS)
