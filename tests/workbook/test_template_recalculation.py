"""Templates computed by others: LibreOffice Calc with the functions installed, and our own headless recalculation."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from napkinxl import Scenario, default_scenarios, estimate
from napkinxl_workbook.recalculation import recalculate
from napkinxl_workbook.sheets.by_context import CONTEXTS
from napkinxl_workbook.sheets.checks import ALL_GOOD
from napkinxl_workbook.sheets.scenario_inputs import TEXT_ROWS
from napkinxl_workbook.template import scenario_table, self_check, spills
from napkinxl_workbook.template.build import write_template
from napkinxl_workbook.template.hosts import HOSTS
from support.calc_host import calc_cells, needs_calc_functions
from support.engines import differences, ironcalc_values, libreoffice_values, stored_values
from support.libreoffice import needs_libreoffice
from support.report_files import edit, input_cell
from support.template_files import FUNCTION_HOSTS, function_formulas, template

EDITS: dict[str, float] = {"context_tokens": 50_000.0, "duty_cycle": 0.5, "rent_usd_per_gpu_hour": 4.0}


def scenario_cells(path: Path, column: str = "D") -> dict[str, tuple[str, str]]:
    """The cell of each function on the sheet Scenarios."""
    return {
        formula.partition("(")[0].lower(): key
        for key, formula in function_formulas(path).items()
        if key[0] == scenario_table.TITLE and key[1].startswith(column)
    }


def edited(path: Path) -> Path:
    """The template with other inputs in its first scenario; every stored value is stale."""
    target = path.with_name(f"edited-{path.name}")
    edit(path, target, {input_cell(name): value for name, value in EDITS.items()})
    return target


def agrees(found: Any, wanted: Any) -> bool:
    if wanted != wanted:
        return bool(found == "#N/A")
    return found == pytest.approx(wanted, rel=1e-9) if isinstance(wanted, float) else bool(found == wanted)


@pytest.mark.slow
def test_calc_agrees_with_every_stored_value(tmp_path: Path) -> None:
    needs_calc_functions()
    path = template(tmp_path, "calc")
    stored = {key: value for key, value in stored_values(path).items() if value not in ("", self_check.NOT_YET)}
    assert len(stored) > 150
    assert differences(stored, calc_cells(path, tmp_path / "calc")) == []


@pytest.mark.slow
def test_calc_follows_an_edited_input(tmp_path: Path) -> None:
    needs_calc_functions()
    path = template(tmp_path, "calc")
    found = calc_cells(edited(path), tmp_path / "calc")
    wanted = estimate(Scenario(**EDITS))
    wrong = [name for name, cell in scenario_cells(path).items() if not agrees(found[cell], wanted[name])]
    assert wrong == []
    assert found[self_check.TITLE, self_check.LIGHT] == ALL_GOOD


@pytest.mark.slow
@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_recalculation_changes_only_the_light_of_a_fresh_template(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    changes = recalculate(path).changes
    assert [(change.cell, change.before, change.after) for change in changes] == [
        ("Start!B4", self_check.NOT_YET, ALL_GOOD),
        ("Self-check!B3", self_check.NOT_YET, ALL_GOOD),
    ]
    before = path.read_bytes()
    assert recalculate(path).changes == ()
    assert path.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_recalculation_follows_an_edited_input(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    target = edited(path)
    recalculate(target)
    found, wanted = stored_values(target), estimate(Scenario(**EDITS))
    other = estimate(default_scenarios()[1])
    for column, expected in (("D", wanted), ("E", other)):
        cells = scenario_cells(path, column)
        assert [name for name, cell in cells.items() if not agrees(found[cell], expected[name])] == []


@pytest.mark.slow
@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_models_against_contexts_keep_their_own_fields(host: str, tmp_path: Path) -> None:
    """What the first scenario says of its own model says nothing of the models in the table."""
    scenarios = [Scenario(layers=60.0, total_params_b=30.0, active_params_b=30.0)]
    path = write_template(tmp_path / f"own{HOSTS[host].suffix}", host, scenarios)
    before = spilled(path)
    target = tmp_path / f"edited{HOSTS[host].suffix}"
    edit(path, target, {input_cell("layers"): 50.0})
    recalculate(target)
    wanted = [
        [estimate(Scenario(model=model, context_tokens=context))["users_per_gpu"] for context in CONTEXTS]
        for model in spills.MODELS
    ]
    assert before == spilled(target) == [pytest.approx(row, rel=1e-12) for row in wanted]


def spilled(path: Path) -> list[list[Any]]:
    """The table of models against contexts."""
    sheet = load_workbook(path, data_only=True)[spills.TITLE]
    first, last = spills.TABLE_HEADER_ROW + 1, spills.TABLE_HEADER_ROW + len(spills.MODELS)
    columns = 1 + len(CONTEXTS)
    return [list(row) for row in sheet.iter_rows(first, last, 2, columns, values_only=True)]


@pytest.mark.slow
@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_a_blank_input_means_the_default(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    target = path.with_name(f"blank-{path.name}")
    names = ["context_tokens", "duty_cycle", "weight_bits", "kv_bits", "gpus_per_replica"]
    texts = {("Inputs", f"E{row}"): None for row in TEXT_ROWS.values()}
    edit(path, target, {**{input_cell(name, 1): None for name in names}, **texts})
    recalculate(target)
    found, wanted = stored_values(target), estimate(Scenario())
    cells = scenario_cells(target, "E")
    assert [name for name, cell in cells.items() if not agrees(found[cell], wanted[name])] == []
    # No function is pointed at a cell that may be empty: some hosts would hand over a 0.
    assert not [formula for formula in function_formulas(path).values() if "Inputs!" in formula]


@pytest.mark.slow
def test_native_template_is_recalculated_by_two_engines(tmp_path: Path) -> None:
    needs_libreoffice()
    path = template(tmp_path, "native")
    stored = stored_values(path)
    assert differences(stored, libreoffice_values(path, tmp_path / "lo")) == []
    copy = tmp_path / "copy.xlsx"
    shutil.copy(path, copy)
    assert differences(stored, ironcalc_values(copy)) == []
