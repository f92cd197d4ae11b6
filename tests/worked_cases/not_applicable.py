"""Worked cases that no calculation of ours can check, each with the reason."""

from __future__ import annotations

_REASONS = {
    "EP01": "a total over its megawatts: the source's own sum, no formula of cost in it",
    "EP03": "building a site: space and power are rented (hosting), no quantity builds them",
    "CL04": "one author's fitted curve of batch and efficiency; ours is the roofline of traffic and arithmetic",
    "AI02": "tons of refrigeration: cooling is a part of the PUE and of hosting, none of its own is sized",
    "KV05": "a measured gain in throughput, without the shapes and rates that it could be calculated from",
    "KV07": "a measured ratio of two times to first token, without the model that it could be calculated from",
    "FN02 FN40 FN41 FN47 FN48": "paid at the beginning of a period: capital is charged at the end of a month",
    "FN12 FN13 FN14 FN15 FN16 FN18 FN19 BC05": "a rate of return: a plan is judged by its value at the cost of capital",
    "FN20 FN21 FN22 FN23": "flows on days of the calendar: months of a plan are equally long",
    "FN34 FN35 FN36 FN37 FN38": "depreciation by a third method: books take the straight line or a declining balance",
    "FN42 FN54": "a rate or a future value that Excel finds: the cost of capital is an input, and nothing is saved up",
    "FN43 FN44 FN45 FN46": "interest and repayment of one period of a loan: the cost of capital is charged as one sum",
    "MA01 MA02 MA03 MA04 MA05 MA07 MA08 MA09 MA10 MA11 MA13 MA14 MA15": (
        "tax tables of depreciation: taxes on profit are not modelled"
    ),
    "BC07": "payback of discounted cash: payback is that of cash, beside the value at the cost of capital",
    "EB01a EB02a EB03a EB04a EB05a EB07a EB08a EB09a EB02b EB05b EB08b EB05c EB10c EB15 EB16 EN01 EN02 EN03 EN04": (
        "requests turned away by a full pool: pools are sized so that whoever is busy fits, and turn nobody away"
    ),
    "EB25x": "a table that drifts from the exact value, kept in the list as a warning",
    "EC01 EC02 EC03 EC04 EC05 EC06 EC07 EC08 EC12 EC13 EC14 EC15 SQ01 SQ02 SQ03 SQ04 SQ05 SQ06 HW01 HW02 HW03": (
        "requests that wait in line for a full pool: pools are sized so that whoever is busy fits, and nothing waits"
    ),
    "QU01 QU02": "time in a line or of a server that is shared: the time of a step follows from traffic and arithmetic",
    "QU03": "attempts that fail and are repeated: every request is served once",
    "QU04 QU05": "requests as slow as the slowest of their parts: a request is one sequence",
}

NOT_APPLICABLE: dict[str, str] = {name: reason for names, reason in _REASONS.items() for name in names.split()}
