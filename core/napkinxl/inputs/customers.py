"""The people who pay: how many, how they grow and leave, and what each costs beside serving."""

from __future__ import annotations

from napkinxl.engine.inputs import NOT_NEGATIVE, SHARE_OR_ZERO, Bounds, Input

# A table, a line or two an input.
# fmt: off
CUSTOMERS = [
    Input("users", "Active users at the start", "users", "customers", Bounds(0, 1e10), 1000.0,
          help="The plan has this many active users before the first month.", audience="board"),
    Input("growth_share_per_month", "Gross user growth per month", "share", "customers", Bounds(0, 10), 0.05,
          note="of the users at the start of the month; assumption",
          help="New users of a month are this share of the users at its start, before churn is taken off.",
          audience="board"),
    Input("churn_share_per_month", "Churn per month", "share", "customers", SHARE_OR_ZERO, 0.04,
          source="worked cases SA04, SA07",
          help="This share of the users at the start of a month leaves during it.", audience="board"),
    Input("acquisition_usd_per_user", "Acquisition cost per new user (CAC)", "USD/user", "customers", NOT_NEGATIVE, 0.0,
          help="Sales and marketing spend this much to win a user, paid in the month of joining.", audience="board"),
    Input("payment_fee_share", "Payment fee, share of the payment", "share", "customers", Bounds(0, 0.5), 0.029,
          note="list price of card payments",
          help="The payment provider keeps this share of each payment; the list price is 2.9%.", audience="finance"),
    Input("payment_fee_usd", "Payment fee, fixed part", "USD", "customers", NOT_NEGATIVE, 0.3,
          note="list price of card payments",
          help="The payment provider keeps this amount of each payment.", audience="finance"),
    Input("support_usd_per_user_month", "Support cost per user", "USD/month", "customers", NOT_NEGATIVE, 0.0,
          help="Supporting a user costs this much a month and belongs to cost of revenue.", audience="finance"),
    Input("fixed_usd_per_month", "Fixed operating cost, per month", "USD/month", "customers", NOT_NEGATIVE, 0.0,
          note="staff, licences, offices",
          help="Staff, offices and licences cost the whole product this much, however many users it has.",
          audience="board"),
    Input("target_gross_margin_share", "Target gross margin", "share", "customers", Bounds(0, 0.99), 0.7,
          note="profit over revenue",
          help="The price to be found should leave this gross margin.", audience="board"),
]
# fmt: on
