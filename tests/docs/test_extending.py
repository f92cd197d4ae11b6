"""The samples of docs/extending.md, run as a contributor would: in a copy, so that nothing of them stays registered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docs.pages import ROOT, blocks, pages
from napkinxl_workbook.sheets.checks import ALL_GOOD
from support.engines import ironcalc_values, stored_values
from support.report_files import edit

SOURCES = ("core", "workbook", "addin")
NAME, ROW = "annual_churn_share", "income_tax_usd"
# Where the page says that each sample goes.
MODULES = {
    "quantity": "core/napkinxl/formulas/users/lifetime.py",
    "row": "core/napkinxl/formulas/plan/profit.py",
}
REGENERATE = ("docs/regenerate.py",)
SIGNATURES = Path("tests/addin/signatures.txt")
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
# The sheet holds the row with a live formula of the profit and of the tax rate, and its total over the months.
ROW_APPEARS = f"""
from napkinxl import estimate, plan, Scenario
from napkinxl_workbook.report import build_report

found = [estimate(Scenario(name="Pro", users=100_000.0, context_tokens=8000.0))]
workbook = build_report(found, plan=plan(found, {{"months": 3}})).workbook
(row,) = [row for row in workbook["Monthly plan"].iter_rows() if "{ROW}" in [cell.value for cell in row]]
texts = [str(cell.value) for cell in row]
assert "Income tax" in texts, texts
assert sum(text.startswith("=MAX(") and "'Plan inputs'!" in text for text in texts) == 3, texts
assert any(text.startswith("=SUM(") for text in texts), texts
"""


def sample(mark: str) -> str:
    (block,) = blocks("python", mark=mark)
    assert block.page == "docs/extending.md"
    return block.text


def run(folder: Path, root: Path, *arguments: str) -> str:
    """Python in a process of its own, with the sources of that root."""
    path = os.pathsep.join(str(root / name) for name in SOURCES)
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree as a contributor has it after adding the samples and running the one command of the page."""
    root = tmp_path_factory.mktemp("copy")
    for name in (*SOURCES, "docs", "examples", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "images"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, root)
    for mark, module in MODULES.items():
        with (root / module).open("a", encoding="utf-8") as file:
            file.write("\n\n" + sample(mark))
    (root / "tests" / "core" / "test_churn.py").write_text(sample("test"), encoding="utf-8")
    (root / "tests" / "fleet" / "test_income_tax.py").write_text(sample("row-test"), encoding="utf-8")
    run(root, root, *REGENERATE)
    return root


def test_the_page_names_the_modules_and_the_command() -> None:
    text = pages()["docs/extending.md"]
    assert [module for module in MODULES.values() if f"`{module}`" not in text] == []
    assert f".venv/bin/python {' '.join(REGENERATE)}\n" in text


@pytest.mark.slow
def test_number_appears_where_the_page_says(copy: Path) -> None:
    run(copy, copy, "-c", APPEARS)
    assert "Churnkey" in run(copy, copy, "-m", "napkinxl_cli", "explain", NAME)
    assert f"\n### {NAME}\n" in (copy / "docs" / "quantities.md").read_text(encoding="utf-8")
    assert f"\n### {NAME.upper()}\n" in (copy / "docs" / "functions.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_row_appears_where_the_page_says(copy: Path) -> None:
    run(copy, copy, "-c", ROW_APPEARS)
    assert f"\n| `{ROW}` |" in (copy / "docs" / "fleet.md").read_text(encoding="utf-8")
    assert ROW in run(copy, copy, "-m", "napkinxl_cli", "plan", "--csv")


@pytest.mark.slow
def test_one_command_leaves_nothing_to_write(copy: Path) -> None:
    """The signature stands at the end, and those before it as they stood: workbooks hold calls by position."""
    assert run(copy, copy, *REGENERATE, "--check") == ""
    before, after = ((root / SIGNATURES).read_text(encoding="utf-8") for root in (ROOT, copy))
    assert after == before + f"{NAME.upper()}([settings])\n"


@pytest.mark.slow
def test_samples_pass_their_tests_and_those_of_the_house(copy: Path) -> None:
    """Of the samples alone: three docstrings' tests each, what their own tests hold, and that signatures are pinned."""
    files = (*MODULES.values(), "tests/core", "tests/fleet", "tests/addin/test_signatures.py")
    options = ("-n0", "-q", "-p", "no:cacheprovider", "-k", f"churn or {ROW} or profit_is_taxed or pinned")
    passed = run(copy, copy, "-m", "pytest", *options, *files)
    assert int(passed.rpartition(" passed")[0].split()[-1]) >= 10, passed


@pytest.mark.slow
def test_a_wrong_figure_in_the_example_is_found(copy: Path) -> None:
    module = copy / MODULES["quantity"]
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
