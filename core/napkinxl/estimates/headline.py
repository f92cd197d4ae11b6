"""The quantities that answer the question; tables and summaries show these first."""

HEADLINE = (
    "fit_verdict",
    "users_per_gpu",
    "concurrent_users",
    "balanced_batch",
    "tokens_per_s_per_user",
    "bottleneck",
    "compute_idle_share",
    "kv_cache_gb",
    "free_memory_gb",
    "rent_usd_per_user_month",
    "owned_usd_per_user_month",
    "rent_usd_per_million_tokens",
    "rent_gross_margin_share",
    "serving_usd_per_user_month",
    "gross_margin_share",
    "rent_break_even_users_per_gpu",
)
