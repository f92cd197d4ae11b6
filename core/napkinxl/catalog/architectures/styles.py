"""What sets each family of plain transformers apart, where its config does not say so itself.

Facts are those of the published configs and of the Hugging Face and vLLM implementations of the models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Style:
    """The differences between families.

    Attributes
    ----------
    classic_heads : bool
        Where the config is silent there are as many KV heads as query heads, and heads share the hidden size
        equally; other families must say.
    input_bias, output_bias : bool or None
        Biases of the query, key and value maps, and of the output map; None: as `attention_bias` says.
    query_key_norm : str
        'none'; 'head': one norm of a head's size, shared by the heads; 'all': one over all heads together.
    norms : int
        Norms per layer.
    norm_params : int
        Parameters per element of a norm: 2 where it has a shift too.
    experts : bool
        Whether the config must name routed experts; other families may.
    gated : bool
        Whether an MLP has a gate.
    tied : bool
        Whether embedding and output head are one matrix, where the config does not say.
    full_every : int
        Every n-th layer has full attention, the others a window; 0: as the config says.
    router_bias : bool
        Whether the router has one more number per expert.
    expert_bias, sinks : bool
        Biases in the experts; one attention sink per head.
    shared_experts : int
        Shared experts where the config does not say.
    latent : bool
        Multi-head latent attention.
    defaults : mapping
        Fields that published configs of the family leave out, as the Hugging Face implementation sets them.
    """

    classic_heads: bool = False
    input_bias: bool | None = None
    output_bias: bool | None = None
    query_key_norm: Literal["none", "head", "all"] = "none"
    norms: int = 2
    norm_params: int = 1
    experts: bool = False
    gated: bool = True
    tied: bool = False
    full_every: int = 0
    router_bias: bool = False
    expert_bias: bool = False
    sinks: bool = False
    shared_experts: int = 0
    latent: bool = False
    defaults: Mapping[str, int | bool] = field(default_factory=dict)


GEMMA3_DEFAULTS: Mapping[str, int | bool] = {
    "vocab_size": 262208,
    "num_attention_heads": 8,
    "num_key_value_heads": 4,
    "head_dim": 256,
    "max_position_embeddings": 131072,
}
NO_BIAS = Style(classic_heads=True, input_bias=False, output_bias=False)
HEAD_NORM = Style(query_key_norm="head")
HEAD_NORM_EXPERTS = Style(query_key_norm="head", experts=True)
HEAD_NORM_ROUTER_BIAS = Style(query_key_norm="head", experts=True, router_bias=True)
LATENT = Style(latent=True, experts=True, router_bias=True)

STYLES: dict[str, Style] = {
    "llama": Style(classic_heads=True),
    "mistral": NO_BIAS,
    "phi3": NO_BIAS,
    "mixtral": Style(classic_heads=True, input_bias=False, output_bias=False, experts=True),
    "nemotron": Style(classic_heads=True, gated=False, norm_params=2),
    "mimo": Style(classic_heads=True, output_bias=False),
    "qwen2": Style(classic_heads=True, input_bias=True, output_bias=False),
    "qwen3": HEAD_NORM,
    "qwen3_vl_text": HEAD_NORM,
    "qwen3_moe": HEAD_NORM_EXPERTS,
    "qwen3_vl_moe_text": HEAD_NORM_EXPERTS,
    "qwen3_5_text": HEAD_NORM,
    "qwen3_5_moe_text": HEAD_NORM_EXPERTS,
    "gemma2": Style(norms=4, tied=True, full_every=2),
    "gemma3_text": Style(norms=4, tied=True, full_every=6, query_key_norm="head", defaults=GEMMA3_DEFAULTS),
    "gemma4_text": Style(norms=4, tied=True, query_key_norm="head"),
    "gpt_oss": Style(
        full_every=2, experts=True, router_bias=True, expert_bias=True, sinks=True, defaults={"attention_bias": True}
    ),
    "llama4_text": Style(full_every=4, experts=True, shared_experts=1),
    "minimax_m2": Style(query_key_norm="all", experts=True, router_bias=True),
    "minimax_m3": HEAD_NORM_ROUTER_BIAS,
    "minimax_m3_vl": HEAD_NORM_ROUTER_BIAS,
    "mimo_v2_flash": Style(output_bias=False, experts=True, router_bias=True),
    "step3p5": HEAD_NORM_ROUTER_BIAS,
    "step3p7": HEAD_NORM_ROUTER_BIAS,
    "deepseek_v3": LATENT,
    "deepseek_v32": LATENT,
    "kimi_k2": LATENT,
    "glm_moe_dsa": LATENT,
}
