"""How a model is used on a GPU."""

from __future__ import annotations

from napkinxl.engine.inputs import AT_LEAST_ONE, BITS, NOT_NEGATIVE, SHARE, Bounds, Input

ARTICLE = "article on napkin maths for inference cost, June 2026"

# A table, a line or two an input.
# fmt: off
USE = [
    Input("context_tokens", "Length of one chat (context)", "tokens", "use", Bounds(1, 1e9), 200_000.0, source=ARTICLE,
          help="The tokens of a chat, history included, decide how many chats fit on a GPU.", audience="finance"),
    Input("duty_cycle", "Share of a session waiting for answers", "share", "use", SHARE, 0.2, source=ARTICLE,
          note="readers about 0.2; a programmed agent loop 1",
          help="A seat keeps the GPU at work for this share of its session: about 20% for readers, 100% for programs.",
          audience="finance"),
    Input("weight_bits", "Precision of the weights", "bits", "use", BITS, 8.0, source=ARTICLE,
          help="Each weight is served in this many bits; models are published in a precision of their own."),
    Input("kv_bits", "Precision of the KV cache", "bits", "use", BITS, 8.0, source=ARTICLE,
          help="Each number in a chat's KV cache is stored in this many bits."),
    Input("gpus_per_replica", "GPUs per replica (one copy of the model)", "GPUs", "use", Bounds(1, 100_000, whole=True),
          1.0, source=ARTICLE,
          help="This many GPUs share one copy of the model's weights, split by tensor parallelism.",
          audience="finance"),
    Input("latent_kv_copies", "Copies of latent KV cache in a replica", "copies", "use", AT_LEAST_ONE,
          follows="gpus_per_replica", note="tensor parallelism repeats it on each GPU; data-parallel attention: 1",
          help="Tensor parallelism stores latent KV cache on every GPU of a replica; data-parallel attention stores "
               "it once."),
    Input("memory_utilization_share", "Share of GPU memory the engine may use", "share", "use", SHARE, 1.0,
          source=ARTICLE, note="vLLM's default is 0.9",
          help="The engine may fill this share of a GPU's memory; vLLM allows itself 90% by default."),
    Input("runtime_reserve_gb", "Memory reserved for the engine, per GPU", "GB", "use", NOT_NEGATIVE, 0.0,
          source=ARTICLE, note="3.5 is a common estimate",
          help="Neither weights nor chats may use this memory; 3.5 GB is a common estimate."),
    Input("max_sequences_per_replica", "Engine limit on chats at once", "sequences", "use", AT_LEAST_ONE, 1e6,
          note="an engine's own cap (vLLM: max_num_seqs); the default is no cap in practice",
          help="The engine admits at most this many chats into a step (max_num_seqs in vLLM)."),
    Input("bandwidth_efficiency", "Share of bandwidth reached", "share", "use", SHARE, 1.0, source=ARTICLE,
          help="Serving reaches this share of the data sheet's bandwidth in practice; the preset fills it in."),
    Input("compute_efficiency", "Share of compute reached", "share", "use", SHARE, 1.0, source=ARTICLE,
          help="Serving reaches this share of the data sheet's compute rate in practice; the preset fills it in."),
    Input("step_overhead_ms", "Fixed time per step, engine", "ms", "use", NOT_NEGATIVE, 0.0, source=ARTICLE,
          help="Every step takes this long whatever it moves or computes; the preset fills it in."),
    Input("layer_overhead_us", "Fixed time per layer", "us", "use", NOT_NEGATIVE, 0.0, source=ARTICLE,
          help="Each layer adds this much time to a step; the preset fills it in."),
    Input("parallel_layer_overhead_us", "Fixed time per layer, several GPUs", "us", "use", NOT_NEGATIVE, 0.0,
          source=ARTICLE, note="they exchange results in every layer",
          help="Each layer adds this much time where the GPUs of a replica exchange results; the preset fills it in."),
    Input("fp8_max_weight_bits", "Widest weights computed in FP8", "bits", "use", BITS, 8.5,
          note="8 bits and their scaling factors",
          help="Weights up to this width are computed in FP8: 8 bits plus their scaling factors."),
    Input("fp4_max_weight_bits", "Widest weights computed in FP4", "bits", "use", BITS, 4.5,
          note="4 bits and their scaling factors",
          help="Weights up to this width are computed in FP4: 4 bits plus their scaling factors."),
    Input("matmul_rows", "Example matrix product: rows (N)", "rows", "use", AT_LEAST_ONE, follows="context_tokens",
          help="The worked example multiplies a matrix with this many rows; no business figure depends on it."),
    Input("matmul_inner_size", "Example matrix product: inner size (d)", "elements", "use", AT_LEAST_ONE,
          follows="hidden_size",
          help="The worked example sums over this many elements; no business figure depends on it."),
    Input("matmul_columns", "Example matrix product: columns (M)", "columns", "use", AT_LEAST_ONE,
          follows="hidden_size",
          help="The worked example multiplies by a matrix with this many columns; no business figure depends on it."),
    Input("projection_batch", "Example projection: chats (B)", "sequences", "use", AT_LEAST_ONE, 1.0, source=ARTICLE,
          help="The worked example projects the tokens of this many chats; no business figure depends on it."),
]
# fmt: on
