"""The answer to a scenario in one sentence: as a live formula, and as the text that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.estimates.estimation import Estimate
from napkinxl_workbook.sentences import CellText, Choice, Figure, Part, parts_of, sentence

UNKNOWN = "Not known: a name is not in the catalog, or a number is missing; see the sheets Checks and Workings."


# A figure is followed by its decimals, money by a $ before them.
FITS = (
    "{name}: a user costs {serving_usd_per_user_month:$4} a month to serve{price}. One GPU carries "
    "{subscribers_per_gpu:0} subscribers at this traffic, or {users_per_gpu:1} seats in constant use: "
    "{concurrent_sequences:0} chats of {context_tokens:0} tokens at once on {gpus_per_replica:0} x {gpu} "
    "running {model}."
)
DOES_NOT_FIT = (
    "{name}: {model} does not fit on {gpus_per_replica:0} x {gpu}. The weights and one chat of {context_tokens:0} "
    "tokens need {needed_memory_gb:1} GB; the engine may use {usable_memory_gb:1} GB."
)


def answer(estimate: Estimate, cells: Mapping[str, str]) -> tuple[str, str]:
    """The formula (with ``=``) and its text; `cells` holds the address of name, gpu, model and every quantity."""

    def part(name: str, shape: str) -> Part:
        if name == "price":
            return _price(estimate, cells)
        if not shape:
            return CellText(cells[name], getattr(estimate.scenario, name))
        prefix = "$" if shape.startswith("$") else ""
        return Figure(cells[name], estimate.values[name], int(shape.removeprefix(prefix)), prefix)

    yes, no = sentence(parts_of(FITS, part)), sentence(parts_of(DOES_NOT_FIT, part))
    sequences, verdict = estimate.values["fitting_sequences"], cells["fitting_sequences"]
    formula = f'=IF(ISNUMBER({verdict}),IF({verdict}>=1,{yes[0]},{no[0]}),"{UNKNOWN}")'
    return formula, UNKNOWN if sequences != sequences else yes[1] if sequences >= 1 else no[1]


def answer_text(estimate: Estimate) -> str:
    """The answer in one sentence."""
    names = {name: name for name in (*estimate.values, "name", "gpu", "model")}
    return answer(estimate, names)[1]


def _price(estimate: Estimate, cells: Mapping[str, str]) -> Choice:
    """The price and its margin, or that there is none."""
    price, margin = "price_usd_per_user_month", "gross_margin_share"
    asked = Figure(cells[price], estimate.values[price], 2, "$")
    share = Figure(f"{cells[margin]}*100", estimate.values[margin] * 100, 1, suffix="%")
    sold: list[Part] = ["; at a price of ", asked, " the gross margin is ", share]
    return Choice(f"{cells[price]}>0", bool(estimate.values[price] > 0), sold, ["; the plan is free"])
