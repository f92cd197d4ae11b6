"""A formula's documentation cannot drift: what an author wrote is held to the code, the rest is composed from it."""

from __future__ import annotations

import ast
import doctest
import inspect
import random
import re

import pytest

import napkinxl.formulas  # noqa: F401  # registers the quantities
from napkinxl.engine import ops
from napkinxl.engine.registry import known_names, wire
from napkinxl.formulas import QUANTITIES, TEXT, Quantity, formula_words, get_quantity
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.inputs import INPUTS
from support.written_docstrings import code, equations, written

ROWS = [*MONTHLY.values(), *OVER_PLAN.values()]
ITEMS = [*QUANTITIES.values(), *ROWS]
SECTIONS = ("Examples", "References")
OPTIONAL = ("Raises", "Notes")
LONGEST_BODY = 10
OPS = {
    name: getattr(ops, name)
    for name in (
        "minimum",
        "maximum",
        "floor",
        "above",
        "at_least",
        "where",
        "ratio",
        "power",
        "ceil",
        "root",
        "square_root",
        "normal_quantile",
        "NO_ANSWER",
    )
}
# Zero there means that the GPU or model lacks it: both branches must be seen.
MAY_BE_ZERO = ("fp8_tflops", "fp4_tflops", "sparse_top_tokens", "concurrent_sequences", "fitting_sequences")
DRAWS = 200


def composed(item: Quantity) -> str:
    return inspect.cleandoc(item.function.__doc__ or "")


def documented(item: Quantity, section: str) -> list[tuple[str, str, str]]:
    """Each entry of a section: its name (or ""), its shape, and the unit in brackets."""
    return re.findall(r"^(?:(\w+) : )?(\w.*)\n +\S.* \[(.+)\]\.$", item.section(section), re.MULTILINE)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_author_writes_what_the_registry_cannot_know(item: Quantity) -> None:
    assert written(item).partition("\n\n")[0].endswith(".")
    headings = re.findall(r"^(\w+)\n-+$", written(item), re.MULTILINE)
    assert headings == [*(heading for heading in OPTIONAL if heading in headings), *SECTIONS]
    assert all(item.section(heading) for heading in headings)
    assert re.search(rf">>> (.*\()?{item.name}\(", item.section("Examples"))
    assert item.source
    # One equation is composed; several are written, also where one statement calls a helper that has several.
    several = len(code(item).body) > 2 or len(equations(item)) > 1
    assert [left for left, _ in equations(item)][-1:] == ([item.name] if several else [])


def test_composed_docstrings_name_every_parameter_with_its_unit() -> None:
    known = known_names()
    for item in ITEMS:
        units = [known[wire(name).name].unit for name in item.parameters]
        entries = documented(item, "Parameters")
        assert [(name, unit) for name, _, unit in entries] == list(zip(item.parameters, units, strict=True)), item.name
        ((_, shape, unit),) = documented(item, "Returns")
        assert (shape, unit) == ("str or array" if item.unit == TEXT else "float or array", item.unit), item.name


def test_composed_docstrings_keep_what_was_written() -> None:
    finder = doctest.DocTestFinder(recurse=False)
    for item in ITEMS:
        equation = composed(item).split("\n\n")[1]
        if not equations(item):
            formula = formula_words(item.name)
            assert equation == f"{item.name} = {formula}"
        summary, _, rest = written(item).partition("\n\n")
        assert composed(item).startswith(summary + "\n\n")
        assert composed(item).endswith("\n\n" + rest.removeprefix(equation + "\n\n"))
        (found,) = finder.find(item.function, item.name, globs={})
        assert [example.source for example in found.examples] == [
            example.source for example in doctest.DocTestParser().get_examples(written(item))
        ]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_function_is_short_and_annotated(item: Quantity) -> None:
    body = code(item).body[1:]
    written_lines = "\n".join(map(ast.unparse, body)).splitlines()  # the formatter gives each argument a line
    assert 1 <= len(written_lines) <= LONGEST_BODY
    assert set(item.function.__annotations__) == {*item.parameters, "return"}


def draw(parameters: tuple[str, ...], rng: random.Random) -> dict[str, float]:
    values = {}
    for parameter in parameters:
        zero = parameter in MAY_BE_ZERO and rng.random() < 0.3
        share = (INPUTS.get(parameter) or QUANTITIES[parameter]).unit == "share" and rng.random() < 0.5
        values[parameter] = 0.0 if zero else rng.uniform(0, 1) if share else rng.uniform(0.5, 20)
    if "experts" in values:
        values["experts"] = rng.uniform(25, 50)  # more than are used per token, as the formula says
    return values


@pytest.mark.parametrize("name", [item.name for item in QUANTITIES.values() if equations(item)])
def test_equation_gives_what_the_function_gives(name: str) -> None:
    item = get_quantity(name)
    rng = random.Random(name)
    seen = []
    for _ in range(DRAWS):
        values = draw(item.parameters, rng)
        names: dict[str, object] = {**OPS, **values}
        for left, right in equations(item):
            names[left] = eval(right, {"__builtins__": {}}, names)
        found = item.function(*values.values())
        same = found if isinstance(found, str) else pytest.approx(found, rel=1e-12, nan_ok=True)
        assert names[name] == same
        seen.append(found)
    assert any(found == found for found in seen), "no draw has an answer: the comparison shows nothing"
