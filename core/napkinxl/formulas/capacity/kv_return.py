"""How long a chat waits for its KV cache when it comes back, and how long it holds a sequence."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum, minimum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD, MS_PER_S
from napkinxl.formulas.serving.prompt import prompt_attention


@quantity("ms", "Time to write an answer (decode)")
def turn_ms(output_tokens_per_request: Number, step_ms: Number) -> Number:
    """An answer takes this long from its first token to its last.

    Examples
    --------
    >>> turn_ms(250, 23.75)
    5937.5

    References
    ----------
    Article, 23.75 ms a step.
    """
    return output_tokens_per_request * step_ms


@quantity("ms", "Time to restore a chat from host memory")
def restore_ms(replica_kv_cache_gb: Number, host_bandwidth_gb_per_s: Number, gpus_per_replica: Number) -> Number:
    """Moving a chat's KV cache from host memory back to the GPUs takes this long.

    Examples
    --------
    >>> round(restore_ms(40, 87, 1), -1)
    460.0

    References
    ----------
    Mooncake: 40 GB at 87 GB/s take 0.46 s; worked case KV02.
    """
    return replica_kv_cache_gb / (host_bandwidth_gb_per_s * gpus_per_replica) * MS_PER_S


@quantity("GFLOP/token", "Attention work per token, chat recomputed", helper=True)
def recompute_attention_gflop_per_token(
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
    context_tokens: Number,
) -> Number:
    """Each token needs this much attention arithmetic on average when the whole chat is read again.

    selected = minimum(context_tokens / 2, sparse_top_tokens)
    latent_tokens = where(above(sparse_top_tokens, 0), selected, context_tokens / 2)
    full = (full_layers * context_tokens / 2 + latent_layers * latent_tokens) * (head_dim + value_head_dim)
    kept = minimum(context_tokens / 2, window_tokens)
    window = window_layers * kept * (window_head_dim + window_value_head_dim)
    index = index_layers * index_heads * index_dim * context_tokens / 2
    recompute_attention_gflop_per_token = 2 * (query_heads * (full + window) + index) / 1e9

    Notes
    -----
    The whole context is fresh: nothing of it is cached.

    Examples
    --------
    >>> recompute_attention_gflop_per_token(64, 0, 64, 128, 128, 0, 128, 128, 0, 0, 0, 0, 0, 400_000)
    419.4304

    References
    ----------
    As attention of a prompt token; the article's 200,000 tokens: 2,517 GFLOP for 6 sequences.
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
        context_tokens / 2,
    )


@quantity("ms", "Time to recompute a chat's KV cache")
def recompute_ms(
    context_tokens: Number,
    active_params_b: Number,
    recompute_attention_gflop_per_token: Number,
    compute_tflops: Number,
    compute_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """Reading the whole chat again as a prompt takes this long.

    gflop_each = 2 * active_params_b + recompute_attention_gflop_per_token
    recompute_ms = context_tokens * gflop_each / (compute_tflops * compute_efficiency * gpus_per_replica)

    Examples
    --------
    >>> round(recompute_ms(200_000, 32, 209.7152, 4500, 1, 1), 1)
    12165.1

    References
    ----------
    Article's case: 200,000 tokens of 64 GFLOP, and half of 419 GFLOP of attention.
    """
    gflop_each = FLOP_PER_MULTIPLY_ADD * active_params_b + recompute_attention_gflop_per_token
    return context_tokens * gflop_each / (compute_tflops * compute_efficiency * gpus_per_replica)


@quantity("share", "Busy share of a seat, idle chats offloaded", helper=True)
def offload_duty_share(duty_cycle: Number, restore_ms: Number, turn_ms: Number, batch_sequences: Number) -> Number:
    """A user holds a place in the batch for this share of the time if idle KV cache waits in host memory.

    Notes
    -----
    At 1 there are no more users than sequences, and the KV cache of each stays.

    Examples
    --------
    >>> offload_duty_share(0.2, 100, 1000, 1)
    0.22000000000000003

    References
    ----------
    Restoring takes bytes over bandwidth, one chat after the other; arXiv 2601.19910: transfers can dominate.
    """
    return minimum(duty_cycle * maximum(1 + restore_ms / turn_ms, batch_sequences * restore_ms / turn_ms), 1)


@quantity("share", "Busy share of a seat, idle chats recomputed", helper=True)
def recompute_duty_share(duty_cycle: Number, recompute_ms: Number, turn_ms: Number, batch_sequences: Number) -> Number:
    """A user holds a place in the batch for this share of the time if idle KV cache is dropped and computed again.

    Notes
    -----
    At 1 there are no more users than sequences, and the KV cache of each stays.

    Examples
    --------
    >>> recompute_duty_share(0.2, 10, 100, 1)
    0.22000000000000003

    References
    ----------
    Prompts and steps share the replica's time.
    """
    return minimum(duty_cycle * (1 + batch_sequences * recompute_ms / turn_ms), 1)
