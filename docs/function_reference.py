"""The page functions.md: every Excel function with its arguments, unit, example, errors and source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence_tables import table

from napkinxl.engine.number_text import number_text
from napkinxl.formulas import QUANTITIES, TEXT, TOPICS
from napkinxl.inputs import INPUTS
from napkinxl_addin.functions import CATALOG, FUNCTIONS, TABLES, Function, call
from napkinxl_addin.problems import Problem
from napkinxl_addin.signatures import VARIED, Argument

# What the examples say; a function takes as many of them as it has arguments.
SHOWN: dict[str, Any] = {
    "gpu": "H200 SXM",
    "model": "Qwen3-32B",
    "context_tokens": 20_000,
    "duty_cycle": 0.2,
    "weight_bits": 8,
    "field": "memory_gb",
    "quantity": "users_per_gpu",
    "matmul_rows": 3,
    "matmul_inner_size": 4,
    "matmul_columns": 5,
    "projection_batch": 1,
}
FIELD_OF_A_MODEL = "kv_heads"

INTRODUCTION = f"""
    {len(FUNCTIONS)} functions, identical in every host. [hosts.md](hosts.md) says how to install them,
    [excel.md](excel.md) how they treat blanks, ranges and errors.

    Every argument takes a cell or a range. Arguments in brackets are optional; a blank means the default of the
    [arguments](#arguments) below. `settings` comes last and sets any other [input](inputs.md).

    | Answer | Reason |
    | --- | --- |
    | `#VALUE!` | an argument is not allowed |
    | `#N/A` | no answer: the model does not fit, or a number needed is unknown |
    | any other error | passed on from an input cell |

    `EXPLAIN` says why; it takes the quantity's name, then gpu, model and the rest. Functions that differ say so below.
    """


def function_parts() -> Iterator[str]:
    """The page's parts below its introduction."""
    yield "## Arguments"
    yield table(["Argument", "Meaning", "Unit", "Allowed", "Blank means"], [_argument(item) for item in _arguments()])
    for title in (*(f"napkinxl {topic}" for topic in TOPICS.values()), CATALOG, TABLES):
        heading = title.removeprefix("napkinxl ")
        yield f"## {heading[0].upper()}{heading[1:]}"
        for function in FUNCTIONS.values():
            if function.category == title:
                yield _function(function)


def _arguments() -> list[Argument]:
    found = {argument.name: argument for function in FUNCTIONS.values() for argument in function.arguments}
    order = ["gpu", "model", *VARIED, "settings", "field", "quantity"]
    return [found[name] for name in order]


def _argument(argument: Argument) -> list[str]:
    item = INPUTS.get(argument.name)
    if item:
        return [f"`{argument.name}`", item.label, item.unit, str(item.bounds), item.default_text]
    meaning, _, blank = argument.help.partition("; blank: ")
    return [f"`{argument.name}`", meaning, "", "", blank or ("not allowed" if argument.required else "nothing more")]


def _function(function: Function) -> str:
    quantity = QUANTITIES.get(function.name)
    lines = [f"### {function.excel_name}\n"]
    if quantity:
        unit = "a word" if quantity.unit == TEXT else quantity.unit
        lines.append(f"**{quantity.label}** [{unit}]. {quantity.summary}\n")
    else:
        lines.append(f"{function.summary}\n")
    lines.append(f"- `{function.signature}`")
    lines.append(f"- Example: {_example(function)}")
    if quantity:
        lines.append(f"- Formula and notes: [{quantity.name}](quantities.md#{quantity.name})")
        lines.append(f"- Source: {quantity.source}")
    if function.name in _ERRORS:
        lines.append(f"- Errors: {_ERRORS[function.name]}")
    return "\n".join(lines)


_FIELD_ERRORS = "`#VALUE!` for a field that the table does not have, `#N/A` for one that the catalog leaves blank"
_ERRORS = {
    "gpu_spec": _FIELD_ERRORS,
    "model_spec": _FIELD_ERRORS,
    "napkin": "`#VALUE!` where an argument is more than one cell; a quantity without an answer shows `#N/A` in its row",
    "explain": "`#VALUE!` for an unknown quantity; any other problem is a row of the answer, in words",
}


def _example(function: Function) -> str:
    """A call and what it answers."""
    names = [argument.name for argument in function.arguments if argument.name in SHOWN]
    given = [FIELD_OF_A_MODEL if (name, function.name) == ("field", "model_spec") else SHOWN[name] for name in names]
    answer = call(function.excel_name, *given)
    text = ",".join(f'"{value}"' if isinstance(value, str) else f"{value:g}" for value in given)
    return f"`={function.excel_name}({text})` gives {_answer_text(answer)}"


def _answer_text(answer: Any) -> str:
    if isinstance(answer, Problem):
        return f"`{answer.code}`: {answer.reason}"
    if isinstance(answer, list):
        return f"a range of {len(answer)} x {len(answer[0])} cells"
    return answer if isinstance(answer, str) else number_text(answer)
