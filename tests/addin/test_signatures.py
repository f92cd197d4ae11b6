"""Signatures are public: workbooks hold calls by position. A new argument goes to the end, none is moved or removed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.utils import FORMULAE

from napkinxl.formulas import QUANTITIES, needed_inputs
from napkinxl.inputs import INPUTS
from napkinxl_addin.functions import FUNCTIONS, LONGEST_HELP, Function
from napkinxl_addin.signatures import ADDED_LATER, VARIED, quantity_arguments

PINNED = (Path(__file__).parent / "signatures.txt").read_text(encoding="utf-8").splitlines()
# What Excel has got since openpyxl's list was made, and Excel 4 macro functions that a name must not be.
NEWER_THAN_THE_LIST = {
    *("LET", "LAMBDA", "MAP", "REDUCE", "SCAN", "BYROW", "BYCOL", "MAKEARRAY", "FILTER", "SORT", "SORTBY", "UNIQUE"),
    *("SEQUENCE", "XLOOKUP", "XMATCH", "TAKE", "DROP", "VSTACK", "HSTACK", "TOCOL", "TOROW", "EXPAND", "TEXTSPLIT"),
    *("GROUPBY", "PIVOTBY", "PERCENTOF", "TRANSLATE", "REGEXTEST", "IMAGE", "STOCKHISTORY", "PY", "COPILOT"),
    *("ECHO", "RUN", "CALL", "REGISTER", "EXEC", "FORMULA", "GET.CELL", "EVALUATE"),
}
CELL_ADDRESS = re.compile(r"[A-Z]{1,3}[0-9]{1,7}|R[0-9]*C[0-9]*")
# Words that a Visual Basic or LibreOffice Basic function may not have as a parameter's name.
BASIC_WORDS = {
    *("type", "next", "end", "date", "name", "input", "string", "single", "in", "to", "is", "not", "mod", "len", "as"),
    *("for", "if", "then", "else", "do", "loop", "set", "let", "get", "put", "open", "close", "print", "with", "call"),
    *("function", "sub", "dim", "const", "private", "public", "optional", "error", "me", "new", "long", "double"),
    *("caller", "failed", "answer"),
}


def test_every_pinned_signature_holds() -> None:
    by_name = {function.excel_name: function.signature for function in FUNCTIONS.values()}
    for line in PINNED:
        name = line.partition("(")[0]
        assert name in by_name, f"{name} is gone: workbooks that call it would break"
        began = line.removesuffix(")")
        assert by_name[name].startswith((f"{began},", f"{began})")), f"{by_name[name]} was {line}"


def test_every_function_is_pinned() -> None:
    assert sorted(FUNCTIONS) == sorted(line.partition("(")[0] for line in PINNED)


def test_an_argument_that_comes_later_stands_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ADDED_LATER, "kv_cache_gb", ("kv_bits",))
    names = [argument.name for argument in quantity_arguments("kv_cache_gb")]
    assert names == ["model", "context_tokens", "settings", "kv_bits"]


def test_there_is_a_function_for_every_quantity() -> None:
    assert {name.upper() for name in QUANTITIES} < set(FUNCTIONS)


@pytest.mark.parametrize("name", QUANTITIES)
def test_arguments_are_what_the_quantity_depends_on(name: str) -> None:
    arguments = [argument.name for argument in FUNCTIONS[name.upper()].arguments]
    needed = needed_inputs(name)
    assert arguments[-1] == "settings"
    varied = [argument for argument in arguments if argument in VARIED]
    assert set(varied) <= set(needed)
    order = ["gpu", "model", *VARIED, "settings"]
    assert [order.index(argument) for argument in arguments] == sorted(order.index(item) for item in arguments)
    # What is not an argument of its own is left to a blank one, which follows it.
    for missing in {*needed, *()} & {*VARIED} - {*varied}:
        assert any(INPUTS[item].follows for item in varied), missing


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_name_and_help_suit_every_host(function: Function) -> None:
    name = function.excel_name
    assert name not in {*FORMULAE, *NEWER_THAN_THE_LIST}
    assert re.fullmatch(r"[A-Z][A-Z0-9_]{2,59}", name)
    assert not CELL_ADDRESS.fullmatch(name)
    assert 10 < len(function.summary) <= LONGEST_HELP
    assert len(function.category) <= 60
    assert len(function.arguments) <= 29  # LibreOffice Basic
    for argument in function.arguments:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", argument.name)
        assert argument.name not in BASIC_WORDS
        assert argument.name.upper() != name
        assert 5 < len(argument.help) <= LONGEST_HELP
