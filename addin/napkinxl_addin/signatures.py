"""The arguments of each function: catalog names first, then what people vary, in one order everywhere.

A workbook holds calls by position, so the order is public: new names are added at the end, none is moved.
"""

from __future__ import annotations

from dataclasses import dataclass

import napkinxl.formulas  # noqa: F401  # registers the quantities
from napkinxl.formulas import needed_names
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES

VARIED = (
    *("context_tokens", "duty_cycle", "weight_bits", "kv_bits", "gpus_per_replica"),
    *("matmul_rows", "matmul_inner_size", "matmul_columns", "projection_batch"),
)
# What a function came to depend on after its signature was public, by function: these stand after `settings`.
ADDED_LATER: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Argument:
    """An argument of a function, as the function wizard shows it."""

    name: str
    help: str
    required: bool = False


GPU = Argument("gpu", f"a GPU of GPU_LIST(), or a range of field and value; blank: {DEFAULT_CHOICES['gpu']}")
MODEL = Argument("model", f"a model of MODEL_LIST(), or a range of field and value; blank: {DEFAULT_CHOICES['model']}")
SETTINGS = Argument(
    "settings",
    "a range, fields in its first column and values in its last: any other input, or gpu, model, preset "
    "(napkin: the best case; or calibrated)",
)


def quantity_arguments(name: str) -> tuple[Argument, ...]:
    """The arguments of a quantity's function: as far as it depends on them, and `settings` at the end.

    >>> [argument.name for argument in quantity_arguments("users_per_gpu")][:4]
    ['gpu', 'model', 'context_tokens', 'duty_cycle']
    """
    # What an argument follows when it is blank is left to `settings`.
    needed = needed_names([name], VARIED) & INPUTS.keys()
    found = [owner for owner in (GPU, MODEL) if any(INPUTS[item].describes(owner.name) for item in needed)]
    later = ADDED_LATER.get(name, ())
    found.extend(_varied(item) for item in VARIED if item in needed and item not in later)
    return (*found, SETTINGS, *map(_varied, later))


def _varied(name: str) -> Argument:
    item = INPUTS[name]
    return Argument(name, f"{item.label} [{item.unit}], {item.bounds}; blank: {item.default_text}")


# What NAPKIN and EXPLAIN take to describe one case.
CASE_ARGUMENTS = (GPU, MODEL, *map(_varied, VARIED[:5]), SETTINGS)
