"""Every figure that the sources print: recomputed by the formulas, by hand here, and by a spreadsheet engine.

The figures and their inputs come from the article on napkin maths for inference cost (June 2026), the condensed
summary of it and a news digest; ``HAND`` is the same arithmetic typed again from the method's definitions.
"""

from __future__ import annotations

import math

import ironcalc
import pytest

from napkinxl import excel_formula
from napkinxl.evidence.published import PublishedFigure, published_figures

FIGURES = published_figures()
BY_ID = {figure.id: figure for figure in FIGURES}

KV_BYTES = 2 * 64 * 8 * 128 * 1  # layers x KV heads x head dim, keys and values, one byte each (FP8)
ATTENTION_FLOP = 4 * 200_000 * 64 * 128 * 64  # scores and weighted values: 2 x 2 x context x heads x dim x layers
HAND: dict[str, float] = {
    "matmul_flops": 2 * 3 * 4 * 5,
    "matmul_accesses_naive": 2 * 3 * 5 * 4,
    "matmul_accesses_tiled": 4 * (3 + 5),
    "prefill_flops": 2 * 200_000 * 8192**2,
    "prefill_accesses": 8192 * (200_000 + 8192),
    "prefill_intensity": 2 * 200_000 * 8192 / (200_000 + 8192),
    "decode_flops": 2 * 8192**2,
    "decode_accesses": 8192 * (1 + 8192),
    "decode_flops_5120": 2 * 5120**2,
    "decode_accesses_5120": 5120 * (1 + 5120),
    "decode_intensity": 2 * 8192 / (1 + 8192),
    "hardware_balance": 4500 / 8,
    "balanced_batch_281": 4500 / 8 / 2,
    "balanced_batch_331": 4500 / 8 / 2,
    "weights_gb": 32,
    "kv_mha_gb": 2 * 200_000 * 64 * 8192 / 1e9,
    "gqa_factor": 64 / 8,
    "kv_gqa_gb": 200_000 * KV_BYTES / 1e9,
    "free_memory_gb": 192 - 32,
    "users_full_context": 160 // 26.2144,
    "paged_users_low": 160e9 / (30_000 * KV_BYTES),
    "paged_users_high": 160e9 / (20_000 * KV_BYTES),
    "served_users_low": 40 * 5,
    "served_users_high": 60 * 5,
    "bytes_per_step_gb": 32 + 6 * 26.2144,
    "step_memory_ms": 190e9 / 8e12 * 1000,
    "step_compute_ms_article": 190e9 * 2 * 6 / 4.5e15 * 1000,
    "step_compute_ms_counted": 6 * (2 * 32e9 + ATTENTION_FLOP) / 4.5e15 * 1000,
    "step_compute_ms_summary": 628.8e6 / 4.5e15 * 1000,
    "compute_idle": 1 - (190e9 * 2 * 6 / 4.5e15) / (190e9 / 8e12),
    "tokens_per_s_total": 6 / 0.02375,
    "tokens_per_s_user": 1 / 0.02375,
    "tokens_per_s_user_7": 1 / 0.02375,
    "capex_per_user_6": 40_000 / 6,
    "capex_per_user_500": 40_000 / 500,
    "rent_per_user_hour": 3 / 500,
    "rent_per_user_month": 3 / 500 * 720,
    "capex_per_month": 30_000 / 36,
    "capex_user_month_300": 30_000 / 36 / 300,
    "capex_user_month_800": 30_000 / 36 / 800,
    "all_in_user_month": 30_000 / 36 / 800,
}

# The figures as the sources print them, in the unit of the row; formulas and figures that nobody prints are left out.
PRINTED: dict[str, float] = {
    "prefill_flops": 26e12,
    "prefill_accesses": 1.7e9,
    "prefill_intensity": 1e4,
    "decode_flops": 52.4e6,
    "decode_accesses": 26.2e6,
    "decode_flops_5120": 52.4e6,
    "decode_accesses_5120": 26.2e6,
    "decode_intensity": 2,
    "hardware_balance": 562,
    "balanced_batch_281": 281,
    "balanced_batch_331": 331,
    "weights_gb": 32,
    "kv_mha_gb": 210,
    "gqa_factor": 8,
    "kv_gqa_gb": 26.2,
    "free_memory_gb": 160,
    "users_full_context": 6,
    "paged_users_low": 40,
    "paged_users_high": 60,
    "served_users_low": 300,
    "served_users_high": 800,
    "bytes_per_step_gb": 190,
    "step_memory_ms": 23.75,
    "step_compute_ms_article": 0.5,
    "step_compute_ms_summary": 0.14,
    "compute_idle": 0.98,
    "tokens_per_s_total": 250,
    "tokens_per_s_user": 42,
    "tokens_per_s_user_7": 7,
    "capex_per_user_6": 6000,
    "capex_per_user_500": 133,
    "rent_per_user_hour": 0.006,
    "rent_per_user_month": 4.32,
    "capex_per_month": 27.4,
    "capex_user_month_300": 0.09,
    "capex_user_month_800": 0.03,
    "all_in_user_month": 0.50,
}
# The sources round and truncate freely (6,667 as 6k); a slip is further off than any of that.
ROUNDED_BY = 0.12
# "Four orders of magnitude" is printed for 15,739: an order, not a rounded figure.
AN_ORDER = {"prefill_intensity"}


def test_every_figure_is_there_once() -> None:
    assert len(FIGURES) == 41
    assert len(BY_ID) == 41
    assert set(BY_ID) == set(HAND)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_recomputed(figure: PublishedFigure) -> None:
    assert figure.recomputed == pytest.approx(figure.expected, rel=figure.relative_tolerance)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_expected_value_by_hand(figure: PublishedFigure) -> None:
    assert figure.expected == pytest.approx(HAND[figure.id], rel=figure.relative_tolerance)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_traced_formula_recalculates(figure: PublishedFigure) -> None:
    """The same figure from the traced Excel formula over the source's inputs, by an engine that is not ours."""
    model = ironcalc.create("figures", "en", "UTC")
    cells = {}
    for row, (name, value) in enumerate(figure.inputs.items(), start=1):
        model.set_user_input(0, row, 1, repr(value))
        cells[name] = f"A{row}"
    model.set_user_input(0, 1, 2, excel_formula(figure.quantity.name, cells))
    model.evaluate()
    assert model.get_cell_value(0, 1, 2) == pytest.approx(figure.expected, rel=figure.relative_tolerance)


def test_verdicts_are_two() -> None:
    assert {figure.verdict for figure in FIGURES} == {"reproduced", "slip"}
    assert sum(figure.verdict == "slip" for figure in FIGURES) == 12


@pytest.mark.parametrize("identifier", PRINTED)
def test_verdict_follows_from_the_printed_figure(identifier: str) -> None:
    figure = BY_ID[identifier]
    off_by = abs(PRINTED[identifier] / HAND[identifier] - 1)
    if identifier in AN_ORDER:
        assert math.log10(HAND[identifier]) == pytest.approx(math.log10(PRINTED[identifier]), abs=0.5)
        assert figure.verdict == "reproduced"
    else:
        assert figure.verdict == ("reproduced" if off_by < ROUNDED_BY else "slip")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_slip_is_explained(figure: PublishedFigure) -> None:
    assert set(figure.sources.split(", ")) <= {"article", "summary", "digest", "-"}
    assert figure.explanation or figure.verdict == "reproduced"
