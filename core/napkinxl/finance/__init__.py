"""Money over time in plain Python floats: cash flows, annuities, depreciation, cost of capital.

Where Excel has the function, its sign convention holds: money paid out is negative, money received positive.
No answer is NaN: what takes a NaN gives a NaN.
"""
