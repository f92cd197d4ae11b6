"""A command parses its file once and estimates each scenario once, whatever it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import napkinxl.estimates.estimation
import napkinxl.scenarios.files
import napkinxl_cli.selection
import napkinxl_workbook.report
import napkinxl_workbook.scenario_workbooks
from docs.pages import ROOT
from support.command_line import Command

PLANS = ROOT / "examples" / "chat_plans.toml"
TIERS = ("Free", "Pro", "Team", "Agents")
COMMANDS = [
    ["plan", "-o", "out.xlsx"],
    ["plan"],
    ["report", "-o", "out.xlsx"],
    ["cost", "-o", "out.xlsx"],
    ["compare", "-o", "out.xlsx"],
    ["compare", "--json"],
    ["estimate"],
    ["sweep", "--result", "users_per_gpu", "-o", "out.xlsx"],
    ["explain", "users_per_gpu"],
]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a file is parsed, and each scenario is estimated."""
    counted: Counter[str] = Counter()

    def wrap(module: Any, name: str, said: Callable[..., str]) -> None:
        inner = getattr(module, name)

        def outer(*arguments: Any, **options: Any) -> Any:
            counted[said(*arguments)] += 1
            return inner(*arguments, **options)

        monkeypatch.setattr(module, name, outer)

    wrap(napkinxl.scenarios.files, "_parse_toml", lambda path: f"parse {path.name}")
    wrap(napkinxl_workbook.scenario_workbooks, "_read_sheet", lambda path: f"parse {path.name}")
    for module in (napkinxl_cli.selection, napkinxl_workbook.report):
        wrap(module, "estimate", lambda scenario, *_: f"estimate {scenario.name}")
    return counted


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_file_is_parsed_and_scenarios_are_estimated_once(
    napkinxl: Command, calls: Counter[str], words: list[str]
) -> None:
    command, *options = words
    quantity = [options.pop(0)] if command == "explain" else []
    assert napkinxl(command, *quantity, str(PLANS), *options).code == 0
    tiers = TIERS[:1] if quantity else TIERS
    assert calls == {f"parse {PLANS.name}": 1, **{f"estimate {name}": 1 for name in tiers}}


def test_workbook_is_parsed_once(napkinxl: Command, calls: Counter[str], tmp_path: Path) -> None:
    book = Workbook()
    for row in (["name", "users", "context_tokens"], ["A", 1_000, 8_000], ["B", 2_000, 8_000]):
        book.worksheets[0].append(row)
    path = tmp_path / "tiers.xlsx"
    book.save(path)
    assert napkinxl("cost", str(path)).code == 0
    assert calls == {"parse tiers.xlsx": 1, "estimate A": 1, "estimate B": 1}
