"""Scenarios from files: TOML and JSON (with sections, if you like) and CSV (one scenario a row).

Each is parsed once, into a `ScenarioFile`; workbooks become one too, in `napkinxl_workbook.scenario_workbooks`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from napkinxl.apis.choice import SECTION_FIELDS, with_api_prices
from napkinxl.catalog import Catalog
from napkinxl.catalog.rows import read_table
from napkinxl.engine.inputs import OWNERS
from napkinxl.errors import CatalogError, FileError, InputError, NapkinError, unknown
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL, TEXT_FIELDS
from napkinxl.scenarios.day_profile import with_peak
from napkinxl.scenarios.number_hints import number_hint
from napkinxl.scenarios.resolution import canonical
from napkinxl.scenarios.scenario import Scenario

Row = dict[str, Any]
LIST_NAMES = ("scenario", "scenarios")
# Plans of one product side by side: each is the scenario of the file with some fields of its own.
TIER_NAMES = ("tier", "tiers")
PLAN_NAMES = ("plan", "plans")  # what people call tiers
# What a file may say beside its scenarios: the fleet over time, and what a sweep varies.
STUDY_SECTIONS = ("fleet", "vary")
# What a section may say beside inputs.
OWN_FIELDS = {"gpu": ("name",), "model": ("name",), "api": tuple(SECTION_FIELDS)}
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class ScenarioFile:
    """What a file says, each scenario as a flat row of fields that are not yet checked."""

    path: Path
    rows: list[Row]
    sections: dict[str, Any] = field(default_factory=dict)  # of the plan and of what varies, as they stand there
    has_tiers: bool = False  # it calls its scenarios the tiers of one product
    is_report: bool = False  # it is a report or a template, of which only the blue cells are read

    def scenarios(self, catalog: Catalog | None = None) -> list[Scenario]:
        """The scenarios, checked; with a catalog its spelling of GPUs and models.

        Raises:
            InputError: a field or value is wrong; the message names the file and the scenario.
        """
        return scenarios_from_rows(self.rows, self.path.name, catalog)


def scenarios_from_rows(rows: Sequence[Row], source: str = "", catalog: Catalog | None = None) -> list[Scenario]:
    """The scenarios of rows of fields.

    Parameters
    ----------
    rows : sequence of mappings
        One scenario each; one without a name is called after its number.
    source : str
        The name of the file that they come from, if they do.
    catalog : Catalog, optional
        Where to look up the names of GPUs and models, which then are its own; without it they are not looked up.

    Raises
    ------
    InputError
        A field or value is wrong; the message says in which scenario (of which file), where that is not plain.
    """
    scenarios = []
    for number, row in enumerate(rows, start=1):
        with errors_placed(scenario_place(number, len(rows), source)):
            named = {"name": f"Scenario {number}", **with_api_prices(row)}
            named["name"] = named["name"] if str(named["name"] or "").strip() else f"Scenario {number}"
            scenario = Scenario(**named)
            scenarios.append(canonical(scenario, catalog) if catalog else scenario)
    return scenarios


def scenario_place(number: int, count: int, source: str = "") -> str:
    """What to put before an error: which scenario it is about, of which file.

    >>> scenario_place(2, 3, "s.csv"), scenario_place(2, 3), scenario_place(1, 1)
    ('s.csv, scenario 2: ', 'scenario 2: ', '')
    """
    if source:
        return f"{source}, scenario {number}: "
    return f"scenario {number}: " if count > 1 else ""


@contextmanager
def errors_placed(place: str) -> Iterator[None]:
    """Put a place before the error that is raised within."""
    try:
        yield
    except NapkinError as error:
        raise InputError(f"{place}{error}") from None


def is_workbook(path: Path) -> bool:
    """Whether a file is read by the package for workbooks."""
    return path.suffix.lower() in WORKBOOKS and not path.is_dir()


def read_file(path: Path) -> ScenarioFile:
    """What a TOML, JSON or CSV file says.

    Raises:
        FileError: the file cannot be read, is empty or is malformed.
        InputError: a section or a field within it is unknown.
    """
    parsers = {".toml": _parse_toml, ".json": _parse_json, ".csv": _parse_csv}
    if path.is_dir():
        raise FileError(f"{path} is a folder; scenarios come from a file")
    parser = parsers.get(path.suffix.lower())
    if parser is None:
        raise FileError(f"{path}: scenarios are read from .toml, .json, .csv or .xlsx, not {path.suffix or 'this'}")
    data = parser(path)
    try:
        rows = data if parser is _parse_csv else _flatten(data, path)
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from None
    if not rows:
        raise FileError(f"{path} holds no scenario")
    fields = data if isinstance(data, Mapping) else {}
    sections = {name: fields[name] for name in STUDY_SECTIONS if name in fields}
    return ScenarioFile(path, rows, sections, any(name in fields for name in TIER_NAMES))


def _parse_toml(path: Path) -> Any:
    text = _read_text(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(f"{path} is not valid TOML: {error}{number_hint(text, str(error))}") from None


def _parse_json(path: Path) -> Any:
    try:
        return json.loads(_read_text(path), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FileError(f"{path} is not valid JSON: {error}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object; a field that is there twice would lose one of its values."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the field {name} is there twice")
    return dict(pairs)


def _parse_csv(path: Path) -> list[Row]:
    try:
        _, rows = read_table(path)
    except CatalogError as error:
        raise FileError(str(error)) from None
    return [{name: value for name, value in cells.items() if value} for _, cells in rows]


def _read_text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f"{path} is not text in UTF-8") from None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}") from None
    if not text.strip():
        raise FileError(f"{path} is empty")
    return text


def _flatten(data: object, path: Path) -> list[Row]:
    """One scenario, several under "scenario", or one with tiers; sections named after owners of inputs are unfolded."""
    shared: Row = {}
    if isinstance(data, Mapping):
        data = {name: value for name, value in data.items() if name not in STUDY_SECTIONS}
        if tiers := next((name for name in TIER_NAMES if name in data), None):
            shared, data = _flatten_one({name: data[name] for name in data if name != tiers}), data[tiers]
            _check_tier_names(data)
        else:
            listed = next((name for name in LIST_NAMES if name in data), None)
            data = data[listed] if listed and len(data) == 1 else data
        data = [data] if isinstance(data, Mapping) else data
    if not isinstance(data, list) or not all(isinstance(item, Mapping) for item in data):
        raise FileError(f"{path} must hold a scenario or a list of scenarios, each with named fields")
    return [{**shared, **_flatten_one(item)} for item in data if item]


def _check_tier_names(tiers: object) -> None:
    """Plans of one product are told apart by their names."""
    found = tiers if isinstance(tiers, list) else []
    names = [str(tier["name"]) for tier in found if isinstance(tier, Mapping) and "name" in tier]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"each tier needs a name of its own, got {name!r} {names.count(name)} times")


def _flatten_one(data: Mapping[str, object]) -> Row:
    row: Row = {}
    for name, value in data.items():
        if not isinstance(value, Mapping):
            _check_no_tables(name, value)
            row[name] = value
            continue
        if name not in OWNERS:
            _check_no_tables(name, value)
            raise unknown("section", name, [*OWNERS, *STUDY_SECTIONS, *TIER_NAMES])
        if name == "traffic":
            value = with_peak(value)
        if name == "api":
            row |= {SECTION_FIELDS[field]: value[field] for field in value if field in SECTION_FIELDS}
            value = {field: value[field] for field in value if field not in SECTION_FIELDS}
        if name in ("gpu", "model"):
            value = dict(value)
            row[name] = value.pop("name", GIVEN_IN_FULL)
        for given, setting in value.items():
            _check_section(name, given)
            if given in data:
                raise InputError(f"{given} is given twice: once above the sections and once in [{name}]")
            row[given] = setting
    return row


def _check_no_tables(name: str, value: object) -> None:
    """Tables within a scenario: what people write for plans or scenarios side by side where we read other names."""
    if name in LIST_NAMES:
        raise InputError(f"nothing may stand beside [[{name}]]; what all plans share stands above [[{TIER_NAMES[0]}]]")
    if name in PLAN_NAMES or (isinstance(value, list) and any(isinstance(item, Mapping) for item in value)):
        raise InputError(
            f"there is no [[{name}]]; the plans of one product are [[{TIER_NAMES[0]}]], "
            f"scenarios by themselves [[{LIST_NAMES[0]}]]"
        )


def _check_section(section: str, field: str) -> None:
    """A field stands in its own section, so that a reader finds it."""
    known = [item.name for item in INPUTS.values() if item.owner == section]
    if field in known:
        return
    if field in TEXT_FIELDS:
        raise InputError(f"{field} belongs above the sections, not in [{section}]")
    if field in INPUTS:
        raise InputError(f"{field} belongs in the section [{INPUTS[field].owner}], not in [{section}]")
    raise unknown(f"field of the section [{section}]", field, [*OWN_FIELDS.get(section, ()), *known])
