"""A scenario: a GPU, a model, a way of using them and their prices. Its fields are made from the registry of inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from napkinxl.choices import DEFAULT_CHOICES, GIVEN_IN_FULL, TEXT_FIELDS
from napkinxl.errors import InputError, unknown
from napkinxl.input_table import INPUTS
from napkinxl.presets import get_preset

LONGEST_TEXT = 200


class ScenarioBase(BaseModel):
    """What every scenario has beside the registered inputs; the default is the article's case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field("Advertised context", description="what to call the scenario in tables and reports")
    gpu: str = Field(DEFAULT_CHOICES["gpu"], description=f"a GPU of the catalog, or {GIVEN_IN_FULL}")
    model: str = Field(DEFAULT_CHOICES["model"], description=f"a model of the catalog, or {GIVEN_IN_FULL}")
    preset: str = Field(
        DEFAULT_CHOICES["preset"], description="napkin (the ceiling) or calibrated (fitted to measured serving)"
    )
    api_source: str = Field("", description="where the API's prices come from, if they are given")

    @model_validator(mode="before")
    @classmethod
    def _check(cls, data: Any) -> Any:
        """Names and values against the registry; blanks mean "not given"."""
        if not isinstance(data, dict):
            raise InputError(f"a scenario is a set of named fields, got {type(data).__name__}")
        checked: dict[str, Any] = {}
        for name, value in data.items():
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

    def given(self) -> dict[str, float]:
        """The inputs that the scenario sets itself, in the registry's order."""
        own = self.model_fields_set
        return {name: getattr(self, name) for name in INPUTS if name in own}


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
        __doc__="A scenario with one optional field per registered input.",
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


TYPICAL_CONTEXT_TOKENS = 20_000  # the article: typical chats hold 4k-40k tokens
