"""Two workbooks compared part by part: the first part and element in which they differ, in words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

# What may differ although nothing that we write has changed, each with its reason.
IGNORED: Final = {
    r"docProps/app\.xml": ("AppVersion", "Application"),  # the version of the library that writes
}
OUR_VERSION: Final = re.compile(r"napkinxl \d+\.\d+[\w.]*")  # in texts: a release changes it, nothing else
LONGEST_SHOWN: Final = 120


def part_differences(golden: Path, found: Path) -> list[str]:
    """One line for each part that differs or that only one of the files has; names the first element that differs."""
    old, new = (_parts(path) for path in (golden, found))
    lines = [f"{name}: not in the golden file" for name in new if name not in old]
    lines += [f"{name}: only in the golden file" for name in old if name not in new]
    return lines + [f"{name}: {line}" for name in old if name in new for line in _part_difference(name, old, new)]


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


def _part_difference(name: str, old: dict[str, bytes], new: dict[str, bytes]) -> Iterator[str]:
    if not name.endswith((".xml", ".rels")):
        if old[name] != new[name]:
            yield "other bytes"
        return
    one, other = (ElementTree.fromstring(parts[name]) for parts in (old, new))
    yield from islice(_differences(name, one, other, ""), 1)


def _differences(part: str, one: ElementTree.Element, other: ElementTree.Element, above: str) -> Iterator[str]:
    """What differs, from the top down; attributes in any order, white space between elements left out."""
    path = f"{above}/{_local(one.tag)}{_key(one)}"
    if one.tag != other.tag:
        yield f"{path} is now {_local(other.tag)}"
        return
    for name in sorted({*one.attrib, *other.attrib}):
        if one.get(name) != other.get(name):
            yield f"{path} has {_local(name)}={other.get(name)!r}, golden {one.get(name)!r}"
    if not _is_ignored(part, one) and _text(one) != _text(other):
        yield f"{path} says {_text(other)[:LONGEST_SHOWN]!r}, golden {_text(one)[:LONGEST_SHOWN]!r}"
    for first, second in zip(one, other, strict=False):
        yield from _differences(part, first, second, path)
    if len(one) != len(other):
        longer, shorter = (other, one) if len(other) > len(one) else (one, other)
        extra = longer[len(shorter)]
        which = "a new" if longer is other else "no"
        yield f"{path} has {which} {_local(extra.tag)}{_key(extra)}, {len(other)} elements, golden {len(one)}"


def _text(element: ElementTree.Element) -> str:
    text = (element.text or "") + (element.tail or "")
    return OUR_VERSION.sub("napkinxl", text) if text.strip() else ""


def _is_ignored(part: str, element: ElementTree.Element) -> bool:
    return any(re.fullmatch(pattern, part) and _local(element.tag) in names for pattern, names in IGNORED.items())


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _key(element: ElementTree.Element) -> str:
    """What tells an element from its like: the address of a cell or row, a name, an identifier."""
    found = next(
        (element.get(name) for name in ("r", "ref", "name", "sqref", "Id", "idx", "val") if element.get(name)), ""
    )
    return f"[{found}]" if found else ""
