"""Prices and time: what a GPU costs and what a user pays."""

from __future__ import annotations

from napkinxl.engine.inputs import NOT_NEGATIVE, POSITIVE, SHARE, SHARE_OR_ZERO, Bounds, Input
from napkinxl.inputs.use import ARTICLE

# A table, a line or two an input.
# fmt: off
MONEY = [
    Input("gpu_price_usd", "Purchase price per GPU", "USD", "money", NOT_NEGATIVE, catalog="gpus",
          note="with its share of the server, or without it: then add that share under Own",
          help="The price may include the server's share; if it does not, enter that share as server cost per GPU.",
          audience="finance"),
    Input("useful_life_months", "Useful life of a GPU", "months", "money", POSITIVE, 36.0, source="condensed summary",
          help="A GPU is depreciated over this many months.", audience="finance"),
    Input("opex_usd_per_gpu_month", "Opex per owned GPU", "USD/month", "money", NOT_NEGATIVE,
          follows="estimated_opex_usd_per_gpu_month",
          note="blank: electricity, hosting and maintenance from the inputs under Own",
          help="Running an owned GPU costs this much a month; if blank, electricity, hosting and maintenance are "
               "added up.",
          audience="finance"),
    Input("rent_usd_per_gpu_hour", "Rent per GPU-hour, on demand", "USD/h", "money", NOT_NEGATIVE, catalog="gpus",
          help="The provider charges this rent without commitment; name the provider and the date.", audience="board"),
    Input("hours_per_month", "Hours in a month", "h", "money", Bounds(0, 744, low_included=False), 720.0,
          source=ARTICLE, note="a mean month has 730.5", number_format="0.0##",
          help="An average month has 730.5 hours; the default is a 30-day month of 720.", audience="finance"),
    Input("price_usd_per_user_month", "Price per user, per month", "USD/month", "money", NOT_NEGATIVE, 20.0,
          note="a common plan; set your own; 0: a free plan",
          help="A user pays this price; a free plan has 0.", audience="board"),
    Input("owned_gpus_share", "Share of GPUs owned (planned mix)", "share", "money", SHARE_OR_ZERO, 0.0,
          note="the others are rented",
          help="The company owns this share of its GPUs and rents the others; a monthly plan rounds down to whole "
               "servers.",
          audience="board"),
    Input("output_over_input_price_ratio", "Output price over input price", "x", "money", POSITIVE, 3.0,
          source="NVIDIA, LLM inference cost method (NV06, NV07)",
          help="The ratio only splits the serving bill into a price for input and one for output.", audience="finance"),
    Input("utilization_share", "Utilisation of paid GPU time", "share", "money", SHARE,
          follows="expected_utilization_share", note="blank: a pool that is sized for its busiest hour",
          help="This share of the paid GPU time is used; if blank, it is derived for a fleet sized for its busiest "
               "hour.",
          audience="finance"),
    Input("horizon_months", "Horizon of the own-or-rent comparison", "months", "money", POSITIVE,
          follows="useful_life_months", note="at most the months a GPU is used",
          help="Owning and renting are compared over this many months, at most the useful life of a GPU.",
          audience="finance"),
]
# fmt: on
