"""What a function answers for cells and ranges; figures are published ones, and sums that anyone can do."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from napkinxl.evidence.published import PublishedFigure, published_figures
from napkinxl.inputs import INPUTS
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.problems import Problem

ARTICLE = ("B200 announced", "Article 32B")
REPRODUCED = [
    figure for figure in published_figures() if figure.verdict == "reproduced" and set(figure.inputs) <= set(INPUTS)
]


def reason(answer: object, code: str = "#VALUE!") -> str:
    assert isinstance(answer, Problem), answer
    assert answer.code == code
    return answer.reason


@pytest.mark.parametrize("figure", REPRODUCED, ids=lambda figure: figure.id)
def test_published_figure_through_settings(figure: PublishedFigure) -> None:
    name = figure.quantity.name.upper()
    settings = [[field, value] for field, value in figure.inputs.items()]
    blanks = [None] * (len(FUNCTIONS[name].arguments) - 1)
    answer = call(name, *blanks, settings)
    assert answer == pytest.approx(figure.expected, rel=max(figure.relative_tolerance, 1e-12))


def test_the_articles_figures() -> None:
    """Printed: 26.2 GB of KV cache, 30 users at 200,000 tokens, 300 at 20,000."""
    assert call("KV_CACHE_GB", "Article 32B", 200_000) == pytest.approx(26.2, abs=0.05)
    assert call("USERS_PER_GPU", *ARTICLE, 200_000, 0.2) == 30
    assert call("USERS_PER_GPU", *ARTICLE, 20_000, 0.2) == pytest.approx(300, rel=0.02)
    assert call("MATMUL_FLOPS", 3, 4, 5) == 2 * 3 * 4 * 5
    assert call("BOTTLENECK", *ARTICLE) == "bandwidth"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_means_the_default(blank: object) -> None:
    assert (
        call("KV_CACHE_GB", blank, blank, blank, blank)
        == call("KV_CACHE_GB")
        == call("KV_CACHE_GB", "Article 32B", 200_000)
    )


@pytest.mark.parametrize("cell", ["200000", " 200_000 ", "2e5", 200_000, Decimal(200_000)])
def test_text_that_reads_as_a_number_is_one(cell: object) -> None:
    assert call("KV_CACHE_GB", "Article 32B", cell) == pytest.approx(26.2144, rel=1e-12)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (0, "context_tokens must be at least 1, got 0; in xlwings Lite and Server an empty cell arrives as 0"),
        (-1, "context_tokens must be at least 1, got -1"),
        (1e12, "context_tokens must be at most 1e+09"),
        ("20k", "context_tokens must be a number (at least 1), got '20k'"),
        ("20%", "write 0.2 for 20%"),
        ("20.000", "context_tokens must be a number that reads one way only, got the text '20.000'"),
        ("#SPILL!", "an input cell holds #SPILL!"),
        (True, "context_tokens must be a number (at least 1), got True"),
        (datetime.datetime(2026, 1, 1), "context_tokens must be a number (at least 1), got datetime.datetime(2026"),
        (float("nan"), "must be a number"),
        (float("inf"), "must be a number"),
        (10**400, "must be a number"),
        ({}, "must be a number"),
    ],
)
def test_bad_number_says_what_is_allowed(cell: object, words: str) -> None:
    assert words in reason(call("KV_CACHE_GB", "Article 32B", cell))


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!"])
def test_error_in_an_input_cell_is_passed_on(code: str) -> None:
    assert reason(call("KV_CACHE_GB", "Article 32B", code), code) == f"an input cell holds {code}"
    assert reason(call("KV_CACHE_GB", code), code)
    assert reason(call("KV_CACHE_GB", None, None, None, [["kv_heads", code]]), code)


def test_unknown_name_offers_the_nearest() -> None:
    assert "did you mean Qwen3-32B" in reason(call("USERS_PER_GPU", "B200", "Qwen3-32"))
    assert "must be a name, got True" in reason(call("USERS_PER_GPU", True))
    assert "must be a name, got 0; in xlwings Lite" in reason(call("USERS_PER_GPU", 0))


def test_what_does_not_fit_is_no_bad_input() -> None:
    assert "does not fit" in reason(call("TOKENS_PER_S", "H100", "DeepSeek-V3"), "#N/A")
    assert call("USERS_PER_GPU", "H100", "DeepSeek-V3") == 0
    assert call("FIT_VERDICT", "H100", "DeepSeek-V3") == "does not fit"
    # A purchase price is nobody's to know for most GPUs.
    assert reason(call("OWNED_USD_PER_SEAT_MONTH", "MI300X", "Qwen3-8B"), "#N/A")


def test_ranges_broadcast() -> None:
    models, contexts = [["Article 32B"], ["Qwen3-32B"]], [[20_000, 200_000, 2000]]
    table: Any = call("KV_CACHE_GB", models, contexts)
    assert [[round(cell, 6) for cell in row] for row in table] == [
        [2.62144, 26.2144, 0.262144],
        [2.62144, 26.2144, 0.262144],
    ]  # both models have 64 layers, 8 KV heads of 128: 2 x 64 x 8 x 128 bytes a token
    assert call("KV_CACHE_GB", [["Article 32B"]], [[200_000]]) == pytest.approx(26.2144)
    assert call("KV_CACHE_GB", "Article 32B", ((20_000.0,), (200_000.0,))) == [[2.62144], [26.2144]]


def test_one_bad_row_spoils_that_row_only() -> None:
    answer = call("KV_CACHE_GB", [["Article 32B"], ["nonsense"], [None]], [[20_000], [20_000], ["x"]])
    assert isinstance(answer, list)
    assert answer[0] == [2.62144]
    assert "no model" in reason(answer[1][0])
    assert "must be a number" in reason(answer[2][0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([["a"], ["b"]], [[1], [2], [3]]), "same number of rows, or one; got model 2, context_tokens 3"),
        (([["a", "b"]], [[1, 2, 3]]), "the same number of columns"),
        (([["a", "b"], ["c"]],), "model must be a rectangle of cells"),
        ((None, None, None, None, None), "takes 4 arguments, got 5"),
    ],
)
def test_ranges_that_do_not_match_are_refused(arguments: tuple[object, ...], words: str) -> None:
    assert words in reason(call("KV_CACHE_GB", *arguments))


OWN_MODEL = [
    ["total_params_b", 32],
    ["layers", 64],
    ["hidden_size", 5120],
    ["query_heads", 64],
    ["kv_heads", 8],
    ["head_dim", 128],
    [None, None],
    ["", 7],
]


def test_own_model_as_a_range_of_fields() -> None:
    assert call("KV_CACHE_GB", OWN_MODEL, 200_000) == pytest.approx(26.2144, rel=1e-12)
    assert call("KV_CACHE_GB", OWN_MODEL, [[20_000], [200_000]]) == [[2.62144], [26.2144]]
    assert call("WEIGHTS_GB", [["Total_Params_B ", "70"]], 16) == 140
    assert call("USERS_PER_GPU", [["memory_gb", 192]], "Article 32B", 200_000) == 30


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ([*OWN_MODEL, ["layer", 3]], "there is no field 'layer'; did you mean layers"),
        ([*OWN_MODEL, ["layers", 65]], "the field layers is given twice, 64.0 and 65.0"),
        ([*OWN_MODEL, ["window_layers", 65]], "must be at most layers (64)"),
        ([*OWN_MODEL, ["experts", -1]], "experts must be a whole number of at least 0, got -1"),
        ([*OWN_MODEL, ["memory_gb", 1]], "there is no field 'memory_gb'"),
    ],
)
def test_bad_own_model_is_refused(model: list[list[object]], words: str) -> None:
    assert words in reason(call("KV_CACHE_GB", model))


def test_an_own_model_that_lacks_what_is_needed_has_no_answer() -> None:
    assert reason(call("KV_CACHE_GB", [["layers", 64]]), "#N/A")


def test_settings_set_any_other_input() -> None:
    share = [["memory_utilization_share", 0.9], ["runtime_reserve_gb", 3.5]]
    # (192 x 0.9 - 3.5 - 32) GB / 26.2144 GB = 5.2 chats, over 0.2: 25 users
    assert call("USERS_PER_GPU", *ARTICLE, 200_000, 0.2, None, None, None, share) == 25
    assert call("FREE_MEMORY_GB", *ARTICLE, None, None, share) == pytest.approx(192 * 0.9 - 3.5 - 32)
    rent = [["rent_usd_per_gpu_hour", 3], ["preset", "calibrated"], ["gpu", "B200 announced"]]
    assert call("RENT_USD_PER_SEAT_MONTH", None, None, 200_000, 0.2, None, None, None, rent) == pytest.approx(
        3 * 720 / 30
    )


def test_a_wider_settings_range_takes_its_last_column() -> None:
    """So that one block of scenarios side by side serves each of them."""
    block = [["runtime_reserve_gb", 1, 3.5], ["memory_utilization_share", None, 0.9]]
    assert call("USABLE_MEMORY_GB", "B200 announced", 1, block) == pytest.approx(192 * 0.9 - 3.5)


def test_a_row_without_a_field_is_passed_over() -> None:
    """Some programs deliver the empty cell of a field as 0."""
    rows = [["Field", "Value"], [0, 5], [None, 6], ["", 7], ["memory_gb", 100], [0.0, None]]
    assert call("USABLE_MEMORY_GB", "B200", None, rows) == 100
    assert "there is no field '1'" in reason(call("USABLE_MEMORY_GB", "B200", None, [[1, 5]]))


def test_an_argument_beats_settings_and_settings_beat_the_catalog() -> None:
    settings = [["context_tokens", 20_000], ["model", "Qwen3-8B"], ["memory_gb", 100]]
    assert call("KV_CACHE_GB", "Article 32B", 200_000, None, settings) == pytest.approx(26.2144)
    assert call("KV_CACHE_GB", "Article 32B", None, None, settings) == pytest.approx(2.62144)
    assert call("USABLE_MEMORY_GB", "B200", None, settings) == 100
    # An own model is an argument too: 65 layers, 8 heads, 128 wide, 20,000 tokens; the setting's one layer is not used.
    own = [
        ["total_params_b", 32],
        ["layers", 65],
        ["hidden_size", 5120],
        ["query_heads", 64],
        ["kv_heads", 8],
        ["head_dim", 128],
    ]
    assert call("KV_CACHE_GB", own, 20_000, None, [["layers", 1]]) == pytest.approx(65 * 2 * 8 * 128 * 20_000 / 1e9)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ([["duty", 1]], "there is no field 'duty'; did you mean duty_cycle"),
        ([["duty_cycle"]], "needs a second column"),
        ("duty_cycle", "needs a second column"),
        ([["duty_cycle", 2]], "duty_cycle must be in (0, 1], got 2"),
        ([["preset", "fast"]], "there is no preset 'fast'"),
        ([["preset", "napkin"], ["Preset", "calibrated"]], "the field preset is given twice"),
    ],
)
def test_bad_settings_are_refused(settings: object, words: str) -> None:
    assert words in reason(call("USERS_PER_GPU", *[None] * 7, settings))
