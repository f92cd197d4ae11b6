"""The functions through classic xlwings: its own conversion, headless (pywin32 is a stand-in; Excel was not there)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from napkinxl_addin.functions import FUNCTIONS, LONGEST_HELP
from support.classic_host import run_in_classic
from support.random_calls import differs, expected, random_calls

MISSING = "(missing)"


@pytest.fixture(scope="module")
def vba() -> str:
    """What xlwings writes for Import Functions."""
    text = run_in_classic("vba", None)
    assert isinstance(text, str)
    return text


def classic(name: str, *arguments: Any, how: str = "values") -> Any:
    return run_in_classic("calls", [(name, arguments, how)])[0]


@pytest.mark.slow
@pytest.mark.parametrize("how", ["values", "ranges"])
def test_random_calls_give_what_python_gives(how: str) -> None:
    calls = random_calls()
    found = run_in_classic("calls", [(name, arguments, how) for name, arguments in calls])
    wrong = [
        (name, arguments, answer)
        for (name, arguments), answer in zip(calls, found, strict=True)
        if differs(answer, expected(name, arguments))
    ]
    assert wrong == []


@pytest.mark.slow
def test_missing_and_empty_mean_the_default() -> None:
    assert classic("KV_CACHE_GB", "Article 32B", MISSING, MISSING, MISSING) == pytest.approx(26.2144)
    assert classic("KV_CACHE_GB", "Article 32B", None, MISSING, MISSING) == pytest.approx(26.2144)
    assert classic("KV_CACHE_GB", None, None, None, None, how="ranges") == pytest.approx(26.2144)


@pytest.mark.slow
def test_currency_cells_lose_digits_only_without_our_wrappers() -> None:
    """Range.Value rounds a currency cell to four decimals; our wrappers hand over Value2, which does not."""
    rent = "2.12345678"
    rounded = [["rent_usd_per_gpu_hour", {"currency": "2.1235"}]]
    exact = [["rent_usd_per_gpu_hour", float(rent)]]
    monthly = ("RENT_USD_PER_GPU_MONTH", "B200")
    assert classic(*monthly, rounded, how="ranges") == pytest.approx(2.1235 * 720)
    assert classic(*monthly, exact) == pytest.approx(float(rent) * 720)


@pytest.mark.slow
def test_a_date_is_refused_where_the_host_says_that_it_is_one() -> None:
    assert classic("KV_CACHE_GB", "Article 32B", {"date": "2026-01-01"}, how="ranges") == "#VALUE!"
    # Value2 delivers a date as its serial number: 46,023 tokens.
    assert classic("KV_CACHE_GB", "Article 32B", 46_023.0) == pytest.approx(46_023 * 131_072 / 1e9)


@pytest.mark.slow
def test_errors_go_back_as_their_text_for_vba_to_turn_into_errors() -> None:
    assert classic("USERS_PER_GPU", "nonsense") == "#VALUE!"
    assert classic("TOKENS_PER_S", "H100", "DeepSeek-V3") == "#N/A"
    assert classic("KV_CACHE_GB", "Article 32B", [[20_000.0], ["#DIV/0!"]]) == [[2.62144], ["#DIV/0!"]]


def test_xlwings_own_wrappers_have_every_function_with_its_arguments(vba: str) -> None:
    written = dict(re.findall(r"^ *Function (\w+)\((.*)\)$", vba, re.MULTILINE))
    assert set(written) == {function.name for function in FUNCTIONS.values()}
    for function in FUNCTIONS.values():
        assert written[function.name] == ", ".join(f"Optional {argument.name}" for argument in function.arguments)
    assert all(len(line) < 1024 for line in vba.splitlines())  # what VBA takes


def test_help_reaches_xlwings() -> None:
    assert all(len(argument.help) <= LONGEST_HELP for item in FUNCTIONS.values() for argument in item.arguments)
