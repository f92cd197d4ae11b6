"""The scenario table holds what `estimate` gives for each scenario, as other programs read it."""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest
from openpyxl import load_workbook

from napkinxl import FileError, InputError, Scenario, UnknownNameError, estimate, read_scenarios, write_scenario_table
from napkinxl.formulas import HEADLINE, QUANTITIES
from napkinxl_workbook.files.text_cells import FORMULA_STARTS
from support.libreoffice import recalculate
from support.random_scenarios import random_scenarios
from support.validator import validate
from support.xlsx_lint import lint

CREATED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HEADER_ROWS = 2
SIMPLE = pandas.DataFrame({"context_tokens": [4000, 8000]})


def frame_of(scenarios: list[Scenario]) -> pandas.DataFrame:
    return pandas.DataFrame([item.fields() for item in scenarios])


def sheet_of(path: Path) -> Any:
    return load_workbook(path)["Scenarios"]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The rows below the labels, by the names of the fields; values, since LibreOffice saves #N/A as a formula."""
    names, _, *lines = load_workbook(path, data_only=True)["Scenarios"].iter_rows(values_only=True)
    return [dict(zip(map(str, names), line, strict=True)) for line in lines]


def as_cell(value: Any) -> Any:
    """What a cell holds for a value of the core."""
    return "#N/A" if value == "" or value != value else value


@pytest.fixture(scope="module")
def scenarios() -> list[Scenario]:
    return random_scenarios(60, seed=7)


@pytest.fixture(scope="module")
def full(scenarios: list[Scenario], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "table.xlsx"
    return write_scenario_table(path, frame_of(scenarios), quantities=QUANTITIES, created=CREATED)


@pytest.mark.slow
def test_every_quantity_is_that_of_the_single_estimate(full: Path, scenarios: list[Scenario]) -> None:
    lines = lines_of(full)
    assert len(lines) == len(scenarios)
    for line, scenario in zip(lines, scenarios, strict=True):
        alone = estimate(scenario)
        assert line["name"] == scenario.name
        assert {name: line[name] for name in scenario.given()} == scenario.given()
        for name in QUANTITIES:
            expected = as_cell(alone[name])
            assert line[name] == (pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else expected), name
    assert any(line["tokens_per_s"] == "#N/A" for line in lines)


@pytest.mark.slow
def test_libreoffice_reads_the_same(full: Path, tmp_path: Path) -> None:
    lines = lines_of(recalculate(full, tmp_path))
    for ours, theirs in zip(lines_of(full), lines, strict=True):
        for name, value in ours.items():
            assert theirs[name] == (pytest.approx(value, rel=1e-12) if isinstance(value, float) else value), name


@pytest.mark.slow
def test_excel_has_nothing_to_repair(full: Path) -> None:
    assert validate(full) == []
    assert lint(full) == []


def test_the_main_quantities_by_default(tmp_path: Path) -> None:
    (line, _) = lines_of(write_scenario_table(tmp_path / "t.xlsx", SIMPLE))
    assert list(line) == ["name", "gpu", "model", "preset", "context_tokens", *HEADLINE]
    assert (line["name"], line["gpu"], line["preset"]) == ("Scenario 1", Scenario().gpu, "napkin")


def test_what_belongs_to_a_long_list(tmp_path: Path) -> None:
    frame = SIMPLE.assign(duty_cycle=[0.25, numpy.nan])
    workbook: Any = load_workbook(write_scenario_table(tmp_path / "t.xlsx", frame, created=CREATED))
    sheet = workbook["Scenarios"]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(4, sheet.max_column).coordinate}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$A")
    assert sheet.page_setup.orientation == "landscape"
    assert "&P of &N" in f"{sheet.oddFooter.right.text}".replace("Page ", "")
    assert (workbook.properties.creator, workbook.properties.created) == ("napkinxl", CREATED.replace(tzinfo=None))
    heads = {str(cell.value): sheet.cell(2, cell.column).value for cell in sheet[1]}
    assert heads["kv_cache_gb"] == "KV cache of one chat [GB]"
    given, blank, result = (sheet[place] for place in ("F3", "F4", "G3"))
    assert (given.style, given.number_format, given.value) == ("nInput", "0.0%", 0.25)
    assert (blank.style, blank.value) == ("nInput", None)
    assert result.font.color.rgb == "00000000"
    about = {row[0]: row[1:] for row in workbook["About"].iter_rows(values_only=True)}
    assert about["Made on"][0] == "2026-11-22 12:00 UTC"
    assert about["kv_cache_gb"][:2] == ("KV cache of one chat", "GB")


