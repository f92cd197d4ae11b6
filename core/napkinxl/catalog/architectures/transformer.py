"""Plain transformers: attention, then an MLP or experts, layer after layer.

Layers for multi-token prediction and towers for pictures or sound are left out: a decode step of text meets neither.
"""

from __future__ import annotations

from napkinxl.catalog.architectures.attention import attention_mixers, full_heads
from napkinxl.catalog.architectures.blueprint import Blueprint, Layer, Mixer
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.parts import context_field, feed_forward, latent_attention, latent_fields, matrix
from napkinxl.catalog.architectures.styles import Style

EXPERTS = ("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
EXPERTS_PER_TOKEN = ("num_experts_per_tok", "num_experts_per_token", "top_k_experts", "moe_top_k")
SHARED_WIDTH = ("shared_expert_intermediate_size", "moe_shared_expert_intermediate_size", "share_expert_dim")
DENSE_WIDTH = ("dense_intermediate_size", "intermediate_size_mlp", "intermediate_size")


def transformer(c: Fields, style: Style) -> Blueprint:
    """A stack of attention and MLP or experts."""
    c = c.with_defaults(style.defaults)
    for name in ("num_kv_shared_layers", "hidden_size_per_layer_input"):
        if c.count(name, default=0):
            c.fail(name, "models that share KV or add inputs per layer are not supported; give the numbers by hand")
    hidden = c.size("hidden_size")
    mixers = latent_mixers(c) if style.latent else attention_mixers(c, style)
    routed = expert_layers(c, style)
    return Blueprint(
        [_layer(c, style, mixer, has_experts) for mixer, has_experts in zip(mixers, routed, strict=True)],
        hidden,
        vocabulary=c.size("vocab_size"),
        tied=c.flag("tie_word_embeddings", style.tied),
        other_params=hidden * style.norm_params,
        fields=(latent_fields(c) if style.latent else _head_fields(c, style)) | context_field(c),
    )


def _head_fields(c: Fields, style: Style) -> dict[str, float]:
    heads = full_heads(c, style)
    fields: dict[str, float] = {"query_heads": heads.query, "kv_heads": heads.kv, "head_dim": heads.key_dim}
    return fields | ({} if heads.value_dim == heads.key_dim else {"value_head_dim": heads.value_dim})


def latent_mixers(c: Fields) -> list[Mixer]:
    """One latent attention per layer; a 'shared' indexer is that of an earlier layer and stores no keys of its own."""
    layers = c.layers()
    if not c.has("index_topk"):
        return [latent_attention(c)] * layers
    types = c.per_layer("indexer_types", str) if c.has("indexer_types") else ["full"] * layers
    for kind in types:
        if kind not in ("full", "shared"):
            c.fail("indexer_types", f"unknown kind {kind!r}; known are full and shared")
    return [latent_attention(c, indexed=kind == "full") for kind in types]


def expert_layers(c: Fields, style: Style) -> list[bool]:
    """Which layers have routed experts."""
    layers = c.layers()
    if not (c.size(*EXPERTS) if style.experts else c.count(*EXPERTS, default=0)):
        return [False] * layers
    if c.has("mlp_layer_types"):
        types = c.per_layer("mlp_layer_types", str)
        if not set(types) <= {"dense", "sparse"}:
            c.fail("mlp_layer_types", f"known kinds are dense and sparse, got {', '.join(sorted(set(types)))}")
        return [kind == "sparse" for kind in types]
    if c.has("moe_layers_enum"):
        listed = {name.strip() for name in c.text("moe_layers_enum").split(",")}
        return [str(layer) in listed for layer in range(layers)]
    if isinstance(c.values.get("moe_layer_freq"), list):
        return [bool(flag) for flag in c.per_layer("moe_layer_freq", int)]
    return _regular_expert_layers(c, layers)


def _regular_expert_layers(c: Fields, layers: int) -> list[bool]:
    """Experts in every n-th layer after the first dense ones, but for those listed as dense."""
    first = c.count("first_k_dense_replace", default=0)
    if c.has("moe_layer_freq"):
        every, offset = c.size("moe_layer_freq"), 0
    else:
        every, offset = c.size("decoder_sparse_step", "interleave_moe_layer_step", default=1), 1
    dense = c.entries("mlp_only_layers", int) if c.has("mlp_only_layers") else []
    return [layer >= first and (layer + offset) % every == 0 and layer not in dense for layer in range(layers)]


def _layer(c: Fields, style: Style, mixer: Mixer, has_experts: bool) -> Layer:
    hidden = c.size("hidden_size")
    norms = style.norms * style.norm_params * hidden
    if not has_experts:
        return Layer(mixer, norms + _mlp(c, style))
    layer = expert_layer(c, style, mixer, norms)
    if not c.flag("enable_moe_block", False):
        return layer
    # Gemma 4 runs a dense MLP beside the experts, with three more norms, a scaled router and a scale per expert.
    beside = _mlp(c, style) + 3 * hidden + hidden + layer.experts
    return Layer(mixer, layer.params + beside, layer.expert_params, layer.experts, layer.experts_per_token)


def _mlp(c: Fields, style: Style) -> int:
    return feed_forward(c.size("hidden_size"), c.size(*DENSE_WIDTH), style.gated, c.flag("mlp_bias", False))


def expert_layer(c: Fields, style: Style, mixer: Mixer | None, norms: int) -> Layer:
    """A router, routed experts, and shared ones that every token meets.

    Where the config names a smaller size for the experts, tokens are mapped to it before and back after them.
    """
    hidden, experts = c.size("hidden_size"), c.size(*EXPERTS)
    used = c.size(*EXPERTS_PER_TOKEN)
    if used > experts:
        c.fail(EXPERTS_PER_TOKEN[0], f"must be at most the number of experts, {experts}, got {used}")
    width = c.size("moe_intermediate_size", "intermediate_size")
    latent = c.count("routed_expert_hidden_size", "moe_latent_size", default=0)
    always = norms + matrix(hidden, experts, style.router_bias) + 2 * matrix(hidden, latent)
    if latent and c.flag("latent_moe_use_norm", False):
        always += latent
    return Layer(
        mixer,
        always + _shared_expert(c, style, width),
        feed_forward(latent or hidden, width, style.gated, style.expert_bias),
        experts,
        used,
    )


def _shared_expert(c: Fields, style: Style, width: int) -> int:
    hidden = c.size("hidden_size")
    count = c.count("n_shared_experts", "num_shared_experts", default=style.shared_experts)
    size = c.count(*SHARED_WIDTH, default=count * width)
    gate = hidden if c.has("shared_expert_intermediate_size") else 0
    return feed_forward(hidden, size, style.gated) + gate if size else 0
