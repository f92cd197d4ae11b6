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

# A table, a line or two an input.
# fmt: off
TRAFFIC = [
    Input("requests_per_user_month", "Requests per user, per month", "requests/month", "traffic", POSITIVE, 112.0,
          source="NBER w34255: 18 billion messages of 700 million users a week is 25.7 a week",
          note="a message is a request; an agent makes many for one task",
          help="A user sends this many messages or program calls a month; an agent makes many for one task.",
          audience="board"),
    Input("input_tokens_per_request", "Input tokens per request", "tokens", "traffic", POSITIVE, 1155.0, source=AZURE,
          note="the whole prompt: history and cached part included",
          help="The whole prompt counts, with its history and any cached part.", audience="finance"),
    Input("cached_input_share", "Share of input served from the cache", "share", "traffic", SHARE_OR_ZERO, 0.0,
          note="DeepSeek's service 0.563; Mooncake's conversations 0.374; recorded coding agents 0.95",
          help="A prefix cache already holds this share of the input.", audience="finance"),
    Input("output_tokens_per_request", "Output tokens per request", "tokens", "traffic", POSITIVE, 211.0, source=AZURE,
          note="reasoning included",
          help="The whole answer counts, with any reasoning the user does not see.", audience="finance"),
    Input("peak_to_mean_ratio", "Busiest hour over the mean hour", "x", "traffic", AT_LEAST_ONE_TIMES, 1.86,
          source="ServeGen m-large, 14 days, hours", note="other text models of the same trace 1.83 to 2.19",
          help="Capacity is sized for the busiest hour; public traces show 1.8 to 2.2 times the mean.",
          audience="finance"),
]

POOL = [
    Input("service_level_probability", "Service level in the busiest hour", "share", "pool", Bounds(0.9, 0.999999),
          0.99, note="0.999: too few in a thousandth of the busiest hour", number_format="0.000%",
          help="This share of requests must find capacity free in the busiest hour.", audience="finance"),
    Input("replicas_per_pool", "Replicas behind one load balancer (pool)", "replicas", "pool", AT_LEAST_ONE, 1.0,
          note="more share their spare room",
          help="Replicas in one pool share their spare capacity, so larger pools need less of it.", audience="finance"),
    Input("burstiness_ratio", "Burstiness of requests", "x", "pool", Bounds(0, 1e4, low_included=False), 1.0,
          note="1: users are independent; programs that call in bursts more",
          help="Independent users have a ratio of 1; programs that call in bursts have more."),
    Input("host_memory_gb_per_gpu", "Host memory for idle chats, per GPU", "GB", "pool", NOT_NEGATIVE, 256.0,
          source="NVIDIA DGX H100: 2 TB of system memory for 8 GPUs",
          help="The server can hold the KV cache of idle chats in this much host memory per GPU."),
    Input("host_bandwidth_gb_per_s", "Speed from host memory to a GPU", "GB/s", "pool", POSITIVE, 54.0,
          source="measured on an H20 over PCIe (worked case KV06)",
          help="An idle chat's KV cache returns from host memory to its GPU at this speed."),
]
# fmt: on
