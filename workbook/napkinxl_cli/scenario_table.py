"""Many scenarios as CSV: one a row, what it sets itself and then every quantity, computed column-wise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import napkinxl
from napkinxl import InputError
from napkinxl.choices import GIVEN_IN_FULL, TEXT_FIELDS
from napkinxl.input_table import INPUTS
from napkinxl.presets import get_preset
from napkinxl.scenario import Scenario
from napkinxl_cli.chosen import Chosen
from napkinxl_cli.output import progress, to_csv


def scenario_table(chosen: Chosen) -> str:
    """The CSV text; its columns up to the first quantity are a file of the same scenarios.

    Raises:
        InputError: a field or value is wrong; the message says in which scenario, and in which file.
    """
    try:
        return _table(chosen)
    except InputError as error:
        chosen.scenarios()  # one by one: slower, with the scenario's place in the message
        number, _, text = str(error).removeprefix("row ").partition(": ")  # values that contradict each other
        raise InputError(f"{chosen.place(int(number))}{text}" if number.isdecimal() else str(error)) from None


def _table(chosen: Chosen) -> str:
    import pandas

    given = dict.fromkeys(name for row in chosen.rows for name in row)
    texts = {field: _texts(chosen, field) for field in TEXT_FIELDS}
    numbers = {name: [_number(name, row.get(name)) for row in chosen.rows] for name in INPUTS if name in given}
    others = {name: [row.get(name) for row in chosen.rows] for name in given if name not in {*texts, *numbers}}
    frame = pandas.DataFrame({**texts, **numbers, **others})
    with progress() as bar:
        task = bar.add_task("Estimating", total=len(frame))
        found = napkinxl.estimate_frame(frame, chosen.catalog, progress=lambda done: bar.update(task, completed=done))
        columns = [*texts.values(), *numbers.values(), *(found[name].tolist() for name in found)]
        lines = bar.track(zip(*columns, strict=True), total=len(frame), description="Writing")
        return to_csv([*texts, *numbers, *found.columns], lines)


def _texts(chosen: Chosen, field: str) -> list[str]:
    """A text of every scenario: the default where it is blank, names in the catalog's own spelling."""
    default = getattr(Scenario(), field)
    texts = [str(row.get(field) or "").strip() or default for row in chosen.rows]
    spelling: dict[str, Callable[[str], Any]] = {
        "gpu": lambda name: chosen.catalog.gpu(name).name,
        "model": lambda name: chosen.catalog.model(name).name,
        "preset": lambda name: get_preset(name).name,
    }
    if field not in spelling:
        return texts
    own = {text: text if text == GIVEN_IN_FULL else spelling[field](text) for text in dict.fromkeys(texts)}
    return [own[text] for text in texts]


def _number(name: str, value: object) -> float | None:
    blank = value is None or (isinstance(value, str) and not value.strip())
    return None if blank else INPUTS[name].check(value)
