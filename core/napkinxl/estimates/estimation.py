"""One scenario in, every quantity out: value, unit, label and explanation, with the verdict and its warnings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.estimates.fit import Fit, judge_fit
from napkinxl.formulas import QUANTITIES, Explanation, Quantity, evaluate, explain_values, get_quantity, needed_inputs
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES, GIVEN_IN_FULL
from napkinxl.scenarios.consistency import check_consistency
from napkinxl.scenarios.presets import get_preset
from napkinxl.scenarios.resolution import InUse, canonical, resolve
from napkinxl.scenarios.scenario import Scenario

REQUEST = ("input_tokens_per_request", "output_tokens_per_request")
NOT_MODELLED = "not modelled"  # what a note of the catalog says where the formulas fall short of the model


@dataclass(frozen=True)
class Result:
    """One quantity of an estimate."""

    quantity: Quantity
    value: Any
    _values: dict[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The quantity's public name."""
        return self.quantity.name

    @property
    def label(self) -> str:
        """The name for people."""
        return self.quantity.label

    @property
    def unit(self) -> str:
        """The value's unit."""
        return self.quantity.unit

    @property
    def explanation(self) -> Explanation:
        """The formula in names and in numbers, and its source."""
        return explain_values(self.name, self._values)


@dataclass(frozen=True)
class Estimate:
    """Every quantity of a scenario, in reading order."""

    scenario: Scenario
    in_use: InUse
    values: dict[str, Any] = field(repr=False)
    fit: Fit | None
    warnings: tuple[str, ...]

    def __iter__(self) -> Iterator[Result]:
        return (Result(item, self.values[item.name], self.values) for item in QUANTITIES.values())

    def __getitem__(self, name: str) -> Any:
        """The value of a quantity or input; NaN where there is no answer."""
        return self.values[name] if name in INPUTS else self.values[get_quantity(name).name]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: NaN becomes None."""
        inputs = {name: _plain(self.values[name]) for name in INPUTS}
        quantities = {name: _plain(self.values[name]) for name in QUANTITIES}
        return {
            "scenario": {name: getattr(self.scenario, name) for name in ("name", *DEFAULT_CHOICES)},
            "fit": None if self.fit is None else str(self.fit),
            "warnings": list(self.warnings),
            "preset_error": get_preset(self.scenario.preset).error_text,
            "inputs": inputs,
            "input_origins": self.in_use.origins,
            "quantities": quantities,
        }


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def estimate(scenario: Scenario | None = None, catalog: Catalog | None = None) -> Estimate:
    """Every quantity of a scenario (by default the article's case).

    Raises
    ------
    UnknownNameError
        The scenario's GPU or model is not in the catalog.
    InputError
        Its inputs contradict each other.

    Examples
    --------
    >>> round(estimate()["kv_cache_gb"], 4)
    26.2144
    """
    catalog = catalog or built_in_catalog()
    scenario = canonical(scenario or Scenario(), catalog)
    in_use = resolve(scenario, catalog)
    values = evaluate(in_use.values)
    check_consistency(values)
    warnings = (*_warnings(in_use), *_model_warnings(scenario, catalog, values))
    return Estimate(scenario, in_use, values, judge_fit(in_use.values), warnings)


def explain(name: str, scenario: Scenario | None = None, catalog: Catalog | None = None) -> Explanation:
    """How a quantity of a scenario comes about: the formula in names, in numbers, and its source.

    Raises
    ------
    UnknownNameError
        There is no such quantity, GPU or model.
    """
    get_quantity(name)
    return explain_values(name, estimate(scenario, catalog).values)


def _warnings(in_use: InUse) -> Iterator[str]:
    context, longest = in_use.values["context_tokens"], in_use.values["max_context_tokens"]
    if context > longest:
        yield f"context_tokens {context:,.0f} is over the model's longest context of {longest:,.0f} tokens"
    request = in_use.values[REQUEST[0]] + in_use.values[REQUEST[1]]
    if request > context and "scenario" in {in_use.origins[name] for name in REQUEST}:
        sized = f"context_tokens {context:,.0f}, for which memory is sized"
        yield f"a request of {request:,.0f} tokens is longer than {sized}"
    used = {name for item in QUANTITIES.values() for name in item.parameters}
    for name in in_use.missing:
        if name in used:
            touched = [item.label for item in QUANTITIES.values() if name in needed_inputs(item.name)]
            yield f"{name} is not known: no answer for {touched[0]!r} and {len(touched) - 1} more; give it a value"


def _model_warnings(scenario: Scenario, catalog: Catalog, values: dict[str, Any]) -> Iterator[str]:
    """What the figures of this model leave out."""
    if scenario.model != GIVEN_IN_FULL:
        row = catalog.model(scenario.model)
        for note in row.details["notes"].split(";"):
            if NOT_MODELLED in note:
                yield f"{row.name}: {note.strip()}"
    if values["replica_kv_cache_gb"] == 0:
        yield "the KV cache of a chat is 0 GB, so there is no answer to how many fit; give the model's layers and heads"
