"""Layers with a constant state instead of a growing cache: their parameters and the size of the state.

The state is the recurrent matrix of every head and the last inputs of the short convolution before it
(shapes: vLLM, vllm/model_executor/layers/mamba/mamba_utils.py). An engine may keep the two at different precisions;
here both count at that of the recurrent matrix, by far the larger.
"""

from __future__ import annotations

from napkinxl.catalog.architectures.blueprint import Mixer
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.parts import matrix

FULL_PRECISION_BITS = 32
HALF_PRECISION_BITS = 16


def gated_delta_net(c: Fields) -> Mixer:
    """Gated DeltaNet (Qwen3-Next, Qwen3.5)."""
    hidden, kernel = c.size("hidden_size"), c.size("linear_conv_kernel_dim")
    key_heads, value_heads = c.size("linear_num_key_heads"), c.size("linear_num_value_heads")
    key_dim, value_dim = c.size("linear_key_head_dim"), c.size("linear_value_head_dim")
    values = value_heads * value_dim
    channels = 2 * key_heads * key_dim + values
    gates = 2 * value_heads
    params = (
        matrix(hidden, channels + values + gates)
        + channels * kernel
        + gates  # the decay's scale and shift, one each per head
        + value_dim  # the norm before the output map
        + matrix(values, hidden)
    )
    return _linear(c, params, value_heads * key_dim * value_dim, channels, kernel, "mamba_ssm_dtype")


def mamba2(c: Fields) -> Mixer:
    """Mamba-2 (Nemotron-H)."""
    hidden, kernel, bias = c.size("hidden_size"), c.size("conv_kernel"), c.flag("use_bias", False)
    heads, head_dim = c.size("mamba_num_heads"), c.size("mamba_head_dim")
    state = c.size("ssm_state_size")
    inner = heads * head_dim
    channels = inner + 2 * c.size("n_groups") * state
    params = (
        matrix(hidden, inner + channels + heads, bias)
        + channels * kernel
        + (channels if c.flag("use_conv_bias", True) else 0)
        + 3 * heads  # decay, skip connection and time-step shift of every head
        + inner  # the norm before the output map
        + matrix(inner, hidden, bias)
    )
    return _linear(c, params, inner * state, channels, kernel, "mamba_ssm_cache_dtype")


def delta_attention(c: Fields) -> Mixer:
    """Kimi Delta Attention (Kimi Linear, Kimi K3)."""
    hidden, linear = c.size("hidden_size"), c.nested("linear_attn_config")
    heads, head_dim, kernel = linear.size("num_heads"), linear.size("head_dim"), linear.size("short_conv_kernel_size")
    size = heads * head_dim
    low_rank = matrix(hidden, head_dim) + matrix(head_dim, size)
    params = (
        3 * matrix(hidden, size)
        + 3 * size * kernel
        + low_rank  # the decay of every channel
        + (matrix(hidden, size) if linear.flag("use_full_rank_gate", False) else low_rank)
        + matrix(hidden, heads)
        + heads
        + size  # the decay's scale and shift
        + head_dim  # the norm before the output map
        + matrix(size, hidden)
    )
    # vLLM keeps this recurrent state in FP32 whatever the config says (kda_state_dtype).
    return Mixer("linear", params, _shape(size * head_dim + (kernel - 1) * 3 * size, FULL_PRECISION_BITS))


def _linear(c: Fields, params: int, recurrent: int, channels: int, kernel: int, precision_field: str) -> Mixer:
    """The mixer of a layer whose config may say that the state is kept in FP32."""
    full = c.text(precision_field, "") == "float32"
    bits = FULL_PRECISION_BITS if full else HALF_PRECISION_BITS
    return Mixer("linear", params, _shape(recurrent + (kernel - 1) * channels, bits))


def _shape(elements: int, bits: int) -> dict[str, float]:
    return {"state_elements_per_layer": elements, "state_bits": bits}
