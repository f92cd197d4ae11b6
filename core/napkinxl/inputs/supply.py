"""Where GPU time comes from: owned, rented, or bought as tokens."""

from __future__ import annotations

from napkinxl.engine.inputs import NOT_NEGATIVE, POSITIVE, SHARE_OR_ZERO, Bounds, Input

BELOW_ONE = Bounds(0, 0.999999)
COMPANY_CASE = "worked company case: WACC 9.5% (BC01, BC02)"
LENOVO = "Lenovo Press LP2368, 2026 edition"

OWN = [
    Input("server_usd_per_gpu", "Share of the server, per GPU", "USD", "own", NOT_NEGATIVE, 0.0,
          note="0: the price of a GPU holds it already"),
    Input("network_usd_per_gpu", "Share of the network, per GPU", "USD", "own", NOT_NEGATIVE, 0.0,
          note="not in the catalog's prices of servers; Epoch AI's site: 4.9 on 21.2 billion USD of servers (EP03)"),
    Input("storage_usd_per_gpu", "Share of storage, per GPU", "USD", "own", NOT_NEGATIVE, 0.0,
          note="not in the catalog's prices of servers"),
    Input("residual_share", "Resale value at the end of life", "share", "own", SHARE_OR_ZERO, 0.0,
          note="share of the purchase price; 0.2 to 0.35 after 36 months is said, without a primary source"),
    Input("annual_cost_of_capital_share", "Cost of capital a year", "share", "own", SHARE_OR_ZERO,
          follows="wacc_share", note="effective; blank: the WACC from the inputs below; 0: money costs nothing"),
    Input("equity_share", "Share of equity in the capital", "share", "own", SHARE_OR_ZERO, 0.75, source=COMPANY_CASE),
    Input("risk_free_share", "Risk-free rate a year", "share", "own", SHARE_OR_ZERO, 0.035, source=COMPANY_CASE),
    Input("equity_beta", "Beta of the equity", "x", "own", Bounds(0, 10), 1.2, source=COMPANY_CASE),
    Input("equity_risk_premium_share", "Equity risk premium a year", "share", "own", SHARE_OR_ZERO, 0.055,
          source=COMPANY_CASE),
    Input("equity_extra_premium_share", "Premium for size or country a year", "share", "own", SHARE_OR_ZERO, 0.014,
          source=COMPANY_CASE),
    Input("debt_interest_share", "Interest on debt a year, before tax", "share", "own", SHARE_OR_ZERO, 0.04667,
          source=COMPANY_CASE),
    Input("tax_share", "Tax rate", "share", "own", SHARE_OR_ZERO, 0.25, source=COMPANY_CASE),
    Input("other_server_power_w_per_gpu", "Power of the rest of the server, per GPU", "W", "own", NOT_NEGATIVE, 250.0,
          source="2 kW beside 8 GPUs of 700 W (worked case LO06)", note="processors, memory, network cards, fans"),
    Input("power_utilization_share", "Share of hours that a GPU works, for its power", "share", "own", SHARE_OR_ZERO,
          follows="mean_to_peak_share"),
    Input("idle_power_share", "Power of an idle GPU", "share", "own", SHARE_OR_ZERO, 0.1,
          note="assumption: share of the board's power"),
    Input("pue", "Power usage effectiveness (PUE)", "x", "own", Bounds(1, 10), 1.2,
          source="Microsoft 1.16-1.20, AWS 1.14, Google 1.09 (ecologits)", note="industry 1.5 (Lenovo)"),
    Input("electricity_usd_per_kwh", "Electricity", "USD/kWh", "own", NOT_NEGATIVE, 0.0813,
          source="EIA, United States 2024, industrial", note="commercial 0.1275"),
    Input("hosting_usd_per_kw_month", "Hosting, per kW of IT power", "USD/kW-month", "own", NOT_NEGATIVE, 150.0,
          source="colocation 150-300 in a cage, 80-150 wholesale", note="no broker's report was read"),
    Input("maintenance_share", "Maintenance and operations a year", "share", "own", SHARE_OR_ZERO, 0.014,
          source="Epoch AI, 1 GW site: 0.3 of 0.9 billion a year is not energy, on 21.2 billion of servers",
          note="share of the purchase price; Lenovo's service contract 0.12"),
    Input("failures_per_gpu_year", "Failures that stop a GPU", "failures/year", "own", Bounds(0, 1000), 0.1729,
          source="Llama 3: 419 interruptions in 54 days on 16,384 GPUs (LL02)",
          note="of all kinds, in training; a failure that takes the whole server away counts once per GPU of it"),
    Input("repair_hours", "Hours until a failed GPU works again", "h", "own", NOT_NEGATIVE, 48.0, note="assumption"),
    Input("gpu_age_months", "Age of a GPU for its book value", "months", "own", NOT_NEGATIVE, 12.0),
    Input("declining_factor", "Factor of declining-balance depreciation", "x", "own", POSITIVE, 2.0,
          note="2: double declining balance, as Excel's DDB"),
]  # fmt: skip

