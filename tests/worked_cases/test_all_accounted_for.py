"""No worked case is forgotten: each is covered by a test, or listed with the reason why it cannot be."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

from worked_cases.cases import COVERED, cases
from worked_cases.not_applicable import NOT_APPLICABLE

TESTS = Path(__file__).parents[1]


@cache
def covered() -> frozenset[str]:
    """What the tests of this folder and of others that use the cases say to cover."""
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__) and "worked_cases.cases" in text and "covers" in text:
            _load(path)
    return frozenset(COVERED)


def _load(path: Path) -> None:
    """Run a module of tests under a name of its own, so that none that pytest holds is replaced."""
    name = f"accounted_for_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def test_every_case_is_covered_or_explained() -> None:
    assert sorted(set(cases()) - covered() - set(NOT_APPLICABLE)) == []


def test_none_is_both() -> None:
    assert sorted(covered() & set(NOT_APPLICABLE)) == []


def test_only_cases_of_the_table_are_explained() -> None:
    assert sorted(set(NOT_APPLICABLE) - set(cases())) == []


@pytest.mark.parametrize("name", NOT_APPLICABLE)
def test_a_reason_is_a_sentence(name: str) -> None:
    assert len(NOT_APPLICABLE[name].split()) >= 5
