"""The functions as LibreOffice Calc computes them; figures are published ones, errors those of Calc's own functions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from napkinxl_addin.calc.basic_module import STATUS
from napkinxl_addin.calc.profile import Profile
from napkinxl_addin.functions import FUNCTIONS
from support.calc_host import calc_cells, calc_values, needs_calc_functions, with_functions
from support.engines import CellKey, EngineValue, stored_values
from support.libreoffice import recalculate
from support.sample_workbook import one_sheet

CELLS: dict[str, float | str | bool] = {"A1": 200_000, "A2": 20_000, "B1": "=NA()", "B2": "=1/0", "E1": True}
CELLS |= {"C1": "context_tokens", "D1": 20_000}
# Published: 26.2 GB for a chat of 200,000 tokens, 30 users of a B200 at 200,000 tokens and 20% duty. At 20,000 tokens
# 160 GB of free memory hold floor(160 / 2.62144) = 61 chats, at 20% duty of 305 users.
CALLS: dict[str, EngineValue] = {
    'KV_CACHE_GB("Article 32B",200000)': 26.2144,
    'kv_cache_gb("Article 32B",A1)': 26.2144,
    "USERS_PER_GPU()": 30.0,
    'USERS_PER_GPU("B200 announced","Article 32B",20000,0.2)': 305.0,
    "USERS_PER_GPU(,,20000,0.2)": 305.0,
    'USERS_PER_GPU("","",20000,0.2)': 305.0,
    "USERS_PER_GPU(F1,F1,20000,0.2)": 305.0,
    "USERS_PER_GPU(,,,0.2)": "#VALUE!",  # a number left out between others arrives as 0, which no context can be
    'USERS_PER_GPU(,,"",0.2)': 30.0,
    "USERS_PER_GPU(,,20000,0)": "#VALUE!",
    'KV_CACHE_GB("no such model",200000)': "#VALUE!",
    'KV_CACHE_GB("Article 32B",1,2,3,4,5,6,7,8)': "#VALUE!",
    'IFERROR(KV_CACHE_GB("no such model"),"caught")': "caught",
    'ISERR(KV_CACHE_GB("no such model"))': True,
    "ISNA(STEP_MS(,,1000000000))": True,
    "STEP_MS(,,1000000000)": "#N/A",
    "KV_CACHE_GB(,B1)": "#N/A",
    "KV_CACHE_GB(,B2)": "#DIV/0!",
    "KV_CACHE_GB(,A1:B1)": "#N/A",
    "KV_CACHE_GB(,A1:A3)": 26.2144,
    "KV_CACHE_GB(,A:A)": 26.2144,
    "SUM(KV_CACHE_GB(,{200000,20000}))": 26.2144 + 2.62144,
    "USERS_PER_GPU(,,,,,,,C1:D1)": "#VALUE!",
    'USERS_PER_GPU(,,"",0.2,"","","",C1:D1)': 305.0,
    "KV_CACHE_GB(,E1)": 26.2144 / 200_000,  # TRUE arrives as 1
    "BOTTLENECK()": "bandwidth",
    'GPU_SPEC("B200 announced","memory_gb")': 192.0,
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[CellKey, EngineValue]:
    """One start of Calc for all calls: scalars on the first sheet, array formulas on the second."""
    needs_calc_functions()
    folder = tmp_path_factory.mktemp("calc")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for address, value in CELLS.items():
        sheet[address] = value
    for row, call in enumerate(CALLS, 1):
        sheet.cell(row, 26, f"={call}")
    arrays = book.create_sheet("Arrays")
    arrays["A1"] = ArrayFormula("A1:A3", "=KV_CACHE_GB(,{200000;0;20000})")
    arrays["B1"] = ArrayFormula("B1:D3", "=KV_CACHE_GB(,{200000,20000})")
    arrays["E1"] = ArrayFormula("E1:F3", '=EXPLAIN("kv_cache_gb")')
    arrays["G1"] = ArrayFormula("G1:G2", "=KV_CACHE_GB(,IF({1;0},20000,NA()))")
    arrays["H1"] = ArrayFormula("H1:H3", "=IF(ISERROR(KV_CACHE_GB(,{200000;0;20000})),-1,1)")
    book.save(folder / "calls.xlsx")
    return calc_cells(folder / "calls.xlsx", folder)


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_call(shown: dict[CellKey, EngineValue], call: str) -> None:
    expected = CALLS[call]
    found = shown["Sheet", f"Z{list(CALLS).index(call) + 1}"]
    assert found == (pytest.approx(expected, rel=1e-12) if isinstance(expected, float) else expected)


@pytest.mark.slow
def test_array_formulas(shown: dict[CellKey, EngineValue]) -> None:
    def column(letter: str) -> list[EngineValue]:
        return [shown.get(("Arrays", f"{letter}{row}")) for row in (1, 2, 3)]

    assert column("A") == [26.2144, "#VALUE!", 2.62144]
    assert [column(letter)[0] for letter in "BCD"] == [26.2144, 2.62144, "#N/A"]
    assert column("F")[0] == "KV cache of one chat"
    assert column("G")[:2] == [2.62144, "#N/A"]
    assert column("H") == [1, -1, 1]


@pytest.mark.slow
def test_every_function_answers(tmp_path: Path) -> None:
    """None is taken for a function of Calc's own or a word of Basic: each says that it takes fewer arguments."""
    needs_calc_functions()
    names = list(FUNCTIONS)
    calls = [f"={name}({','.join(['1'] * 20)})" for name in names]
    *values, status = calc_values([*calls, f"={STATUS}()"], tmp_path)
    assert dict(zip(names, values, strict=True)) == dict.fromkeys(names, "#VALUE!")
    assert str(status).startswith("napkinxl ")


@pytest.mark.slow
def test_a_script_that_cannot_run_is_an_error_in_the_cell(tmp_path: Path) -> None:
    """Nothing but `On Error` keeps LibreOffice without a window from waiting for ever on a dialog."""
    profile = Profile(with_functions(tmp_path) / "profile")
    profile.script.write_text("no Python")
    book, _ = one_sheet("=KV_CACHE_GB()", f"={STATUS}()")
    book.save(tmp_path / "broken.xlsx")
    # calc_values would install the functions again.
    value, status = stored_values(recalculate(tmp_path / "broken.xlsx", tmp_path)).values()
    assert value == "#NUM!"
    assert "cannot run the Python script" in str(status)
