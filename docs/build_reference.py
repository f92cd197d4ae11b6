"""Write what is made from the code: the references (functions.md, quantities.md, fleet.md ...), tables, signatures.

python docs/build_reference.py            write them
python docs/build_reference.py --check    fail when a file differs from what the code says
"""

from __future__ import annotations

import csv
import inspect
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from api_reference import INTRODUCTION as API
from api_reference import api_parts
from evidence_tables import fill, meaning, table
from fleet_reference import INTRODUCTION as FLEET
from fleet_reference import fleet_parts
from function_reference import INTRODUCTION, function_parts

import napkinxl_cli.app as command_line
from napkinxl import excel_formula
from napkinxl.engine.inputs import OWNERS, Input
from napkinxl.evidence import errors
from napkinxl.evidence.measured import errors_by
from napkinxl.formulas import QUANTITIES, TEXT, TOPICS, Quantity, formula_words
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import TEXT_FIELDS
from napkinxl_addin.functions import FUNCTIONS

ROOT = Path(__file__).resolve().parent.parent
SIGNATURES = ROOT / "tests" / "addin" / "signatures.txt"
NOTICE = "<!-- Made by docs/build_reference.py from the code: change the code, then run it again. -->"


def main(arguments: Sequence[str]) -> int:
    """Write the files, or with --check compare them; the exit code."""
    check = "--check" in arguments
    stale = []
    for path, text in generated().items():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old != text:
            stale.append(path.relative_to(ROOT).as_posix())
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    verb = "differs from the code; run python docs/regenerate.py" if check else "written"
    for name in stale:
        print(f"{name}: {verb}")
    return 1 if check and stale else 0


def preset_errors() -> str:
    """The error of each preset by GPU and by model, as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["column", "value", "preset", "runs", *errors.NUMBERS])
    for column in ("gpu", "model"):
        frame = errors_by(column).sort_values("value", kind="stable")
        for line in frame.itertuples(index=False):
            numbers = [f"{getattr(line, name):.6g}" for name in errors.NUMBERS]
            writer.writerow([column, line.value, line.preset, line.runs, *numbers])
    return stream.getvalue()


def signatures() -> str:
    """The pinned signatures with those of new functions at the end: workbooks rely on a line, so it never changes."""
    lines = SIGNATURES.read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("(")[0] for line in lines}
    lines += [function.signature for name, function in FUNCTIONS.items() if name not in pinned]
    return "\n".join(lines) + "\n"


def generated() -> dict[Path, str]:
    """Every generated file's path and text."""
    files = {
        errors.FILE: preset_errors(),
        SIGNATURES: signatures(),
        ROOT / "docs" / "functions.md": _page("Excel functions", INTRODUCTION, function_parts()),
        ROOT / "docs" / "quantities.md": quantities(),
        ROOT / "docs" / "inputs.md": inputs(),
        ROOT / "docs" / "fleet.md": _page("A plan by month", FLEET, fleet_parts()),
        ROOT / "docs" / "commands.md": commands(),
        ROOT / "docs" / "api.md": _page("Python names", API, api_parts()),
    }
    for path in (
        ROOT / "README.md",
        ROOT / "docs" / "accuracy.md",
        ROOT / "docs" / "economics.md",
        ROOT / "docs" / "method.md",
        ROOT / "docs" / "excel.md",
    ):
        if path.exists():
            files[path] = fill(path.read_text(encoding="utf-8"))
    return files


def _page(title: str, introduction: str, parts: Iterator[str]) -> str:
    return "\n\n".join([NOTICE, f"# {title}", inspect.cleandoc(introduction), *parts]) + "\n"


def quantities() -> str:
    """The page of quantities."""
    introduction = f"""
        Every number that napkinxl calculates: {len(QUANTITIES)} quantities in the order of [the method](method.md).
        Each has one name in Python, JSON, CSV and column C of the sheet Workings; its
        [Excel function](functions.md) has that name in capitals. Excel formulas are shown with names in place of
        cells.

        *No answer* is `#N/A` in a workbook, `null` in JSON, blank in CSV and `nan` in Python.
        """
    return _page("Quantities", introduction, _quantity_parts())


def _quantity_parts() -> Iterator[str]:
    for topic in TOPICS.values():
        yield f"## {topic}"
        for item in QUANTITIES.values():
            if item.topic == topic:
                yield _quantity(item)


