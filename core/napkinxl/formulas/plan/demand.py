"""What the users ask for, in busy sequences and in replicas."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, total


@monthly("sequences", "Chats at once by plan, mean hour", entity="tier")
def tier_mean_sequences(
    tier_users: Number, traffic_duty_share: Number, season_ratio: Number, usage_ratio: Number
) -> Number:
    """Users of the plan keep this many chats (sequences) busy on average over the month.

    Examples
    --------
    >>> tier_mean_sequences(1000, 0.125, 1.0, 1.0)
    125.0

    References
    ----------
    Little's law: busy sequences are arrivals times the time that each takes.
    """
    return tier_users * traffic_duty_share * season_ratio * usage_ratio


@monthly("sequences", "Chats at once by plan, busiest hour", entity="tier")
def tier_peak_sequences(tier_mean_sequences: Number, peak_to_mean_ratio: Number) -> Number:
    """Users of the plan keep this many chats (sequences) busy on average over the busiest hour.

    Examples
    --------
    >>> round(tier_peak_sequences(120_000 / 24 / 3600, 0.2 * 24), 1)
    6.7

    References
    ----------
    Worked cases NV02, NV03: NVIDIA's sizing method; 20% of a day's requests in its busiest hour is 4.8 times the mean.
    """
    return tier_mean_sequences * peak_to_mean_ratio


@monthly("replicas", "Replicas in use by plan, mean hour", entity="tier")
def tier_mean_replicas(tier_mean_sequences: Number, concurrent_sequences: Number) -> Number:
    """The plan's chats fill this many replicas on average over the month.

    Notes
    -----
    Tiers share replicas: a sequence takes its part of one, and what a replica cannot divide evenly is left out.

    Examples
    --------
    >>> tier_mean_replicas(12.0, 6.0)
    2.0

    References
    ----------
    Article, 6 sequences on one B200.
    """
    return ratio(tier_mean_sequences, concurrent_sequences)


@monthly("replicas", "Replicas in use by plan, busiest hour", entity="tier")
def tier_peak_replicas(tier_peak_sequences: Number, concurrent_sequences: Number) -> Number:
    """The plan's chats fill this many replicas on average over the busiest hour.

    Examples
    --------
    >>> round(tier_peak_replicas(6.6667, 2.5), 4)
    2.6667

    References
    ----------
    Worked cases NV02, NV03: NVIDIA's sizing method; 20% of a day's requests in its busiest hour is 4.8 times the mean.
    """
    return ratio(tier_peak_sequences, concurrent_sequences)


@monthly("replicas", "Replicas taken by one burst, by plan", entity="tier", helper=True)
def tier_burst_replicas(burstiness_ratio: Number, concurrent_sequences: Number) -> Number:
    """The requests that a user of the plan sends in one burst fill this part of a replica.

    Notes
    -----
    Users who come independently have a ratio of 1: a burst is one sequence.

    Examples
    --------
    >>> tier_burst_replicas(1.0, 2.5)
    0.4

    References
    ----------
    Compound Poisson: bursts of b at a time have b times the variance.
    """
    return ratio(burstiness_ratio, concurrent_sequences)


@monthly("replicas²", "Variance of replicas in use, by plan", entity="tier", helper=True)
def tier_variance_replicas2(tier_peak_replicas: Number, tier_burst_replicas: Number) -> Number:
    """The replicas that the plan fills in the busiest hour vary by this much around their mean.

    Examples
    --------
    >>> tier_variance_replicas2(2.0, 0.5)
    1.0

    References
    ----------
    Compound Poisson: the variance is the mean times the size of a jump.
    """
    return tier_peak_replicas * tier_burst_replicas


@monthly("replicas", "Replicas in use, mean hour")
def mean_replicas(every_tier_mean_replicas: Numbers) -> Number:
    """All plans together fill this many replicas on average over the month.

    Examples
    --------
    >>> mean_replicas([2.0, 0.5])
    2.5

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_mean_replicas)


@monthly("replicas", "Replicas in use, busiest hour")
def peak_replicas(every_tier_peak_replicas: Numbers) -> Number:
    """All plans together fill this many replicas on average over the busiest hour.

    Notes
    -----
    All tiers are taken to have their busiest hour together.

    Examples
    --------
    >>> peak_replicas([4.0, 0.5])
    4.5

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_peak_replicas)
