"""Every input, by owner; people meet use and money first."""

from __future__ import annotations

from napkinxl.errors import look_up
from napkinxl.inputs import Bounds, Input

POSITIVE = Bounds(0, 1e12, low_included=False)
NOT_NEGATIVE = Bounds(0, 1e12)
COUNT = Bounds(0, 1e9, whole=True)
AT_LEAST_ONE = Bounds(1, 1e9, whole=True)
SHARE = Bounds(0, 1, low_included=False)
BITS = Bounds(0, 64, low_included=False)

ARTICLE = "article on napkin maths for inference cost, June 2026"
CONFIG = "the model's published config.json"

_GPU = [
    Input("memory_gb", "Memory", "GB", "gpu", POSITIVE, catalog="gpus", source="vendor sheet",
          note="1e9 bytes; a vendor's 80 GB that means GiB is converted (79.6 GiB is 85.5 GB)"),
    Input("memory_bandwidth_tb_s", "Memory bandwidth", "TB/s", "gpu", POSITIVE, catalog="gpus", source="vendor sheet"),
    Input("bf16_tflops", "BF16 compute, dense", "TFLOP/s", "gpu", POSITIVE, catalog="gpus", source="vendor sheet",
          note="dense; headline figures with sparsity are twice as high"),
    Input("fp8_tflops", "FP8 compute, dense", "TFLOP/s", "gpu", NOT_NEGATIVE, 0.0, catalog="gpus",
          source="vendor sheet", note="0: the GPU has no FP8"),
    Input("fp4_tflops", "FP4 compute, dense", "TFLOP/s", "gpu", NOT_NEGATIVE, 0.0, catalog="gpus",
          source="vendor sheet", note="0: the GPU has no FP4"),
    Input("compute_tflops", "Compute in use, dense", "TFLOP/s", "gpu", POSITIVE, follows="precision_tflops",
          note="blank: the rate of the precision that the weights and the GPU allow"),
]  # fmt: skip

