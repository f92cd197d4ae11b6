"""How many sequences fit, and how many users they serve."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, Text, at_least, floor, minimum, ratio, where
from napkinxl.engine.registry import quantity


@quantity("sequences", "Sequences that fit, before rounding down")
def sequences_before_rounding(free_memory_gb: Number, replica_kv_cache_gb: Number) -> Number:
    """Free memory over the memory of one chat.

    Examples
    --------
    >>> round(sequences_before_rounding(160, 3.93216), 4)
    40.6901

    References
    ----------
    Article, 40-60 users at 20,000-30,000 tokens; published figure paged_users_low.
    """
    return ratio(free_memory_gb, replica_kv_cache_gb)


@quantity("sequences", "Sequences that fit")
def fitting_sequences(sequences_before_rounding: Number) -> Number:
    """Whole sequences that fit in the memory left for KV cache.

    Examples
    --------
    >>> fitting_sequences(160 / 26.2144)
    6.0

    References
    ----------
    Article, 6 chats at full context; published figure users_full_context.
    """
    return floor(sequences_before_rounding)


@quantity("sequences", "Users served at the same instant, per replica")
def concurrent_users(fitting_sequences: Number, max_sequences_per_replica: Number) -> Number:
    """Sequences that one replica works on at once: those that fit, at most the engine's cap.

    Examples
    --------
    >>> concurrent_users(6, 1_000_000)
    6

    References
    ----------
    Article, 6; vLLM engine arguments, max_num_seqs.
    """
    return minimum(fitting_sequences, max_sequences_per_replica)


@quantity("text", "Does it fit?")
def fit_verdict(fitting_sequences: Number) -> Text:
    """Whether the weights and at least one chat fit in the replica's memory.

    Examples
    --------
    >>> fit_verdict(6)
    'fits'

    References
    ----------
    Article, six chats fit on a B200.
    """
    return where(at_least(fitting_sequences, 1), "fits", "does not fit")


@quantity("users", "Users served per GPU, on average")
def users_per_gpu(concurrent_users: Number, duty_cycle: Number, gpus_per_replica: Number) -> Number:
    """Users that one GPU serves when each keeps a sequence busy for only a share of the time.

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
    return concurrent_users / duty_cycle / gpus_per_replica


@quantity("sequences", "Sequences in a step")
def batch_sequences(concurrent_users: Number) -> Number:
    """The batch of a decode step: all sequences that fit; no answer where none does.

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
    return where(at_least(concurrent_users, 1), concurrent_users, NO_ANSWER)
