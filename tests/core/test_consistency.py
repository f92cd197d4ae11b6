"""Inputs that contradict each other are refused by name and number, in one scenario and in a frame."""

from __future__ import annotations

from typing import Any

import pandas
import pytest

from napkinxl import InputError, Scenario, estimate, estimate_frame
from napkinxl.catalog import built_in_catalog

CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"window_layers": 20, "layers": 10}, r"window_layers .* must be at most layers \(10\), got 20"),
    ({"window_layers": 40, "linear_layers": 30}, r"must be at most layers \(64\), got 70"),
    ({"total_params_b": 10, "routed_params_b": 30}, r"routed_params_b must be at most total_params_b \(10\), got 30"),
    ({"total_params_b": 10, "active_params_b": 11}, r"active_params_b must be at most total_params_b \(10\), got 11"),
    ({"kv_heads": 65}, r"kv_heads must be at most query_heads \(64\), got 65"),
    ({"experts": 4, "experts_per_token": 8}, r"experts_per_token must be at most experts \(4\), got 8"),
    ({"experts": 8, "experts_per_token": 0}, r"must be at least 1 where there are experts \(8\), got 0"),
    ({"index_layers": 65}, r"index_layers must be at most layers \(64\), got 65"),
]


@pytest.mark.parametrize(("fields", "message"), CONTRADICTIONS, ids=lambda item: str(item)[:40])
def test_one_scenario(fields: dict[str, Any], message: str) -> None:
    active = {} if "active_params_b" in fields else {"active_params_b": 5}
    with pytest.raises(InputError, match=message):
        estimate(Scenario(**{**active, **fields}))


@pytest.mark.parametrize(("fields", "message"), CONTRADICTIONS, ids=lambda item: str(item)[:40])
def test_a_row_of_a_frame_is_named(fields: dict[str, Any], message: str) -> None:
    good = dict.fromkeys(fields)
    frame = pandas.DataFrame([{"active_params_b": 5, **good}, {"active_params_b": 5, **good}, fields], dtype=float)
    with pytest.raises(InputError, match=f"^row 3: .*{message}"):
        estimate_frame(frame, quantities=["weights_gb"])


def test_every_model_of_the_catalog_is_consistent() -> None:
    for model in built_in_catalog().models:
        assert estimate(Scenario(model=model)).scenario.model == model