_MODEL = [
    Input("total_params_b", "Parameters", "billion", "model", POSITIVE, catalog="models", source=CONFIG),
    Input("active_params_b", "Parameters multiplied per token", "billion", "model", POSITIVE, follows="total_params_b",
          catalog="models", source=CONFIG, note="embedding look-up excluded"),
    Input("routed_params_b", "Parameters in routed experts", "billion", "model", NOT_NEGATIVE,
          follows="estimated_routed_params_b", catalog="models", source=CONFIG, note="0: a dense model"),
    Input("layers", "Layers", "layers", "model", AT_LEAST_ONE, catalog="models", source=CONFIG),
    Input("hidden_size", "Hidden size", "elements", "model", AT_LEAST_ONE, catalog="models", source=CONFIG),
    Input("query_heads", "Query heads", "heads", "model", AT_LEAST_ONE, catalog="models", source=CONFIG),
    Input("kv_heads", "KV heads", "heads", "model", AT_LEAST_ONE, follows="query_heads", catalog="models",
          source=CONFIG, note="fewer than the query heads: grouped-query attention"),
    Input("head_dim", "Size of a head's key", "elements", "model", AT_LEAST_ONE, catalog="models", source=CONFIG),
    Input("value_head_dim", "Size of a head's value", "elements", "model", AT_LEAST_ONE, follows="head_dim",
          catalog="models", source=CONFIG),
    Input("window_layers", "Sliding-window layers", "layers", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("window_tokens", "Sliding window", "tokens", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("window_kv_heads", "KV heads of window layers", "heads", "model", COUNT, follows="kv_heads",
          catalog="models", source=CONFIG),
    Input("window_head_dim", "Key size in window layers", "elements", "model", COUNT, follows="head_dim",
          catalog="models", source=CONFIG),
    Input("window_value_head_dim", "Value size in window layers", "elements", "model", COUNT,
          follows="value_head_dim", catalog="models", source=CONFIG),
    Input("latent_layers", "Latent-attention (MLA) layers", "layers", "model", COUNT, 0.0, catalog="models",
          source=CONFIG),
    Input("latent_rank", "Rank of the latent KV", "elements", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("latent_rope_dim", "Rotary part beside the latent", "elements", "model", COUNT, 0.0, catalog="models",
          source=CONFIG),
    Input("index_layers", "Layers with a sparse indexer", "layers", "model", COUNT, 0.0, catalog="models",
          source=CONFIG),
    Input("index_dim", "Size of an index key", "elements", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("index_heads", "Heads of the indexer", "heads", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("sparse_top_tokens", "Tokens that sparse attention reads", "tokens", "model", COUNT, 0.0,
          catalog="models", source=CONFIG, note="0: every token is read"),
    Input("compressed_kv_elements_per_token", "KV per token of compressed layers", "elements/token", "model",
          NOT_NEGATIVE, 0.0, catalog="models", source=CONFIG, note="layers whose KV cache is compressed along time"),
    Input("linear_layers", "Linear-attention or state-space layers", "layers", "model", COUNT, 0.0,
          catalog="models", source=CONFIG),
    Input("state_elements_per_layer", "State of one such layer", "elements", "model", COUNT, 0.0, catalog="models",
          source=CONFIG, note="constant: it does not grow with the context"),
    Input("state_bits", "Bits per element of that state", "bits", "model", BITS, 32.0, catalog="models",
          source=CONFIG, note="engines keep it in FP32 unless told otherwise"),
    Input("stateless_layers", "Layers without attention or state", "layers", "model", COUNT, 0.0, catalog="models",
          source=CONFIG, note="blocks that are only an MLP or experts"),
    Input("experts", "Routed experts per layer", "experts", "model", COUNT, 0.0, catalog="models", source=CONFIG),
    Input("experts_per_token", "Experts used per token", "experts", "model", COUNT, 0.0, catalog="models",
          source=CONFIG),
    Input("max_context_tokens", "Longest context the model allows", "tokens", "model", AT_LEAST_ONE,
          catalog="models", source=CONFIG, note="a longer context is computed all the same, with a warning"),
]  # fmt: skip

_USE = [
    Input("context_tokens", "Context of one chat", "tokens", "use", Bounds(1, 1e9), 200_000.0, source=ARTICLE),
    Input("duty_cycle", "Share of time a user keeps a sequence busy", "share", "use", SHARE, 0.2, source=ARTICLE,
          note="readers about 0.2; a programmed agent loop 1"),
    Input("weight_bits", "Bits per weight", "bits", "use", BITS, 8.0, source=ARTICLE),
    Input("kv_bits", "Bits per KV element", "bits", "use", BITS, 8.0, source=ARTICLE),
    Input("gpus_per_replica", "GPUs that share one copy of the weights", "GPUs", "use",
          Bounds(1, 100_000, whole=True), 1.0, source=ARTICLE),
    Input("latent_kv_copies", "Copies of latent KV in a replica", "copies", "use", AT_LEAST_ONE,
          follows="gpus_per_replica", note="tensor parallelism repeats it on each GPU; data-parallel attention: 1"),
    Input("memory_utilization_share", "Share of memory the engine may use", "share", "use", SHARE, 1.0,
          source=ARTICLE, note="vLLM's default is 0.9"),
    Input("runtime_reserve_gb", "Memory kept for the runtime, per GPU", "GB", "use", NOT_NEGATIVE, 0.0,
          source=ARTICLE, note="3.5 is a common estimate"),
    Input("max_sequences_per_replica", "Most sequences in one step", "sequences", "use", AT_LEAST_ONE, 1e6,
          note="an engine's own cap (vLLM: max_num_seqs); the default is no cap in practice"),
    Input("bandwidth_efficiency", "Share of bandwidth reached", "share", "use", SHARE, 1.0, source=ARTICLE),
    Input("compute_efficiency", "Share of compute reached", "share", "use", SHARE, 1.0, source=ARTICLE),
    Input("step_overhead_ms", "Fixed time per step", "ms", "use", NOT_NEGATIVE, 0.0, source=ARTICLE),
    Input("layer_overhead_us", "Fixed time per layer", "us", "use", NOT_NEGATIVE, 0.0, source=ARTICLE),
    Input("parallel_layer_overhead_us", "Fixed time per layer if a replica has several GPUs", "us", "use",
          NOT_NEGATIVE, 0.0, source=ARTICLE, note="they exchange results in every layer"),
    Input("fp8_max_weight_bits", "Widest weights computed in FP8", "bits", "use", BITS, 8.5,
          note="8 bits and their scaling factors"),
    Input("fp4_max_weight_bits", "Widest weights computed in FP4", "bits", "use", BITS, 4.5,
          note="4 bits and their scaling factors"),
    Input("matmul_rows", "Rows of the example matmul (N)", "rows", "use", AT_LEAST_ONE, follows="context_tokens"),
    Input("matmul_inner_size", "Inner size of the example matmul (d)", "elements", "use", AT_LEAST_ONE,
          follows="hidden_size"),
    Input("matmul_columns", "Columns of the example matmul (M)", "columns", "use", AT_LEAST_ONE,
          follows="hidden_size"),
    Input("projection_batch", "Sequences in the example projection (B)", "sequences", "use", AT_LEAST_ONE, 1.0,
          source=ARTICLE),
]  # fmt: skip

_MONEY = [
    Input("gpu_price_usd", "Purchase price of a GPU", "USD", "money", NOT_NEGATIVE, catalog="gpus",
          note="with its share of server and network"),
    Input("lifetime_months", "Months a GPU is used", "months", "money", POSITIVE, 36.0, source="condensed summary"),
    Input("opex_usd_per_gpu_month", "Power, cooling, network and hosting of an owned GPU", "USD/month", "money",
          NOT_NEGATIVE, 0.0, source=ARTICLE, note="the sources leave it out"),
    Input("rent_usd_per_gpu_hour", "Rent of a GPU", "USD/h", "money", NOT_NEGATIVE, catalog="gpus"),
    Input("hours_per_month", "Hours in a month", "h", "money", Bounds(0, 744, low_included=False), 720.0,
          source=ARTICLE, note="a mean month has 730.5"),
    Input("price_usd_per_user_month", "Price a user pays", "USD/month", "money", POSITIVE, 20.0,
          note="a common plan; set your own"),
]  # fmt: skip

INPUTS: dict[str, Input] = {item.name: item for item in [*_USE, *_MONEY, *_GPU, *_MODEL]}


def get_input(name: str) -> Input:
    """The registered input called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("input", name, INPUTS)
