"""A formula's documentation cannot drift: signature, units, sections and the equation itself are held to the code."""

from __future__ import annotations

import ast
import inspect
import random
import re
import textwrap

import pytest

import napkinxl.formulas  # noqa: F401  # registers the quantities
from napkinxl import ops
from napkinxl.input_table import INPUTS
from napkinxl.quantities import QUANTITIES, TEXT, Quantity, get_quantity

NAMES = list(QUANTITIES)
SECTIONS = ("Parameters", "Returns", "Examples", "References")
LONGEST_BODY = 10
# A unit, and the parts of a name of which each value in that unit must bear one (a part is words between "_").
UNIT_PARTS: dict[str, tuple[str, ...]] = {
    "GB": ("gb", "gb_per_gpu"),
    "TB/s": ("tb_s",),
    "TFLOP/s": ("tflops",),
    "FLOP": ("flops",),
    "GFLOP": ("gflop",),
    "GFLOP/token": ("gflop_per_token",),
    "FLOP/element": ("flops_per_element",),
    "FLOP/byte": ("flop_per_byte",),
    "elements": ("elements", "size", "dim", "rank"),
    "elements/token": ("elements_per_token",),
    "billion": ("b",),
    "ms": ("ms",),
    "us": ("us",),
    "bits": ("bits",),
    "tokens": ("tokens",),
    "tokens/s": ("tokens_per_s",),
    "million tokens/month": (
        "million_tokens_per_gpu_month",
        "million_tokens_per_month",
        "million_tokens_per_user_month",
    ),
    "USD": ("usd",),
    "USD/user": ("usd_per_user",),
    "USD/h": ("usd_per_gpu_hour", "usd_per_user_hour", "usd_per_hour"),
    "USD/month": ("usd_per_gpu_month", "usd_per_user_month", "usd_per_month"),
    "USD/million tokens": ("usd_per_million_tokens",),
    "USD/request": ("usd_per_request",),
    "USD/kWh": ("usd_per_kwh",),
    "USD/kW-month": ("usd_per_kw_month",),
    "USD/GB": ("usd_per_gb",),
    "share": ("share", "efficiency", "duty_cycle", "probability"),
    "x": ("factor", "ratio", "beta", "pue"),
    "deviations": ("deviations",),
    "months": ("months",),
    "h": ("hours", "hours_per_day"),
    "s": ("s", "s_per_request"),
    "GPU-s": ("gpu_s_per_request",),
    "W": ("w", "power_w_per_gpu"),
    "kW": ("power_kw_per_gpu",),
    "GB/s": ("gb_per_s",),
    "bytes": ("bytes_per_output_token",),
    "failures/year": ("failures_per_gpu_year",),
    "requests/month": ("requests_per_user_month",),
    "pools": ("pools",),
    "streams": ("streams", "streams_per_user"),
    "replicas": ("replicas", "replicas_per_pool", "replicas_for_users"),
    # Counts: the name says what is counted. A user at one instant is a sequence.
    "layers": ("layers",),
    "heads": ("heads",),
    "experts": ("experts",),
    "copies": ("copies",),
    "rows": ("rows",),
    "columns": ("columns",),
    "GPUs": ("gpus", "gpus_per_mw", "gpus_for_users"),
    "users": ("users", "subscribers"),
    "sequences": ("sequences", "users", "batch", "sequences_per_user"),
    # A word has no unit; its name says the question.
    TEXT: ("verdict", "bottleneck"),
}
OPS = {name: getattr(ops, name) for name in
       ("minimum", "maximum", "floor", "above", "at_least", "where", "ratio", "power", "ceil", "root", "square_root",
        "normal_quantile", "NO_ANSWER")}  # fmt: skip
# Zero there means that the GPU or model lacks it: both branches must be seen.
MAY_BE_ZERO = ("fp8_tflops", "fp4_tflops", "sparse_top_tokens", "concurrent_users", "fitting_sequences")
DRAWS = 200


def docstring(name: str) -> str:
    return inspect.cleandoc(get_quantity(name).function.__doc__ or "")


def documented(item: Quantity, section: str) -> list[tuple[str, str, str]]:
    """Each entry of a section: its head ("name : type", or the type), its text, and the unit in brackets."""
    lines = item.section(section).splitlines()
    heads = [number for number, line in enumerate(lines) if line and not line.startswith(" ")]
    entries = []
    for start, stop in zip(heads, [*heads[1:], len(lines)], strict=True):
        text = " ".join(line.strip() for line in lines[start + 1 : stop]).strip()
        unit = re.search(r" \[([^\]]+)\]\.$", text)
        entries.append((lines[start], text, unit.group(1) if unit else ""))
    return entries


