"""SVG files as parts of an HTML page: no ids twice, nothing that reaches beyond the picture."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

_REFERENCE: Final = re.compile(r"url\(#([^)]+)\)|^#(.+)$")
_LEFT_OUT: Final = ("metadata", "style")  # a style would hold for the whole page


def inline_svg(content: bytes, name: str, title: str, description: str) -> str:
    """An SVG file as an element of a page.

    Parameters
    ----------
    content : bytes
        The file, made by this program.
    name : str
        What all ids in it begin with: no other picture of the page may have it.
    title, description : str
        What is told to people who do not see it.

    Returns
    -------
    str
        The element, without namespaces, as HTML has it.
    """
    root = ElementTree.fromstring(content)  # noqa: S314 - drawn by this program, not read from a file
    for parent in list(root.iter()):
        for child in list(parent):
            if _local(child.tag) in _LEFT_OUT:
                parent.remove(child)
    used = {found for item in root.iter() for text in item.attrib.values() for found in _references(text)}
    for item in root.iter():
        item.tag = _local(item.tag)
        item.attrib = {_local(key): _renamed(text, name) for key, text in item.attrib.items() if key != "id"} | (
            {"id": f"{name}-{item.attrib['id']}"} if item.get("id") in used else {}
        )
    view = root.attrib["viewBox"]
    root.attrib = {
        "viewBox": view,
        "role": "img",
        "aria-labelledby": f"{name}-title",
        "aria-describedby": f"{name}-about",
    }
    for place, (tag, ending, text) in enumerate((("title", "title", title), ("desc", "about", description))):
        told = ElementTree.Element(tag, {"id": f"{name}-{ending}"})
        told.text = text
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _references(text: str) -> list[str]:
    return [found[1] or found[2] for found in _REFERENCE.finditer(text)]


def _renamed(text: str, name: str) -> str:
    return _REFERENCE.sub(lambda found: f"url(#{name}-{found[1]})" if found[1] else f"#{name}-{found[2]}", text)
