"""Inputs that contradict each other: each is within its bounds, together they describe no machine and no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from napkinxl.errors import InputError

ROUNDING = 1e-9  # parameters that are counted in two ways may differ in the last digit


@dataclass(frozen=True)
class AtMost:
    """The sum of some values must not exceed another value."""

    parts: tuple[str, ...]
    whole: str

    @property
    def names(self) -> tuple[str, ...]:
        """What the rule is about."""
        return (*self.parts, self.whole)

    def broken(self, values: Mapping[str, Any]) -> Any:
        """Whether the rule is broken: for one scenario, or for each row of columns. What is not known breaks none."""
        return self._sum(values) > values[self.whole] * (1 + ROUNDING)

    def _sum(self, values: Mapping[str, Any]) -> Any:
        return sum(values[part] for part in self.parts)

    def message(self, values: Mapping[str, Any]) -> str:
        """What contradicts what, with the numbers."""
        parts = " + ".join(self.parts)
        return f"{parts} must be at most {self.whole} ({values[self.whole]:,.10g}), got {self._sum(values):,.10g}"


@dataclass(frozen=True)
class ExpertsAreUsed:
    """Where there are experts, a token uses at least one."""

    names: tuple[str, ...] = ("experts", "experts_per_token")

    def broken(self, values: Mapping[str, Any]) -> Any:
        """Whether the rule is broken: for one scenario, or for each row of columns."""
        return (values["experts"] > 0) & (values["experts_per_token"] == 0)

    def message(self, values: Mapping[str, Any]) -> str:
        """What contradicts what, with the numbers."""
        return f"experts_per_token must be at least 1 where there are experts ({values['experts']:,.10g}), got 0"


RULES: tuple[AtMost | ExpertsAreUsed, ...] = (
    AtMost(("window_layers", "latent_layers", "linear_layers", "stateless_layers"), "layers"),
    AtMost(("index_layers",), "layers"),
    AtMost(("kv_heads",), "query_heads"),
    AtMost(("active_params_b",), "total_params_b"),
    AtMost(("routed_params_b",), "total_params_b"),
    AtMost(("experts_per_token",), "experts"),
    AtMost(("horizon_months",), "useful_life_months"),
    ExpertsAreUsed(),
)


def check_consistency(values: Mapping[str, Any]) -> None:
    """Refuse inputs that contradict each other.

    Raises:
        InputError: it names the inputs and their values.
    """
    for rule in RULES:
        if rule.broken(values):
            raise InputError(rule.message(values))
