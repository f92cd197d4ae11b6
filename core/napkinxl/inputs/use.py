"""How a model is used on a GPU."""

from __future__ import annotations

from napkinxl.engine.inputs import AT_LEAST_ONE, BITS, NOT_NEGATIVE, SHARE, Bounds, Input

ARTICLE = "article on napkin maths for inference cost, June 2026"

USE = [
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
