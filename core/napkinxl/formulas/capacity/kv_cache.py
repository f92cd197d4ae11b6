"""The KV cache of one sequence, and the same without the savings of the architecture."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BITS_PER_BYTE, BYTES_PER_GB


@quantity("GB", "KV cache of one chat", headline=True)
def kv_cache_gb(
    kv_elements_per_token: Number,
    context_tokens: Number,
    window_kv_elements_per_token: Number,
    window_kept_tokens: Number,
    kv_bits: Number,
    state_gb: Number,
) -> Number:
    """A chat of the given length takes this much GPU memory, with each key and value stored once.

    kv_cache_gb = (kv_elements_per_token * context_tokens + window_kv_elements_per_token * window_kept_tokens) * kv_bits
        / 8 / 1e9 + state_gb

    Notes
    -----
    What the model needs; an engine may reserve more (reserved_kv_cache_gb) and tensor parallelism may keep copies
    (replica_kv_cache_gb).

    Examples
    --------
    >>> kv_cache_gb(131072, 200_000, 0, 0, 8, 0)
    26.2144

    References
    ----------
    Article, 26.2 GB for a 200,000-token chat with GQA; published figure kv_gqa_gb.
    """
    elements = kv_elements_per_token * context_tokens + window_kv_elements_per_token * window_kept_tokens
    return elements * kv_bits / BITS_PER_BYTE / BYTES_PER_GB + state_gb


@quantity("GB", "KV cache of one chat, windows kept in full")
def reserved_kv_cache_gb(
    kv_cache_gb: Number,
    window_kv_elements_per_token: Number,
    context_tokens: Number,
    window_kept_tokens: Number,
    kv_bits: Number,
) -> Number:
    """A chat takes this much memory if the engine also keeps tokens that have left the sliding window.

    reserved_kv_cache_gb = kv_cache_gb + window_kv_elements_per_token * (context_tokens - window_kept_tokens) * kv_bits
        / 8 / 1e9

    Notes
    -----
    Engines without a hybrid KV-cache manager do so; the capacity below uses what the model needs.

    Examples
    --------
    >>> reserved_kv_cache_gb(26.2144, 0, 200_000, 0, 8)
    26.2144

    References
    ----------
    hf-mem pull request 70: half the memory missed on gpt-oss-20b at 8k tokens when windows were taken as small.
    """
    more_elements = window_kv_elements_per_token * (context_tokens - window_kept_tokens)
    return kv_cache_gb + more_elements * kv_bits / BITS_PER_BYTE / BYTES_PER_GB


@quantity("GB", "KV cache of one chat without GQA (MHA)")
def mha_kv_cache_gb(
    layers: Number,
    linear_layers: Number,
    stateless_layers: Number,
    query_heads: Number,
    head_dim: Number,
    value_head_dim: Number,
    context_tokens: Number,
    kv_bits: Number,
) -> Number:
    """A chat would take this much memory if every query head kept keys and values of its own.

    mha_kv_cache_gb = (layers - linear_layers - stateless_layers) * query_heads * (head_dim + value_head_dim) *
        context_tokens * kv_bits / 8 / 1e9

    Examples
    --------
    >>> mha_kv_cache_gb(64, 0, 0, 64, 128, 128, 200_000, 8)
    209.7152

    References
    ----------
    Article, 210 GB; published figure kv_mha_gb.
    """
    elements_per_token = (layers - linear_layers - stateless_layers) * query_heads * (head_dim + value_head_dim)
    return elements_per_token * context_tokens * kv_bits / BITS_PER_BYTE / BYTES_PER_GB


@quantity("x", "KV cache saving from shared heads (GQA)")
def kv_saving_factor(mha_kv_cache_gb: Number, kv_cache_gb: Number) -> Number:
    """Sharing keys and values among query heads makes a chat's KV cache this many times smaller.

    Examples
    --------
    >>> kv_saving_factor(209.7152, 26.2144)
    8.0

    References
    ----------
    Article, 8x from 64 query and 8 KV heads; published figure gqa_factor.
    """
    return ratio(mha_kv_cache_gb, kv_cache_gb)
