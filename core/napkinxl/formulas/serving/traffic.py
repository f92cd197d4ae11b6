"""What one decode step moves, and how long that takes."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BITS_PER_BYTE, BYTES_PER_GB


@quantity("GB", "KV cache left unread (sparse attention)", helper=True)
def skipped_kv_gb(
    latent_layers: Number,
    latent_rank: Number,
    latent_rope_dim: Number,
    context_tokens: Number,
    attended_tokens: Number,
    latent_kv_copies: Number,
    kv_bits: Number,
) -> Number:
    """Sparse attention leaves this part of a chat's KV cache unread in a step.

    skipped_kv_gb = latent_layers * (latent_rank + latent_rope_dim) * (context_tokens - attended_tokens) *
        latent_kv_copies * kv_bits / 8 / 1e9

    Examples
    --------
    >>> skipped_kv_gb(61, 512, 64, 100_000, 100_000, 1, 8)
    0.0

    References
    ----------
    DeepSeek-V3.2 report: index keys are read for every token, latents for the selected ones.
    """
    elements = latent_layers * (latent_rank + latent_rope_dim) * (context_tokens - attended_tokens) * latent_kv_copies
    return elements * kv_bits / BITS_PER_BYTE / BYTES_PER_GB


@quantity("GB", "KV cache moved per step, one chat")
def kv_moved_gb(replica_kv_cache_gb: Number, skipped_kv_gb: Number, state_gb: Number) -> Number:
    """A step moves this much of one chat's KV cache and state on all GPUs of the replica together.

    Notes
    -----
    The state is read and written back in every step, so it counts twice; of the KV cache only the newest token is
    written.

    Examples
    --------
    >>> kv_moved_gb(26.2144, 0, 0)
    26.2144

    References
    ----------
    Article, a step reads every chat's KV cache once.
    """
    return replica_kv_cache_gb - skipped_kv_gb + state_gb


@quantity("GB", "Data moved per step")
def gb_per_step(weights_read_gb: Number, batch_sequences: Number, kv_moved_gb: Number) -> Number:
    """A step moves the weights and the KV cache of every chat in the batch, on all GPUs of the replica together.

    Examples
    --------
    >>> round(gb_per_step(32, 6, 26.2144), 4)
    189.2864

    References
    ----------
    Article, 190 GB; published figure bytes_per_step_gb.
    """
    return weights_read_gb + batch_sequences * kv_moved_gb


@quantity("ms", "Time to move the data of a step")
def memory_ms(
    gb_per_step: Number,
    memory_bandwidth_tb_s: Number,
    bandwidth_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """Moving a step's data takes this long at the bandwidth reached.

    Examples
    --------
    >>> memory_ms(190, 8, 1, 1)
    23.75

    References
    ----------
    Article, 23.75 ms; published figure step_memory_ms.
    """
    return gb_per_step / (memory_bandwidth_tb_s * bandwidth_efficiency * gpus_per_replica)
