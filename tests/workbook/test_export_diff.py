"""What changed since an older report: inputs and results, by scenario, and what only one of the two has."""

from __future__ import annotations

import json
import math
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from napkinxl import FileError, Scenario, estimate, write_report, write_template
from napkinxl_workbook.export.diff import Change, Diff, compare
from napkinxl_workbook.export.figures import Figures, Line, figures_of, read_figures
from napkinxl_workbook.sheets.columns import scenario_letter
from support.report_files import edit, input_cell, write

CASE = {"gpu": "B200 announced", "model": "Article 32B"}
LONG, SHORT = Scenario(name="Long", **CASE), Scenario(name="Short", context_tokens=20_000, **CASE)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("old") / "old.xlsx"
    write(path, [LONG, SHORT])
    return path


def diff(old: Path, *scenarios: Scenario) -> Diff:
    return compare(read_figures(old), figures_of([estimate(item) for item in scenarios]))


def by_name(changes: tuple[Change, ...]) -> dict[tuple[str, str], tuple[Any, Any]]:
    return {(change.scenario, change.name): (change.old, change.new) for change in changes}


def test_the_same_scenarios_give_no_difference(old: Path) -> None:
    found = diff(old, LONG, SHORT)
    assert found.rows() == []
    assert not found


def test_a_changed_context_and_what_follows(old: Path) -> None:
    """The article's figures: 26.2144 GB of KV cache and 30 users at 200,000 tokens, a tenth and 305 at 20,000."""
    found = diff(old, LONG.changed(context_tokens=20_000), SHORT)
    assert by_name(found.inputs) == {("Long", "context_tokens"): (None, 20_000)}
    results = by_name(found.results)
    assert results["Long", "kv_cache_gb"] == pytest.approx((26.2144, 2.62144))
    assert results["Long", "users_per_gpu"] == (30, 305)
    assert {scenario for scenario, _ in results} == {"Long"}
    users = next(change for change in found.headline_results if change.name == "users_per_gpu")
    assert users.relative == pytest.approx(275 / 30)
    assert "context_tokens" not in {change.name for change in found.in_use}


def test_another_gpu_changes_inputs_that_it_brings(old: Path) -> None:
    found = diff(old, LONG, Scenario(name="Short", context_tokens=20_000, gpu="H200 SXM", model="Article 32B"))
    assert by_name(found.inputs) == {("Short", "gpu"): ("B200 announced", "H200 SXM")}
    assert [change.label for change in found.inputs] == ["GPU"]
    assert by_name(found.in_use)["Short", "memory_bandwidth_tb_s"] == (8, 4.8)  # NVIDIA's data sheets


def test_scenarios_come_and_go(old: Path) -> None:
    found = diff(old, SHORT, Scenario(name="New"))
    assert (found.added_scenarios, found.removed_scenarios) == (("New",), ("Long",))
    assert (found.inputs, found.results) == ((), ())
    assert ("scenario added", "New", "", None, None) in found.rows()


@pytest.mark.slow
def test_two_scenarios_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twins = [Scenario(name="Twin"), Scenario(name="Twin", context_tokens=20_000)]
    write(tmp_path / "old.xlsx", twins)
    assert not diff(tmp_path / "old.xlsx", *twins)
    found = diff(tmp_path / "old.xlsx", twins[0], twins[1].changed(context_tokens=40_000))
    assert by_name(found.inputs) == {("Twin (2)", "context_tokens"): (20_000, 40_000)}


def test_what_was_typed_into_the_old_report_counts(old: Path, tmp_path: Path) -> None:
    edit(old, tmp_path / "edited.xlsx", {input_cell("duty_cycle"): 0.5, input_cell("gpu", 1): None})
    found = diff(tmp_path / "edited.xlsx", LONG, SHORT)
    assert by_name(found.inputs) == {("Long", "duty_cycle"): (0.5, None)}  # a blank name is the default, the B200


def test_no_answer_is_no_number(old: Path) -> None:
    found = diff(old, LONG.changed(total_params_b=500), SHORT)
    change = next(item for item in found.results if item.name == "tokens_per_s")
    assert change.old == pytest.approx(254, abs=0.5)  # the article's
    assert (change.new, change.relative) == (None, None)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["results"]


