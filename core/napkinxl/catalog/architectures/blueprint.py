"""What a model is made of, layer by layer, and the catalog's fields that follow from it.

A family of models (`transformer`, `hybrids`, `compressed`) turns a config into a `Blueprint`; the sums are made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from napkinxl.catalog.architectures.fields import Fields
from napkinxl.errors import InputError
from napkinxl.inputs import INPUTS

Kind = Literal["full", "window", "latent", "linear"]
COUNT_FIELDS: dict[Kind, str] = {
    "window": "window_layers",
    "latent": "latent_layers",
    "linear": "linear_layers",
}
BILLION = 1e9


@dataclass(frozen=True)
class Mixer:
    """The part of a layer that looks at other tokens.

    `shape` holds the catalog fields that describe its cache, the same for every mixer that sets them;
    `compressed` the elements per token that it adds to a cache compressed along time.
    """

    kind: Kind
    params: int
    shape: Mapping[str, float] = field(default_factory=dict)
    has_index: bool = False
    compressed: float = 0.0


@dataclass(frozen=True)
class Layer:
    """One layer: a mixer or none, parameters that every token meets, and routed experts of which some are used."""

    mixer: Mixer | None
    params: int
    expert_params: int = 0
    experts: int = 0
    experts_per_token: int = 0

    @property
    def always(self) -> int:
        """Parameters multiplied for every token."""
        return self.params + (self.mixer.params if self.mixer else 0)


@dataclass(frozen=True)
class Blueprint:
    """A whole model; `fields` are those that hold for all of it, `other_params` those outside layers."""

    layers: list[Layer]
    hidden_size: int
    vocabulary: int
    tied: bool
    other_params: int
    fields: Mapping[str, float]

    def params(self) -> tuple[int, int, int]:
        """Total, multiplied per token, and routed parameters.

        One vocabulary matrix is multiplied (the output head); a second one only looks rows up.
        """
        matrix = self.vocabulary * self.hidden_size
        common = matrix + self.other_params + sum(layer.always for layer in self.layers)
        routed = sum(layer.expert_params * layer.experts for layer in self.layers)
        used = sum(layer.expert_params * layer.experts_per_token for layer in self.layers)
        return common + routed + (0 if self.tied else matrix), common + used, routed


def catalog_fields(blueprint: Blueprint, fields: Fields) -> dict[str, float]:
    """The model fields of the registry of inputs, in its order, without those that say no more than the default."""
    total, active, routed = blueprint.params()
    result: dict[str, float] = {
        "total_params_b": total / BILLION,
        "active_params_b": active / BILLION,
        "routed_params_b": routed / BILLION,
        "layers": float(len(blueprint.layers)),
        "hidden_size": float(blueprint.hidden_size),
    }
    result |= blueprint.fields
    mixers = [layer.mixer for layer in blueprint.layers if layer.mixer]
    for kind, name in COUNT_FIELDS.items():
        result[name] = float(sum(mixer.kind == kind for mixer in mixers))
    result["index_layers"] = float(sum(mixer.has_index for mixer in mixers))
    result["stateless_layers"] = float(len(blueprint.layers) - len(mixers))
    result["compressed_kv_elements_per_token"] = sum(mixer.compressed for mixer in mixers)
    result |= _shapes(mixers, fields)
    for name in ("experts", "experts_per_token"):
        result[name] = float(_one(name, {getattr(layer, name) for layer in blueprint.layers} - {0}, fields))
    return _checked(result, fields)


def _checked(result: Mapping[str, float], fields: Fields) -> dict[str, float]:
    """The fields in the registry's order, within its bounds, without those that equal the default."""
    checked = {}
    for name, item in INPUTS.items():
        if name in result and result[name] != item.default:
            try:
                checked[name] = item.check(result[name])
            except InputError as error:
                fields.fail(name, f"computed from the config, {error}")
    return checked


def _shapes(mixers: list[Mixer], fields: Fields) -> dict[str, float]:
    names = {name for mixer in mixers for name in mixer.shape}
    return {name: _one(name, {m.shape[name] for m in mixers if name in m.shape}, fields) for name in names}


def _one(name: str, values: set[float], fields: Fields) -> float:
    if len(values) > 1:
        fields.fail(name, f"layers differ ({', '.join(f'{v:g}' for v in sorted(values))}); give the numbers by hand")
    return values.pop() if values else 0.0
