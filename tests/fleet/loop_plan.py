"""A plan by another way: one loop over months, each server an item in a list. It shares no code with the formulas."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from operator import mul
from statistics import NormalDist

from napkinxl.monthly_plan.tiers import Tier

GUARD = 1e-9  # 7.999999999 counts as 8, by convention of the whole product


def loop_plan(
    tiers: Sequence[Tier], months: int, inputs: Mapping[str, float], seasons: Sequence[float]
) -> dict[str, list[float]]:
    """Users, GPUs and money of every month."""
    v = tiers[0].values
    users = [t.values["users"] for t in tiers]
    today = inputs["gpus_per_server"] * v["purchase_usd_per_gpu"]
    # What each server has left of its life, and what was paid for it.
    servers = [(inputs["opening_servers_months_left"], today)] * int(inputs["opening_servers"])
    arrivals: list[float] = []
    out: dict[str, list[float]] = {}
    for month in range(1, months + 1):
        season = seasons[int(inputs["first_calendar_month"] + month - 2) % 12]
        new = [u * t.values["growth_share_per_month"] for u, t in zip(users, tiers, strict=True)]
        gone = [u * t.values["churn_share_per_month"] for u, t in zip(users, tiers, strict=True)]
        users = [u + n - g for u, n, g in zip(users, new, gone, strict=True)]
        traffic = season * (1 + inputs["usage_change_share_per_year"]) ** ((month - 1) / 12)
        needed = math.ceil(_replicas(tiers, users, traffic) - GUARD)
        gpus_needed = math.ceil(needed / v["replica_availability_share"] - GUARD) * v["gpus_per_replica"]
        per_server = inputs["gpus_per_server"]
        target = math.floor(math.ceil(gpus_needed / per_server - GUARD) * tiers[0].values["owned_gpus_share"] + GUARD)
        gone_usd = sum(paid for rest, paid in servers if rest == 0)
        servers = [(rest, paid) for rest, paid in servers if rest > 0]
        bought = max(target - len(servers), 0) if month > inputs["lead_months"] else 0
        ordered = month - inputs["lead_months"]
        price = today * (1 + inputs["purchase_change_share_per_year"]) ** ((ordered - 1) / 12)
        servers += [(v["useful_life_months"], price)] * bought
        arrivals.append(bought * price)
        owned = len(servers) * per_server
        rented = max(gpus_needed - owned, 0)
        if inputs["rent_whole_servers"]:
            rented = math.ceil(rented / per_server - GUARD) * per_server
        fallen = sum(paid for _, paid in servers) * (1 - v["resale_share"]) / v["useful_life_months"]
        servers = [(rest - 1, paid) for rest, paid in servers]
        rent = rented * v["rent_usd_per_gpu_hour"] * (1 + inputs["rent_change_share_per_year"]) ** ((month - 1) / 12)
        money = _money(tiers, users, new, owned, rent * v["hours_per_month"], fallen)
        bills = [u * t.values["api_usd_per_user_month"] for u, t in zip(users, tiers, strict=True)]
        api = sum(bills) * traffic * (1 + inputs["api_change_share_per_year"]) ** ((month - 1) / 12)
        row = {
            "total_users": sum(users),
            "owned_gpus": owned,
            "rented_gpus": rented,
            "gpus_needed": gpus_needed,
            "resale_usd": gone_usd * v["resale_share"],
            # Every server is worth its resale value and the part of its life that is left.
            "in_use_usd": sum(
                paid * (v["resale_share"] + (1 - v["resale_share"]) * rest / v["useful_life_months"])
                for rest, paid in servers
            ),
            "api_usd": api,
            # What is earned, and what the API charges in place of the GPUs.
            "api_cash_flow_usd": money["operating_profit_usd"] + money["fleet_cost_usd"] - api,
            **money,
        }
        for name, value in row.items():
            out.setdefault(name, []).append(value)
    return _with_cash(out, arrivals, int(inputs["lead_months"]))


def _replicas(tiers: Sequence[Tier], users: Sequence[float], season: float) -> float:
    """Fill one pool after the other: the load that a pool can carry is found by bisection."""
    busy = [
        u * t.values["traffic_duty_share"] * season * t.values["peak_to_mean_ratio"]
        for u, t in zip(users, tiers, strict=True)
    ]
    sizes = [1 / t.values["concurrent_sequences"] for t in tiers]
    bursts = [t.values["burstiness_ratio"] * s for s, t in zip(sizes, tiers, strict=True)]
    mean = sum(b * s for b, s in zip(busy, sizes, strict=True))
    if mean == 0:
        return 0.0
    z = NormalDist().inv_cdf(max(t.values["service_level_probability"] for t in tiers))
    mixed = sum(b * s * burst for b, s, burst in zip(busy, sizes, bursts, strict=True)) / mean
    pool = tiers[0].values["replicas_per_pool"]

    def wanted(load: float) -> float:
        return load + max(z * math.sqrt(mixed * load) + (z * z - 1) / 6 * max(bursts), 0)

    low, high = 0.0, pool
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if wanted(middle) <= pool else (low, middle)
    carries = max(low, pool * min(t.values["peak_duty_share"] for t in tiers))
    full = math.floor(mean / carries + GUARD)
    left = max(mean - full * carries, 0)
    return full * pool + (min(math.ceil(wanted(left) - GUARD), pool) if left > 0 else 0)


def _money(
    tiers: Sequence[Tier], users: Sequence[float], new: Sequence[float], owned: float, rent: float, fallen: float
) -> dict[str, float]:
    revenue = fees = support = won = 0.0
    for t, u, n in zip(tiers, users, new, strict=True):
        price = t.values["price_usd_per_user_month"]
        revenue += u * price
        fees += u * (price * t.values["payment_fee_share"] + t.values["payment_fee_usd"]) if price else 0
        support += u * t.values["support_usd_per_user_month"]
        won += n * t.values["acquisition_usd_per_user"]
    v = tiers[0].values
    filled = [t.values["traffic_duty_share"] / t.values["concurrent_sequences"] for t in tiers]
    load = list(map(mul, users, filled))
    rates = [t.values["opex_usd_per_gpu_month"] for t in tiers]
    rate = sum(map(mul, load, rates)) / sum(load) if sum(load) else max(rates)
    running = owned * rate
    serving = rent + running + fallen
    profit = revenue - serving - fees - support - won - v["fixed_usd_per_month"]
    return {
        "revenue_usd": revenue,
        "rent_usd": rent,
        "depreciation_usd": fallen,
        "fleet_cost_usd": serving,
        "operating_profit_usd": profit,
    }


def _with_cash(out: dict[str, list[float]], arrivals: Sequence[float], lead: int) -> dict[str, list[float]]:
    cash = 0.0
    for month in range(len(arrivals)):
        paid = arrivals[month + lead] if month + lead < len(arrivals) else 0.0
        on_order = sum(arrivals[month + 1 : month + 1 + lead])
        cash += out["operating_profit_usd"][month] + out["depreciation_usd"][month] - paid + out["resale_usd"][month]
        out.setdefault("cumulative_cash_usd", []).append(cash)
        out.setdefault("book_value_usd", []).append(out["in_use_usd"][month] + on_order)
    del out["in_use_usd"]
    return out
