"""What moves in a sweep: ranges of the file and of the options, and prices that do not go with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from napkinxl.apis.choice import PRICES, PROMPT, crossed_tier
from napkinxl.inputs import INPUTS
from napkinxl.scenarios.files import errors_placed
from napkinxl.studies.ranges import Range
from napkinxl.studies.written_ranges import merged, parse_range, read_ranges
from napkinxl_cli.output import warn
from napkinxl_cli.selection import ScenarioSelection


def chosen_ranges(selection: ScenarioSelection, texts: Sequence[str], of_plan: bool) -> tuple[Range, ...]:
    """The ranges of the file and of --vary; those of the fleet in a file are for figures over the plan only.

    Raises:
        InputError: a range is wrong; the message says where it stands.
    """
    section = selection.sections.get("vary", {})
    with errors_placed(f"{selection.source}, section [vary]: " if selection.source else ""):
        own = [item for item in read_ranges(section) if of_plan or item.name in INPUTS]
    return merged(own, [parse_range(text) for text in texts])


def warn_of_tiers(
    needed: Collection[str], selection: ScenarioSelection, ranges: Sequence[Range], change: float = 0.0
) -> None:
    """Prices of an API by name are those of the scenario's prompt: say where it moves over a tier's start.

    Parameters
    ----------
    needed : collection of str
        The inputs that the results depend on.
    selection : ScenarioSelection
        The scenarios, priced.
    ranges : sequence of Range
        What moves; without any, every input moves.
    change : float
        [share] of an input's value, without ranges.
    """
    if not any(name in needed for name in PRICES):
        return
    texts = []
    for price in filter(None, selection.api_prices):
        prompts = [(item.low, item.high) for item in ranges if item.name == PROMPT]
        tokens = price.prompt_tokens
        moved = [(tokens * (1 - change), tokens * (1 + change))]  # a tornado without ranges moves every input
        texts += [crossed_tier(price, low, high) for low, high in (prompts if ranges else moved)]
    for text in filter(None, dict.fromkeys(texts)):
        warn(text)
