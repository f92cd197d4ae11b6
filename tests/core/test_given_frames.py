"""What rows set themselves: blanks, spellings and defaults as a scenario reads them; blocks as the whole frame."""

from __future__ import annotations

import numpy
import pandas
import pytest

from napkinxl import InputError, Scenario, estimate_frame
from napkinxl.catalog import built_in_catalog
from napkinxl.estimates.frames import estimate_blocks
from napkinxl.estimates.given_frames import given_frame
from napkinxl.inputs.choices import GIVEN_IN_FULL

CATALOG = built_in_catalog()


def test_blanks_and_spellings() -> None:
    frame = pandas.DataFrame(
        {
            "gpu": ["h100", "H100 SXM", " ", None],
            "name": ["", "Two", None, " Four "],
            "preset": ["calibrated", None, numpy.nan, "napkin"],
            "duty_cycle": ["0.5", "", None, 1],
            "context_tokens": ["2_000", 1e4, None, " "],
        }
    )
    given = given_frame(frame, CATALOG)
    assert list(given) == ["name", "gpu", "model", "preset", "context_tokens", "duty_cycle"]
    assert given["name"].tolist() == ["Scenario 1", "Two", "Scenario 3", "Four"]
    assert given["gpu"].tolist() == ["H100 SXM", "H100 SXM", Scenario().gpu, Scenario().gpu]
    assert given["model"].tolist() == [Scenario().model] * 4
    assert given["preset"].tolist() == ["calibrated", "napkin", "napkin", "napkin"]
    assert given["duty_cycle"].fillna(-1).tolist() == [0.5, -1, -1, 1]
    assert given["context_tokens"].fillna(-1).tolist() == [2000, 10_000, -1, -1]


def test_given_in_full_is_no_name_of_the_catalog() -> None:
    given = given_frame(pandas.DataFrame({"gpu": [GIVEN_IN_FULL], "memory_gb": [80]}), CATALOG)
    assert given["gpu"].tolist() == [GIVEN_IN_FULL]


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="row 2: there is no model"):
        given_frame(pandas.DataFrame({"model": ["Qwen3-32B", "Qwen33"]}), CATALOG)
    with pytest.raises(InputError, match="row 3: duty_cycle must be a number"):
        given_frame(pandas.DataFrame({"duty_cycle": [1, "", "often"]}), CATALOG)
    with pytest.raises(InputError, match="the column layers is there twice"):
        given_frame(pandas.DataFrame([[1, 2]], columns=["layers", "layers"]), CATALOG)


def test_blocks_are_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pandas.DataFrame({"context_tokens": numpy.linspace(1e3, 1e6, 7), "gpu": ["H100", None] * 3 + ["L4"]})
    whole = estimate_frame(frame)
    monkeypatch.setattr("napkinxl.estimates.frames.BLOCK_ROWS", 3)
    blocks = list(estimate_blocks(frame))
    assert [len(block) for block in blocks] == [3, 3, 1]
    joined = pandas.concat([block.astype(object) for block in blocks])
    pandas.testing.assert_frame_equal(joined, whole.astype(object))


def test_a_row_that_contradicts_itself_is_named_by_its_place_in_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("napkinxl.estimates.frames.BLOCK_ROWS", 2)
    frame = pandas.DataFrame({"query_heads": [64] * 5, "kv_heads": [8, 8, 8, 8, 128]})
    blocks = estimate_blocks(frame)
    assert len(next(blocks)) == 2
    with pytest.raises(InputError, match="row 5: kv_heads must be at most query_heads"):
        list(blocks)
