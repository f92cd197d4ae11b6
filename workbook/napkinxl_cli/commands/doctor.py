"""`napkinxl doctor`: what is missing for the functions to answer."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import rich_click as click

from napkinxl_cli.output import console, table, to_json, write
from napkinxl_workbook.doctor.machine import machine_findings
from napkinxl_workbook.doctor.workbooks import workbook_findings

SHOWN = {"ok": "ok", "problem": "PROBLEM", "note": "note"}


@click.command()
@click.argument("workbook", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@click.pass_context
def doctor(context: click.Context, workbook: Path | None, as_json: bool) -> None:
    """Find what stops the Excel functions from working, and say how to fix it.

    WORKBOOK is one whose cells show errors; without it, only this machine is looked at. Exit code 1: there is
    something to mend.

    \b
    napkinxl doctor
    napkinxl doctor ours.xlsm
    """
    findings = [*machine_findings(), *(workbook_findings(workbook) if workbook else ())]
    problems = [finding for finding in findings if finding.state == "problem"]
    if as_json:
        write(to_json([asdict(finding) for finding in findings]), None)
    else:
        rows = [[SHOWN[item.state], item.what, item.found, item.remedy] for item in findings]
        table("napkinxl doctor", [("", False), ("What", False), ("Found", False), ("To do", False)], rows)
        words = f"{len(problems)} to mend" if problems else "nothing to mend"
        console().print(f"{len(findings)} things looked at, {words}.")
    context.exit(1 if problems else 0)
