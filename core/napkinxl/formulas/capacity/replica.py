"""The KV cache in a replica of several GPUs: heads are spread over them, latents repeated on each."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BITS_PER_BYTE, BYTES_PER_GB


@quantity("copies", "Copies of the KV cache in a replica", helper=True)
def kv_copies(gpus_per_replica: Number, kv_heads: Number) -> Number:
    """A replica stores keys and values more than once where its GPUs outnumber the KV heads.

    Notes
    -----
    The mean over GPUs; engines ask for a whole number.

    Examples
    --------
    >>> kv_copies(8, 8)
    1.0

    References
    ----------
    vLLM, tensor parallelism: KV heads are replicated when there are fewer than GPUs.
    """
    return maximum(ratio(gpus_per_replica, kv_heads, otherwise=1.0), 1.0)


@quantity("copies", "Copies of the sliding-window KV cache", helper=True)
def window_kv_copies(gpus_per_replica: Number, window_kv_heads: Number) -> Number:
    """A replica repeats the keys and values of sliding-window layers where its GPUs outnumber their KV heads.

    Examples
    --------
    >>> window_kv_copies(16, 8)
    2.0

    References
    ----------
    vLLM, tensor parallelism: KV heads are replicated when there are fewer than GPUs.
    """
    return maximum(ratio(gpus_per_replica, window_kv_heads, otherwise=1.0), 1.0)


@quantity("GB", "KV cache of one chat, copies included")
def replica_kv_cache_gb(
    kv_cache_gb: Number,
    full_kv_elements_per_token: Number,
    kv_copies: Number,
    latent_kv_elements_per_token: Number,
    compressed_kv_elements_per_token: Number,
    latent_kv_copies: Number,
    context_tokens: Number,
    window_kv_elements_per_token: Number,
    window_kv_copies: Number,
    window_kept_tokens: Number,
    kv_bits: Number,
) -> Number:
    """Each chat takes this much of a replica's memory, parts repeated on several GPUs included.

    replica_kv_cache_gb = kv_cache_gb + ((full_kv_elements_per_token * (kv_copies - 1) + (latent_kv_elements_per_token +
        compressed_kv_elements_per_token) * (latent_kv_copies - 1)) * context_tokens + window_kv_elements_per_token *
        (window_kv_copies - 1) * window_kept_tokens) * kv_bits / 8 / 1e9

    Notes
    -----
    Tensor parallelism spreads KV heads and repeats latents; with data-parallel attention each chat's latent lies on one
    GPU only: set latent_kv_copies to 1.

    Examples
    --------
    >>> replica_kv_cache_gb(26.2144, 131072, 1, 0, 0, 1, 200_000, 0, 1, 0, 8)
    26.2144

    References
    ----------
    Article's case on one GPU; the MLA cache has one head, so tensor parallelism repeats it.
    """
    repeated_latents = (latent_kv_elements_per_token + compressed_kv_elements_per_token) * (latent_kv_copies - 1)
    repeated = (full_kv_elements_per_token * (kv_copies - 1) + repeated_latents) * context_tokens
    repeated_windows = window_kv_elements_per_token * (window_kv_copies - 1) * window_kept_tokens
    return kv_cache_gb + (repeated + repeated_windows) * kv_bits / BITS_PER_BYTE / BYTES_PER_GB


@quantity("GB", "Least memory to serve one chat")
def needed_memory_gb(weights_gb: Number, replica_kv_cache_gb: Number) -> Number:
    """A replica must hold at least the weights and the KV cache of one chat.

    Examples
    --------
    >>> round(needed_memory_gb(32, 26.2144), 4)
    58.2144

    References
    ----------
    Article, sum of 32 GB and 26.2 GB.
    """
    return weights_gb + replica_kv_cache_gb