def equations(name: str) -> list[tuple[str, str]]:
    """The equations under the summary, in order: (what is defined, the right-hand side)."""
    block = docstring(name).split("\n\n")[1]
    joined = re.sub(r"\n +", " ", block)
    pairs = [line.partition(" = ") for line in joined.splitlines()]
    return [(left, right.replace("no answer", "NO_ANSWER")) for left, _, right in pairs]


@pytest.mark.parametrize("name", NAMES)
def test_sections(name: str) -> None:
    summary = docstring(name).partition("\n\n")[0]
    assert summary.endswith(".")
    assert equations(name)[-1][0] == name
    headings = [line for line in docstring(name).splitlines() if line in (*SECTIONS, "Notes")]
    assert [heading for heading in headings if heading != "Notes"] == list(SECTIONS)
    item = get_quantity(name)
    assert all(item.section(heading) for heading in headings)
    assert f">>> {name}(" in item.section("Examples") or f"({name}(" in item.section("Examples")
    assert item.source


@pytest.mark.parametrize("name", NAMES)
def test_parameters_are_the_signature(name: str) -> None:
    item = get_quantity(name)
    entries = documented(item, "Parameters")
    assert tuple(head.partition(" : ")[0] for head, _, _ in entries) == item.parameters
    for (head, _, unit), parameter in zip(entries, item.parameters, strict=True):
        registered = INPUTS.get(parameter) or QUANTITIES[parameter]
        assert unit == registered.unit, parameter
        assert head.endswith(" : str or array" if unit == TEXT else " : float or array")


@pytest.mark.parametrize("name", NAMES)
def test_return_unit(name: str) -> None:
    item = get_quantity(name)
    ((head, _, unit),) = documented(item, "Returns")
    assert unit == item.unit
    assert head == ("str or array" if unit == TEXT else "float or array")


@pytest.mark.parametrize("name", [*INPUTS, *QUANTITIES])
def test_unit_is_in_the_name(name: str) -> None:
    """The part of the name that ends last, and of those the longest, is of the registered unit."""
    unit = (INPUTS.get(name) or QUANTITIES[name]).unit
    parts = {part for known in UNIT_PARTS.values() for part in known if f"_{part}_" in f"_{name}_"}
    assert parts, f"{name} bears no unit, and is in {unit}"
    last = max(parts, key=lambda part: (f"_{name}_".rindex(f"_{part}_") + len(part), len(part)))
    assert last in UNIT_PARTS[unit], f"{name} is in {unit}"


@pytest.mark.parametrize("name", NAMES)
def test_function_is_short_and_annotated(name: str) -> None:
    function = get_quantity(name).function
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    code = tree.body[1:]
    assert 1 <= (code[-1].end_lineno or 0) - code[0].lineno + 1 <= LONGEST_BODY
    assert set(function.__annotations__) == {*get_quantity(name).parameters, "return"}


def draw(parameters: tuple[str, ...], rng: random.Random) -> dict[str, float]:
    values = {}
    for parameter in parameters:
        zero = parameter in MAY_BE_ZERO and rng.random() < 0.3
        share = (INPUTS.get(parameter) or QUANTITIES[parameter]).unit == "share" and rng.random() < 0.5
        values[parameter] = 0.0 if zero else rng.uniform(0, 1) if share else rng.uniform(0.5, 20)
    if "experts" in values:
        values["experts"] = rng.uniform(25, 50)  # more than are used per token, as the formula says
    return values


@pytest.mark.parametrize("name", NAMES)
def test_equation_gives_what_the_function_gives(name: str) -> None:
    item = get_quantity(name)
    rng = random.Random(name)
    seen = []
    for _ in range(DRAWS):
        values = draw(item.parameters, rng)
        names: dict[str, object] = {**OPS, **values}
        for left, right in equations(name):
            names[left] = eval(right, {"__builtins__": {}}, names)
        found = item.function(*values.values())
        same = found if isinstance(found, str) else pytest.approx(found, rel=1e-12, nan_ok=True)
        assert names[name] == same
        seen.append(found)
    assert any(found == found for found in seen), "no draw has an answer: the comparison shows nothing"