def _quantity(item: Quantity) -> str:
    unit = "a word" if item.unit == TEXT else item.unit
    notes = " ".join(item.section("Notes").split())
    lines = [
        f"### {item.name}\n",
        f"**{item.label}** [{unit}]. {item.summary}\n",
        f"- Formula: `{formula_words(item.name)}`",
        f"- Excel: `{excel_formula(item.name, {name: name for name in item.parameters})}`",
        f"- Made from: {', '.join(_link(name) for name in item.parameters)}",
        *([f"- Note: {notes}"] if notes else []),
        f"- Source: {item.source}",
    ]
    return "\n".join(lines)


def _link(name: str) -> str:
    if name in QUANTITIES:
        return f"[{name}](#{name})"
    return f"[{name}](inputs.md#{OWNERS[INPUTS[name].owner].lower()})"


def inputs() -> str:
    """The page of inputs."""
    introduction = f"""
        Every number that a scenario may set: {len(INPUTS)} inputs. The name is the field in a scenario file, the
        command-line option (`context_tokens` is `--context-tokens`) and column C of the sheet Inputs.

        The value in use is the scenario's own, else the catalog's, else the preset's, else the default, else that of
        the input or quantity that it follows. If none exists, there is no answer. A scenario also has the texts
        {", ".join(f"`{name}`" for name in TEXT_FIELDS[:-1])} and `{TEXT_FIELDS[-1]}`: see
        [scenarios.md](scenarios.md).
        """
    return _page("Inputs", introduction, _input_parts())


def _input_parts() -> Iterator[str]:
    for owner, title in OWNERS.items():
        rows = [_input(item) for item in INPUTS.values() if item.owner == owner]
        yield f"## {title}"
        yield table(["Name", "Meaning", "Unit", "Allowed", "In the catalog", "Default", "Source and note"], rows)


def _input(item: Input) -> list[str]:
    note = "; ".join(part for part in (item.source, item.note) if part)
    catalog = item.catalog or ""
    words = meaning(item.label, item.help)
    return [f"`{item.name}`", words, item.unit, str(item.bounds), catalog, item.default_text, note]


def commands() -> str:
    """The page of commands: what `--help` says, in print."""
    context = click.Context(command_line.cli, info_name="napkinxl")
    introduction = """
        The text of `napkinxl COMMAND --help`. Results go to standard output, warnings and progress to standard error.
        Exit codes: 0, done; 2, something to correct, named in one line; 130, stopped by you.
        """
    return _page("Commands", introduction, _command_parts(context))


def _command_parts(context: click.Context) -> Iterator[str]:
    shared: list[click.Option] = []
    for name in command_line.cli.list_commands(context):
        command = command_line.cli.get_command(context, name)
        assert command is not None
        own, inherited = _options(command)
        shared = shared or inherited
        yield f"## napkinxl {name}"
        yield "\n\n".join(_help(command.help or ""))
        arguments = [param for param in command.params if isinstance(param, click.Argument)]
        words = [f"{param.make_metavar(context)}" for param in arguments]
        yield f"Usage: `{' '.join(['napkinxl', name, '[OPTIONS]', *words])}`"
        yield table(["Option", "What it does"], [*map(_option, own), ["`-h`, `--help`", "show the help and exit"]])
        if inherited:
            yield "And all [scenario options](#scenario-options)."
    yield "## Scenario options"
    yield "An option changes every scenario of the run."
    yield table(["Option", "What it sets"], [_option(option) for option in shared])


def _options(command: click.Command) -> tuple[list[click.Option], list[click.Option]]:
    """The options that are a command's own, and those that every command on scenarios has."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    names = {*TEXT_FIELDS, *INPUTS}
    if not any(option.name in names for option in options):
        return options, []
    names.add("catalogs")
    return [o for o in options if o.name not in names], [o for o in options if o.name in names]


def _help(text: str) -> Iterator[str]:
    """The paragraphs of a help text; those marked to stay as they are hold commands."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield f"```console\n{paragraph.removeprefix(chr(8)).strip()}\n```"
        else:
            yield " ".join(paragraph.split())


def _option(option: click.Option) -> list[str]:
    flags = ", ".join(f"`{flag}`" for flag in option.opts)
    return [f"{flags} {option.metavar or ''}".strip(), option.help or ""]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
