"""A chart's picture read as a person does: where bars and lines end, against the numbers beside the axis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
_POINT = re.compile(r"([ML]) (\S+) (\S+)")


@dataclass(frozen=True)
class Shape:
    """A path inside the plot: its points, and how it is painted."""

    points: tuple[tuple[float, float], ...]
    style: str
    strokes: int  # how many times the pen was set down

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, right, top and bottom."""
        across, down = zip(*self.points, strict=True)
        return min(across), max(across), min(down), max(down)


class Picture:
    """An SVG file of a chart."""

    def __init__(self, content: bytes) -> None:
        self.root = ElementTree.fromstring(content)

    def shapes(self, colour: str, kind: str = "fill") -> list[Shape]:
        """The shapes of the plot in a colour, in the order in which they were drawn; the legend's are none."""
        found = []
        for path in self.root.iter(f"{SVG}path"):
            style = path.get("style", "")
            if path.get("clip-path") and f"{kind}: #{colour.lower()}" in style:
                points = _POINT.findall(path.get("d", ""))
                places = tuple((float(x), float(y)) for _, x, y in points)
                found.append(Shape(places, style, sum(letter == "M" for letter, *_ in points)))
        return found

    def texts(self) -> list[str]:
        """All texts."""
        return ["".join(item.itertext()) for item in self.root.iter(f"{SVG}text")]

    def scale(self, axis: str) -> list[tuple[str, float]]:
        """The numbers beside the axis "x" or "y" with the place of each one's grid line."""
        place = 0 if axis == "x" else 1
        found = []
        for group in self._ticks(axis):
            path = next(group.iter(f"{SVG}path"), None)
            if path is not None:
                x, y = _POINT.findall(path.get("d", ""))[0][1:]
                found.append(("".join(group.itertext()).strip(), (float(x), float(y))[place]))
        return found

    def labels(self, axis: str) -> list[tuple[str, float, float]]:
        """The texts beside the axis with their places; the second axis goes on where the first one ends."""
        texts = [text for group in self._ticks(axis) for text in group.iter(f"{SVG}text")]
        return [("".join(t.itertext()), float(t.get("x", "nan")), float(t.get("y", "nan"))) for t in texts]

    def _ticks(self, axis: str) -> list[Element]:
        return [group for group in self.root.iter(f"{SVG}g") if (group.get("id") or "").startswith(f"{axis}tick_")]


def read_off(scale: list[tuple[str, float]], place: float) -> float:
    """The value at a place of a linear axis."""
    (low, start), (high, end) = scale[0], scale[-1]
    first, last = number(low), number(high)
    return first + (place - start) / (end - start) * (last - first)


def number(text: str) -> float:
    """The number that an axis shows."""
    return float(text.replace("$", "").replace(",", ""))
