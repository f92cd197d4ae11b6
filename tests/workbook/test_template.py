"""The template of each host: valid files, values that are the core's, calls as that host spells them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import rows_from_range

from napkinxl import Scenario, default_scenarios, estimate, read_scenarios
from napkinxl.catalog import load_catalog
from napkinxl.errors import InputError
from napkinxl.formulas import QUANTITIES
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_addin.vba_module import MODULE_NAME, vba_module
from napkinxl_workbook.files.web_extension import read_web_extension
from napkinxl_workbook.template import scenario_table, self_check, spills
from napkinxl_workbook.template.build import write_template
from napkinxl_workbook.template.hosts import HOSTS
from support.engines import stored_values
from support.report_files import edit, input_cell
from support.template_files import CREATED, FUNCTION_HOSTS, formula_cells, function_formulas, template
from support.validator import validate
from support.vba_reader import macros
from support.xlsx_lint import lint
from support.xlsx_package import MAIN, XlsxPackage

# Published figures that the functions reproduce from their arguments alone: none may drop out in silence.
REPRODUCED = 20
PREFIX = {"classic": "", "calc": "", "lite": "_xldudf_", "server": "_xldudf_XLWINGS_"}


@pytest.mark.parametrize("host", [pytest.param(host, marks=[pytest.mark.slow] * (host == "native")) for host in HOSTS])
def test_file_passes_the_lint(host: str, tmp_path: Path) -> None:
    assert lint(template(tmp_path, host)) == []


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_file_is_valid(host: str, tmp_path: Path) -> None:
    assert validate(template(tmp_path, host)) == []


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_equal_input_gives_equal_bytes(host: str, tmp_path: Path) -> None:
    again = write_template(tmp_path / f"again{HOSTS[host].suffix}", host, created=CREATED)
    assert again.read_bytes() == template(tmp_path, host).read_bytes()


@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_calls_are_spelled_as_the_host_stores_them(host: str, tmp_path: Path) -> None:
    formulas = [cell.findtext(f"{MAIN}f") or "" for cell in formula_cells(template(tmp_path, host)).values()]
    calls = [formula for formula in formulas if re.search(r"USERS_PER_GPU\(|KV_CACHE_GB\(", formula)]
    assert len(calls) > 5
    assert all(re.match(rf"{PREFIX[host]}[A-Z]", call) for call in calls)


def test_nothing_is_left_out_between_arguments_in_calc(tmp_path: Path) -> None:
    """LibreOffice would hand over 0 for it."""
    formulas = function_formulas(template(tmp_path, "calc")).values()
    assert not [formula for formula in formulas if ",," in formula or "(," in formula]
    lite = function_formulas(template(tmp_path, "lite")).values()
    assert [formula for formula in lite if ",," in formula or "(," in formula]


def test_namespace_of_a_server_is_the_teams_own(tmp_path: Path) -> None:
    path = write_template(tmp_path / "ours.xlsx", "server", created=CREATED, namespace="ACME.FINANCE")
    formulas = [cell.findtext(f"{MAIN}f") or "" for cell in formula_cells(path).values()]
    assert any(formula.startswith("_xldudf_ACME_FINANCE_USERS_PER_GPU(") for formula in formulas)
    assert not any("XLWINGS" in formula for formula in formulas)


@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_scenario_cells_hold_what_the_pipeline_gives(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    stored, formulas = stored_values(path), function_formulas(path)
    estimates = [estimate(scenario) for scenario in default_scenarios()]
    seen = set()
    for (title, coordinate), formula in formulas.items():
        if title != scenario_table.TITLE:
            continue
        name = formula.partition("(")[0].lower()
        expected: Any = estimates["DE".index(coordinate[0])][name]
        if expected != expected:
            expected = "#N/A"
        assert stored[title, coordinate] == (
            pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else expected
        )
        seen.add(name)
    assert len(seen) > 50
    assert seen <= set(QUANTITIES)


def test_the_articles_figures_stand_in_the_scenarios(tmp_path: Path) -> None:
    """Printed: 26.2 GB a chat, 30 users at 200,000 tokens and about 300 at 20,000."""
    path = template(tmp_path, "lite")
    stored = stored_values(path)
    cells: dict[str, list[Any]] = {formula.partition("(")[0]: [] for formula in function_formulas(path).values()}
    for (title, coordinate), formula in function_formulas(path).items():
        if title == scenario_table.TITLE:
            cells[formula.partition("(")[0]].append(stored[title, coordinate])
    assert cells["KV_CACHE_GB"] == [pytest.approx(26.2, abs=0.05), pytest.approx(2.62, abs=0.005)]
    assert cells["USERS_PER_GPU"] == [30, pytest.approx(300, rel=0.02)]


@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_self_check_agrees_and_expects_published_values(host: str, tmp_path: Path) -> None:
    stored = stored_values(template(tmp_path, host))
    # Nobody has called the functions yet where the file is opened: its light is not green before.
    assert stored[self_check.TITLE, self_check.LIGHT] == stored["Start", "B4"] == self_check.NOT_YET
    agrees = [value for (title, cell), value in stored.items() if title == self_check.TITLE and cell.startswith("E")]
    assert len(agrees) == REPRODUCED
    assert all(value is True for value in agrees)


@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_array_formulas_fill_their_range_and_are_marked(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    sheets = {title: tree for title, _, tree in XlsxPackage(path).worksheets()}
    ranges = sheets[spills.TITLE]
    cells = {cell.get("r"): cell for cell in ranges.iter(f"{MAIN}c")}
    filled = 0
    for cell in list(cells.values()):
        formula = cell.find(f"{MAIN}f")
        if formula is None or formula.get("t") != "array":
            continue
        assert (cell.get("cm") == "1") is HOSTS[host].spills
        for row in rows_from_range(formula.get("ref", "")):
            for coordinate in row:
                spilled = cells[coordinate]
                assert spilled.find(f"{MAIN}v") is not None
                assert spilled.get("t") != "s"  # a shared text would be a constant in the way of the spill
                filled += 1
    assert filled > 40
    with zipfile.ZipFile(path) as archive:
        assert ("xl/metadata.xml" in archive.namelist()) is HOSTS[host].spills


def test_classic_carries_the_macros_and_the_settings(tmp_path: Path) -> None:
    path = template(tmp_path, "classic")
    modules = macros(path.read_bytes())
    assert modules[MODULE_NAME].replace("\r\n", "\n").strip() == vba_module().strip()
    assert "XLPyDLLActivateAuto" in modules["xlwings"]
    sheets = len(list(XlsxPackage(path).worksheets()))
    assert {"ThisWorkbook", *(f"Sheet{number}" for number in range(1, sheets + 1))} <= set(modules)
    settings = next(tree for title, _, tree in XlsxPackage(path).worksheets() if title == "xlwings.conf")
    assert next(settings.iter(f"{MAIN}row")).get("r") == "1"


def test_classic_settings_name_module_and_interpreter(tmp_path: Path) -> None:
    import openpyxl

    path = write_template(tmp_path / "a.xlsm", "classic", created=CREATED, interpreter=r"C:\Python\python.exe")
    sheet = openpyxl.load_workbook(path)["xlwings.conf"]
    settings = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert settings["Interpreter_Win"] == r"C:\Python\python.exe"
    assert settings["UDF Modules"] == "napkinxl_addin.udfs"


def test_lite_carries_the_bundle_and_its_function_ids(tmp_path: Path) -> None:
    path = template(tmp_path, "lite")
    properties = read_web_extension(path)
    assert properties["main.py"] == lite_files()["main.py"]
    with zipfile.ZipFile(path) as archive:
        part = archive.read("xl/webextensions/webextension1.xml").decode()
    assert re.findall(r"<we:customFunctionIds>_xldudf_(\w+)</", part) == list(FUNCTIONS)


@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_no_name_in_the_file_clashes_with_a_function(host: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(template(tmp_path, host)) as archive:
        names = re.findall(r'<definedName [^>]*name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        tables = [name for name in archive.namelist() if "/tables/" in name]
    assert {name.upper() for name in names} & set(FUNCTIONS) == set()
    assert tables == []


@pytest.mark.slow
def test_native_template_calls_no_function(tmp_path: Path) -> None:
    path = template(tmp_path, "native")
    assert function_formulas(path) == {}
    assert len(formula_cells(path)) > 1000


def test_own_scenarios_make_the_columns(tmp_path: Path) -> None:
    scenarios = [Scenario(name="Ours", gpu="H100", model="Qwen3-8B"), Scenario(name="日本語", duty_cycle=1)]
    path = write_template(tmp_path / "a.xlsx", "lite", scenarios, created=CREATED)
    stored, formulas = stored_values(path), function_formulas(path)
    users = next(key for key, formula in formulas.items() if formula.startswith("USERS_PER_GPU(Settings!C"))
    assert stored[users] == estimate(scenarios[0])["users_per_gpu"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_template_is_read_back_as_scenarios(host: str, tmp_path: Path) -> None:
    """So that a report can be made of what somebody typed into it."""
    path = template(tmp_path, host)
    edit(path, tmp_path / path.name.replace("napkinxl", "edited"), {input_cell("context_tokens"): 50_000.0})
    first, second = read_scenarios(tmp_path / path.name.replace("napkinxl", "edited"))
    assert (first.name, first.context_tokens, first.gpu) == ("Advertised context", 50_000, "B200 announced")
    assert second.context_tokens == 20_000


@pytest.mark.parametrize(
    ("name", "host", "words"),
    [
        ("a.xlsx", "classic", r"must end in \.xlsm, got 'a\.xlsx'"),
        ("a.xlsm", "lite", r"must end in \.xlsx"),
        ("a.xlsx", "excel", "there is no host 'excel'"),
    ],
)
def test_what_cannot_be_written_is_said(name: str, host: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        write_template(tmp_path / name, host)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_own_catalogs_are_for_the_native_template(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("gpu,memory_gb,memory_bandwidth_tb_s,bf16_tflops\nOurs,100,2,500\n", encoding="utf-8")
    catalog, scenarios = load_catalog([own]), [Scenario(gpu="Ours")]
    assert write_template(tmp_path / "a.xlsx", "native", scenarios, catalog=catalog).exists()
    with pytest.raises(InputError, match="must use the built-in catalog, as the functions do"):
        write_template(tmp_path / "b.xlsx", "lite", scenarios, catalog=catalog)


def test_too_many_scenarios_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="1 to 20 scenarios side by side, got 21"):
        write_template(tmp_path / "a.xlsx", "lite", [Scenario()] * 21)
