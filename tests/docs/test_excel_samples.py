"""The formulas that pages show give the values that stand beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from docs.pages import Block, blocks
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.recalculation import recalculate
from support.engines import stored_values
from support.sample_workbook import CREATED, one_sheet
from support.template_files import formula_cells

BLOCKS = blocks("excel")


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_formulas_give_what_is_shown(block: Block, tmp_path: Path) -> None:
    samples = [re.split(r" {2,}", line, maxsplit=1) for line in block.text.splitlines()]
    assert all(len(sample) == 2 for sample in samples)
    workbook, _ = one_sheet(*(formula for formula, _ in samples))
    values: dict[tuple[str, str], Any] = {("Calc", f"A{row}"): "" for row in range(1, len(samples) + 1)}
    path = tmp_path / "samples.xlsx"
    write_workbook(workbook, path, values, created=CREATED)
    assert recalculate(path).formulas == len(formula_cells(path)) == len(samples)
    found = stored_values(path)
    for row, (formula, shown) in enumerate(samples, start=1):
        value = found["Calc", f"A{row}"]
        expected = pytest.approx(float(shown)) if re.fullmatch(r"[\d.]+", shown) else shown
        assert value == expected, formula


def test_there_are_samples() -> None:
    assert {block.page for block in BLOCKS} >= {"docs/excel.md"}
