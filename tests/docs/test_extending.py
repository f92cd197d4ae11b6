"""The samples of docs/extending.md, run as a contributor would: in a copy, so that nothing of them stays registered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docs.pages import ROOT, blocks
from napkinxl_workbook.sheets.checks import ALL_GOOD
from support.engines import ironcalc_values, stored_values
from support.report_files import edit

SOURCES = ("core", "workbook", "addin")
NAME = "annual_churn_share"
SHEET = "What a user leaves"
# What the page says appears by itself; it fails where it does not.
APPEARS = f"""
from napkinxl import default_scenarios, estimate, excel_formula, explain
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_workbook.report import build_report

workbook = build_report(default_scenarios()).workbook
for title in ("Workings", "As written"):
    (row,) = [row for row in workbook[title].iter_rows(max_col=20) if row[2].value == "{NAME}"]
    assert row[0].value == "Users who leave in a year"
(row,) = [row for row in workbook["Workings"].iter_rows(max_col=20) if row[2].value == "{NAME}"]
texts = [cell.value for cell in row]
assert texts[3].startswith("=") and texts[6].startswith("=IF(ISERR("), texts
assert any("churn_share_per_month" in str(text) for text in texts)
assert any("Churnkey" in str(text) for text in texts)
assert FUNCTIONS["{NAME.upper()}"].signature.startswith("{NAME.upper()}(")
assert 0 < estimate(default_scenarios()[0])["{NAME}"] < 1
"""


def sample(mark: str) -> str:
    (block,) = blocks("python", mark=mark)
    assert block.page == "docs/extending.md"
    return block.text


def run(folder: Path, root: Path, *arguments: str) -> str:
    """Python in a process of its own, with the sources of that root."""
    path = os.pathsep.join(str(root / name) for name in SOURCES)
    result = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True,
        text=True, timeout=300, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with the sample number in them."""
    root = tmp_path_factory.mktemp("copy")
    for name in (*SOURCES, "docs", "examples", "tests/core", "tests/support"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, root)
    with (root / "core" / "napkinxl" / "formulas" / "lifetime.py").open("a", encoding="utf-8") as module:
        module.write("\n\n" + sample("quantity"))
    (root / "tests" / "core" / "test_churn.py").write_text(sample("test"), encoding="utf-8")
    return root


@pytest.mark.slow
def test_number_appears_where_the_page_says(copy: Path) -> None:
    run(copy, copy, "-c", APPEARS)
    assert "Churnkey" in run(copy, copy, "-m", "napkinxl_cli", "explain", NAME)
    run(copy, copy, "docs/build_reference.py")
    assert f"\n### {NAME}\n" in (copy / "docs" / "quantities.md").read_text(encoding="utf-8")
    assert f"\n### {NAME.upper()}\n" in (copy / "docs" / "functions.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_number_passes_its_test_and_those_of_the_house(copy: Path) -> None:
    files = ("core/napkinxl/formulas/lifetime.py", "tests/core/test_docstrings.py", "tests/core/test_churn.py")
    options = ("-n0", "-q", "-p", "no:cacheprovider", "--doctest-modules", "-k", "churn")
    passed = run(copy, copy, "-m", "pytest", *options, *files)
    assert int(passed.rpartition(" passed")[0].split()[-1]) >= 3 + 5 + 1, passed


@pytest.mark.slow
def test_a_wrong_figure_in_the_example_is_found(copy: Path) -> None:
    module = copy / "core" / "napkinxl" / "formulas" / "lifetime.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("    0.4596\n", "    0.5\n"), encoding="utf-8")
    try:
        with pytest.raises(AssertionError, match=r"0\.4596"):
            run(copy, copy, "-m", "pytest", "-n0", "-q", "--doctest-modules", str(module))
    finally:
        module.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_sheet_is_in_the_report(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "leaves.py").write_text(sample("sheet"), encoding="utf-8")
    run(tmp_path, ROOT, "leaves.py")
    path = tmp_path / "ours.xlsx"
    workbook = load_workbook(path)
    assert len(workbook[SHEET]._charts) == 1  # type: ignore[attr-defined]
    assert any(cell.value == SHEET and cell.hyperlink for cell in workbook["Cover"]["A"])
    values = ironcalc_values(path)
    for key, stored in stored_values(path).items():
        if key[0] == SHEET:
            assert values[key] == (pytest.approx(stored, rel=1e-9) if isinstance(stored, float) else stored)
    assert values[SHEET, "A3"] == ALL_GOOD
    assert values[SHEET, "E8"] == pytest.approx(12 * 16.13, abs=0.06)  # the page of the tiers prints $16.13 a month
    edit(path, tmp_path / "edited.xlsx", {(SHEET, "E6"): 5.0})
    assert ironcalc_values(tmp_path / "edited.xlsx")["Checks", "B3"] == "SEE THE SHEET CHECKS"
