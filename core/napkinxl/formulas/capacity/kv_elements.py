"""What a sequence keeps: a sum over the kinds of layer; a kind that a model lacks has no layers."""

from __future__ import annotations

from napkinxl.engine.ops import Number, minimum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BITS_PER_BYTE, BYTES_PER_GB


@quantity("layers", "Layers with full attention", helper=True)
def full_layers(
    layers: Number,
    window_layers: Number,
    latent_layers: Number,
    linear_layers: Number,
    stateless_layers: Number,
) -> Number:
    """These layers keep keys and values for every token of a chat (MHA, GQA or MQA).

    Examples
    --------
    >>> full_layers(36, 18, 0, 0, 0)
    18

    References
    ----------
    gpt-oss model card: 36 layers, alternating full and banded attention.
    """
    return layers - window_layers - latent_layers - linear_layers - stateless_layers


@quantity("elements/token", "KV cache per token, full attention", helper=True)
def full_kv_elements_per_token(
    full_layers: Number,
    kv_heads: Number,
    head_dim: Number,
    value_head_dim: Number,
) -> Number:
    """Full-attention layers store this many numbers for each token of a chat.

    Examples
    --------
    >>> full_kv_elements_per_token(64, 8, 128, 128)
    131072

    References
    ----------
    Article, 2 x layers x KV heads x head dim; Qwen3-32B config.json.
    """
    return full_layers * kv_heads * (head_dim + value_head_dim)


@quantity("elements/token", "KV cache per token, latent attention (MLA)", helper=True)
def latent_kv_elements_per_token(
    latent_layers: Number,
    latent_rank: Number,
    latent_rope_dim: Number,
    index_layers: Number,
    index_dim: Number,
) -> Number:
    """Latent-attention layers store this many numbers for each token of a chat, index keys included.

    Examples
    --------
    >>> latent_kv_elements_per_token(61, 512, 64, 0, 0)
    35136

    References
    ----------
    DeepSeek-V2 and V3 reports: kv_lora_rank 512 + rope 64 in each of 61 layers (70,272 bytes in BF16).
    """
    return latent_layers * (latent_rank + latent_rope_dim) + index_layers * index_dim


@quantity("elements/token", "KV cache per token that grows with the chat")
def kv_elements_per_token(
    full_kv_elements_per_token: Number,
    latent_kv_elements_per_token: Number,
    compressed_kv_elements_per_token: Number,
) -> Number:
    """Each further token of a chat adds this many numbers to its KV cache; sliding-window layers are not counted.

    Examples
    --------
    >>> kv_elements_per_token(131072, 0, 0)
    131072

    References
    ----------
    Sum over the kinds of layer.
    """
    return full_kv_elements_per_token + latent_kv_elements_per_token + compressed_kv_elements_per_token


@quantity("elements/token", "KV cache per token, sliding window", helper=True)
def window_kv_elements_per_token(
    window_layers: Number,
    window_kv_heads: Number,
    window_head_dim: Number,
    window_value_head_dim: Number,
) -> Number:
    """Sliding-window layers store this many numbers for each token inside the window.

    Examples
    --------
    >>> window_kv_elements_per_token(18, 8, 64, 64)
    18432

    References
    ----------
    gpt-oss-120b config.json: 18 sliding layers, 8 KV heads of 64.
    """
    return window_layers * window_kv_heads * (window_head_dim + window_value_head_dim)


@quantity("tokens", "Tokens kept by sliding-window layers", helper=True)
def window_kept_tokens(context_tokens: Number, window_tokens: Number) -> Number:
    """Sliding-window layers keep the latest tokens of a chat, at most as many as the window holds.

    Examples
    --------
    >>> window_kept_tokens(200_000, 128)
    128

    References
    ----------
    gpt-oss model card: bandwidth of 128 tokens.
    """
    return minimum(context_tokens, window_tokens)


@quantity("GB", "Fixed memory per chat (linear layers)")
def state_gb(linear_layers: Number, state_elements_per_layer: Number, state_bits: Number) -> Number:
    """Linear-attention and state-space layers keep a state for each chat that does not grow with its length.

    Examples
    --------
    >>> state_gb(48, 786_432, 32)
    0.150994944

    References
    ----------
    Gated delta net: 48 layers x 48 value heads x 128 x 128 elements in FP32 (Qwen3.5-27B config.json).
    """
    return linear_layers * state_elements_per_layer * state_bits / BITS_PER_BYTE / BYTES_PER_GB
