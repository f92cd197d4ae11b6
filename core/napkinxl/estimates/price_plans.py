"""The plans of a product together (free, pro, team, agents): what each leaves, and which pays for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from napkinxl.engine.number_text import precise_text
from napkinxl.engine.ops import NO_ANSWER
from napkinxl.errors import InputError
from napkinxl.estimates.estimation import Estimate

ALL_PLANS = "All plans"  # what the plans of a product are called together
SUMMED = (
    "users",
    "revenue_usd_per_month",
    "cost_of_revenue_usd_per_month",
    "contribution_usd_per_month",
    "gpus_for_users",
    "million_tokens_per_month",
    "serving_usd_per_month",
)


@dataclass(frozen=True)
class PricePlan:
    """A plan, or all of them together.

    Shares are of all plans. `given_usd_per_month` is what a plan gives to those that cost more than they bring (below
    zero: what it takes).
    """

    name: str
    users: float
    revenue_usd_per_month: float
    cost_of_revenue_usd_per_month: float
    contribution_usd_per_month: float
    gpus_for_users: float
    million_tokens_per_month: float
    serving_usd_per_month: float
    gross_margin_share: float
    revenue_share: float
    cost_share: float
    given_usd_per_month: float

    @property
    def serving_usd_per_million_tokens(self) -> float:
        """What answering costs, blended over the tokens of all its users."""
        return _part(self.serving_usd_per_month, self.million_tokens_per_month)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, NaN as it is."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Product:
    """All plans of a product: each, the sum, what is left after fixed cost, and their blended price and cost."""

    plans: tuple[PricePlan, ...]
    total: PricePlan
    fixed_usd_per_month: float
    profit_usd_per_month: float
    serving_usd_per_user_month: float
    serving_usd_per_million_tokens: float
    price_usd_per_user_month: float


def blend_plans(estimates: Sequence[Estimate]) -> Product:
    """The plans of a product together.

    Parameters
    ----------
    estimates : sequence of Estimate
        One per plan; `fixed_usd_per_month` is the product's and must be the same in each.

    Raises
    ------
    InputError
        There is no plan, or the plans give different fixed costs.
    """
    if not estimates:
        raise InputError("a product needs at least one plan, got none")
    fixed = {float(item["fixed_usd_per_month"]) for item in estimates}
    if len(fixed) > 1:
        given = " and ".join(precise_text(value) for value in sorted(fixed))
        raise InputError(f"fixed_usd_per_month is the product's: give it once for all plans, got {given}")
    sums = {name: sum(float(item[name]) for item in estimates) for name in SUMMED}
    losses = -sum(min(float(item["contribution_usd_per_month"]), 0.0) for item in estimates)
    gains = sum(max(float(item["contribution_usd_per_month"]), 0.0) for item in estimates)
    plans = tuple(_plan(item, sums, min(losses, gains), losses, gains) for item in estimates)
    total = PricePlan(
        ALL_PLANS,
        **sums,
        gross_margin_share=_part(sums["contribution_usd_per_month"], sums["revenue_usd_per_month"]),
        revenue_share=_part(sums["revenue_usd_per_month"], sums["revenue_usd_per_month"]),
        cost_share=_part(sums["cost_of_revenue_usd_per_month"], sums["cost_of_revenue_usd_per_month"]),
        given_usd_per_month=losses * 0.0,  # what some give others take
    )
    fixed_usd = fixed.pop()
    return Product(
        plans,
        total,
        fixed_usd,
        total.contribution_usd_per_month - fixed_usd,
        _part(total.serving_usd_per_month, total.users),
        total.serving_usd_per_million_tokens,
        _part(total.revenue_usd_per_month, total.users),
    )


def _part(part: float, whole: float) -> float:
    return part / whole if whole else NO_ANSWER


def _plan(estimate: Estimate, sums: dict[str, float], paid: float, losses: float, gains: float) -> PricePlan:
    """A plan with its shares; what is paid for losing plans is given in proportion to contributions."""
    own = {name: float(estimate[name]) for name in SUMMED}
    contribution = own["contribution_usd_per_month"]
    whole = gains if contribution > 0 else losses
    return PricePlan(
        estimate.scenario.name,
        **own,
        gross_margin_share=float(estimate["gross_margin_share"]),
        revenue_share=_part(own["revenue_usd_per_month"], sums["revenue_usd_per_month"]),
        cost_share=_part(own["cost_of_revenue_usd_per_month"], sums["cost_of_revenue_usd_per_month"]),
        given_usd_per_month=paid * (contribution / whole if whole else 0.0) + 0.0,  # no -0
    )
