"""Programs that some tests need and a machine may lack."""

from __future__ import annotations

import os
from typing import Final, NoReturn

import pytest

REQUIRE_VARIABLE: Final = "NAPKINXL_REQUIRE_CHECKERS"


def missing(program: str, remedy: str) -> NoReturn:
    """Skip the test for want of a program, or fail it where all checks are required, as in CI."""
    reason = f"{program} was not found: {remedy}"
    if os.environ.get(REQUIRE_VARIABLE) == "1":
        pytest.fail(f"{reason} ({REQUIRE_VARIABLE} is 1)", pytrace=False)
    pytest.skip(reason)
