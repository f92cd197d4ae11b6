"""How colours look to people and on paper: contrast, lightness, and three kinds of colour blindness.

Contrast is that of WCAG 2.2 (relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). Colour blindness is
simulated by the matrices for full severity, on linear RGB, of G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A
Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE Transactions on Visualization and Computer
Graphics 15 (6), 2009. Differences are CIE 1976 (L*, a*, b*) under D65.
"""

from __future__ import annotations

import math
from typing import Final

Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]

NORMAL: Final = "normal"
_IDENTITY: Final[Matrix] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
VISIONS: Final[dict[str, Matrix]] = {
    NORMAL: _IDENTITY,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ: Final[Matrix] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final[Rgb] = (0.95047, 1.0, 1.08883)


def _linear(colour: str) -> Rgb:
    parts = [int(colour[-6:][place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _times(matrix: Matrix, vector: Rgb) -> Rgb:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as 1F3864: 0 black, 1 white."""
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(colour: str, vision: str = NORMAL) -> Rgb:
    """L*, a* and b* of a colour as somebody with that vision sees it."""
    red, green, blue = (min(max(part, 0.0), 1.0) for part in _times(VISIONS[vision], _linear(colour)))
    x, y, z = (_root(part / white) for part, white in zip(_times(_XYZ, (red, green, blue)), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29


def difference(one: str, other: str, vision: str = NORMAL) -> float:
    """How far apart two colours are; about 2 is just seen side by side."""
    return math.dist(lab(one, vision), lab(other, vision))


def lightness(colour: str) -> float:
    """L*, which is what is left in grey print: 0 to 100."""
    return lab(colour)[0]
