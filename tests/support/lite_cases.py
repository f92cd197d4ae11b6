"""Calls as Excel's browser engine makes them, and what the cells must show then."""

from __future__ import annotations

from typing import Any, Final

from support.pyodide_host import ErrorCell, Raised

_ARTICLE: Final = "Article 32B"
_SETTINGS: Final = [["context_tokens", 20000], ["duty_cycle", 0.2], [None, None]]

# Name, arguments, answer. Expected: the article's 26.2 GB for one chat of 200k tokens (linear in the tokens), and its
# 305 users at 20k tokens and a duty of 20 %.
CASES: Final[dict[str, tuple[str, list[Any], Any]]] = {
    "numbers": ("KV_CACHE_GB", [_ARTICLE, 200000], [[26.2144]]),
    "four arguments": ("USERS_PER_GPU", ["B200", _ARTICLE, 20000, 0.2], [[305]]),
    "left out": ("KV_CACHE_GB", [], [[26.2144]]),
    "null in the middle": ("USERS_PER_GPU", [None, None, 20000, 0.2], [[305]]),
    "empty cell on the web": ("KV_CACHE_GB", [[[None]], 200000], [[26.2144]]),
    "empty text": ("KV_CACHE_GB", ["", 200000], [[26.2144]]),
    "a number as text": ("KV_CACHE_GB", [_ARTICLE, "200000"], [[26.2144]]),
    "settings": ("USERS_PER_GPU", [None, None, None, None, None, None, None, _SETTINGS], [[305]]),
    "a column": ("KV_CACHE_GB", [_ARTICLE, [[200000], [100000], [""]]], [[26.2144], [13.1072], [26.2144]]),
    "a bad cell in a column": (
        "KV_CACHE_GB",
        [_ARTICLE, [[200000], ["many"], [ErrorCell("#REF!")]]],
        [[26.2144], [ErrorCell("#VALUE!")], [ErrorCell("#REF!")]],
    ),
    "an error passed on": ("KV_CACHE_GB", [_ARTICLE, ErrorCell("#DIV/0!")], [[ErrorCell("#DIV/0!")]]),
    "no answer": ("TOKENS_PER_S", ["L4", "openai/gpt-oss-120b"], [[ErrorCell("#N/A")]]),
    "a zero that may be an empty cell": (
        "RENT_USD_PER_GPU_MONTH",
        ["B200", [["rent_usd_per_gpu_hour", 0]]],
        Raised(
            "XlwingsError",
            "rent_usd_per_gpu_hour is 0 or an empty cell, which arrive alike here: leave the row out for the default, "
            "or write 1E-9 for nothing",
        ),
    ),
    "a zero that is one": ("USABLE_MEMORY_GB", ["B200 announced", 1, [["runtime_reserve_gb", 0]]], [[192]]),
    "bad input": ("KV_CACHE_GB", [_ARTICLE, -1], Raised("XlwingsError", "context_tokens must be at least 1, got -1")),
}
