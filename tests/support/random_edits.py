"""Random edits as a user would make them: other numbers and names, cleared cells, and the blue cells of each sheet."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from napkinxl import estimate
from napkinxl.catalog import built_in_catalog
from napkinxl.errors import NapkinError
from napkinxl.inputs import FLEET_INPUTS, INPUTS
from support.edited_books import Desk
from support.proof_books import edited

# Two that decide which sheets Python writes: plans of one product share a fixed cost, and a plan by month needs whole
# months of life. An edit of a file cannot add or take away a sheet.
NOT_EDITED: Final = ("fixed_usd_per_month", "useful_life_months")
MOST_TRIES: Final = 500
MONTHS: Final = 36


def random_edit(desk: Desk, kinds: list[str], choose: random.Random) -> Desk:
    """The desk after one edit of each of the kinds; what Python would refuse is drawn again."""
    for kind in kinds:
        for _ in range(MOST_TRIES):
            changed = EDITS[kind](desk, choose)
            if changed != desk and _is_allowed(changed):
                desk = changed
                break
        else:
            raise AssertionError(f"no edit of the kind {kind} is allowed")
    return desk


def _is_allowed(desk: Desk) -> bool:
    try:
        desk.plan()
        for scenario in desk.scenarios:
            estimate(scenario)
    except NapkinError:
        return False
    return True


def _of_a_scenario(desk: Desk, choose: random.Random, **fields: Any) -> Desk:
    scenarios = list(desk.scenarios)
    place = choose.randrange(len(scenarios))
    scenarios[place] = edited(scenarios[place], **fields)
    return replace(desk, scenarios=tuple(scenarios))


def _number(desk: Desk, choose: random.Random) -> Desk:
    name = choose.choice([name for name in INPUTS if name not in NOT_EDITED])
    bounds, used = INPUTS[name].bounds, float(estimate(desk.scenarios[0])[name])
    value = (used if used == used and used else 1.0) * choose.uniform(0.4, 1.8)
    value = min(max(float(round(value)) if bounds.whole else value, bounds.low), bounds.high)
    return _of_a_scenario(desk, choose, **{name: value}) if value in bounds else desk


def _clear(desk: Desk, choose: random.Random) -> Desk:
    place = choose.randrange(len(desk.scenarios))
    given = [name for name in desk.scenarios[place].given() if name not in NOT_EDITED]
    scenarios = list(desk.scenarios)
    scenarios[place] = edited(scenarios[place], **{choose.choice(given): None})
    return replace(desk, scenarios=tuple(scenarios))


def _gpu(desk: Desk, choose: random.Random) -> Desk:
    return _of_a_scenario(desk, choose, gpu=choose.choice(list(built_in_catalog().gpus)))


def _model(desk: Desk, choose: random.Random) -> Desk:
    return _of_a_scenario(desk, choose, model=choose.choice(list(built_in_catalog().models)))


def _preset(desk: Desk, choose: random.Random) -> Desk:
    return _of_a_scenario(desk, choose, preset=choose.choice(["napkin", "calibrated"]))


def _select(desk: Desk, choose: random.Random) -> Desk:
    return replace(desk, selected=choose.randrange(len(desk.scenarios)))


def _contexts(desk: Desk, choose: random.Random) -> Desk:
    return replace(desk, contexts=tuple(float(choose.randint(1, 300_000)) for _ in desk.contexts))


def _users(desk: Desk, choose: random.Random) -> Desk:
    return replace(desk, most_users=float(choose.randint(1, 10**7)))


def _ends(desk: Desk, choose: random.Random) -> Desk:
    return replace(desk, ends=(round(choose.uniform(0.1, 0.9), 2), round(choose.uniform(1.1, 3), 2)))


def _grid(desk: Desk, choose: random.Random) -> Desk:
    return replace(desk, grid=tuple(round(choose.uniform(0.1, 3), 2) for _ in desk.grid))


def _fleet(desk: Desk, choose: random.Random) -> Desk:
    item = choose.choice([item for item in FLEET_INPUTS.values() if not item.follows])
    low, most = item.bounds.low, {"opening_servers_months_left": 12}.get(item.name, min(item.bounds.high, 40))
    whole = item.bounds.whole
    value = float(choose.randint(int(low), int(most))) if whole else round(choose.uniform(low, min(most, 1)), 2)
    return replace(desk, fleet={**desk.fleet, item.name: value})


def _seasons(desk: Desk, choose: random.Random) -> Desk:
    swing = round(choose.uniform(0.05, 0.9), 2)
    return replace(desk, fleet={**desk.fleet, "season_ratios": [1 + swing, 1 - swing] * 6})


def _monthly_users(desk: Desk, choose: random.Random) -> Desk:
    series = choose.choice(["users", "new_users"])
    users = [choose.choice([None, float(choose.randint(0, 10**6))]) for _ in range(choose.randint(1, MONTHS))]
    return replace(desk, fleet={**desk.fleet, series: users})


EDITS: Final[dict[str, Callable[[Desk, random.Random], Desk]]] = {
    "number": _number,
    "clear": _clear,
    "gpu": _gpu,
    "model": _model,
    "preset": _preset,
    "select": _select,
    "contexts": _contexts,
    "users": _users,
    "ends": _ends,
    "grid": _grid,
    "fleet": _fleet,
    "seasons": _seasons,
    "monthly users": _monthly_users,
}
