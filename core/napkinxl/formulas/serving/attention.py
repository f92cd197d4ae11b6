"""Arithmetic of attention over the context, per new token of one sequence."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, minimum, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_GFLOP, FLOP_PER_MULTIPLY_ADD


@quantity("tokens", "Tokens read by latent attention", helper=True)
def attended_tokens(context_tokens: Number, sparse_top_tokens: Number) -> Number:
    """Latent attention reads the whole chat for each new token, or only the tokens an indexer selects.

    Examples
    --------
    >>> attended_tokens(200_000, 2048)
    2048

    References
    ----------
    DeepSeek-V3.2 report: sparse attention selects 2,048 tokens.
    """
    return where(above(sparse_top_tokens, 0), minimum(context_tokens, sparse_top_tokens), context_tokens)


@quantity("GFLOP/token", "Full-attention work per token", helper=True)
def full_attention_gflop_per_token(
    full_layers: Number,
    query_heads: Number,
    head_dim: Number,
    value_head_dim: Number,
    context_tokens: Number,
) -> Number:
    """Full-attention layers need this much arithmetic for one new token.

    full_attention_gflop_per_token = 2 * full_layers * query_heads * (head_dim + value_head_dim) * context_tokens / 1e9

    Examples
    --------
    >>> round(full_attention_gflop_per_token(64, 64, 128, 128, 200_000), 1)
    419.4

    References
    ----------
    Published figure step_compute_ms_counted: attention is 2,517 GFLOP for 6 sequences.
    """
    multiply_adds = full_layers * query_heads * (head_dim + value_head_dim) * context_tokens
    return FLOP_PER_MULTIPLY_ADD * multiply_adds / FLOP_PER_GFLOP


@quantity("GFLOP/token", "Sliding-window attention work per token", helper=True)
def window_attention_gflop_per_token(
    window_layers: Number,
    query_heads: Number,
    window_head_dim: Number,
    window_value_head_dim: Number,
    window_kept_tokens: Number,
) -> Number:
    """Sliding-window layers need this much arithmetic for one new token.

    window_attention_gflop_per_token = 2 * window_layers * query_heads * (window_head_dim + window_value_head_dim) *
        window_kept_tokens / 1e9

    Examples
    --------
    >>> window_attention_gflop_per_token(0, 64, 128, 128, 128)
    0.0

    References
    ----------
    As full attention, over the tokens kept.
    """
    multiply_adds = window_layers * query_heads * (window_head_dim + window_value_head_dim) * window_kept_tokens
    return FLOP_PER_MULTIPLY_ADD * multiply_adds / FLOP_PER_GFLOP


@quantity("GFLOP/token", "Latent-attention (MLA) work per token", helper=True)
def latent_attention_gflop_per_token(
    latent_layers: Number,
    query_heads: Number,
    latent_rank: Number,
    latent_rope_dim: Number,
    attended_tokens: Number,
    index_layers: Number,
    index_heads: Number,
    index_dim: Number,
    context_tokens: Number,
) -> Number:
    """Latent-attention layers and their indexer need this much arithmetic for one new token.

    latent_attention_gflop_per_token = 2 * (latent_layers * query_heads * (2 * latent_rank + latent_rope_dim) *
        attended_tokens + index_layers * index_heads * index_dim * context_tokens) / 1e9

    Examples
    --------
    >>> latent_attention_gflop_per_token(1, 128, 512, 64, 1000, 0, 0, 0, 1000)
    0.278528

    References
    ----------
    DeepSeek-V2 report: keys of rank + rope and values of rank, for each of 128 heads.
    """
    on_latents = latent_layers * query_heads * (2 * latent_rank + latent_rope_dim) * attended_tokens
    on_index_keys = index_layers * index_heads * index_dim * context_tokens
    return FLOP_PER_MULTIPLY_ADD * (on_latents + on_index_keys) / FLOP_PER_GFLOP


@quantity("GFLOP/token", "Attention work per token, all layers")
def attention_gflop_per_token(
    full_attention_gflop_per_token: Number,
    window_attention_gflop_per_token: Number,
    latent_attention_gflop_per_token: Number,
) -> Number:
    """Attention over the chat so far needs this much arithmetic for one new token.

    Notes
    -----
    The update of linear layers' state and attention on compressed layers are left out: small beside the rest.

    Examples
    --------
    >>> attention_gflop_per_token(419.4304, 0, 0)
    419.4304

    References
    ----------
    Sum over the kinds of layer.
    """
    return full_attention_gflop_per_token + window_attention_gflop_per_token + latent_attention_gflop_per_token