def test_small_amounts_show_their_digits(tmp_path: Path) -> None:
    frame = pandas.DataFrame({"requests_per_user_month": [1, 10_000]})
    path = write_scenario_table(tmp_path / "t.xlsx", frame, quantities=["serving_usd_per_user_month"])
    cells = next(sheet_of(path).iter_cols(6, 6, 3))
    assert [cell.value < 0.1 for cell in cells] == [True, False]
    assert [cell.number_format for cell in cells] == ["$0.0000##", "$#,##0.00"]


def test_no_number_is_wider_than_its_column(full: Path) -> None:
    """Excel shows ##### in its place."""
    sheet = sheet_of(full)
    for column in sheet.iter_cols(min_row=HEADER_ROWS + 1):
        numbers = [cell.value for cell in column if isinstance(cell.value, float | int)]
        width = sheet.column_dimensions[column[0].column_letter].width
        assert all(len(f"{number:,.0f}") <= width for number in numbers)


HOSTILE = [*(f"{start}1+1" for start in FORMULA_STARTS), "<b>&amp;", "_x0041_", "\x07bell", "#N/B", "日本 😀", "1e5"]


@pytest.mark.slow
def test_texts_stay_texts(tmp_path: Path) -> None:
    path = write_scenario_table(tmp_path / "t.xlsx", pandas.DataFrame({"name": HOSTILE}))
    assert validate(path) == []
    cells = [row[0] for row in sheet_of(path).iter_rows(min_row=HEADER_ROWS + 1)]
    assert {cell.data_type for cell in cells} == {"s"}
    for cell, name in zip(cells, HOSTILE, strict=True):
        stripped = name.strip()
        assert cell.quotePrefix == stripped.startswith(FORMULA_STARTS)
        assert cell.value.replace("_x005F_", "_") == stripped.replace("\x07", "")


def test_a_table_is_a_file_of_the_same_scenarios(full: Path, scenarios: list[Scenario]) -> None:
    found = read_scenarios(full)
    assert [item.fields() for item in found] == [{**item.fields(), "preset": item.preset} for item in scenarios]


def test_a_table_that_was_edited_is_read(tmp_path: Path) -> None:
    path = write_scenario_table(tmp_path / "t.xlsx", SIMPLE)
    workbook = load_workbook(path)
    sheet: Any = workbook["Scenarios"]
    sheet["E3"] = 1234
    sheet.append(["Added", None, "Qwen3-32B", None, 10])
    workbook.save(path)
    assert [(item.name, item.context_tokens) for item in read_scenarios(path)] == [
        ("Scenario 1", 1234),
        ("Scenario 2", 8000),
        ("Added", 10),
    ]
    sheet["E4"] = "#N/A"
    workbook.save(path)
    with pytest.raises(InputError, match=r"t\.xlsx row 4: a cell holds the Excel error #N/A"):
        read_scenarios(path)


def test_results_in_another_file_are_still_refused(tmp_path: Path) -> None:
    """Only the labels make a table: a quantity set by mistake must not be passed over."""
    path = write_scenario_table(tmp_path / "t.xlsx", SIMPLE)
    workbook = load_workbook(path)
    workbook["Scenarios"].delete_rows(2)
    workbook.save(path)
    with pytest.raises(InputError, match="there is no scenario field 'free_memory_gb'"):
        read_scenarios(path)


