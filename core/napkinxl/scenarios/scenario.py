"""A scenario: a GPU, a model, a way of using them and their prices; every field is checked against the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from napkinxl.errors import InputError, unknown
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_TEXTS, TEXT_FIELDS, TEXT_HELP
from napkinxl.scenarios.presets import get_preset

LONGEST_TEXT = 200
TYPICAL_CONTEXT_TOKENS = 20_000  # the article: typical chats hold 4k-40k tokens
SCENARIO_HELP = """\
A case to estimate: texts that say what it is about, and any input by name; the default is the article's case.

Parameters
----------
**fields : str or float
    `name`, `gpu`, `model`, `preset`, `api_source`, and the inputs of docs/inputs.md. A blank means "not given":
    the catalog's value, or the default.

Raises
------
UnknownNameError
    There is no such field; the message offers the nearest.
InputError
    A value is not allowed.

Examples
--------
>>> chat = Scenario(gpu="H200 SXM", model="Qwen3-32B", context_tokens=20_000)
>>> chat
Scenario(gpu='H200 SXM', model='Qwen3-32B', context_tokens=20000.0)
>>> chat.changed(context_tokens=8_000).context_tokens
8000.0
"""


class ScenarioBase(BaseModel):
    """What every scenario has beside the registered inputs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(DEFAULT_TEXTS["name"], description=TEXT_HELP["name"])
    gpu: str = Field(DEFAULT_TEXTS["gpu"], description=TEXT_HELP["gpu"])
    model: str = Field(DEFAULT_TEXTS["model"], description=TEXT_HELP["model"])
    preset: str = Field(DEFAULT_TEXTS["preset"], description=TEXT_HELP["preset"])
    api_source: str = Field(DEFAULT_TEXTS["api_source"], description=TEXT_HELP["api_source"])

    @model_validator(mode="before")
    @classmethod
    def _check(cls, data: Any) -> Any:
        """Names and values against the registry; blanks mean "not given"."""
        if not isinstance(data, dict):
            raise InputError(f"a scenario is a set of named fields, got {type(data).__name__}")
        return _checked(data)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"a scenario does not change: make another with changed({name}=...)")

    def __repr__(self) -> str:
        return f"Scenario({', '.join(f'{name}={value!r}' for name, value in self.fields().items())})"

    def fields(self) -> dict[str, Any]:
        """What the scenario sets itself, texts first, then inputs in the registry's order."""
        own = self.model_fields_set
        return {name: getattr(self, name) for name in (*DEFAULT_TEXTS, *INPUTS) if name in own}

    def given(self) -> dict[str, float]:
        """The inputs that the scenario sets itself, in the registry's order."""
        own = self.model_fields_set
        return {name: getattr(self, name) for name in INPUTS if name in own}

    def changed(self, **changes: Any) -> Scenario:
        """The same scenario with some fields changed; a blank takes back what was given.

        Raises:
            InputError: a change names no field or is not allowed.
        """
        return Scenario(**{**self.fields(), **changes})


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Names and values against the registry; blanks mean "not given"."""
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if name in TEXT_FIELDS:
            checked[name] = _text(name, value)
        elif name in INPUTS:
            checked[name] = INPUTS[name].check(value)
        else:
            raise unknown("scenario field", name, [*TEXT_FIELDS, *INPUTS])
    if "preset" in checked:
        get_preset(checked["preset"])
    return checked


def _text(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError(f"{name} must be a text, got {value!r}")
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise InputError(f"{name} must be at most {LONGEST_TEXT} characters long, got {len(text):,}")
    return text


if TYPE_CHECKING:

    class Scenario(ScenarioBase):
        """A scenario with one optional field per registered input."""

        def __init__(self, **fields: Any) -> None: ...
        def __getattr__(self, name: str) -> float | None: ...

else:
    Scenario = create_model(
        "Scenario",
        __base__=ScenarioBase,
        __doc__=SCENARIO_HELP,
        __module__=__name__,
        **{item.name: (float | None, Field(None, description=item.label)) for item in INPUTS.values()},
    )


def default_scenarios(**changes: Any) -> list[Scenario]:
    """The article's case at the advertised context, and beside it the same at a typical one.

    Raises:
        InputError: a change names no field or is not allowed.
    """
    if "context_tokens" in changes:
        return [Scenario(**{"name": "Scenario", **changes})]
    own = changes.pop("name", None)
    names = [f"{own}: {name.lower()}" if own else name for name in ("Advertised context", "Typical context")]
    return [
        Scenario(**changes, name=names[0]),
        Scenario(**changes, name=names[1], context_tokens=TYPICAL_CONTEXT_TOKENS),
    ]
