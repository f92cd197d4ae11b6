"""Parameters of the parts that models are built from."""

from __future__ import annotations

from napkinxl.catalog.architectures.blueprint import Mixer
from napkinxl.catalog.architectures.fields import Fields

LAYER_NORM_PARAMS = 2
"""Parameters of a layer norm per element: a scale and a shift (an RMS norm has a scale only)."""


def matrix(rows: int, columns: int, bias: bool = False) -> int:
    """One linear map."""
    return rows * columns + (columns if bias else 0)


def feed_forward(hidden: int, width: int, gated: bool = True, bias: bool = False) -> int:
    """An MLP: up and down, and a gate beside up unless its activation has none (relu2)."""
    return (2 if gated else 1) * matrix(hidden, width, bias) + matrix(width, hidden, bias)


def grouped_attention(
    hidden: int,
    query_heads: int,
    kv_heads: int,
    key_dim: int,
    value_dim: int,
    input_bias: bool = False,
    output_bias: bool = False,
) -> int:
    """Query, key, value and output maps of MHA, GQA or MQA."""
    return (
        matrix(hidden, query_heads * key_dim, input_bias)
        + matrix(hidden, kv_heads * key_dim, input_bias)
        + matrix(hidden, kv_heads * value_dim, input_bias)
        + matrix(query_heads * value_dim, hidden, output_bias)
    )


def latent_attention(c: Fields, *, indexed: bool = False) -> Mixer:
    """Multi-head latent attention (MLA), with the indexer of sparse attention where `indexed`."""
    hidden, heads = c.size("hidden_size"), c.size("num_attention_heads")
    rank, rope, value = c.size("kv_lora_rank"), c.size("qk_rope_head_dim"), c.size("v_head_dim")
    nope, bias = c.size("qk_nope_head_dim"), c.flag("attention_bias", False)
    params = (
        _latent_query(c, heads * (nope + rope), bias)
        + matrix(hidden, rank + rope, bias)
        + rank
        + matrix(rank, heads * (nope + value))
        + matrix(heads * value, hidden, bias)
    )
    if c.flag("mla_use_output_gate", False):
        params += matrix(hidden, heads * value)
    shape: dict[str, float] = {"latent_rank": rank, "latent_rope_dim": rope}
    if c.has("index_topk"):
        shape |= {
            "index_dim": c.size("index_head_dim"),
            "index_heads": c.size("index_n_heads"),
            "sparse_top_tokens": c.size("index_topk"),
        }
    return Mixer("latent", params + (_indexer(c) if indexed else 0), shape, has_index=indexed)


def _latent_query(c: Fields, size: int, bias: bool) -> int:
    """Queries, through a low-rank latent of their own with a norm where there is one."""
    hidden = c.size("hidden_size")
    if not c.has("q_lora_rank"):
        return matrix(hidden, size)
    rank = c.size("q_lora_rank")
    return matrix(hidden, rank, bias) + rank + matrix(rank, size)


def _indexer(c: Fields) -> int:
    """The small attention that picks tokens: queries from the query latent, one shared key and a weight per head."""
    heads, width, hidden = c.size("index_n_heads"), c.size("index_head_dim"), c.size("hidden_size")
    return (
        matrix(c.size("q_lora_rank"), heads * width)
        + matrix(hidden, width)
        + LAYER_NORM_PARAMS * width
        + matrix(hidden, heads)
    )


def latent_fields(c: Fields) -> dict[str, float]:
    """Heads as multi-head attention would have them: what MLA's cache is compared with."""
    heads = c.size("num_attention_heads")
    return {
        "query_heads": heads,
        "kv_heads": heads,
        "head_dim": c.size("qk_nope_head_dim") + c.size("qk_rope_head_dim"),
        "value_head_dim": c.size("v_head_dim"),
    }


def context_field(c: Fields) -> dict[str, float]:
    """The longest context."""
    return {"max_context_tokens": c.size("max_position_embeddings")}
