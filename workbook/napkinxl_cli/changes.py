"""What changed since an older report, as a short summary on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from napkinxl.inputs import INPUTS
from napkinxl_cli.output import say, table
from napkinxl_workbook.export.diff import Change, Diff
from napkinxl_workbook.export.figures import Value
from napkinxl_workbook.export.number_formats import formatted_cell
from napkinxl_workbook.theme import input_format, number_format

MOST_LINES = 20  # of a table; the rest is counted
LONGEST_CELL = 40
NOT_SET, NO_ANSWER = "not set", "no answer"


def print_changes(diff: Diff, older: str) -> None:
    """Inputs that changed, the main results that changed with them, and how many others."""
    if not diff:
        say(f"Nothing changed since {older}.")
        return
    say(f"Changed since {older}" + (f", made by {diff.old_version}:" if diff.old_version else ":"))
    if diff.old_version != diff.new_version:
        say(f"The new one is made by {diff.new_version}.")
    for what, names in (("New", diff.added_scenarios), ("No longer there", diff.removed_scenarios)):
        if names:
            say(f"{what}: {', '.join(names)}")
    _print_table("Inputs", diff.inputs, NOT_SET)
    _print_table("Inputs that follow (the catalog, a preset, a default or another input)", diff.in_use, NOT_SET)
    main = diff.headline_results
    rest = len(diff.results) - len(main)
    _print_table("Results", main, NO_ANSWER, f"and {rest} other results" if rest else "")
    for verb, rows in (("new", diff.added_rows), ("gone", diff.removed_rows)):
        if rows:
            say(f"Rows that are {verb} in this version: {_first_of(rows)}")


def _print_table(title: str, changes: Sequence[Change], nothing: str, caption: str = "") -> None:
    long = [item for item in changes if any(_is_long(value) for value in (item.old, item.new))]
    for item in long:
        say(f"{item.scenario}, {item.label}: {item.new or nothing}; before: {item.old or nothing}")
    changes = [item for item in changes if item not in long]
    if not changes:
        if caption:
            say(f"{title}: none of the main ones, {caption}")
        return
    columns = [("Scenario", False), ("What", False), ("Old", True), ("New", True), ("Change", True)]
    left_out = len(changes) - MOST_LINES
    remarks = [f"and {left_out} more" if left_out > 0 else "", caption]
    rows = [_line(change, nothing) for change in changes[:MOST_LINES]]
    table(title, columns, rows, ", ".join(filter(None, remarks)))


def _is_long(value: Value) -> bool:
    """Whether a text would take the room of the other columns."""
    return isinstance(value, str) and len(value) > LONGEST_CELL


def _line(change: Change, nothing: str) -> list[str]:
    label = f"{change.label} [{change.unit}]" if change.unit else change.label
    return [
        change.scenario,
        label,
        _text(change, change.old, nothing),
        _text(change, change.new, nothing),
        _step(change),
    ]


def _step(change: Change) -> str:
    """How far the value has moved: a share in points, anything else in proportion."""
    if change.unit == "share" and isinstance(change.old, float) and isinstance(change.new, float):
        return f"{100 * (change.new - change.old):+.1f} points"
    return "" if change.relative is None else f"{change.relative:+.1%}"


def _text(change: Change, value: Value, nothing: str) -> str:
    """A value as the workbook shows it."""
    if value is None:
        return nothing
    item = INPUTS.get(change.name)
    return formatted_cell(value, input_format(item) if item else number_format(change.unit, value))


def _first_of(names: Sequence[str]) -> str:
    text = ", ".join(names[:MOST_LINES])
    return text if len(names) <= MOST_LINES else f"{text} and {len(names) - MOST_LINES} more"
