"""`napkinxl report` in other formats, and compared with an older report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from napkinxl_workbook.export import pdf
from support.command_line import Command

STARTS = {"xlsx": b"PK", "html": b"<!DOCTYPE html>", "md": b"# "}


@pytest.mark.slow
@pytest.mark.parametrize("kind", STARTS)
def test_kinds_of_file(napkinxl: Command, tmp_path: Path, kind: str) -> None:
    named, chosen = napkinxl("report", "-o", f"mine.{kind}"), napkinxl("report", "--to", kind)
    assert (named.code, chosen.code) == (0, 0)
    assert f"Wrote napkinxl-report.{kind}" in chosen.out
    for name in ("mine", "napkinxl-report"):
        assert (tmp_path / f"{name}.{kind}").read_bytes().lstrip().startswith(STARTS[kind])


def test_the_workbook_is_the_default(napkinxl: Command, tmp_path: Path) -> None:
    assert "Wrote napkinxl-report.xlsx" in napkinxl("report").out
    assert [path.name for path in tmp_path.iterdir()] == ["napkinxl-report.xlsx"]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["cost", "compare", "plan", "sweep"])
def test_studies_write_pages_too(napkinxl: Command, tmp_path: Path, command: str) -> None:
    assert napkinxl(command, "-o", "study.html").code == 0
    title = {"cost": "Price tiers", "compare": "Own, rent or API", "plan": "Monthly plan", "sweep": "Tornado"}[command]
    page = (tmp_path / "study.html").read_text(encoding="utf-8")
    assert f">{title}</a></li>" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "html", "-o", "a.pdf"), "--to html writes a file that ends in .html, but --output is 'a.pdf'"),
        (("--to", "doc"), "'doc' is not one of 'xlsx', 'pdf', 'html', 'md'"),
        (("-o", "a.doc"), "a report's name must end in .xlsx, .pdf, .html or .md, got 'a.doc'"),
        (("-o", "report"), "a report's name must end in .xlsx, .pdf, .html or .md, got 'report'"),
        (("--json",), "--json prints what changed: name the older report with --diff"),
        (("--diff", "none.xlsx"), "none.xlsx cannot be read"),
        (("--diff", "note.txt"), "note.txt is no report to compare with"),
        (("--to", "pdf"), "a PDF needs LibreOffice, which was not found: install it"),
    ],
)
def test_refusals_are_one_line_and_write_nothing(
    napkinxl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: None)
    (tmp_path / "note.txt").write_text("a note", encoding="utf-8")
    outcome = napkinxl("report", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.slow
def test_what_changed_is_said(napkinxl: Command) -> None:
    napkinxl("report", "--context-tokens", "200000", "-o", "old.xlsx")
    outcome = napkinxl("report", "--context-tokens", "20000", "--diff", "old.xlsx", "-o", "new.html")
    said = " ".join(outcome.out.split())
    assert outcome.code == 0
    assert "Changed since old.xlsx, made by napkinxl" in said
    # The article's own figures: 30 users at 200,000 tokens, 305 at 20,000.
    for part in ("200,000", "20,000", "-90.0%", "30.0", "305.0", "+916.7%", "other results", "Wrote new.html"):
        assert part in said
    assert max(map(len, outcome.out.splitlines())) <= 80


@pytest.mark.slow
def test_a_report_may_take_the_place_of_the_one_it_is_compared_with(napkinxl: Command) -> None:
    napkinxl("report", "-o", "r.xlsx")
    assert "Nothing changed since r.xlsx." in napkinxl("report", "--diff", "r.xlsx", "-o", "r.xlsx").out
    changed = napkinxl("report", "--duty-cycle", "0.5", "--diff", "r.xlsx", "-o", "r.xlsx").out
    assert "50.0%" in changed
    assert "Nothing changed" in napkinxl("report", "--duty-cycle", "0.5", "--diff", "r.xlsx", "-o", "r.xlsx").out


@pytest.mark.slow
def test_what_changed_as_json(napkinxl: Command) -> None:
    napkinxl("report", "-o", "old.xlsx")
    outcome = napkinxl("report", "--rent-usd-per-gpu-hour", "4.5", "--diff", "old.xlsx", "--json")
    found = json.loads(outcome.out)
    assert "Wrote napkinxl-report.xlsx" in outcome.err
    rents = [change for change in found["results"] if change["name"] == "rent_usd_per_seat_month"]
    # The rent was 3 USD an hour, the article's: all that is paid for it grows by half.
    assert [change["relative_change_share"] for change in rents] == pytest.approx([0.5, 0.5])
    assert {change["name"] for change in found["inputs"]} == {"rent_usd_per_gpu_hour"}


@pytest.mark.slow
def test_scenarios_that_come_and_go_are_named(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,duty_cycle\nOne,0.2\nTwo [b]x[/b],0.3\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("name,duty_cycle\nOne,0.2\nThree,0.3\n", encoding="utf-8")
    napkinxl("report", "a.csv", "-o", "old.xlsx")
    said = napkinxl("report", "b.csv", "--diff", "old.xlsx").out
    assert "New: Three\n" in said
    assert "No longer there: Two [b]x[/b]\n" in said
    assert "Nothing changed" not in said