RENT = [
    Input("committed_months", "Months of a reservation", "months", "rent", POSITIVE, 12.0, catalog="gpus",
          note="36 where the price is the market's (SemiAnalysis: three years, 25% up front)"),
    Input("reserved_discount_share", "Discount of a reservation", "share", "rent", BELOW_ONE, 0.36,
          source=f"{LENOVO}: 62.92 against 98.32 USD/h for a year"),
    Input("reserved_usd_per_gpu_hour", "Rent of a reserved GPU", "USD/h", "rent", NOT_NEGATIVE,
          follows="discounted_reserved_usd_per_gpu_hour", catalog="gpus",
          note="blank: the market's price of long contracts, else the rent less the discount"),
    Input("spot_discount_share", "Discount of spot GPUs", "share", "rent", BELOW_ONE, 0.58,
          source="Nebius list: 1.25 against 2.95 USD/h for an H100"),
    Input("spot_usd_per_gpu_hour", "Rent of a spot GPU", "USD/h", "rent", NOT_NEGATIVE,
          follows="discounted_spot_usd_per_gpu_hour", catalog="gpus",
          note="blank: the cheapest listed spot price, else the rent less the discount"),
    Input("spot_lost_share", "Share of spot hours lost to interruptions", "share", "rent", BELOW_ONE, 0.05,
          note="assumption: time to start again elsewhere"),
    Input("rented_hours_per_day", "Hours a day that a GPU is rented when released at night", "h", "rent",
          Bounds(0, 24, low_included=False), 12.0),
    Input("billing_hours", "Smallest billed time", "h", "rent", Bounds(0, 24, low_included=False), 1.0,
          note="1/60: by the minute"),
    Input("bytes_per_output_token", "Bytes sent per output token", "bytes", "rent", NOT_NEGATIVE, 250.0,
          note="assumption: a streamed token travels in a message of its own"),
    Input("egress_usd_per_gb", "Price of traffic out of the cloud", "USD/GB", "rent", NOT_NEGATIVE, 0.09,
          source="AWS list, first 10 TB a month"),
]  # fmt: skip

QWEN = "Groq, qwen/qwen3-32b, 21 November 2026 (genai-prices 0.2.3)"
API = [
    Input("api_input_usd_per_million_tokens", "API price of input", "USD/million tokens", "api", NOT_NEGATIVE, 0.29,
          source=QWEN),
    Input("api_cached_input_usd_per_million_tokens", "API price of cached input", "USD/million tokens", "api",
          NOT_NEGATIVE, follows="api_input_usd_per_million_tokens", note="blank: no discount for cached input"),
    Input("api_output_usd_per_million_tokens", "API price of output", "USD/million tokens", "api", NOT_NEGATIVE, 0.59,
          source=QWEN, note="reasoning is output"),
]  # fmt: skip
