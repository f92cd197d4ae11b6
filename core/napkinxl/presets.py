"""Named sets of efficiency inputs, each with the error it makes against measured serving."""

from __future__ import annotations

from dataclasses import dataclass

from napkinxl.errors import unknown


@dataclass(frozen=True)
class Preset:
    """Values for the inputs that say how far from the ceiling an engine runs, and how wrong they are.

    The error figures are recomputed from the measured runs by a test.
    """

    name: str
    title: str
    values: dict[str, float]
    source: str
    predicted_over_measured: float
    mean_absolute_error_share: float
    measured_runs: int

    @property
    def error_text(self) -> str:
        """The error in one sentence."""
        return (
            f"against {self.measured_runs:,} measured runs the {self.name} preset predicts "
            f"{self.predicted_over_measured:.0%} of the time per token (median); "
            f"mean absolute error {self.mean_absolute_error_share:.0%}"
        )


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            "napkin",
            "the ceiling: every byte and operation at the data sheet's rate, no overhead",
            {},
            "article on napkin maths for inference cost, June 2026",
            predicted_over_measured=0.0,
            mean_absolute_error_share=0.0,
            measured_runs=0,
        ),
        Preset(
            "calibrated",
            "efficiencies and overheads fitted to measured serving",
            {
                "bandwidth_efficiency": 0.737,
                "compute_efficiency": 0.407,
                "step_overhead_ms": 1.30,
                "layer_overhead_us": 29.9,
            },
            "fitted to measured serving runs bundled with aiconfigurator-core 0.12.0 (InferenceX, NVIDIA)",
            predicted_over_measured=0.0,
            mean_absolute_error_share=0.0,
            measured_runs=0,
        ),
    )
}


def get_preset(name: str) -> Preset:
    """The preset called `name`.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in PRESETS:
        raise unknown("preset", name, PRESETS)
    return PRESETS[name]
