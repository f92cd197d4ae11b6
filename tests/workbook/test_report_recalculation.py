"""Independent engines recalculate every formula of the report and agree with the core to one part in a billion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from napkinxl import Scenario, default_scenarios, estimate
from napkinxl.formulas import QUANTITIES, needed_inputs
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.sheet_writer import CellKey
from support.engines import differences, ironcalc_values, stored_values
from support.libreoffice import needs_libreoffice, recalculate_many
from support.live_workbook import LiveWorkbook
from support.report_files import edit, input_cell, write


def expected_cells(values: dict[CellKey, Any]) -> dict[CellKey, Any]:
    """The core's values as a file shows them: "no answer" is the error #N/A."""
    return {key: "#N/A" if isinstance(value, float) and value != value else value for key, value in values.items()}


def test_every_stored_value_is_the_cores(tmp_path: Path) -> None:
    book = write(tmp_path / "report.xlsx", default_scenarios())
    found = stored_values(tmp_path / "report.xlsx")
    assert len(found) == len(book.values) > 1000
    assert differences(expected_cells(book.values), found) == []


EDITS: list[dict[str, Any]] = [
    {"context_tokens": 20_000.0},
    {"gpu": "H200 SXM", "model": "deepseek-ai/DeepSeek-V3", "gpus_per_replica": 8.0},
    {"gpu": "A100 SXM 80GB", "model": "Qwen/Qwen3-8B", "weight_bits": 16.0, "preset": "calibrated"},
    {"model": "openai/gpt-oss-120b", "weight_bits": 4.25, "duty_cycle": 1.0},
    {"model": "meta-llama/Meta-Llama-3.1-405B"},
    {"rent_usd_per_gpu_hour": 2.2, "gpu_price_usd": 31_000.0, "price_usd_per_user_month": 49.0},
]


PRICE = {"price_usd_per_user_month": 33.0}


def assert_edit(found: dict[CellKey, Any], changes: dict[str, Any], rows: dict[str, int]) -> None:
    expected = estimate(Scenario(**changes))
    cells = expected_cells({("Workings", f"D{rows[name]}"): expected[name] for name in QUANTITIES})
    assert differences(cells, {key: found.get(key) for key in cells}) == []


def model_rows(book: Book) -> dict[str, int]:
    sheet = book.sheets["Workings"]
    return {str(sheet.cell(row, 3).value): row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    path = tmp_path_factory.mktemp("recalculated") / "report.xlsx"
    return write(path, default_scenarios()), path


@pytest.fixture(scope="module")
def live(written: tuple[Book, Path]) -> LiveWorkbook:
    return LiveWorkbook(written[1])


@pytest.mark.slow
def test_the_workbook_follows_edited_inputs_in_libreoffice(written: tuple[Book, Path], tmp_path: Path) -> None:
    """One start for all edits; the last changes a price, on which little depends."""
    needs_libreoffice()
    book, source = written
    edits = [*EDITS, PRICE]
    paths = [tmp_path / f"edited{number}.xlsx" for number in range(len(edits))]
    for changes, path in zip(edits, paths, strict=True):
        edit(source, path, {input_cell(name): value for name, value in changes.items()})
    recalculated = [stored_values(path) for path in recalculate_many(paths, tmp_path / "out")]
    for changes, values in zip(EDITS, recalculated, strict=False):
        assert_edit(values, changes, model_rows(book))
    assert_only_what_depends_on_the_price(stored_values(source), recalculated[-1], model_rows(book))


@pytest.mark.parametrize("changes", EDITS, ids=lambda changes: "+".join(changes))
def test_the_workbook_follows_an_edited_input_in_ironcalc(
    written: tuple[Book, Path], live: LiveWorkbook, changes: dict[str, Any]
) -> None:
    rows = model_rows(written[0])
    with live.typed({input_cell(name): value for name, value in changes.items()}):
        found = {key: live[key] for key in (("Workings", f"D{rows[name]}") for name in QUANTITIES)}
    assert_edit(found, changes, rows)


@pytest.mark.slow
def test_a_cleared_input_falls_back_to_the_catalog(tmp_path: Path) -> None:
    source, edited = tmp_path / "report.xlsx", tmp_path / "edited.xlsx"
    book = write(source, [Scenario(kv_heads=64.0, gpu="H100 SXM")])
    edit(source, edited, {input_cell("kv_heads"): None})
    assert_edit(ironcalc_values(edited), {"gpu": "H100 SXM"}, model_rows(book))


def assert_only_what_depends_on_the_price(
    before: dict[CellKey, Any], after: dict[CellKey, Any], rows: dict[str, int]
) -> None:
    model = {key: value for key, value in before.items() if key[0] == "Workings"}
    changed = {line.partition(":")[0] for line in differences(model, after)}
    dependent = {name for name in QUANTITIES if "price_usd_per_user_month" in needed_inputs(name)}
    assert len(dependent) >= 4  # two margins, two break-evens
    # Nothing to win back and no fixed cost: these depend on the price and are the same at any.
    same = {"lifetime_value_over_acquisition_ratio", "break_even_users", "acquisition_payback_months"}
    assert same < dependent
    names = {"price_usd_per_user_month", *dependent} - same
    # In the first scenario's column, and in that of the selected scenario, which is the first.
    assert changed == {f"Workings!{letter}{rows[name]}" for name in names for letter in "DF"}
