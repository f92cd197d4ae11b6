"""What Excel checks in a sheet of cells when it opens a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple
from xml.etree import ElementTree

from support.lint_formulas import Vocabulary, calls_spilling_function, formula_findings
from support.xlsx_package import MAIN, Area, XlsxPackage, area, position

MAXIMUM_TEXT: Final = 32_767
MAXIMUM_LIST_LITERAL: Final = 255
MAXIMUM_HEADER: Final = 255
MAXIMUM_NUMBER_FORMAT: Final = 255
MAXIMUM_VALIDATION_TEXTS: Final = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225}


class Shared(NamedTuple):
    """What the cells of all sheets refer to."""

    texts: list[str]
    styles: int
    known: Vocabulary


def shared_parts(package: XlsxPackage, known: Vocabulary) -> Shared:
    """Read the shared texts and count the cell styles."""
    texts: list[str] = []
    if "xl/sharedStrings.xml" in package:
        items = package.tree("xl/sharedStrings.xml").iterfind(f"{MAIN}si")
        texts = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]
    styles = package.tree("xl/styles.xml").findall(f"{MAIN}cellXfs/{MAIN}xf")
    return Shared(texts, len(styles), known)


def number_format_findings(package: XlsxPackage) -> Iterator[str]:
    """Number formats that Excel drops when it repairs the file."""
    for element in package.tree("xl/styles.xml").iterfind(f"{MAIN}numFmts/{MAIN}numFmt"):
        code = element.get("formatCode", "")
        bare = re.sub(r"\\.", "", code)
        sections = re.sub('"[^"]*"', "", bare).count(";") + 1
        if bare.count('"') % 2 or len(code) > MAXIMUM_NUMBER_FORMAT or sections > 4:
            yield f"number format {code!r} is not allowed"


def cell_text(cell: ElementTree.Element, shared: Shared) -> str | None:
    """The text that a cell shows, or None for a number, an error or a blank."""
    kind = cell.get("t")
    value = cell.findtext(f"{MAIN}v")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    if kind == "s" and value is not None and int(value) < len(shared.texts):
        return shared.texts[int(value)]
    return value if kind == "str" else None


def cell_findings(sheet: ElementTree.Element, shared: Shared) -> Iterator[str]:
    """Rows and cells out of order, and cells whose content or style cannot be."""
    last_row = 0
    for row in sheet.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", last_row + 1))
        if number <= last_row:
            yield f"row {number} comes after row {last_row}"
        last_row, last_column = number, 0
        for cell in row.iterfind(f"{MAIN}c"):
            coordinate = cell.get("r", "")
            column, cell_row = position(coordinate)
            if column <= last_column or cell_row != number:
                yield f"{coordinate} is out of order"
            last_column = column
            yield from (f"{coordinate}: {finding}" for finding in _content_findings(cell, shared))


def _content_findings(cell: ElementTree.Element, shared: Shared) -> Iterator[str]:
    if int(cell.get("s", "0")) >= shared.styles:
        yield f"no style {cell.get('s')}"
    value = cell.findtext(f"{MAIN}v")
    if cell.get("t") == "s" and int(value or "0") >= len(shared.texts):
        yield f"no shared text {value}"
    if len(cell_text(cell, shared) or "") > MAXIMUM_TEXT:
        yield f"text of more than {MAXIMUM_TEXT} characters"
    formula = cell.find(f"{MAIN}f")
    if formula is None:
        return
    text = formula.text or ""
    yield from formula_findings(text, shared.known) if text else ()
    if value is None or (not value and cell.get("t") != "str"):
        yield "formula without a stored value"
    if cell.get("cm") is None and calls_spilling_function(text):
        yield "array formula without the mark cm"


def merged_areas(sheet: ElementTree.Element) -> list[Area]:
    """The merged ranges of a sheet."""
    return [area(merge.get("ref", "")) for merge in sheet.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]


def merge_findings(sheet: ElementTree.Element) -> Iterator[str]:
    """Merged ranges that overlap."""
    for one, other in combinations(merged_areas(sheet), 2):
        if one.overlaps(other):
            yield f"merged ranges overlap at row {max(one.top, other.top)}"


def validation_findings(sheet: ElementTree.Element, known: Vocabulary) -> Iterator[str]:
    """Input rules with texts that are too long or formulas that cannot be read."""
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        where = f"validation of {rule.get('sqref')}"
        for attribute, maximum in MAXIMUM_VALIDATION_TEXTS.items():
            if len(rule.get(attribute, "")) > maximum:
                yield f"{where}: {attribute} of more than {maximum} characters"
        first = rule.findtext(f"{MAIN}formula1") or ""
        if first.startswith('"') and len(first) - 2 > MAXIMUM_LIST_LITERAL:
            yield f"{where}: list of more than {MAXIMUM_LIST_LITERAL} characters"
        for formula in (first, rule.findtext(f"{MAIN}formula2") or ""):
            if formula:
                yield from (f"{where}: {finding}" for finding in formula_findings(formula, known))


def rule_findings(sheet: ElementTree.Element, known: Vocabulary) -> Iterator[str]:
    """Conditional formats whose formulas cannot be read."""
    for rule in sheet.iter(f"{MAIN}cfRule"):
        for formula in rule.iterfind(f"{MAIN}formula"):
            findings = formula_findings(formula.text or "", known)
            yield from (f"conditional format: {finding}" for finding in findings)


def header_findings(sheet: ElementTree.Element) -> Iterator[str]:
    """Headers and footers that are too long."""
    for text in sheet.iterfind(f"{MAIN}headerFooter/*"):
        if len(text.text or "") > MAXIMUM_HEADER:
            yield f"header or footer of more than {MAXIMUM_HEADER} characters"
