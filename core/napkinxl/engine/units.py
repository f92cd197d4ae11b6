"""Factors between units. One unit system throughout: GB (1e9 bytes), TB/s, TFLOP/s, ms, tokens, USD, hours, months.

GB/(TB/s) and GFLOP/(TFLOP/s) are both ms, so few factors are needed.
"""

BITS_PER_BYTE = 8.0
BYTES_PER_GB = 1e9
FLOP_PER_GFLOP = 1e9
FLOP_PER_MULTIPLY_ADD = 2.0
MS_PER_S = 1000.0
US_PER_MS = 1000.0
SECONDS_PER_HOUR = 3600.0
TOKENS_PER_MILLION = 1e6
HOURS_PER_DAY = 24.0
HOURS_PER_YEAR = 8760.0
MONTHS_PER_YEAR = 12.0
W_PER_KW = 1000.0
KW_PER_MW = 1000.0
