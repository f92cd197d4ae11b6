"""DeepSeek-V4: a window in every layer, and beside it a cache that is compressed along time.

One vector per token serves as key and value at once. A layer keeps it for the last tokens (the window) and, with
a compression ratio r, one vector for every r tokens of the whole context. Where r is 4 an indexer picks among these,
with a smaller key of its own per 4 tokens; where r is 128 all are read. (Hugging Face transformers,
src/transformers/models/deepseek_v4; DeepSeek-V4 paper, section 2.3.)
"""

from __future__ import annotations

from napkinxl.catalog.architectures.blueprint import Blueprint, Mixer
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.parts import context_field, matrix
from napkinxl.catalog.architectures.styles import Style
from napkinxl.catalog.architectures.transformer import expert_layer

SPARSE_RATIO = 4
"""The ratio at which windows overlap (so that maps are twice as wide) and an indexer picks."""

LARGEST_RATIO = 1_000_000


def deepseek_v4(c: Fields) -> Blueprint:
    """The whole model; the first layers choose experts by a fixed table instead of a bias."""
    hidden, streams = c.size("hidden_size"), c.size("hc_mult")
    ratios = c.per_layer("compress_ratios", int)
    made = {ratio: _mixer(c, ratio) for ratio in set(ratios)}
    norms = 2 * hidden + 2 * _stream_mixing(hidden, streams)
    by_table = c.count("num_hash_layers", default=0)
    stack = [
        expert_layer(c, Style(router_bias=layer >= by_table), made[ratio], norms) for layer, ratio in enumerate(ratios)
    ]
    return Blueprint(
        stack,
        hidden,
        vocabulary=c.size("vocab_size"),
        tied=c.flag("tie_word_embeddings", False),
        other_params=hidden + streams * streams * hidden + streams + 1,
        fields={"query_heads": c.size("num_attention_heads"), "kv_heads": 1, "head_dim": c.size("head_dim")}
        | context_field(c),
    )


def _stream_mixing(hidden: int, streams: int) -> int:
    """Hyper-connections: weights that collapse, spread and mix the parallel residual streams, before one sublayer."""
    outputs = (2 + streams) * streams
    return outputs * streams * hidden + outputs + 3


def _mixer(c: Fields, ratio: int) -> Mixer:
    if not 0 <= ratio <= LARGEST_RATIO:
        c.fail("compress_ratios", f"must be from 0 to {LARGEST_RATIO:,}")
    size = c.size("head_dim")
    # The one vector is stored once and serves as key and value: as a value it takes no room.
    shape: dict[str, float] = {"window_tokens": c.size("sliding_window"), "window_value_head_dim": 0}
    params = _attention(c)
    if ratio == 0:
        return Mixer("window", params, shape)
    if ratio != SPARSE_RATIO:
        return Mixer("window", params + _compressor(c, size, size, ratio), shape, compressed=size / ratio)
    key = c.size("index_head_dim")
    params += _compressor(c, size, 2 * size, ratio) + _compressor(c, key, 2 * key, ratio)
    params += matrix(c.size("q_lora_rank"), c.size("index_n_heads") * key)
    params += matrix(c.size("hidden_size"), c.size("index_n_heads"))
    return Mixer("window", params, shape, compressed=(size + key) / ratio)


def _attention(c: Fields) -> int:
    """Low-rank queries, one shared key and value, and an output map in two steps, the first in groups of heads."""
    hidden, heads, size = c.size("hidden_size"), c.size("num_attention_heads"), c.size("head_dim")
    rank, output_rank, groups = c.size("q_lora_rank"), c.size("o_lora_rank"), c.size("o_groups")
    queries = matrix(hidden, rank) + rank + matrix(rank, heads * size)
    keys = matrix(hidden, size) + size
    outputs = matrix(heads * size, output_rank) + matrix(groups * output_rank, hidden)
    sinks = heads
    return queries + keys + outputs + sinks


def _compressor(c: Fields, size: int, channels: int, ratio: int) -> int:
    """Maps to values and to gates, a shift per position in the block, and a norm."""
    return 2 * matrix(c.size("hidden_size"), channels) + ratio * channels + size