def test_blocks_join_without_a_seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("napkinxl.estimates.frames.BLOCK_ROWS", 3)
    monkeypatch.setattr("napkinxl_workbook.table.build.ROWS_AT_A_TIME", 2)
    frame = pandas.DataFrame({"context_tokens": numpy.arange(1, 9) * 1000, "gpu": ["H100 SXM", None] * 4})
    told: list[int] = []
    path = write_scenario_table(tmp_path / "t.xlsx", frame, quantities=["kv_cache_gb"], progress=told.append)
    assert told == [2, 3, 5, 6, 8]
    for line, tokens in zip(lines_of(path), frame["context_tokens"], strict=True):
        assert line["kv_cache_gb"] == pytest.approx(estimate(Scenario(context_tokens=tokens))["kv_cache_gb"])


class Rows(pandas.DataFrame):
    """A frame that says how long it is and must not be looked into."""

    def __len__(self) -> int:
        return 1_048_575


def test_the_limit_of_a_sheet(tmp_path: Path) -> None:
    """Excel's sheet has 1,048,576 rows (Excel specifications and limits); two of them are the header."""
    with pytest.raises(InputError) as caught:
        write_scenario_table(tmp_path / "big.xlsx", Rows())
    assert str(caught.value) == (
        "an .xlsx sheet holds 1,048,574 scenarios, got 1,048,575: write .parquet or .csv instead "
        "(napkinxl estimate FILE -o big.parquet)"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("frame", "name", "match"),
    [
        (SIMPLE.head(0), "t.xlsx", "at least one scenario, got none"),
        (SIMPLE, "t.csv", r"must end in \.xlsx, got 't\.csv'"),
        (SIMPLE.assign(duty_cycle=[1, 2]), "t.xlsx", r"row 2: duty_cycle must be in \(0, 1\], got 2"),
        (SIMPLE.assign(gpu=["H100", "H10"]), "t.xlsx", "row 2: there is no gpu in the catalog called 'H10'"),
        (SIMPLE.assign(kv_heads=[8, 64], query_heads=[64, 8]), "t.xlsx", "row 2: kv_heads must be at most query_heads"),
        (SIMPLE.assign(layer=1), "t.xlsx", "did you mean layers"),
        (SIMPLE.assign(name="x" * 40_000), "t.xlsx", "at most 32,767 characters"),
    ],
)
def test_what_is_refused(tmp_path: Path, frame: pandas.DataFrame, name: str, match: str) -> None:
    (tmp_path / name).write_text("old")
    with pytest.raises(InputError, match=match) as caught:
        write_scenario_table(tmp_path / name, frame)
    assert "\n" not in str(caught.value)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, "old")]


def test_a_quantity_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean kv_cache_gb"):
        write_scenario_table(tmp_path / "t.xlsx", SIMPLE, quantities=["kv_cach_gb"])


def _stop(error: BaseException) -> Callable[[int], None]:
    def progress(_rows: int) -> None:
        raise error

    return progress


@pytest.mark.parametrize(
    ("error", "raised"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (OSError(28, "No space left on device"), FileError)],
)
def test_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, raised: type[BaseException]
) -> None:
    """Neither beside the file nor among the temporary files, where openpyxl's own write-only mode leaves them."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "t.xlsx").write_text("old")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with pytest.raises(raised):
        write_scenario_table(tmp_path / "out" / "t.xlsx", SIMPLE, progress=_stop(error))
    assert list((tmp_path / "temporary").iterdir()) == []
    assert [(file.name, file.read_text()) for file in (tmp_path / "out").iterdir()] == [("t.xlsx", "old")]


def test_equal_scenarios_give_equal_bytes(tmp_path: Path) -> None:
    first, second = (write_scenario_table(tmp_path / f"{n}.xlsx", SIMPLE, created=CREATED) for n in (1, 2))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenarios themselves are all that grows: the cells of 1,500 rows, kept as bare numbers, would take 0.8 MB."""
    monkeypatch.setattr("napkinxl.estimates.frames.BLOCK_ROWS", 100)
    peaks = []
    for rows in (200, 200, 1700):
        frame = pandas.DataFrame({"context_tokens": numpy.linspace(1000, 9000, rows)})
        tracemalloc.start()
        write_scenario_table(tmp_path / "t.xlsx", frame)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] - peaks[1] < 500_000
