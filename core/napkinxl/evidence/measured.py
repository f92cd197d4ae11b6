"""How far each preset is from serving that was measured, run by run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy
import pandas

from napkinxl.engine.units import MS_PER_S
from napkinxl.estimates.frames import estimate_frame
from napkinxl.scenarios.presets import PRESETS, get_preset

FILE = Path(__file__).parent / "measured.csv"
# Bits per weight, scaling factors counted: NVFP4 has an FP8 scale for every 16 weights.
WEIGHT_BITS = {"bf16": 16.0, "fp8": 8.0, "fp8_block": 8.0, "nvfp4": 4.5}
# The runs do not record it; 8 bits is what these engines use with FP8 and NVFP4 weights.
ASSUMED_KV_BITS = 8.0
CLOSE_SHARE = 0.25


@dataclass(frozen=True)
class PresetError:
    """Predicted against measured time per output token, over all runs."""

    runs: int
    median_predicted_over_measured: float
    mean_absolute_error_share: float
    within_a_quarter_share: float


# In the file `gpus_reported` is the source's count; it multiplies the ranks of expert and of tensor parallelism
# although they are the same GPUs (tp8_ep8 as 64, on boards of 8). `gpus_per_replica` is mended.
# The file lists some runs more than once, under other ids, model names and even GPU counts; the figures give them away.
SAME_RUN = ["gpu", "input_tokens", "output_tokens", "concurrency", "ttft_ms", "tpot_ms"]


def measured_runs() -> pandas.DataFrame:
    """The distinct measured runs whose weight precision is recorded; one run a row."""
    runs = pandas.read_csv(FILE).drop_duplicates(SAME_RUN)
    return runs[runs["weight_precision"].isin(WEIGHT_BITS.keys())].reset_index(drop=True)


def predict_runs(runs: pandas.DataFrame, preset: str) -> pandas.DataFrame:
    """Each run as a scenario of the preset: its concurrency is the batch, its context the mean over the answer."""
    scenarios = pandas.DataFrame(
        {
            "gpu": runs["gpu"],
            "model": runs["model"],
            "preset": preset,
            "weight_bits": runs["weight_precision"].map(WEIGHT_BITS),
            "kv_bits": ASSUMED_KV_BITS,
            "context_tokens": runs["input_tokens"] + runs["output_tokens"] / 2,
            "gpus_per_replica": runs["gpus_per_replica"],
            "max_sequences_per_replica": runs["concurrency"],
            "input_tokens_per_request": runs["input_tokens"],
            "output_tokens_per_request": runs["output_tokens"],
        }
    )
    return estimate_frame(scenarios)


def measured_tokens_per_s(runs: pandas.DataFrame) -> pandas.Series[float]:
    """Input and output tokens that each run served a second: Little's law, its concurrency over a request's time."""
    request_s = (runs["ttft_ms"] + runs["tpot_ms"] * runs["output_tokens"]) / MS_PER_S
    return runs["concurrency"] * (runs["input_tokens"] + runs["output_tokens"]) / request_s


def step_ratios(runs: pandas.DataFrame, preset: str) -> pandas.Series[float]:
    """Predicted over measured time per output token, run by run; runs that do not fit are left out."""
    return (predict_runs(runs, preset)["step_ms"] / runs["tpot_ms"]).dropna()


def errors_by(column: str) -> pandas.DataFrame:
    """The error of every preset for each GPU or each model: `column` is "gpu" or "model".

    One line per preset and value, sorted: preset, value, runs, median_predicted_over_measured,
    mean_absolute_error_share, within_a_quarter_share.
    """
    runs = measured_runs()
    lines = []
    for preset in PRESETS:
        ratio = step_ratios(runs, preset)
        for value, found in ratio.groupby(runs.loc[ratio.index, column]):
            lines.append({"preset": preset, "value": value, **asdict(_error(found))})
    return pandas.DataFrame(lines)


def _error(ratio: pandas.Series[float]) -> PresetError:
    error = numpy.abs(ratio - 1)
    return PresetError(
        runs=len(ratio),
        median_predicted_over_measured=float(ratio.median()),
        mean_absolute_error_share=float(error.mean()),
        within_a_quarter_share=float((error <= CLOSE_SHARE).mean()),
    )


def preset_error(preset: str) -> PresetError:
    """How wrong a preset's step time is against the measured time per output token.

    Raises:
        UnknownNameError: there is no such preset.
    """
    get_preset(preset)
    return _error(step_ratios(measured_runs(), preset))
