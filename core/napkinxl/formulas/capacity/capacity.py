"""How many sequences fit, and how many users they serve."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, Text, at_least, floor, minimum, ratio, where
from napkinxl.engine.registry import quantity


@quantity("sequences", "Chats that fit, before rounding down", helper=True)
def sequences_before_rounding(free_memory_gb: Number, replica_kv_cache_gb: Number) -> Number:
    """Free memory divided by the KV cache of one chat gives the chats that fit, fractions included.

    Examples
    --------
    >>> round(sequences_before_rounding(160, 3.93216), 4)
    40.6901

    References
    ----------
    Article, 40-60 users at 20,000-30,000 tokens; published figure paged_users_low.
    """
    return ratio(free_memory_gb, replica_kv_cache_gb)


@quantity("sequences", "Chats that fit on a replica (sequences)")
def fitting_sequences(sequences_before_rounding: Number) -> Number:
    """A replica's free memory holds this many whole chats.

    Examples
    --------
    >>> fitting_sequences(160 / 26.2144)
    6.0

    References
    ----------
    Article, 6 chats at full context; published figure users_full_context.
    """
    return floor(sequences_before_rounding)


@quantity("sequences", "Chats served at once (concurrent sequences)", headline=True)
def concurrent_sequences(fitting_sequences: Number, max_sequences_per_replica: Number) -> Number:
    """A replica works on this many chats at a time: those that fit, up to the engine's limit.

    Examples
    --------
    >>> concurrent_sequences(6, 1_000_000)
    6

    References
    ----------
    Article, 6; vLLM engine arguments, max_num_seqs.
    """
    return minimum(fitting_sequences, max_sequences_per_replica)


@quantity("text", "Does the model fit in memory?", audience="finance", headline=True)
def fit_verdict(fitting_sequences: Number) -> Text:
    """The model fits if a replica's memory holds its weights and at least one chat.

    Examples
    --------
    >>> fit_verdict(6)
    'fits'

    References
    ----------
    Article, six chats fit on a B200.
    """
    return where(at_least(fitting_sequences, 1), "fits", "does not fit")


@quantity("seats", "Seats in use per GPU, on average", headline=True)
def users_per_gpu(concurrent_sequences: Number, duty_cycle: Number, gpus_per_replica: Number) -> Number:
    """One GPU serves this many people who sit in a chat all month; subscribers who are away do not count.

    Notes
    -----
    An average without headroom: with random arrivals a pool sized to it turns users away. A programmed loop has duty 1.

    Examples
    --------
    >>> users_per_gpu(40, 0.2, 1)
    200.0

    References
    ----------
    Article prints 300-800 for 20% duty; 40-60 concurrent users give 200-300; published figure served_users_low.
    """
    return concurrent_sequences / duty_cycle / gpus_per_replica


@quantity("sequences", "Chats in one decode step (batch)")
def batch_sequences(concurrent_sequences: Number) -> Number:
    """Every chat in the batch gains one token per step; there is no answer if not even one chat fits.

    Notes
    -----
    What does not fit has no speed and no cost, rather than a wrong one: from here "no answer" passes on by itself.

    Examples
    --------
    >>> batch_sequences(6)
    6

    References
    ----------
    Article, a step serves its six chats at once.
    """
    return where(at_least(concurrent_sequences, 1), concurrent_sequences, NO_ANSWER)
