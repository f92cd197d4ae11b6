"""Prices and time: what a GPU costs and what a user pays."""

from __future__ import annotations

from napkinxl.engine.inputs import NOT_NEGATIVE, POSITIVE, SHARE, SHARE_OR_ZERO, Bounds, Input
from napkinxl.inputs.use import ARTICLE

MONEY = [
    Input("gpu_price_usd", "Purchase price of a GPU", "USD", "money", NOT_NEGATIVE, catalog="gpus",
          note="with its share of the server, or without it: then add that share under Own"),
    Input("lifetime_months", "Months a GPU is used", "months", "money", POSITIVE, 36.0, source="condensed summary"),
    Input("opex_usd_per_gpu_month", "Power, cooling, network and hosting of an owned GPU", "USD/month", "money",
          NOT_NEGATIVE, follows="running_usd_per_gpu_month",
          note="blank: electricity, hosting and maintenance from the inputs under Own"),
    Input("rent_usd_per_gpu_hour", "Rent of a GPU", "USD/h", "money", NOT_NEGATIVE, catalog="gpus"),
    Input("hours_per_month", "Hours in a month", "h", "money", Bounds(0, 744, low_included=False), 720.0,
          source=ARTICLE, note="a mean month has 730.5", number_format="0.0##"),
    Input("price_usd_per_user_month", "Price a user pays", "USD/month", "money", NOT_NEGATIVE, 20.0,
          note="a common plan; set your own; 0: a free plan"),
    Input("owned_gpus_share", "Share of the GPU-hours that are owned", "share", "money", SHARE_OR_ZERO, 0.0,
          note="the others are rented"),
    Input("output_over_input_price_ratio", "Price of output over price of input", "x", "money", POSITIVE, 3.0,
          source="NVIDIA, LLM inference cost method (NV06, NV07)"),
    Input("utilization_share", "Share of the paid GPU time that is used", "share", "money", SHARE,
          follows="expected_utilization_share", note="blank: a pool that is sized for its busiest hour"),
    Input("horizon_months", "Months over which owning and renting are compared", "months", "money", POSITIVE,
          follows="lifetime_months", note="at most the months a GPU is used"),
]  # fmt: skip
