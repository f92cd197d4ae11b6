"""Named sets of efficiency inputs, each with the error it makes against measured serving."""

from __future__ import annotations

from dataclasses import dataclass

from napkinxl.errors import look_up


@dataclass(frozen=True)
class Preset:
    """Values for the inputs that say how far from the ceiling an engine runs, and how wrong they are.

    The error figures are those of `napkinxl.evidence.measured`; a test recomputes them.
    """

    name: str
    title: str
    values: dict[str, float]
    source: str
    measured_runs: int
    median_predicted_over_measured: float
    mean_absolute_error_share: float
    within_a_quarter_share: float
    caveat: str = ""

    @property
    def error_text(self) -> str:
        """The error in one sentence, to stand beside the preset's figures."""
        return (
            f"Against {self.measured_runs:,} measured runs the {self.name} preset predicts "
            f"{self.median_predicted_over_measured:.0%} of the time per token (median); its mean error is "
            f"{self.mean_absolute_error_share:.0%}, and {self.within_a_quarter_share:.0%} of the runs are within 25%"
            f"{self.caveat}. "
            "Cost per token, per request and per user carry that error; seats in use and their cost follow from "
            "memory, not from speed."
        )


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name="napkin",
            title="the ceiling: every byte and operation at the data sheet's rate, no overhead",
            values={},
            source="article on napkin maths for inference cost, June 2026",
            measured_runs=1784,
            median_predicted_over_measured=0.335,
            mean_absolute_error_share=0.646,
            within_a_quarter_share=0.016,
        ),
        Preset(
            name="calibrated",
            title="efficiencies and overheads fitted to measured serving",
            values={
                "bandwidth_efficiency": 0.737,
                "compute_efficiency": 0.407,
                "step_overhead_ms": 1.30,
                "layer_overhead_us": 29.9,
                "parallel_layer_overhead_us": 52.3,
            },
            source="fitted to serving runs of aiconfigurator-core 0.12.0 (InferenceX, NVIDIA), these among them",
            measured_runs=1784,
            median_predicted_over_measured=0.952,
            mean_absolute_error_share=0.229,
            within_a_quarter_share=0.635,
            caveat=" (it was fitted to runs among them)",
        ),
    )
}


def get_preset(name: str) -> Preset:
    """The preset called `name`.

    Raises:
        UnknownNameError: there is none.
    """
    return look_up("preset", name, PRESETS)
