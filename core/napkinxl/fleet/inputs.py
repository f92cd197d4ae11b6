"""What a plan of a fleet may set beside its scenarios: numbers with bounds, and series by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from napkinxl.inputs import AT_LEAST_ONE, SHARE_OR_ZERO, Bounds, Input, Owner

FLEET = cast(Owner, "fleet")
MONTHS = Input("months", "Months of the plan", "months", FLEET, Bounds(1, 120, whole=True), 36.0)
ZERO_OR_ONE = Bounds(0, 1, whole=True)
CHANGE = Bounds(-0.9, 9)
SERVERS = Bounds(0, 1e6, whole=True)

FLEET_INPUTS: dict[str, Input] = {
    item.name: item
    for item in [
        Input("first_calendar_month", "Calendar month of month 1", "months", FLEET, Bounds(1, 12, whole=True), 1.0,
              note="1: January; it only places the seasons"),
        Input("gpus_per_server", "GPUs in a server", "GPUs", FLEET, AT_LEAST_ONE, 8.0,
              source="NVIDIA DGX and HGX H100, B200: 8 GPUs"),
        Input("owned_share", "Share of the needed servers to own", "share", FLEET, SHARE_OR_ZERO,
              follows="owned_gpus_share", note="the others are rented; rounded down to whole servers"),
        Input("lead_months", "Months between order and first use", "months", FLEET, Bounds(0, 36, whole=True), 3.0,
              note="assumption; a server is paid when it is ordered"),
        Input("opening_servers", "Servers owned at the start", "servers", FLEET, SERVERS, 0.0),
        Input("opening_servers_months_left", "Months that they are still used", "months", FLEET,
              Bounds(0, 120, whole=True), 24.0, note="at most lifetime_months"),
        Input("rent_whole_servers", "Rent whole servers", "switch", FLEET, ZERO_OR_ONE, 1.0,
              note="1: whole servers, 0: single GPUs"),
        Input("usage_change_share_per_year", "Change of a user's traffic a year", "share", FLEET, CHANGE, 0.0,
              note="0: as in month 1, 1: twice as much each year; compounds by month"),
        Input("rent_change_share_per_year", "Change of rents a year", "share", FLEET, CHANGE, 0.0,
              note="0: as in month 1, -0.2: a fifth less each year; compounds by month"),
        Input("purchase_change_share_per_year", "Change of purchase prices a year", "share", FLEET, CHANGE, 0.0,
              note="as for rents; servers keep the price of the month they were ordered in"),
        Input("api_change_share_per_year", "Change of the API's prices a year", "share", FLEET, CHANGE, 0.0,
              note="as for rents"),
    ]
}  # fmt: skip


@dataclass(frozen=True)
class Series:
    """Numbers that a plan may give month by month, with the unit and bounds of each."""

    name: str
    label: str
    unit: str
    bounds: Bounds
    note: str


SERIES: dict[str, Series] = {
    item.name: item
    for item in [
        Series("season_ratios", "Traffic of a calendar month over the mean month", "x", Bounds(0, 12),
               "12 numbers from January on, with mean 1"),
        Series("given_tier_users", "Users, where given", "users", Bounds(0, 1e10),
               "blank: as growth and churn have it"),
        Series("given_tier_new_users", "New users, where given", "users", Bounds(0, 1e10),
               "blank: growth_share_per_month of the users before"),
    ]
}  # fmt: skip
