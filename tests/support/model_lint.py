"""The rules of a financial model: one formula a row, no constants inside formulas, nothing volatile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

VOLATILE_FUNCTIONS: Final = frozenset(
    {"OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "INFO", "CELL"}
)


def row_findings(sheet: Worksheet, rows: Iterable[int], first_column: int, last_column: int) -> list[str]:
    """Cells whose formula is not that of the row's first column copied across.

    Parameters
    ----------
    sheet
        A sheet with its formulas.
    rows
        The rows to look at.
    first_column, last_column
        The scenario columns, from 1, both included.
    """
    findings = []
    for row in rows:
        first = sheet.cell(row, first_column)
        formula = _formula(first.value)
        for column in range(first_column + 1, last_column + 1):
            cell = sheet.cell(row, column)
            found = _formula(cell.value)
            expected = formula and Translator(formula, first.coordinate).translate_formula(cell.coordinate)
            if found != expected:
                findings.append(f"{sheet.title}!{cell.coordinate}: {found or 'no formula'}, the row's is {expected}")
    return findings


def constant_findings(sheet: Worksheet, allowed: Collection[float]) -> list[str]:
    """Numbers inside formulas that are not among `allowed`, or have an exponent, at which an engine stops.

    A sign counts as an operator: for -1, allow 1.
    """
    return [
        f"{sheet.title}!{coordinate}: constant {token.value} in {formula}"
        for coordinate, formula in _formulas(sheet)
        for token in Tokenizer(formula).items
        if token.type == "OPERAND" and token.subtype == "NUMBER" and not _is_allowed(token.value, allowed)
    ]


def function_findings(sheet: Worksheet, banned: Collection[str] = VOLATILE_FUNCTIONS) -> list[str]:
    """Calls of functions that a model must not use."""
    return [
        f"{sheet.title}!{coordinate}: {token.value.rstrip('(')} in {formula}"
        for coordinate, formula in _formulas(sheet)
        for token in Tokenizer(formula).items
        if token.type == "FUNC" and token.subtype == "OPEN" and token.value.rstrip("(").upper() in banned
    ]


def _is_allowed(constant: str, allowed: Collection[float]) -> bool:
    return "E" not in constant.upper() and float(constant) in allowed


def _formulas(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for cells in sheet.iter_rows():
        for cell in cells:
            formula = _formula(cell.value) if cell.data_type == "f" else None
            if formula is not None:
                yield cell.coordinate, formula


def _formula(value: object) -> str | None:
    text = value.text if isinstance(value, ArrayFormula) else value
    return text if isinstance(text, str) and text.startswith("=") else None
