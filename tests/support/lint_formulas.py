"""Formulas that Excel cannot read or reads as #NAME?."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from support.lint_names import defined_names, is_legal_name
from support.xlsx_package import CHART, XlsxPackage

MAXIMUM_FORMULA: Final = 8192
MAXIMUM_NESTING: Final = 64

# Functions newer than the file format: the file must spell them with _xlfn. before, else Excel shows #NAME?.
_PREFIXED_WORDS: Final = (
    "XLOOKUP XMATCH LET LAMBDA FILTER SORT SORTBY UNIQUE SEQUENCE RANDARRAY IFS SWITCH CONCAT TEXTJOIN MAXIFS MINIFS "
    "MAP REDUCE SCAN BYROW BYCOL MAKEARRAY ISOMITTED TAKE DROP VSTACK HSTACK TOCOL TOROW CHOOSECOLS CHOOSEROWS "
    "WRAPROWS WRAPCOLS EXPAND TEXTSPLIT TEXTBEFORE TEXTAFTER ARRAYTOTEXT VALUETOTEXT IFNA XOR DAYS FLOOR.MATH "
    "CEILING.MATH STDEV.S STDEV.P VAR.S VAR.P PERCENTILE.INC PERCENTILE.EXC NORM.DIST NORM.S.INV NORM.S.DIST "
    "POISSON.DIST RANK.EQ FORECAST.LINEAR GROUPBY PIVOTBY"
)
PREFIXED: Final = frozenset(_PREFIXED_WORDS.split())
# They return many cells: without the dynamic array mark (cm) Excel shows them in braces, as Ctrl+Shift+Enter does.
SPILLING: Final = frozenset({"SEQUENCE", "FILTER", "UNIQUE", "SORT", "SORTBY", "RANDARRAY"})

_SHEET: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:(]+))!")


class Vocabulary(NamedTuple):
    """What a formula of the workbook may refer to, in lower case."""

    sheets: Collection[str]
    names: Collection[str]


def vocabulary(package: XlsxPackage) -> Vocabulary:
    """Collect the sheets, the defined names and the tables of a workbook."""
    tables = (package.tree(part).get("displayName", "").lower() for part in package.names if "xl/tables/" in part)
    return Vocabulary({title.lower() for title, _ in package.sheets()}, {*defined_names(package), *tables})


def formula_findings(formula: str, known: Vocabulary) -> Iterator[str]:
    """What is wrong with a formula as it is stored, without its equals sign."""
    if len(formula) > MAXIMUM_FORMULA:
        yield f"longer than {MAXIMUM_FORMULA} characters"
    if formula.startswith("="):
        yield "begins with = in the file"
    try:
        tokens = [token for token in Tokenizer("=" + formula.removeprefix("=")).items if token.type != "WHITE-SPACE"]
    except (TokenizerError, IndexError) as error:
        yield f"cannot be read: {error}"
        return
    yield from _nesting_findings(tokens)
    yield from _order_findings(tokens)
    for token in tokens:
        yield from _token_findings(token, known)


def chart_findings(package: XlsxPackage) -> Iterator[str]:
    """References in charts to sheets that do not exist, and references without stored values."""
    known = vocabulary(package)
    for part in package.names:
        if not part.startswith("xl/charts/chart"):
            continue
        for kind in ("num", "str"):
            for reference in package.tree(part).iter(f"{CHART}{kind}Ref"):
                formula = reference.findtext(f"{CHART}f") or ""
                yield from (f"{part}: {finding}" for finding in formula_findings(formula, known))
                if reference.find(f"{CHART}{kind}Cache") is None:
                    yield f"{part}: {formula} without stored values"


def name_formula_findings(package: XlsxPackage) -> Iterator[str]:
    """What is wrong with the formulas behind the defined names."""
    known = vocabulary(package)
    for name, formula in defined_names(package).items():
        yield from (f"name {name!r}: {finding}" for finding in formula_findings(formula, known))


def calls_spilling_function(formula: str) -> bool:
    """Whether a formula calls a function that returns many cells."""
    called = re.findall(r"(\w+)\(", formula.upper())
    return not SPILLING.isdisjoint(called)


def _nesting_findings(tokens: list[Token]) -> Iterator[str]:
    open_brackets: list[str] = []
    deepest = 0
    for token in tokens:
        if token.subtype == "OPEN":
            open_brackets.append(token.type)
            deepest = max(deepest, len(open_brackets))
        elif token.subtype == "CLOSE" and open_brackets:
            open_brackets.pop()
        elif token.subtype == "ROW" and open_brackets[-1:] != ["ARRAY"]:
            # Whatever the user's language, the file separates arguments by commas.
            yield "semicolon between arguments"
    if open_brackets:
        yield "brackets do not match"
    if deepest > MAXIMUM_NESTING:
        yield f"nested deeper than {MAXIMUM_NESTING}"


def _order_findings(tokens: list[Token]) -> Iterator[str]:
    """Operands and operators must alternate; arguments may be empty."""
    after_value = False
    empty_allowed = False
    for token in tokens:
        opens = token.subtype == "OPEN"
        if token.type == "OPERAND" or opens or token.type == "OPERATOR-PREFIX":
            if after_value:
                yield f"no operator before {token.value}"
            after_value = token.type == "OPERAND"
            empty_allowed = token.type == "FUNC"
        else:
            separates = token.subtype in ("CLOSE", "ARG", "ROW")
            if not after_value and not (separates and empty_allowed):
                yield f"no value before {token.value}"
            after_value = token.subtype == "CLOSE" or token.type == "OPERATOR-POSTFIX"
            empty_allowed = separates
    if not after_value:
        yield "ends without a value"


def _token_findings(token: Token, known: Vocabulary) -> Iterator[str]:
    if token.type == "FUNC" and token.subtype == "OPEN":
        name = token.value.rstrip("(").upper()
        if name in PREFIXED:
            yield f"{name} without _xlfn."
    elif token.type == "OPERAND" and token.subtype in ("RANGE", "ERROR") and "#REF!" in token.value:
        yield "#REF!"
    elif token.type == "OPERAND" and token.subtype == "RANGE":
        yield from _reference_findings(token.value, known)


def _reference_findings(reference: str, known: Vocabulary) -> Iterator[str]:
    match = _SHEET.match(reference)
    if match is not None:
        sheet = match[1].replace("''", "'") if match[1] else match[2]
        if sheet.lower() not in known.sheets:
            yield f"no sheet {sheet!r}"
        return
    name = reference.partition("[")[0]
    if is_legal_name(name) and not name.lower().startswith("_xl") and name.lower() not in known.names:
        yield f"unknown name {name!r}"
