"""What a plan by month sets beside its scenarios: the fleet, seasons, and users where they are given by month."""

from __future__ import annotations

from napkinxl.engine.inputs import AT_LEAST_ONE, SHARE_OR_ZERO, Bounds, Input

ZERO_OR_ONE = Bounds(0, 1, whole=True)
CHANGE = Bounds(-0.9, 9)
SERVERS = Bounds(0, 1e6, whole=True)

MONTHS = Input("months", "Months of the plan", "months", "fleet", Bounds(1, 120, whole=True), 36.0)
FLEET = [
    Input("first_calendar_month", "Calendar month of month 1", "months", "fleet", Bounds(1, 12, whole=True), 1.0,
          note="1: January; it only places the seasons"),
    Input("gpus_per_server", "GPUs in a server", "GPUs", "fleet", AT_LEAST_ONE, 8.0,
          source="NVIDIA DGX and HGX H100, B200: 8 GPUs"),
    Input("owned_share", "Share of the needed servers to own", "share", "fleet", SHARE_OR_ZERO,
          follows="owned_gpus_share", note="the others are rented; rounded down to whole servers"),
    Input("lead_months", "Months between order and first use", "months", "fleet", Bounds(0, 36, whole=True), 3.0,
          note="assumption; a server is paid when it is ordered"),
    Input("opening_servers", "Servers owned at the start", "servers", "fleet", SERVERS, 0.0),
    Input("opening_servers_months_left", "Months that they are still used", "months", "fleet",
          Bounds(0, 120, whole=True), 24.0, note="at most lifetime_months"),
    Input("rent_whole_servers", "Rent whole servers", "switch", "fleet", ZERO_OR_ONE, 1.0,
          note="1: whole servers, 0: single GPUs"),
    Input("usage_change_share_per_year", "Change of a user's traffic a year", "share", "fleet", CHANGE, 0.0,
          note="0: as in month 1, 1: twice as much each year; compounds by month"),
    Input("rent_change_share_per_year", "Change of rents a year", "share", "fleet", CHANGE, 0.0,
          note="0: as in month 1, -0.2: a fifth less each year; compounds by month"),
    Input("purchase_change_share_per_year", "Change of purchase prices a year", "share", "fleet", CHANGE, 0.0,
          note="as for rents; servers keep the price of the month they were ordered in"),
    Input("api_change_share_per_year", "Change of the API's prices a year", "share", "fleet", CHANGE, 0.0,
          note="as for rents"),
]  # fmt: skip
SEASONS = Input("season_ratios", "Traffic of a calendar month over the mean month", "x", "fleet", Bounds(0, 12),
                note="12 numbers from January on, with mean 1")  # fmt: skip
BY_MONTH = [
    Input("given_tier_users", "Users, where given", "users", "fleet by month", Bounds(0, 1e10),
          note="blank: as growth and churn have it"),
    Input("given_tier_new_users", "New users, where given", "users", "fleet by month", Bounds(0, 1e10),
          note="blank: growth_share_per_month of the users before"),
]  # fmt: skip
