"""From a scenario to the values in use: its own, else the catalog's, else the preset's, else the default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import CatalogTable
from napkinxl.engine.ops import NO_ANSWER
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL
from napkinxl.scenarios.presets import get_preset

if TYPE_CHECKING:
    from napkinxl.scenarios.scenario import Scenario


@dataclass(frozen=True)
class InUse:
    """The inputs' values in use and where each comes from.

    An input that is not given and follows another is absent from `values`; one that has neither is NaN.
    """

    values: dict[str, float]
    origins: dict[str, str]

    @property
    def missing(self) -> list[str]:
        """Inputs that nobody gives: whatever depends on them has no answer."""
        return [name for name, origin in self.origins.items() if origin == "missing"]


def values_in_use(own: Mapping[str, float], gpu: str, model: str, preset: str, catalog: Catalog | None = None) -> InUse:
    """The inputs in use for a GPU, a model and a preset by name; what is the scenario's `own` beats all.

    Raises:
        UnknownNameError: the GPU or the model is not in the catalog, or there is no such preset.
    """
    catalog = catalog or built_in_catalog()
    from_catalog = _catalog_values(gpu, model, catalog)
    from_preset = get_preset(preset).values
    values: dict[str, float] = {}
    origins: dict[str, str] = {}
    for name, item in INPUTS.items():
        if name in own:
            values[name], origins[name] = own[name], "scenario"
        elif name in from_catalog:
            values[name], origins[name] = from_catalog[name], _catalog_origin(name, gpu, model, catalog)
        elif name in from_preset:
            values[name], origins[name] = from_preset[name], f"{preset} preset"
        elif item.default is not None:
            values[name], origins[name] = item.default, "default"
        elif item.follows:
            origins[name] = f"as {item.follows}"
        else:
            values[name], origins[name] = NO_ANSWER, "missing"
    return InUse(values, origins)


def resolve(scenario: Scenario, catalog: Catalog | None = None) -> InUse:
    """The inputs in use for a scenario.

    Raises:
        UnknownNameError: the GPU or the model is not in the catalog.
    """
    found = values_in_use(scenario.given(), scenario.gpu, scenario.model, scenario.preset, catalog)
    if scenario.api_source:
        prices = [name for name, item in INPUTS.items() if item.owner == "api" and found.origins[name] == "scenario"]
        return InUse(found.values, {**found.origins, **dict.fromkeys(prices, scenario.api_source)})
    return found


def canonical(scenario: Scenario, catalog: Catalog) -> Scenario:
    """The scenario with the catalog's own spelling of its GPU and model.

    Raises:
        UnknownNameError: the GPU or the model is not in the catalog.
    """
    gpu = scenario.gpu if scenario.gpu == GIVEN_IN_FULL else catalog.gpu(scenario.gpu).name
    model = scenario.model if scenario.model == GIVEN_IN_FULL else catalog.model(scenario.model).name
    return scenario.changed(gpu=gpu, model=model)


def _catalog_values(gpu: str, model: str, catalog: Catalog) -> dict[str, float]:
    tables: dict[CatalogTable, str] = {"gpus": gpu, "models": model}
    values: dict[str, float] = {}
    for table, name in tables.items():
        if name != GIVEN_IN_FULL:
            values.update(catalog.values(table, name))
    return values


def _catalog_origin(name: str, gpu: str, model: str, catalog: Catalog) -> str:
    """Which row of the catalog, or whose price."""
    row = catalog.gpu(gpu) if INPUTS[name].catalog == "gpus" else catalog.model(model)
    price = catalog.reference_prices(row.name).get(name) if row.table == "gpus" else None
    return f"catalog: {price.basis if price else row.name}"
