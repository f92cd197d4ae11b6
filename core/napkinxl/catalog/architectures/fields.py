"""Reading single fields of a model's config: a missing or odd one is an error of one line, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from napkinxl.errors import CatalogError

Entry = TypeVar("Entry")
LARGEST = 10**12
MOST_LAYERS = 10_000
"""More layers than any model has: beyond it the config is damaged."""
MOST_SHOWN = 60
ENTRY_NAMES: Mapping[type, str] = {str: "texts", int: "whole numbers", dict: "objects"}


def _shown(value: object) -> str:
    """The value as an error shows it: not the whole of a long list."""
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


class Fields:
    """The fields of one config, and the name to report problems under."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def fail(self, field: str, problem: str) -> NoReturn:
        """Raise the error for `field`."""
        raise CatalogError(f"{self.where}, field {field}: {problem}")

    def has(self, name: str) -> bool:
        """Whether the config sets `name` to something other than null."""
        return self.values.get(name) is not None

    def count(self, *names: str, default: int | None = None) -> int:
        """The first of `names` that is set: a whole number, zero or more."""
        for name in names:
            if self.has(name):
                return self._whole(name, self.values[name])
        if default is None:
            self.fail(" or ".join(names), "missing")
        return default

    def size(self, *names: str, default: int | None = None) -> int:
        """As `count`, but at least one."""
        value = self.count(*names, default=default)
        if value < 1:
            self.fail(" or ".join(names), f"must be at least 1, got {value}")
        return value

    def factor(self, name: str) -> float:
        """A number above zero."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= LARGEST:
            self.fail(
                name, f"must be a number above 0, at most 1e12, got {_shown(value)}" if self.has(name) else "missing"
            )
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """A true or false."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(name, f"must be true or false, got {_shown(value)}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            self.fail(name, f"must be a text, got {_shown(value)}" if self.has(name) else "missing")
        return value

    def layers(self) -> int:
        """How many layers there are."""
        layers = self.size("num_hidden_layers")
        if layers > MOST_LAYERS:
            self.fail("num_hidden_layers", f"must be at most {MOST_LAYERS:,}, got {layers:,}")
        return layers

    def entries(self, name: str, kind: type[Entry]) -> list[Entry]:
        """A list of entries of one kind (a flag counts as a number)."""
        value = self.values.get(name)
        if not isinstance(value, list):
            self.fail(name, f"must be a list, got {_shown(value)}" if self.has(name) else "missing")
        for entry in value:
            if not isinstance(entry, kind):
                self.fail(name, f"must be a list of {ENTRY_NAMES[kind]}, got {_shown(entry)} in it")
        return value

    def per_layer(self, name: str, kind: type[Entry]) -> list[Entry]:
        """A list with one entry per layer; entries beyond the last layer belong to multi-token prediction."""
        entries, layers = self.entries(name, kind), self.layers()
        if len(entries) < layers:
            self.fail(name, f"has {len(entries)} entries for {layers} layers")
        return entries[:layers]

    def nested(self, name: str) -> Fields:
        """The object under `name`, as fields of its own."""
        value = self.values.get(name)
        if not isinstance(value, Mapping):
            self.fail(name, f"must be an object, got {_shown(value)}" if self.has(name) else "missing")
        return Fields(value, f"{self.where}, {name}")

    def with_defaults(self, defaults: Mapping[str, Any]) -> Fields:
        """The same fields, and `defaults` where they are not set."""
        known = {name: value for name, value in self.values.items() if value is not None}
        return Fields({**defaults, **known}, self.where)

    def _whole(self, name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= LARGEST or value % 1:
            self.fail(name, f"must be a whole number from 0 to 1e12, got {_shown(value)}")
        return int(value)
