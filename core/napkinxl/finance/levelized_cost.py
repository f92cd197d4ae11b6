"""What a unit of output costs when capital, fixed and variable cost are spread over it."""

from __future__ import annotations

from napkinxl.finance.arguments import no_answer_passes, number


@no_answer_passes
def levelized_cost_usd(
    fixed_charge_rate: float,
    capital_usd: float,
    fixed_usd_per_year: float,
    output_per_year: float,
    variable_usd: float = 0.0,
) -> float:
    """What a unit of output costs over the life of a plant.

    levelized_cost_usd = (fixed_charge_rate * capital_usd + fixed_usd_per_year) / output_per_year + variable_usd

    Parameters
    ----------
    fixed_charge_rate : float
        Yearly charge per dollar of capital, such as capital_recovery_factor [share per year].
    capital_usd : float
        Capital spent [USD].
    fixed_usd_per_year : float
        Running cost whatever the output [USD/year].
    output_per_year : float
        Output that is used: kWh, GPU-hours, millions of tokens [units/year].
    variable_usd : float
        Running cost of a unit [USD/unit].

    Returns
    -------
    float
        Cost of a unit [USD/unit].

    Raises
    ------
    InputError
        There is no output.

    Examples
    --------
    >>> round(levelized_cost_usd(0.12, 445e6, 35e6, 8e8), 4)
    0.1105

    References
    ----------
    Worked case LC01, NREL WISDEM; NREL SAM, levelised cost by fixed charge rate.
    """
    capital = number("fixed_charge_rate", fixed_charge_rate) * number("capital_usd", capital_usd)
    fixed = number("fixed_usd_per_year", fixed_usd_per_year)
    output = number("output_per_year", output_per_year, above=0)
    return (capital + fixed) / output + number("variable_usd", variable_usd)
