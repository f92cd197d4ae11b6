"""Rules of a whole workbook that is handed on: nothing hidden, nothing outside, every sheet found and printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from openpyxl.formula import Tokenizer

from support.xlsx_package import MAIN, RELATION_ID, XlsxPackage, area

DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
PRINT_TITLES: Final = "_xlnm.Print_Titles"
MAXIMUM_FORMULA, MAXIMUM_NESTING = 8192, 64
LEAST_ALT_WORDS: Final = 6
# A sheet with as many rows is read by scrolling and printed on several pages.
LONG_SHEET_ROWS: Final = 40
# They hold several tables, each with a header of its own: one that repeats would stand above the wrong columns.
SEVERAL_TABLES: Final = ("Sensitivity", "Own, rent or API")
# Functions in use, all of them in Excel 2010 and in LibreOffice 7.4; another one is a decision.
_FUNCTIONS: Final = (
    "ABS AND COLUMNS COUNT COUNTIF EXP FIXED IF IFERROR INDEX INT ISERR ISERROR ISNA ISNUMBER LEFT LN MATCH MAX MIN NA "
    "NORMSINV NOT NPV OR PV RANK ROUND ROWS SQRT SUM SUMIF"
)
KNOWN_FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
Lint = Callable[[XlsxPackage], Iterator[str]]


def formulas(package: XlsxPackage) -> Iterator[tuple[str, str]]:
    """Every formula of a cell, a conditional format or an input rule, with the place."""
    for title, _, tree in package.worksheets():
        for cell in tree.iter(f"{MAIN}c"):
            if text := cell.findtext(f"{MAIN}f"):
                yield f"{title}!{cell.get('r')}", text
        for kind in ("cfRule", "dataValidation"):
            for rule in tree.iter(f"{MAIN}{kind}"):
                for part in ("formula", "formula1", "formula2"):
                    yield from ((f"{title}, {kind}", item.text) for item in rule.iterfind(f"{MAIN}{part}") if item.text)


def unknown_function_findings(package: XlsxPackage) -> Iterator[str]:
    """Functions that are not among those known to work in old programs too; volatile ones are not."""
    for place, formula in formulas(package):
        for token in Tokenizer(f"={formula}").items:
            if token.type == "FUNC" and token.subtype == "OPEN" and token.value[:-1].upper() not in KNOWN_FUNCTIONS:
                yield f"{place}: {token.value[:-1]} is not among the known functions"


def size_findings(package: XlsxPackage) -> Iterator[str]:
    """Formulas that Excel refuses: too long, or nested too deep."""
    for place, formula in formulas(package):
        if len(formula) >= MAXIMUM_FORMULA:
            yield f"{place}: a formula of {len(formula)} characters"
        depth = deepest = 0
        for token in Tokenizer(f"={formula}").items:
            depth += {"OPEN": 1, "CLOSE": -1}.get(token.subtype, 0)
            deepest = max(deepest, depth)
        if deepest > MAXIMUM_NESTING:
            yield f"{place}: nested {deepest} deep"


def array_findings(package: XlsxPackage) -> Iterator[str]:
    """Array formulas, which a reader cannot edit cell by cell."""
    for title, _, tree in package.worksheets():
        for cell in tree.iter(f"{MAIN}c"):
            formula = cell.find(f"{MAIN}f")
            if formula is not None and formula.get("t") in ("array", "dataTable"):
                yield f"{title}!{cell.get('r')}: an array formula"


def outside_findings(package: XlsxPackage) -> Iterator[str]:
    """Links to other workbooks."""
    yield from (f"a link to another workbook: {name}" for name in package.names if "externalLinks/" in name)
    for place, formula in formulas(package):
        for token in Tokenizer(f"={formula}").items:
            if token.type == "OPERAND" and token.subtype == "RANGE" and "[" in token.value:
                yield f"{place}: a link to another workbook, {token.value}"


def hidden_findings(package: XlsxPackage) -> Iterator[str]:
    """Sheets, rows and columns that a reader does not see."""
    for sheet in package.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        if sheet.get("state", "visible") != "visible":
            yield f"{sheet.get('name')}: a hidden sheet"
    for title, _, tree in package.worksheets():
        for kind in ("row", "col"):
            for item in tree.iter(f"{MAIN}{kind}"):
                if item.get("hidden") in ("1", "true"):
                    yield f"{title}: a hidden {kind} {item.get('r') or item.get('min')}"


def pane_findings(package: XlsxPackage) -> Iterator[str]:
    """Long sheets without frozen panes, or without rows that repeat on each page."""
    titled = {
        int(name.get("localSheetId", -1))
        for name in package.workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
        if name.get("name") == PRINT_TITLES and re.search(r"\$\d+:\$\d+", name.text or "")
    }
    for place, (title, _, tree) in enumerate(package.worksheets()):
        if is_one_page(tree):
            continue
        if tree.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane[@state='frozen']") is None:
            yield f"{title}: no frozen panes"
        if place not in titled and title not in SEVERAL_TABLES:
            yield f"{title}: no row repeats on each page"


def is_one_page(tree: ElementTree.Element) -> bool:
    """Whether a sheet is short, or set up to be printed on one page."""
    dimension = tree.find(f"{MAIN}dimension")
    rows = area(dimension.get("ref", "A1")).bottom if dimension is not None else 1
    setup = tree.find(f"{MAIN}pageSetup")
    return rows < LONG_SHEET_ROWS or (setup is not None and setup.get("fitToHeight") == "1")


def links(package: XlsxPackage) -> Iterator[tuple[str, str, str]]:
    """Every hyperlink: the sheet, the cell and the sheet that it leads to, or its address."""
    for title, part, tree in package.worksheets():
        targets = {relation.identifier: relation.target for relation in package.relations(part)}
        for link in tree.iter(f"{MAIN}hyperlink"):
            target = link.get("location") or targets.get(link.get(RELATION_ID, ""), "")
            inside = re.fullmatch(r"#?(?:'((?:[^']|'')+)'|([^'!]+))!\$?[A-Z]+\$?\d+(?::.*)?", target)
            yield title, link.get("ref", ""), (inside[1] or inside[2]).replace("''", "'") if inside else target


def link_findings(package: XlsxPackage) -> Iterator[str]:
    """Links to sheets that do not exist, and sheets to which no links lead from the first."""
    titles = [title for title, _ in package.sheets()]
    leads: dict[str, set[str]] = {title: set() for title in titles}
    for title, cell, target in links(package):
        if target in leads:
            leads[title].add(target)
        elif not target.startswith("https://"):
            yield f"{title}!{cell}: a link to {target!r}, which does not exist"
    reached, waiting = {titles[0]}, [titles[0]]
    while waiting:
        new = leads[waiting.pop()] - reached
        reached |= new
        waiting += new
    yield from (f"{title}: no links lead here from {titles[0]}" for title in titles if title not in reached)


def chart_text_findings(package: XlsxPackage) -> Iterator[str]:
    """Charts without a text for those who do not see them, or with one that says nothing; texts that occur twice."""
    for part in package.names:
        if not re.fullmatch(r"xl/drawings/drawing\d+\.xml", part):
            continue
        texts: list[str] = []
        for frame in package.tree(part).iter(f"{DRAWING}graphicFrame"):
            about = frame.find(f"{DRAWING}nvGraphicFramePr/{DRAWING}cNvPr")
            text = "" if about is None else about.get("descr", "")
            if len(text.split()) < LEAST_ALT_WORDS:
                yield f"{part}: a chart whose text says too little: {text!r}"
            elif text in texts:
                yield f"{part}: two charts with one text: {text!r}"
            texts.append(text)


LINTS: Final[tuple[Lint, ...]] = (
    unknown_function_findings,
    size_findings,
    array_findings,
    outside_findings,
    hidden_findings,
    pane_findings,
    link_findings,
    chart_text_findings,
)


def workbook_findings(path: Path, lints: Collection[Lint] = LINTS) -> list[str]:
    """Everything that the rules find in a workbook."""
    package = XlsxPackage(path)
    return [finding for rule in lints for finding in rule(package)]
