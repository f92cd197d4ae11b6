"""Programs that some tests need and a machine may lack."""

from __future__ import annotations

import os
from typing import Final, NoReturn

import pytest

REQUIRE_VARIABLE: Final = "NAPKINXL_REQUIRE_CHECKERS"
_in_fast_test = False


def begin_test(*, slow: bool) -> None:
    """Note of which tier the test is that begins now; tests/conftest.py says so of each."""
    global _in_fast_test
    _in_fast_test = not slow


def only_in_slow_tests(program: str) -> None:
    """Fail a test that needs a program of others and is not marked slow."""
    if _in_fast_test:
        pytest.fail(f"needs {program}: mark it with pytest.mark.slow", pytrace=False)


def missing(program: str, remedy: str) -> NoReturn:
    """Skip the test for want of a program, or fail it where all checks are required, as in CI."""
    reason = f"{program} was not found: {remedy}"
    if os.environ.get(REQUIRE_VARIABLE) == "1":
        pytest.fail(f"{reason} ({REQUIRE_VARIABLE} is 1)", pytrace=False)
    pytest.skip(reason)
