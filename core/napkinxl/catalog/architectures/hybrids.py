"""Families whose layers differ in kind: state-space, linear, latent and compressed attention, and pruned blocks."""

from __future__ import annotations

from napkinxl.catalog.architectures.attention import full_heads
from napkinxl.catalog.architectures.blueprint import Blueprint, Layer, Mixer
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.parts import (
    context_field,
    feed_forward,
    grouped_attention,
    latent_attention,
    latent_fields,
    matrix,
)
from napkinxl.catalog.architectures.states import delta_attention, mamba2
from napkinxl.catalog.architectures.styles import Style
from napkinxl.catalog.architectures.transformer import expert_layer, expert_layers

BLOCK_NAMES = {"mamba": "M", "attention": "*", "mlp": "-", "moe": "E"}
KIMI = Style(latent=True, experts=True, router_bias=True)
NEMOTRON = Style(gated=False, router_bias=True)
WIDTH_MULTIPLE = 256
"""DeciLM rounds the width of an MLP up to a multiple of this."""


def nemotron_h(c: Fields) -> Blueprint:
    """Nemotron-H and Nemotron 3: each block is a norm and one of Mamba-2, attention, an MLP or experts."""
    hidden = c.size("hidden_size")
    if c.has("hybrid_override_pattern"):
        pattern = c.text("hybrid_override_pattern")
    else:
        pattern = "".join(BLOCK_NAMES.get(name, "?") for name in c.entries("layers_block_type", str))
    if c.has("num_hidden_layers") and len(pattern) != c.layers():  # newer configs leave the number out
        c.fail("hybrid_override_pattern", f"has {len(pattern)} blocks for {c.layers()} layers")
    made = {kind: _nemotron_block(c, kind) for kind in set(pattern)}
    heads = full_heads(c, NEMOTRON)
    return Blueprint(
        [made[kind] for kind in pattern],
        hidden,
        vocabulary=c.size("vocab_size"),
        tied=c.flag("tie_word_embeddings", False),
        other_params=hidden,
        fields={"query_heads": heads.query, "kv_heads": heads.kv, "head_dim": heads.key_dim} | context_field(c),
    )


def _nemotron_block(c: Fields, kind: str) -> Layer:
    hidden, bias = c.size("hidden_size"), c.flag("mlp_bias", False)
    if kind == "M":
        return Layer(mamba2(c), hidden)
    if kind == "*":
        heads, biased = full_heads(c, NEMOTRON), c.flag("attention_bias", False)
        maps = grouped_attention(hidden, heads.query, heads.kv, heads.key_dim, heads.value_dim, biased, biased)
        return Layer(Mixer("full", maps), hidden)
    if kind == "-":
        return Layer(None, hidden + feed_forward(hidden, c.size("intermediate_size"), gated=False, bias=bias))
    if kind == "E":
        return expert_layer(c, NEMOTRON, None, hidden)
    known = "M (Mamba-2), * (attention), - (MLP), E (experts)"
    c.fail("hybrid_override_pattern", f"unknown block {kind!r}; known are {known}")


def kimi_linear(c: Fields) -> Blueprint:
    """Kimi Linear and Kimi K3: delta attention with a latent attention every few layers, and experts."""
    hidden = c.size("hidden_size")
    listed = c.nested("linear_attn_config").entries("full_attn_layers", int)  # counted from 1
    latent, linear = latent_attention(c), delta_attention(c)
    residual_attention = c.has("attn_res_block_size")
    norms = (6 if residual_attention else 2) * hidden  # K3: a score vector and a norm before attention and MLP each
    dense = norms + feed_forward(hidden, c.size("intermediate_size"))
    stack = []
    for index, has_experts in enumerate(expert_layers(c, KIMI)):
        mixer = latent if index + 1 in listed else linear
        stack.append(expert_layer(c, KIMI, mixer, norms) if has_experts else Layer(mixer, dense))
    return Blueprint(
        stack,
        hidden,
        vocabulary=c.size("vocab_size"),
        tied=c.flag("tie_word_embeddings", False),
        other_params=(3 if residual_attention else 1) * hidden,
        fields=latent_fields(c) | context_field(c),
    )


def nemotron_nas(c: Fields) -> Blueprint:
    """Pruned Llama models (DeciLM): every layer has its own attention and MLP, or none."""
    hidden = c.size("hidden_size")
    blocks = c.per_layer("block_configs", dict)
    return Blueprint(
        [_pruned_layer(c, Fields(block, f"{c.where}, block_configs[{i}]")) for i, block in enumerate(blocks)],
        hidden,
        vocabulary=c.size("vocab_size"),
        tied=c.flag("tie_word_embeddings", False),
        other_params=hidden,
        fields={"query_heads": c.size("num_attention_heads")} | context_field(c),
    )


def _pruned_layer(c: Fields, block: Fields) -> Layer:
    hidden, attention, mlp = c.size("hidden_size"), block.nested("attention"), block.nested("ffn")
    if attention.has("window_length") or attention.has("sparsify") or mlp.has("sparsify"):
        block.fail("attention", "windows and sparsity are not supported; give the numbers by hand")
    params = 0
    if mlp.flag("replace_with_linear", False):
        params = hidden + matrix(hidden, hidden)
    elif not mlp.flag("no_op", False):
        width = int(2 * mlp.factor("ffn_mult") * hidden / 3)
        params = hidden + feed_forward(hidden, -(-width // WIDTH_MULTIPLE) * WIDTH_MULTIPLE)
    if attention.flag("no_op", False):
        return Layer(None, params)
    if attention.flag("replace_with_linear", False):
        return Layer(None, params + hidden + matrix(hidden, hidden))
    query = c.size("num_attention_heads")
    kv, head_dim = query // attention.size("n_heads_in_group"), c.size("head_dim", default=hidden // query)
    maps = grouped_attention(hidden, query, kv, head_dim, head_dim)
    return Layer(Mixer("full", maps, {"kv_heads": kv, "head_dim": head_dim}), params + hidden)
