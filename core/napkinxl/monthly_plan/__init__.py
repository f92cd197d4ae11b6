"""A plan by month: tiers of customers on one fleet, worked out row by row."""
