"""The names that studies know: inputs and results of a scenario, and of a plan by month."""

from __future__ import annotations

from napkinxl.engine.inputs import Input
from napkinxl.errors import InputError, look_up
from napkinxl.formulas import QUANTITIES, Quantity
from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.inputs import FLEET_INPUTS, INPUTS
from napkinxl.inputs.plan import MONTHS

# The numbers that a plan by month sets beside its scenarios.
PLAN_NUMBERS: dict[str, Input] = {MONTHS.name: MONTHS, **FLEET_INPUTS}


def study_input(name: str) -> Input:
    """The input of a scenario or of a plan by month.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.

    >>> study_input("lead_months").unit
    'months'
    """
    return look_up("input", name, {**INPUTS, **PLAN_NUMBERS})


def scenario_input(name: str) -> Input:
    """The input of a scenario, for studies that know no plan.

    Raises:
        InputError: there is none, or it belongs to a plan by month.
    """
    if name in PLAN_NUMBERS:
        raise InputError(f"{name} belongs to a plan by month: it moves only figures over the plan, such as npv_usd")
    return study_input(name)


def study_result(name: str) -> Quantity:
    """The quantity of a scenario, or the figure over a plan by month.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.

    >>> study_result("break_even_month").label
    'Break-even month'
    """
    return look_up("result", name, {**QUANTITIES, **OVER_PLAN})
