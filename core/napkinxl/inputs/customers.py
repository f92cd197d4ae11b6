"""The people who pay: how many, how they grow and leave, and what each costs beside serving."""

from __future__ import annotations

from napkinxl.engine.inputs import NOT_NEGATIVE, SHARE_OR_ZERO, Bounds, Input

CUSTOMERS = [
    Input("users", "Users of this plan", "users", "customers", Bounds(0, 1e10), 1000.0),
    Input("growth_share_per_month", "New users a month", "share", "customers", Bounds(0, 10), 0.05,
          note="of the users at the start of the month; assumption"),
    Input("churn_share_per_month", "Users who leave a month", "share", "customers", SHARE_OR_ZERO, 0.04,
          source="worked cases SA04, SA07"),
    Input("acquisition_usd_per_user", "Cost of winning a user", "USD/user", "customers", NOT_NEGATIVE, 0.0),
    Input("payment_fee_share", "Fee on a payment, share", "share", "customers", Bounds(0, 0.5), 0.029,
          note="list price of card payments"),
    Input("payment_fee_usd", "Fee on a payment, fixed", "USD", "customers", NOT_NEGATIVE, 0.3,
          note="list price of card payments"),
    Input("support_usd_per_user_month", "Support of a user", "USD/month", "customers", NOT_NEGATIVE, 0.0),
    Input("fixed_usd_per_month", "Cost of the product that does not grow with its users", "USD/month", "customers",
          NOT_NEGATIVE, 0.0, note="staff, licences, offices"),
    Input("target_gross_margin_share", "Gross margin to reach", "share", "customers", Bounds(0, 0.99), 0.7,
          note="profit over revenue"),
]  # fmt: skip
