"""What users pay, and what comes with each of them."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, total


@monthly("USD", "Revenue by plan", entity="tier", audience="board", months="sum")
def tier_revenue_usd(tier_users: Number, price_usd_per_user_month: Number) -> Number:
    """Users of the plan pay this much in the month.

    Examples
    --------
    >>> tier_revenue_usd(147, 20)
    2940

    References
    ----------
    Contribution of a tier: fee less tokens, payment fees and support.
    """
    return tier_users * price_usd_per_user_month


@monthly("USD", "Payment fees by plan", entity="tier", audience="finance", months="sum")
def tier_payment_fees_usd(
    tier_users: Number, price_usd_per_user_month: Number, payment_fee_share: Number, payment_fee_usd: Number
) -> Number:
    """The payment provider keeps this much of the plan's revenue in the month.

    fee = price_usd_per_user_month * payment_fee_share + payment_fee_usd
    tier_payment_fees_usd = tier_users * where(above(price_usd_per_user_month, 0), fee, 0)

    Notes
    -----
    Who pays nothing causes no fee.

    Examples
    --------
    >>> round(tier_payment_fees_usd(100, 20, 0.029, 0.3), 2)
    88.0

    References
    ----------
    Contribution of a tier: fee less tokens, payment fees and support.
    """
    fee = price_usd_per_user_month * payment_fee_share + payment_fee_usd
    return tier_users * where(above(price_usd_per_user_month, 0), fee, 0)


@monthly("USD", "Support cost by plan", entity="tier", audience="finance", months="sum")
def tier_support_usd(tier_users: Number, support_usd_per_user_month: Number) -> Number:
    """Supporting the plan's users costs this much in the month.

    Examples
    --------
    >>> tier_support_usd(147, 2)
    294

    References
    ----------
    Contribution of a tier: fee less tokens, payment fees and support.
    """
    return tier_users * support_usd_per_user_month


@monthly("USD", "Acquisition cost by plan", entity="tier", audience="finance", months="sum")
def tier_acquisition_usd(tier_new_users: Number, acquisition_usd_per_user: Number) -> Number:
    """Winning the users who join the plan in the month costs this much.

    Examples
    --------
    >>> tier_acquisition_usd(50, 30)
    1500

    References
    ----------
    Customer acquisition cost (CAC): spend over new customers.
    """
    return tier_new_users * acquisition_usd_per_user


@monthly("USD", "Revenue, all plans", audience="board", months="sum")
def revenue_usd(every_tier_revenue_usd: Numbers) -> Number:
    """Users of all plans pay this much in the month.

    Examples
    --------
    >>> revenue_usd([2940.0, 5.0])
    2945.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_revenue_usd)


@monthly("USD", "Payment fees, all plans", audience="finance", months="sum")
def payment_fees_usd(every_tier_payment_fees_usd: Numbers) -> Number:
    """The payment provider keeps this much of the product's revenue in the month.

    Examples
    --------
    >>> payment_fees_usd([88.0, 5.0])
    93.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_payment_fees_usd)


@monthly("USD", "Support cost, all plans", audience="finance", months="sum")
def support_usd(every_tier_support_usd: Numbers) -> Number:
    """Supporting all users costs this much in the month.

    Examples
    --------
    >>> support_usd([294.0, 5.0])
    299.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_support_usd)


@monthly("USD", "Acquisition cost, all plans", audience="board", months="sum")
def acquisition_usd(every_tier_acquisition_usd: Numbers) -> Number:
    """Winning all users who join in the month costs this much.

    Examples
    --------
    >>> acquisition_usd([1500.0, 5.0])
    1505.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_acquisition_usd)
