"""Monte Carlo against what theory says of means, spreads and percentiles, and draw by draw against single scenarios."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl import InputError, Scenario, UnknownNameError, estimate
from napkinxl.formulas import BLOCK_ROWS
from napkinxl.inputs import INPUTS
from napkinxl.studies.monte_carlo import MonteCarlo, monte_carlo
from napkinxl.studies.ranges import make_range

DRAWS = 200_000
# The article's case serves 6 chats at once, 30 users at 20% duty: 720 h of rent per user cost 24 times the rent, and
# a GPU's price over 36 months 1/1080 of it.
RENT, CAPEX = "rent_usd_per_seat_month", "capex_usd_per_seat_month"
OF_RENT, OF_PRICE = 720 / 30, 1 / (30 * 36)


def study(
    ranges: dict[str, dict[str, Any]], *results: str, draws: int = DRAWS, seed: int = 0, **fields: Any
) -> MonteCarlo:
    varied = [make_range(name, numbers) for name, numbers in ranges.items()]
    return monte_carlo(Scenario(**fields), varied, results, draws, seed)


def near(value: float, draws: int = DRAWS) -> Any:
    """Within five standard errors of a value that spreads by itself at most."""
    return pytest.approx(value, rel=5 / math.sqrt(draws))


def test_a_uniform_input_of_a_linear_result() -> None:
    spread = study({"rent_usd_per_gpu_hour": {"low": 1, "high": 5}}, RENT).spread(RENT)
    assert spread.mean == near(3 * OF_RENT)
    assert spread.standard_deviation == near(4 / math.sqrt(12) * OF_RENT)
    for percent, value in spread.percentiles.items():
        assert value == near((1 + 4 * percent / 100) * OF_RENT)
    assert OF_RENT <= spread.minimum < spread.maximum <= 5 * OF_RENT
    assert (spread.draws, spread.no_answer_share, spread.contradictory_draws) == (DRAWS, 0, 0)


def test_a_triangular_input() -> None:
    low, mode, high = 1.0, 2.0, 6.0
    spread = study({"rent_usd_per_gpu_hour": {"low": low, "mode": mode, "high": high}}, RENT).spread(RENT)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert spread.mean == near((low + mode + high) / 3 * OF_RENT)
    assert spread.standard_deviation == near(math.sqrt(variance) * OF_RENT)
    # Above the mode the distribution function is 1 - (high - x)^2 / ((high - low)(high - mode)).
    assert spread.percentiles[95] == near((high - math.sqrt(0.05 * (high - low) * (high - mode))) * OF_RENT)


def test_a_normal_input() -> None:
    spread = study({"gpu_price_usd": {"mean": 40_000, "sd": 2_000}}, CAPEX).spread(CAPEX)
    assert spread.mean == near(40_000 * OF_PRICE)
    assert spread.standard_deviation == near(2_000 * OF_PRICE)
    assert spread.percentiles[95] == near((40_000 + 1.644854 * 2_000) * OF_PRICE)


def test_a_lognormal_input() -> None:
    spread = study({"gpu_price_usd": {"median": 30_000, "p95": 60_000}}, CAPEX).spread(CAPEX)
    sigma = math.log(2) / 1.644854
    assert spread.percentiles[50] == near(30_000 * OF_PRICE)
    assert spread.percentiles[95] == near(60_000 * OF_PRICE)
    assert spread.percentiles[5] == near(15_000 * OF_PRICE)
    assert spread.mean == near(30_000 * math.exp(sigma**2 / 2) * OF_PRICE)


def test_a_product_of_independent_inputs() -> None:
    varied: dict[str, dict[str, Any]] = {
        "gpu_price_usd": {"low": 20_000, "high": 60_000},
        "duty_cycle": {"low": 0.1, "high": 0.3},
    }
    spread = study(varied, CAPEX).spread(CAPEX)
    mean = 40_000 * 0.2 / (6 * 36)
    squares = (40_000**2 + 40_000**2 / 12) * (0.2**2 + 0.2**2 / 12) / (6 * 36) ** 2
    assert spread.mean == near(mean)
    assert spread.standard_deviation == near(math.sqrt(squares - mean**2))


def test_listed_values_are_equally_likely() -> None:
    found = study({"rent_usd_per_gpu_hour": {"values": [2, 3, 7]}}, RENT).values[RENT]
    for rent in (2, 3, 7):
        assert numpy.isclose(found, rent * OF_RENT).mean() == pytest.approx(1 / 3, abs=0.01)


def test_whole_numbers_are_equally_likely_at_the_ends_too() -> None:
    drawn = study({"gpus_per_replica": {"low": 1, "high": 4}}, CAPEX).drawn_inputs()["gpus_per_replica"]
    numbers, counts = numpy.unique(drawn, return_counts=True)
    assert numbers.tolist() == [1, 2, 3, 4]
    assert counts / DRAWS == pytest.approx([0.25] * 4, abs=0.01)


def test_draws_that_do_not_fit_have_no_answer() -> None:
    # 192 GB hold the weights and one chat's 26.2144 GB up to 165.7856 billion parameters of a byte.
    found = study({"total_params_b": {"low": 100, "high": 300}}, CAPEX)
    spread = found.spread(CAPEX)
    assert spread.no_answer_share == pytest.approx((300 - 165.7856) / 200, abs=0.01)
    assert spread.contradictory_draws == 0
    parts = found.share_above(CAPEX, 100), found.share_below(CAPEX, 100), spread.no_answer_share
    assert sum(parts) == pytest.approx(1)


def test_draws_that_contradict_themselves_are_counted() -> None:
    # The article's model has 32 billion parameters, so no more can be active.
    found = study({"active_params_b": {"low": 20, "high": 40}}, CAPEX, total_params_b=32)
    assert found.spread(CAPEX).contradictory_draws / DRAWS == pytest.approx(0.4, abs=0.01)
    assert numpy.isnan(found.values[CAPEX]).sum() == found.contradictory.sum()
    assert (found.contradictory == (found.drawn_inputs()["active_params_b"] > 32 * (1 + 1e-9))).all()


def test_where_no_draw_has_an_answer() -> None:
    spread = study({"total_params_b": {"low": 500, "high": 900}}, CAPEX, draws=100).spread(CAPEX)
    assert spread.no_answer_share == 1
    assert all(math.isnan(value) for value in (spread.mean, spread.standard_deviation, *spread.percentiles.values()))


def test_shares_beyond_a_bound() -> None:
    found = study({"rent_usd_per_gpu_hour": {"low": 1, "high": 5}}, RENT)
    assert found.share_above(RENT, 2 * OF_RENT) == pytest.approx(0.75, abs=0.01)
    assert found.share_below(RENT, 2 * OF_RENT) == pytest.approx(0.25, abs=0.01)


def test_a_draw_at_the_bound_is_neither_above_nor_below() -> None:
    found = study({"rent_usd_per_gpu_hour": {"values": [3]}}, RENT, draws=10)
    at = float(found.values[RENT][0])
    assert (found.share_above(RENT, at), found.share_below(RENT, at)) == (0, 0)


def test_few_draws_spread_as_a_sample() -> None:
    found = study({"rent_usd_per_gpu_hour": {"low": 1, "high": 5}}, RENT, draws=2)
    first, second = found.values[RENT].tolist()
    assert found.spread(RENT).standard_deviation == pytest.approx(abs(first - second) / math.sqrt(2))
    assert math.isnan(study({"rent_usd_per_gpu_hour": {"values": [3]}}, RENT, draws=1).spread(RENT).standard_deviation)


def test_an_infinity_is_no_answer() -> None:
    found = study({"useful_life_months": {"values": [1e-320, 36]}}, CAPEX, draws=1000)
    short = found.drawn_inputs()["useful_life_months"] < 1
    assert 0 < short.sum() < 1000
    assert (numpy.isnan(found.values[CAPEX]) == short).all()


VARIED: dict[str, dict[str, Any]] = {
    "context_tokens": {"low": 4_000, "mode": 20_000, "high": 400_000},
    "duty_cycle": {"mean": 0.2, "sd": 0.1},
    "gpus_per_replica": {"low": 1, "high": 8},
    "weight_bits": {"values": [4, 8, 16]},
    "gpu_price_usd": {"median": 40_000, "p95": 60_000},
    "kv_heads": {"low": 1, "high": 12},
}


def test_a_draw_is_the_scenario_with_its_inputs() -> None:
    results = (CAPEX, "users_per_gpu", "tokens_per_s_per_user")
    scenario = {"gpu": "H100", "model": "Qwen3-32B"}
    found = study(VARIED, *results, draws=60, seed=3, **scenario)
    drawn = found.drawn_inputs()
    for row in range(60):
        own = {name: float(values[row]) for name, values in drawn.items()}
        alone = estimate(Scenario(**scenario, **own))
        for name in results:
            assert found.values[name][row] == pytest.approx(alone[name], rel=1e-12, nan_ok=True)


def test_the_seed_decides() -> None:
    first, again, other = (study(VARIED, CAPEX, draws=1000, seed=seed).values[CAPEX] for seed in (7, 7, 8))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_a_longer_run_begins_with_the_same_blocks() -> None:
    short = study(VARIED, CAPEX, draws=BLOCK_ROWS).values[CAPEX]
    long = study(VARIED, CAPEX, draws=2 * BLOCK_ROWS + 1).values[CAPEX]
    assert long[:BLOCK_ROWS].tobytes() == short.tobytes()
    assert long[BLOCK_ROWS : 2 * BLOCK_ROWS].tobytes() != short.tobytes()


def test_an_input_is_drawn_alike_whatever_else_varies() -> None:
    alone = study({"duty_cycle": VARIED["duty_cycle"]}, CAPEX, draws=100).drawn_inputs()["duty_cycle"]
    beside = study(VARIED, CAPEX, draws=100).drawn_inputs()["duty_cycle"]
    assert alone.tobytes() == beside.tobytes()


def test_inputs_are_independent() -> None:
    drawn = study(VARIED, CAPEX).drawn_inputs()
    correlation = numpy.corrcoef(numpy.array(list(drawn.values())))
    assert abs(correlation - numpy.eye(len(drawn))).max() < 0.015


def test_progress_ends_at_the_last_draw() -> None:
    told: list[int] = []
    monte_carlo(
        Scenario(), [make_range("duty_cycle", {"low": 0.1, "high": 0.2})], [CAPEX], BLOCK_ROWS + 5, progress=told.append
    )
    assert told == [BLOCK_ROWS, BLOCK_ROWS + 5]


@given(st.data(), st.sampled_from(sorted(INPUTS)), st.integers(0, 2**40), st.integers(0, 1000))
def test_what_is_drawn_is_within_the_bounds(data: st.DataObject, name: str, seed: int, block: int) -> None:
    bounds = INPUTS[name].bounds
    low, high = max(bounds.low, -1e6), min(bounds.high, 1e6)
    number = st.integers(int(low) + 1, int(high)) if bounds.whole else st.floats(low, high, exclude_min=True)
    numbers = sorted(data.draw(st.lists(number, min_size=3, max_size=3, unique=True)))
    low, middle, high = (float(value) for value in numbers)
    kinds: list[dict[str, Any]] = [
        {"low": low, "high": high},
        {"low": low, "mode": middle, "high": high},
        {"mean": middle, "sd": bounds.high - bounds.low},
        {"values": [low, middle, high]},
    ]
    if low > 0:
        kinds.append({"median": low, "p95": high})
    item = make_range(name, data.draw(st.sampled_from(kinds)))
    values = item.draw(seed, block, 50)
    assert len(values) == 50
    assert not bounds.outside(values).any()
    assert not numpy.isnan(values).any()
    if item.kind in ("uniform", "triangular", "values"):
        assert low <= values.min() <= values.max() <= high
    assert item.low <= item.high
    assert item.low in bounds
    assert item.high in bounds


BAD: list[tuple[dict[str, Any], str]] = [
    ({"draws": 0}, r"draws must be a whole number in \[1, 100,000,000\], got 0"),
    ({"draws": 1.5}, "draws must be a whole number"),
    ({"draws": 10**9}, "draws must be"),
    ({"draws": True}, "draws must be a number"),
    ({"seed": -1}, "seed must be"),
    ({"results": []}, "at least one result"),
    ({"results": ["owned_usd_per_user_mont"]}, "did you mean owned_usd_per_seat_month"),
    ({"results": ["bottleneck"]}, "must be a number, got bottleneck"),
    ({"results": ["duty_cycle"]}, "no quantity 'duty_cycle'"),
    ({"ranges": []}, "nothing varies"),
    ({"ranges": [make_range("duty_cycle", {"values": [1]})] * 2}, "duty_cycle varies in two ways"),
    ({"scenario": Scenario(gpu="B999")}, "B999"),
    ({"scenario": Scenario(active_params_b=33)}, "active_params_b must be at most total_params_b"),
    ({"draws": 100_000_000, "results": [CAPEX, RENT, "step_ms"]}, "rows x results must be at most 200,000,000"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message for _, message in BAD])
def test_bad_studies_are_refused(change: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {
        "scenario": Scenario(),
        "ranges": [make_range("duty_cycle", {"low": 0.1, "high": 0.2})],
        "results": [CAPEX],
        "draws": 10,
    }
    with pytest.raises(InputError, match=message):
        monte_carlo(**{**good, **change})


def test_a_result_that_was_not_asked_for() -> None:
    with pytest.raises(UnknownNameError, match="step_ms"):
        study({"duty_cycle": {"values": [1]}}, CAPEX, draws=1).spread("step_ms")
