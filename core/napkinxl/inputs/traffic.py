"""What users ask for, and the pool of replicas that answers them."""

from __future__ import annotations

from napkinxl.engine.inputs import (
    AT_LEAST_ONE,
    AT_LEAST_ONE_TIMES,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE_OR_ZERO,
    Bounds,
    Input,
)

AZURE = "Azure LLM inference trace 2023, conversation: mean of 19,366 requests"

TRAFFIC = [
    Input("requests_per_user_month", "Requests of a user", "requests/month", "traffic", POSITIVE, 112.0,
          source="NBER w34255: 18 billion messages of 700 million users a week is 25.7 a week",
          note="a message is a request; an agent makes many for one task"),
    Input("input_tokens_per_request", "Input tokens of a request", "tokens", "traffic", POSITIVE, 1155.0, source=AZURE,
          note="the whole prompt: history and cached part included"),
    Input("cached_input_share", "Share of input that a prefix cache holds", "share", "traffic", SHARE_OR_ZERO, 0.0,
          note="DeepSeek's service 0.563; Mooncake's conversations 0.374; recorded coding agents 0.95"),
    Input("output_tokens_per_request", "Output tokens of a request", "tokens", "traffic", POSITIVE, 211.0,
          source=AZURE, note="reasoning included"),
    Input("peak_to_mean_ratio", "Busiest hour over the mean hour", "x", "traffic", AT_LEAST_ONE_TIMES, 1.86,
          source="ServeGen m-large, 14 days, hours", note="other text models of the same trace 1.83 to 2.19"),
]  # fmt: skip

POOL = [
    Input("slot_probability", "Probability that a user finds a free sequence", "share", "pool", Bounds(0.9, 0.999999),
          0.99, note="0.999: too few in a thousandth of the busiest hour", number_format="0.000%"),
    Input("replicas_per_pool", "Replicas behind one load balancer", "replicas", "pool", AT_LEAST_ONE, 1.0,
          note="more share their spare room"),
    Input("burstiness_ratio", "Variance of busy sequences over that of independent users", "x", "pool",
          Bounds(0, 1e4, low_included=False), 1.0, note="1: users are independent; programs that call in bursts more"),
    Input("host_memory_gb_per_gpu", "Host memory for idle users' KV cache, per GPU", "GB", "pool", NOT_NEGATIVE, 256.0,
          source="NVIDIA DGX H100: 2 TB of system memory for 8 GPUs"),
    Input("host_bandwidth_gb_per_s", "Speed from host memory to a GPU", "GB/s", "pool", POSITIVE, 54.0,
          source="measured on an H20 over PCIe (worked case KV06)"),
]  # fmt: skip
