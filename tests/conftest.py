"""Two tiers: `pytest` runs the fast one, `pytest -m slow` the other; docs/testing.md says how much each tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from support import checkers
from support.command_line import Command, run
from support.sizes import SIZES

for _profile in ("dev", "ci", "proof"):
    settings.register_profile(
        _profile,
        max_examples=getattr(SIZES["laws"], _profile),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=_profile == "dev",
    )
settings.load_profile("dev")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures: they may start a program too."""
    checkers.begin_test(slow=item.get_closest_marker("slow") is not None)


@pytest.fixture
def napkinxl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(capsys, monkeypatch, *arguments)
