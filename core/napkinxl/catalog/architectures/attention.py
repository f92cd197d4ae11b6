"""The attention of each layer of a plain transformer: full, windowed, sparse or linear."""

from __future__ import annotations

from dataclasses import dataclass

from napkinxl.catalog.architectures.blueprint import Kind, Mixer
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.parts import grouped_attention, matrix
from napkinxl.catalog.architectures.states import gated_delta_net
from napkinxl.catalog.architectures.styles import Style

KINDS: dict[str, Kind] = {
    "full_attention": "full",
    "sliding_attention": "window",
    "chunked_attention": "window",
    "linear_attention": "linear",
}


@dataclass(frozen=True)
class Heads:
    """Heads of one kind of layer."""

    query: int
    kv: int
    key_dim: int
    value_dim: int


def full_heads(c: Fields, style: Style) -> Heads:
    """Heads of the layers with full attention."""
    query = c.size("num_attention_heads")
    classic = style.classic_heads
    kv_names = ("num_global_key_value_heads", "num_key_value_heads", "num_attention_groups")
    key_dim = c.size(
        "global_head_dim", "head_dim", "attention_head_dim", default=_equal_share(c, query) if classic else None
    )
    return Heads(
        query,
        c.size(*kv_names, default=query if classic else None),
        key_dim,
        c.size("v_head_dim", default=key_dim),
    )


def _equal_share(c: Fields, heads: int) -> int | None:
    hidden = c.size("hidden_size")
    return None if hidden % heads else hidden // heads


def window_heads(c: Fields, style: Style) -> Heads:
    """Heads of the windowed layers, which some families give a shape of their own."""
    if c.has("attention_other_setting"):
        other = c.nested("attention_other_setting")
        size = other.size("head_dim")
        return Heads(other.size("num_attention_heads"), other.size("num_attention_groups"), size, size)
    if style.classic_heads:
        return full_heads(c, style)
    key_dim = c.size("swa_head_dim", "head_dim")
    return Heads(
        c.size("swa_num_attention_heads", "num_attention_heads"),
        c.size("swa_num_key_value_heads", "num_key_value_heads", "num_attention_groups"),
        key_dim,
        c.size("swa_v_head_dim", "v_head_dim", default=key_dim),
    )


def attention_mixers(c: Fields, style: Style) -> list[Mixer]:
    """What mixes tokens in every layer, in order."""
    kinds = attention_kinds(c, style)
    sparse = _sparse_layers(c, len(kinds))
    made: dict[tuple[Kind, bool], Mixer] = {}
    for key in zip(kinds, sparse, strict=True):
        if key not in made:
            made[key] = _mixer(c, style, *key)
    return [made[key] for key in zip(kinds, sparse, strict=True)]


def _mixer(c: Fields, style: Style, kind: Kind, sparse: bool) -> Mixer:
    if kind == "linear":
        return gated_delta_net(c)
    if kind == "window":
        return _window_mixer(c, style)
    heads = full_heads(c, style)
    params = _attention_params(c, style, heads)
    if c.flag("add_full_attention_sink_bias", style.sinks):
        params += heads.query
    if c.flag("attention_k_eq_v", False):  # the value is the key before its position is rotated in: no map of its own
        params -= matrix(c.size("hidden_size"), heads.kv * heads.value_dim)
    return _with_block_index(c, params) if sparse else Mixer("full", params)


def _window_mixer(c: Fields, style: Style) -> Mixer:
    heads = window_heads(c, style)
    params = _attention_params(c, style, heads)
    if c.flag("add_swa_attention_sink_bias", style.sinks):
        params += heads.query
    shape: dict[str, float] = {"window_tokens": c.size("sliding_window", "attention_chunk_size")}
    full = full_heads(c, style)
    if (heads.kv, heads.key_dim, heads.value_dim) != (full.kv, full.key_dim, full.value_dim):
        shape |= {
            "window_kv_heads": heads.kv,
            "window_head_dim": heads.key_dim,
            "window_value_head_dim": heads.value_dim,
        }
    return Mixer("window", params, shape)


def _attention_params(c: Fields, style: Style, heads: Heads) -> int:
    """Maps, norms and gates of grouped-query attention."""
    hidden, bias = c.size("hidden_size"), c.flag("attention_bias", False)
    params = grouped_attention(
        hidden,
        heads.query,
        heads.kv,
        heads.key_dim,
        heads.value_dim,
        bias if style.input_bias is None else style.input_bias,
        bias if style.output_bias is None else style.output_bias,
    )
    if style.query_key_norm == "head":
        params += 2 * heads.key_dim
    elif style.query_key_norm == "all":
        params += (heads.query + heads.kv) * heads.key_dim
    if c.flag("attn_output_gate", False):
        params += matrix(hidden, heads.query * heads.value_dim)
    if c.flag("use_head_wise_attn_gate", False):
        params += matrix(hidden, heads.query)
    return params


def _sparse_layers(c: Fields, layers: int) -> list[bool]:
    """Which layers pick blocks of the cache with an index (MiniMax-M3)."""
    if not c.has("sparse_attention_config"):
        return [False] * layers
    sparse = c.nested("sparse_attention_config")
    listed = sparse.entries("sparse_attention_freq", int)
    if len(listed) < layers:
        sparse.fail("sparse_attention_freq", f"has {len(listed)} entries for {layers} layers")
    return [bool(flag) for flag in listed[:layers]]


def _with_block_index(c: Fields, params: int) -> Mixer:
    """Full attention with an index of its own: queries, one shared key, and a norm of each."""
    sparse = c.nested("sparse_attention_config")
    heads, width = sparse.size("sparse_num_index_heads"), sparse.size("sparse_index_dim")
    # The few blocks that it selects are left out: the formulas let latent attention skip tokens, not this kind.
    shape: dict[str, float] = {"index_dim": width, "index_heads": heads}
    return Mixer("full", params + matrix(c.size("hidden_size"), (heads + 1) * width) + 2 * width, shape, has_index=True)


def attention_kinds(c: Fields, style: Style) -> list[Kind]:
    """Which layers have full attention, which a window, and which a constant state."""
    layers = c.layers()
    if c.has("layer_types"):
        types = c.per_layer("layer_types", str)
        for name in types:
            if name not in KINDS:
                c.fail("layer_types", f"unknown kind {name!r}; known are {', '.join(KINDS)}")
        return [KINDS[name] for name in types]
    if c.has("hybrid_layer_pattern"):
        return ["window" if flag else "full" for flag in c.per_layer("hybrid_layer_pattern", int)]
    if c.values.get("no_rope_layers"):
        return ["window" if rotary else "full" for rotary in c.per_layer("no_rope_layers", int)]
    if style.full_every:
        every = c.size("sliding_window_pattern", "no_rope_layer_interval", default=style.full_every)
        return ["full" if (layer + 1) % every == 0 else "window" for layer in range(layers)]
    return _uniform_kinds(c, layers)


def _uniform_kinds(c: Fields, layers: int) -> list[Kind]:
    """Layers all alike, but for the first ones where a window starts later (Qwen2)."""
    used = c.flag("use_sliding_window", True) and c.has("sliding_window")
    if not used or c.count("sliding_window") >= c.size("max_position_embeddings"):
        return ["full"] * layers
    first = c.count("max_window_layers", default=0)
    return ["window" if layer >= first else "full" for layer in range(layers)]
