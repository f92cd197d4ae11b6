"""The arithmetic of a prompt: its fresh tokens, and what they attend to."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, minimum, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_GFLOP, FLOP_PER_MULTIPLY_ADD


def prompt_attention(
    full_layers: Number,
    latent_layers: Number,
    query_heads: Number,
    head_dim: Number,
    value_head_dim: Number,
    window_layers: Number,
    window_head_dim: Number,
    window_value_head_dim: Number,
    window_tokens: Number,
    sparse_top_tokens: Number,
    index_layers: Number,
    index_heads: Number,
    index_dim: Number,
    attended_tokens: Number,
) -> Number:
    """Attention of a token of a prompt that attends to so many tokens, by kind of layer [GFLOP/token]."""
    selected = minimum(attended_tokens, sparse_top_tokens)
    latent_tokens = where(above(sparse_top_tokens, 0), selected, attended_tokens)
    full = (full_layers * attended_tokens + latent_layers * latent_tokens) * (head_dim + value_head_dim)
    kept = minimum(attended_tokens, window_tokens)
    window = window_layers * kept * (window_head_dim + window_value_head_dim)
    index = index_layers * index_heads * index_dim * attended_tokens
    return FLOP_PER_MULTIPLY_ADD * (query_heads * (full + window) + index) / FLOP_PER_GFLOP


@quantity("tokens", "Input tokens not in the cache, per request")
def fresh_input_tokens(input_tokens_per_request: Number, cached_input_share: Number) -> Number:
    """The engine must read these tokens of a request anew, because no prefix cache holds them.

    Examples
    --------
    >>> fresh_input_tokens(608, 342 / 608)
    266.0

    References
    ----------
    DeepSeek: 608 billion input tokens a day, 342 billion from cache; worked case DS02.
    """
    return input_tokens_per_request * (1 - cached_input_share)


@quantity("tokens", "Earlier tokens read per prompt token", helper=True)
def prefill_attended_tokens(input_tokens_per_request: Number, fresh_input_tokens: Number) -> Number:
    """Each token of a prompt attends to this many earlier tokens on average.

    Examples
    --------
    >>> prefill_attended_tokens(2000, 2000)
    1000.0

    References
    ----------
    Causal attention: the mean of 1 to N is half of N.
    """
    return input_tokens_per_request - fresh_input_tokens / 2


@quantity("GFLOP/token", "Attention work per prompt token", helper=True)
def prefill_attention_gflop_per_token(
    full_layers: Number,
    latent_layers: Number,
    query_heads: Number,
    head_dim: Number,
    value_head_dim: Number,
    window_layers: Number,
    window_head_dim: Number,
    window_value_head_dim: Number,
    window_tokens: Number,
    sparse_top_tokens: Number,
    index_layers: Number,
    index_heads: Number,
    index_dim: Number,
    prefill_attended_tokens: Number,
) -> Number:
    """A prompt token needs this much arithmetic for the tokens before it.

    selected = minimum(prefill_attended_tokens, sparse_top_tokens)
    latent_tokens = where(above(sparse_top_tokens, 0), selected, prefill_attended_tokens)
    full = (full_layers * prefill_attended_tokens + latent_layers * latent_tokens) * (head_dim + value_head_dim)
    kept = minimum(prefill_attended_tokens, window_tokens)
    window = window_layers * kept * (window_head_dim + window_value_head_dim)
    index = index_layers * index_heads * index_dim * prefill_attended_tokens
    prefill_attention_gflop_per_token = 2 * (query_heads * (full + window) + index) / 1e9

    Notes
    -----
    Latent attention (MLA) is computed with full keys and values while a prompt is read. A window counts with the mean
    context: at a prompt of twice the window that is a third of the window layers' part too much.

    Examples
    --------
    >>> prefill_attention_gflop_per_token(64, 0, 64, 128, 128, 0, 128, 128, 0, 0, 0, 0, 0, 200_000)
    419.4304

    References
    ----------
    As decode attention at the mean context; the article's 200,000 tokens: 2,517 GFLOP for 6 sequences.
    """
    return prompt_attention(
        full_layers,
        latent_layers,
        query_heads,
        head_dim,
        value_head_dim,
        window_layers,
        window_head_dim,
        window_value_head_dim,
        window_tokens,
        sparse_top_tokens,
        index_layers,
        index_heads,
        index_dim,
        prefill_attended_tokens,
    )


@quantity("GFLOP/token", "Work per prompt token (prefill)")
def prefill_gflop_per_token(active_params_b: Number, prefill_attention_gflop_per_token: Number) -> Number:
    """A prompt token takes a multiply and an add per active parameter, and attention over what comes before.

    Examples
    --------
    >>> prefill_gflop_per_token(32, 0)
    64.0

    References
    ----------
    Kaplan et al. 2020, 2N FLOP per token plus attention.
    """
    return FLOP_PER_MULTIPLY_ADD * active_params_b + prefill_attention_gflop_per_token
