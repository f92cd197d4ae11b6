"""One model of how files spell our calls: what is written is read again, and nothing else is taken for ours."""

from __future__ import annotations

from typing import get_args

import pytest

from napkinxl.errors import InputError
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.spelling import Host, SpellingReader, spell

READER = SpellingReader(["KV_CACHE_GB", "REPLICA_KV_CACHE_GB", "GPU_LIST"], ["XLWINGS", "XLWINGS_DEV", "Acme.Fin"])

# As found in files: Excel's own add-ins, links to another workbook, Office custom functions, unknown functions.
OURS = [
    "KV_CACHE_GB(A1)",
    "kv_cache_gb(A1)",
    "Kv_Cache_Gb(A1)",
    "_xll.KV_CACHE_GB(A1)",
    "[1]!KV_CACHE_GB(A1)",
    "[12]!kv_cache_gb(A1)",
    r"'C:\Users\me\napkinxl.xlam'!KV_CACHE_GB(A1)",
    r"'\\share\it''s here\napkinxl 2.xlsm'!KV_CACHE_GB(A1)",
    "'https://example.com/napkinxl.xlam'!KV_CACHE_GB(A1)",
    "model.xlsm!KV_CACHE_GB(A1)",
    "PERSONAL.XLSB!KV_CACHE_GB(A1)",
    "_xldudf_KV_CACHE_GB(A1)",
    "_XLDUDF_kv_cache_gb(A1)",
    "_xldudf_XLWINGS_KV_CACHE_GB(A1)",
    "_xldudf_XLWINGS_DEV_KV_CACHE_GB(A1)",
    "_xldudf_ACME_FIN_KV_CACHE_GB(A1)",
    "XLWINGS.KV_CACHE_GB(A1)",
    "xlwings.kv_cache_gb(A1)",
    "Acme.Fin.KV_CACHE_GB(A1)",
    "_xludf.KV_CACHE_GB(A1)",
    "_xludf.XLWINGS.KV_CACHE_GB(A1)",
]
NOT_OURS = [
    "MY_KV_CACHE_GB(A1)",
    "KV_CACHE_GB2(A1)",
    "KV_CACHE_GB.X(A1)",
    "_xldudf_OTHER_KV_CACHE_GB(A1)",
    "_xldudf_XLWINGSKV_CACHE_GB(A1)",
    "OTHER.KV_CACHE_GB(A1)",
    "_xlfn.KV_CACHE_GB(A1)",
    "_xlpm.KV_CACHE_GB(A1)",
    '"KV_CACHE_GB(A1)"',
    '"say ""_xldudf_KV_CACHE_GB(A1)"""',
    "'KV_CACHE_GB(A1)'!A1",
    "'it''s _xldudf_KV_CACHE_GB(x)'!A1",
    "Table[KV_CACHE_GB(GB)]",
    "Table[[#This Row],[_xldudf_KV_CACHE_GB(GB)]]",
    "KV_CACHE_GB",
    "KV_CACHE_GB!A1",
    "ÜKV_CACHE_GB(A1)",
]


@pytest.mark.parametrize("stored", OURS)
@pytest.mark.parametrize("around", ["{}", "1+{}*2", 'IF(A1="KV_CACHE_GB(",{},"")', "SUM({},{})", "'a b'!A1&{}"])
def test_our_calls_are_read_however_they_are_spelled(stored: str, around: str) -> None:
    assert READER.as_typed(around.format(stored, stored)) == around.format("KV_CACHE_GB(A1)", "KV_CACHE_GB(A1)")


@pytest.mark.parametrize("stored", NOT_OURS)
def test_nothing_else_is_taken_for_ours(stored: str) -> None:
    for formula in (stored, f"1+{stored}", f"SUM({stored},1)"):
        assert READER.as_typed(formula) == formula


@pytest.mark.parametrize("host", get_args(Host))
@pytest.mark.parametrize("namespace", ["XLWINGS", "", "Acme.Fin"])
def test_every_function_is_read_as_it_is_written(host: Host, namespace: str) -> None:
    reader = SpellingReader(FUNCTIONS, [namespace])
    for name in FUNCTIONS:
        assert reader.as_typed(f"{spell(name, host, namespace)}(A1)") == f"{name}(A1)"


def test_the_longest_name_wins() -> None:
    # A namespace called REPLICA would make these two functions one; ours goes first.
    reader = SpellingReader(["KV_CACHE_GB", "REPLICA_KV_CACHE_GB"], ["REPLICA"])
    assert reader.as_typed("_xldudf_REPLICA_KV_CACHE_GB(A1)") == "REPLICA_KV_CACHE_GB(A1)"


def test_files_of_excel_spell_so() -> None:
    # As Microsoft describes it (Excel-Custom-Functions issue 108) and as xlwings' own test workbook has it.
    assert spell("READ_FLOAT", "server", "XLWINGS_DEV") == "_xldudf_XLWINGS_DEV_READ_FLOAT"
    assert spell("CORREL2", "lite") == "_xldudf_CORREL2"
    assert spell("CORREL2", "server", "") == "_xldudf_CORREL2"


def test_an_unknown_host_is_refused() -> None:
    with pytest.raises(InputError, match="the host must be one of classic, calc, lite, server, got 'mac'"):
        spell("KV_CACHE_GB", "mac")  # type: ignore[arg-type]


@pytest.mark.parametrize("hostile", ["'" * 5000, '"' * 5001, "[" * 5000, "A" * 50_000, "_xll." * 5000, "('" * 5000])
def test_hostile_formulas_take_no_time(hostile: str) -> None:
    assert READER.as_typed(hostile) == hostile
