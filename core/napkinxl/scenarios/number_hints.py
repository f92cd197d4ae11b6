"""Numbers as people write them elsewhere, where a file wants them plain."""

from __future__ import annotations

import re

LINE = re.compile(r"\(at line (\d+),")
COMMAS = re.compile(r"=\s*[$€]?\s*(\d{1,3}(?:,\d{3})+)")
PERCENT = re.compile(r"=\s*(\d+(?:\.\d+)?)\s*%")
CURRENCY = re.compile(r"=\s*[$€]\s*(\d+(?:\.\d+)?)")


def number_hint(text: str, error: str) -> str:
    """How to write the number on the line that a TOML error names, or "".

    >>> number_hint("users = 1,500", "Expected newline (at line 1, column 10)")
    '; write 1500 or 1_500: no thousands commas'
    >>> number_hint("churn = 3.5%", "Expected newline (at line 1, column 12)")
    '; write 0.035 for 3.5%'
    """
    found = LINE.search(error)
    line = text.splitlines()[int(found[1]) - 1] if found else ""
    if commas := COMMAS.search(line):
        return f"; write {commas[1].replace(',', '')} or {commas[1].replace(',', '_')}: no thousands commas"
    if percent := PERCENT.search(line):
        return f"; write {float(percent[1]) / 100:.10g} for {percent[1]}%"
    if currency := CURRENCY.search(line):
        return f"; write {currency[1]}: no sign of a currency"
    return ""
