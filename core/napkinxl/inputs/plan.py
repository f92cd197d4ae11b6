"""What a plan by month sets beside its scenarios: the fleet, seasons, and users where they are given by month."""

from __future__ import annotations

from napkinxl.engine.inputs import AT_LEAST_ONE, Bounds, Input

ZERO_OR_ONE = Bounds(0, 1, whole=True)
CHANGE = Bounds(-0.9, 9)
SERVERS = Bounds(0, 1e6, whole=True)

# A table, a line or two an input.
# fmt: off
MONTHS = Input(
    "months",
    "Length of the planning period",
    "months",
    "fleet",
    Bounds(1, 120, whole=True),
    36.0,
    help="Users, GPUs and money are worked out for this many months.",
    audience="board",
)
FLEET = [
    Input("first_calendar_month", "Calendar month of month 1", "month no.", "fleet", Bounds(1, 12, whole=True), 1.0,
          note="1: January; it only places the seasons",
          help="The number places the seasons: 1 is January.", audience="finance"),
    Input("gpus_per_server", "GPUs per server", "GPUs", "fleet", AT_LEAST_ONE, 8.0,
          source="NVIDIA DGX and HGX H100, B200: 8 GPUs",
          help="Servers are bought, and by default rented, with this many GPUs each.", audience="finance"),
    Input("lead_months", "Lead time of a server order", "months", "fleet", Bounds(0, 36, whole=True), 3.0,
          note="assumption; a server is paid when it is ordered",
          help="A server is paid for when ordered and comes into use this many months later.", audience="finance"),
    Input("opening_servers", "Servers owned at the start", "servers", "fleet", SERVERS, 0.0,
          help="The company already owns this many servers before the first month.", audience="finance"),
    Input("opening_servers_months_left", "Remaining life of the opening servers", "months", "fleet",
          Bounds(0, 120, whole=True), 24.0, note="at most useful_life_months",
          help="The servers owned at the start stay in use for this many months, at most the useful life of a GPU.",
          audience="finance"),
    Input("rent_whole_servers", "Rent whole servers only", "switch", "fleet", ZERO_OR_ONE, 1.0,
          note="1: whole servers, 0: single GPUs",
          help="Rented GPUs come in whole servers if this is 1, and one by one if it is 0.", audience="finance"),
    Input("usage_change_share_per_year", "Change in traffic per user, per year", "share", "fleet", CHANGE, 0.0,
          note="0: as in month 1, 1: twice as much each year; compounds by month",
          help="Each user's traffic changes by this share a year, compounding monthly; 100% doubles it every year.",
          audience="board"),
    Input("rent_change_share_per_year", "Change in GPU rents, per year", "share", "fleet", CHANGE, 0.0,
          note="0: as in month 1, -0.2: a fifth less each year; compounds by month",
          help="Rents change by this share a year, compounding monthly; -20% takes off a fifth every year.",
          audience="finance"),
    Input("purchase_change_share_per_year", "Change in GPU purchase prices, per year", "share", "fleet", CHANGE, 0.0,
          note="as for rents; servers keep the price of the month they were ordered in",
          help="Purchase prices change by this share a year, compounding monthly; a server keeps the price of its "
               "order month.",
          audience="finance"),
    Input("api_change_share_per_year", "Change in API prices, per year", "share", "fleet", CHANGE, 0.0,
          note="as for rents",
          help="API prices change by this share a year, compounding monthly; -20% takes off a fifth every year.",
          audience="finance"),
]
SEASONS = Input("season_ratios", "Seasonal factors, January to December", "x", "fleet", Bounds(0, 12),
                note="12 numbers from January on, with mean 1",
                help="Twelve factors from January to December, with a mean of 1, spread traffic over the year.",
                audience="finance")
BY_MONTH = [
    Input("given_tier_users", "Users by plan, if given", "users", "fleet by month", Bounds(0, 1e10),
          note="blank: follows growth and churn",
          help="Numbers typed here replace growth and churn; a blank month follows growth and churn.",
          audience="finance"),
    Input("given_tier_new_users", "New users by plan, if given", "users", "fleet by month", Bounds(0, 1e10),
          note="blank: growth_share_per_month of the users before",
          help="Numbers typed here replace growth; a blank month follows growth.", audience="finance"),
]
# fmt: on
