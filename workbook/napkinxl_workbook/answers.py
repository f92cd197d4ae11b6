"""The answer to a scenario in one sentence: as a live formula, and as the text that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.estimation import Estimate
from napkinxl_workbook.sentences import Choice, Figure, Part, Words, sentence

UNKNOWN = "Not known: a name is not in the catalog, or a number is missing; see the sheets Checks and Workings."


def answer(estimate: Estimate, cells: Mapping[str, str]) -> tuple[str, str]:
    """The formula (with ``=``) and its text; `cells` holds the address of name, gpu, model and every quantity."""

    def figure(name: str, decimals: int = 0, prefix: str = "") -> Figure:
        return Figure(cells[name], estimate.values[name], decimals, prefix)

    def words(field: str) -> Words:
        return Words(cells[field], getattr(estimate.scenario, field))

    fits: list[Part] = [
        words("name"), ": serving a user costs ", figure("serving_usd_per_user_month", 4, "$"), " a month",
        _price(estimate, cells), ". One GPU serves ", figure("users_per_gpu", 1), " users who are present, or ",
        figure("subscribers_per_gpu"), " subscribers with the traffic given: ", figure("concurrent_users"),
        " chats of ", figure("context_tokens"), " tokens at once on ", figure("gpus_per_replica"), " x ", words("gpu"),
        " running ", words("model"), ".",
    ]  # fmt: skip
    does_not: list[Part] = [
        words("name"), ": ", words("model"), " does not fit on ", figure("gpus_per_replica"), " x ", words("gpu"),
        ". The weights and one chat of ", figure("context_tokens"), " tokens need ", figure("needed_memory_gb", 1),
        " GB, the engine may use ", figure("usable_memory_gb", 1), " GB.",
    ]  # fmt: skip
    yes, no = sentence(fits), sentence(does_not)
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