def test_rows_that_only_one_has() -> None:
    before = Figures(
        "napkinxl 0.1", {"A": {}}, {"old_row": Line("Old", "GB", {"A": 1.0}), "kept": Line("Kept", "GB", {"A": 2.0})}
    )
    after = Figures(
        "napkinxl 0.2",
        {"A": {}},
        {"kept": Line("Kept", "GB", {"A": 2.0 * (1 + 1e-12)}), "new_row": Line("New", "GB", {"A": 3.0})},
    )
    found = compare(before, after)
    assert (found.added_rows, found.removed_rows, found.results) == (("new_row",), ("old_row",), ())
    assert found.rows() == [
        ("version", "", "", "napkinxl 0.1", "napkinxl 0.2"),
        ("row added", "", "new_row", None, None),
        ("row removed", "", "old_row", None, None),
    ]


def test_a_file_reads_as_the_estimates_it_is_made_of(old: Path) -> None:
    file, core = read_figures(old), figures_of([estimate(LONG), estimate(SHORT)])
    assert (file.version, file.given, file.scenarios) == (core.version, core.given, ["Long", "Short"])
    assert file.lines.keys() == core.lines.keys()
    for name, line in core.lines.items():
        assert (file.lines[name].label, file.lines[name].unit) == (line.label, line.unit)
        for scenario, value in line.values.items():
            other = file.lines[name].values[scenario]
            same = math.isclose(value, other) if isinstance(value, float) and isinstance(other, float) else None
            assert same or value == other, name


def test_the_columns_of_the_scenarios_are_found(tmp_path: Path) -> None:
    assert read_figures(report_like(tmp_path / "r.xlsx")).lines["some_gb"].values == {"A": 4.0, "B": None}


def report_like(path: Path, value: Any = "#N/A", **cells: Any) -> Path:
    """A small file in the form of a report."""
    workbook = Workbook()
    inputs = workbook.worksheets[0]
    inputs.title = "Inputs"
    for column, text in enumerate(["Input", "Unit", "Name", "A", "B", "Default"], start=1):
        inputs.cell(4, column).value = text
    given: list[Any] = ["Context", "tokens", "context_tokens", 5, 6]
    for column, value_given in enumerate(given, start=1):
        inputs.cell(6, column).value = value_given
    sheet = workbook.create_sheet("Workings")
    sheet.append(["Quantity", "Unit", "Name", "A", "B", "Selected scenario"])
    sheet.append(["Some", "GB", "some_gb", 4, value, "x*2"])
    for coordinate, text in cells.items():
        sheet[coordinate].value = text
    workbook.save(path)
    return path


@pytest.mark.slow
def test_files_that_are_no_report(tmp_path: Path, old: Path) -> None:
    (tmp_path / "text.xlsx").write_bytes(b"no workbook")
    (tmp_path / "report.html").write_text("<html>", encoding="utf-8")
    Workbook().save(tmp_path / "empty.xlsx")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024**2))
    write_template(tmp_path / "functions.xlsx", "server")
    report_like(tmp_path / "columns.xlsx", F1="Remark")
    report_like(tmp_path / "unsaved.xlsx", value=None, D2="=A1*2")
    expected = {
        "none.xlsx": "cannot be read",
        "text.xlsx": "not a workbook that can be read",
        "report.html": "is no report to compare with",
        "empty.xlsx": "is no report to compare with",
        "bomb.xlsx": "unfolds to 300 MiB",
        "functions.xlsx": "is no report|has no sheet Workings",
        "columns.xlsx": "a column for each of the 2 scenarios",
        "unsaved.xlsx": "formulas without values",
    }
    for name, message in expected.items():
        with pytest.raises(FileError, match=message) as caught:
            read_figures(tmp_path / name)
        assert "\n" not in str(caught.value)
        assert name in str(caught.value)


def test_the_first_scenario_column_is_where_reports_have_it(old: Path) -> None:
    """The reader counts columns from headers; the writer puts them at fixed letters."""
    assert scenario_letter(0) == "D"
    assert list(read_figures(old).given["Short"].items())[-1] == ("context_tokens", 20_000)


@pytest.mark.slow
def test_a_report_can_be_compared_with_itself_after_it_was_written_anew(old: Path, tmp_path: Path) -> None:
    write_report(tmp_path / "again.xlsx", [LONG, SHORT])
    assert read_figures(tmp_path / "again.xlsx") == read_figures(old)
