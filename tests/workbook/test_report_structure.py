"""What the report holds, that it is a valid file, and that it keeps the rules of modelling."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl import InputError, Scenario, default_scenarios
from napkinxl.catalog import built_in_catalog
from napkinxl.evidence.published import published_figures
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_workbook.report import MOST_SCENARIOS, ORDER, build_report, write_report
from support.model_lint import constant_findings, function_findings, row_findings
from support.random_scenarios import random_scenarios
from support.report_files import CREATED, write
from support.sizes import size
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

# Units (8 bits, 1e9, 1000, 3600, 1e6), the 2 of multiply-add and of two matrices, 0 and 1, and the rounding guard.
# Units (hours a day and a year, months, seconds, bits, powers of ten), and the numbers of two formulas of statistics:
# a quadratic's 2 and 4, half a sequence and a sixth of the skewness.
ALLOWED_CONSTANTS = {0, 1, 2, 8, 12, 24, 1000, 3600, 8760, 1e6, 1e9, 1e-9, 0.5, 4, 6}
LONG_JAPANESE = "推論コスト試算：長い名前のシナリオ（社内チャット、二〇二六年度第四四半期）"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    write(path, default_scenarios())
    return path


@cache
def read(path: Path) -> Workbook:
    """A workbook as openpyxl reads it, once for all who only look at it."""
    return load_workbook(path)


def sheet(path: Path, title: str) -> Worksheet:
    found = read(path)[title]
    assert isinstance(found, Worksheet)
    return found


def test_sheets_are_in_order(report: Path) -> None:
    assert tuple(read(report).sheetnames) == ORDER


def test_every_input_and_quantity_has_one_row_on_the_model_sheet(report: Path) -> None:
    model = sheet(report, "Workings")
    names = [cell.value for cell in model["C"] if cell.value in INPUTS or cell.value in QUANTITIES]
    assert sorted(map(str, names)) == sorted([*INPUTS, *QUANTITIES])


def test_every_model_row_says_its_unit_formula_and_source(report: Path) -> None:
    model = sheet(report, "Workings")
    formula = next(cell.column for cell in model[4] if cell.value == "Formula")
    for row in range(1, model.max_row + 1):
        name = model.cell(row, 3).value
        if name in QUANTITIES:
            assert model.cell(row, 2).value == QUANTITIES[str(name)].unit
            assert model.cell(row, formula).value, name
            assert model.cell(row, formula + 1).value, name


def test_catalog_sheets_hold_every_row_with_its_source(report: Path) -> None:
    catalog = built_in_catalog()
    for title, rows in (("GPUs", catalog.gpus), ("Models", catalog.models)):
        found = sheet(report, title)
        names = [found.cell(line, 1).value for line in range(6, found.max_row + 1)]
        assert names == list(rows)
        source = next(cell.column for cell in found[4] if cell.value == "source")
        assert all(found.cell(line, source).value for line in range(6, found.max_row + 1))
    assert sheet(report, "Prices").max_row - 4 == len(catalog.prices)


def test_published_sheet_has_every_figure_and_all_agree(report: Path) -> None:
    found = load_workbook(report, data_only=True)["Published figures"]
    count = len(published_figures())
    assert count == 41
    assert [found.cell(row, 8).value for row in range(5, 5 + count)] == ["OK"] * count


def test_the_file_passes_the_lint(report: Path) -> None:
    assert lint(report) == []


@pytest.mark.slow
def test_the_file_passes_the_open_xml_sdk_validator(report: Path, tmp_path: Path) -> None:
    needs_validator()
    write(tmp_path / "many.xlsx", random_scenarios(size("validated scenarios"), seed=99))
    assert validate(report) == []
    assert validate(tmp_path / "many.xlsx") == []


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("four") / "report.xlsx"
    write(path, random_scenarios(4, seed=5))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "header", "first", "after"),
    [("Workings", 4, 4, "Selected scenario"), ("By context", 4, 5, "How"), ("Checks", 5, 4, "From")],
)
def test_one_formula_per_row_copied_across(four: Path, title: str, header: int, first: int, after: str) -> None:
    found = sheet(four, title)
    last = next(cell.column for cell in found[header] if cell.value == after) - 1
    skip = {row for row in range(1, found.max_row + 1) if found.cell(row, last).data_type != "f"}
    rows = [row for row in range(5, found.max_row + 1) if row not in skip]
    assert len(rows) > 50
    assert row_findings(found, rows, first, last) == []


@pytest.mark.parametrize("title", ["Workings", "By context"])
def test_no_constants_but_units_inside_formulas(report: Path, title: str) -> None:
    assert constant_findings(sheet(report, title), ALLOWED_CONSTANTS) == []


@pytest.mark.parametrize("title", ORDER)
def test_no_volatile_functions(report: Path, title: str) -> None:
    assert function_findings(sheet(report, title)) == []


def test_inputs_are_blue_and_formulas_black(report: Path) -> None:
    for row in sheet(report, "Inputs").iter_rows(min_row=6, min_col=4, max_col=5):
        for cell in row:
            if cell.style == "nInput":
                assert cell.font.color.rgb == "000000FF"
                assert cell.data_type != "f"
    for row in sheet(report, "Workings").iter_rows(min_row=10, min_col=4, max_col=5):
        assert all(cell.font.color.rgb == "00000000" for cell in row if cell.data_type == "f")


def test_names_have_validation_lists_and_numbers_have_bounds(report: Path) -> None:
    validations = sheet(report, "Inputs").data_validations.dataValidation
    lists = {str(item.sqref): item.formula1 for item in validations if item.type == "list"}
    assert set(lists) == {"D3", "D6:E6", "D7:E7", "D8:E8"}
    assert len([item for item in validations if item.type in ("whole", "decimal")]) == len(INPUTS)


def test_the_dashboard_has_a_chart_of_everything(report: Path) -> None:
    """Capacity, cost, step, roofline, waterfall, ways, months and tornado."""
    assert len(sheet(report, "Dashboard")._charts) == 8  # type: ignore[attr-defined]


def test_the_summary_answers_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    paid = Scenario(name="Paid", price_usd_per_user_month=10, payment_fee_share=0.05, payment_fee_usd=0.25)
    free = Scenario(name="Free", price_usd_per_user_month=0)
    write_report(path, [paid, free], created=CREATED)
    texts = [str(load_workbook(path, data_only=True)["Outputs"][cell].value) for cell in ("A4", "A5")]
    # The article's case: 6 chats fit, 30 users at 20% duty. Of 10 USD, 0.75 are fees and some go for serving.
    assert all(" or 30.0 seats in constant use: " in text for text in texts)
    assert all("6 chats of 200,000 tokens at once on 1 x B200" in text for text in texts)
    words = re.search(r"costs \$(\S+) a month to serve; at a price of \$10.00 the gross margin is (\S+)%\.", texts[0])
    assert words
    assert float(words[2]) == pytest.approx(100 * (10 - 0.75 - float(words[1])) / 10, abs=0.06)
    assert " a month to serve; the plan is free. One GPU" in texts[1]


@pytest.mark.slow
def test_the_dashboard_leads_with_what_a_user_costs(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_report(path, [Scenario(name="Free", price_usd_per_user_month=0), Scenario(name="Pro")], created=CREATED)
    found = load_workbook(path, data_only=True)["Dashboard"]
    assert found["A5"].value == "Free, one of 2 scenarios"
    labels = [found.cell(8, column).value for column in (1, 3, 7, 9)]
    assert labels == [
        QUANTITIES[name].label
        for name in (
            "serving_usd_per_user_month",
            "gross_margin_share",
            "users_per_gpu",
            "subscribers_per_gpu",
        )
    ]
    assert (found["C9"].value, found["G9"].value) == ("free plan", 30)


@pytest.mark.slow
def test_the_summary_says_what_does_not_fit(tmp_path: Path) -> None:
    write(tmp_path / "report.xlsx", [Scenario(name="Too big", gpu="H100", model="Llama-3.1-405B", context_tokens=8192)])
    text = str(load_workbook(tmp_path / "report.xlsx", data_only=True)["Outputs"]["A4"].value)
    assert "does not fit" in text
    # 405.85e9 parameters in 8 bits and 8,192 x 258,048 bytes of KV cache; an H100 has 79.6 GiB.
    assert "need 408.0 GB; the engine may use 85.5 GB" in text


def test_the_presets_error_stands_beside_the_figures(report: Path) -> None:
    summary = load_workbook(report, data_only=True)["Outputs"]
    texts = [str(cell.value) for row in summary.iter_rows() for cell in row if cell.value]
    assert any("measured runs the napkin preset predicts" in text for text in texts)


@pytest.mark.slow
def test_the_same_input_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_report(tmp_path / name, default_scenarios(), created=CREATED)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.slow
def test_hostile_and_long_names_stay_text(tmp_path: Path) -> None:
    names = ['=cmd|" /C calc"!A0', "+1", "-1", "@SUM(A1)", LONG_JAPANESE, "a" * 200, "#N/A", '"quoted"']
    write(tmp_path / "report.xlsx", [Scenario(name=name) for name in names])
    inputs = sheet(tmp_path / "report.xlsx", "Inputs")
    for column, name in enumerate(names, start=4):
        assert inputs.cell(4, column).value == name
        assert inputs.cell(4, column).data_type == "s"
    assert lint(tmp_path / "report.xlsx") == []


def test_too_many_or_no_scenarios_are_refused() -> None:
    with pytest.raises(InputError, match=f"1 to {MOST_SCENARIOS} scenarios side by side, got 0"):
        build_report([])
    with pytest.raises(InputError, match=f"got {MOST_SCENARIOS + 1}"):
        build_report([Scenario()] * (MOST_SCENARIOS + 1))


@pytest.mark.slow
def test_a_huge_report_is_still_valid(tmp_path: Path) -> None:
    count = size("scenarios side by side")
    assert count <= MOST_SCENARIOS
    write_report(tmp_path / "report.xlsx", [Scenario(name=f"S{number}") for number in range(count)], created=CREATED)
    assert lint(tmp_path / "report.xlsx") == []


@pytest.mark.slow
def test_by_context_stays_within_the_models_limit(tmp_path: Path) -> None:
    """Qwen3-32B's config.json: max_position_embeddings 40,960."""
    write(tmp_path / "report.xlsx", [Scenario(model="Qwen3-32B", gpu="H200", context_tokens=20_000)])
    found = load_workbook(tmp_path / "report.xlsx", data_only=True)["By context"]
    header = [cell.value for cell in found[4] if isinstance(cell.value, (int, float))]
    assert header.pop(0) == 20_000  # the scenario's own
    assert header == [4_000, 8_000, 16_000, 32_000, 40_960]
