"""XML of a workbook's parts: without a document type, in UTF-8 or UTF-16, read with the standard library's expat."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from napkinxl.errors import FileError

Attributes = dict[str, str]
StartHandler = Callable[[str, Attributes], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]

MAIN: Final = "main:"
RELATIONSHIPS: Final = "relationships:"
# The second of each is the strict variant of the format.
_SHORT: Final = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": MAIN,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN,
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": RELATIONSHIPS,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONSHIPS,
    "http://schemas.openxmlformats.org/package/2006/relationships": "package:",
}
_SEPARATOR: Final = "\n"
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DECLARED: Final = re.compile(rb"""^\xef?\xbb?\xbf?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")


class XmlPart:
    """A part's XML as UTF-8, and the way back to the bytes that it came from."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._encoding = "utf-8"
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._encoding = "utf-16-le" if content.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        elif content[:2] in (b"<\0", b"\0<"):
            self._encoding = "utf-16-le" if content[:1] == b"<" else "utf-16-be"
        try:
            self.content = content.decode(self._encoding).encode()
        except UnicodeDecodeError as error:
            raise FileError(f"the part {name} must be in UTF-8 or UTF-16: {error.reason}") from None
        declared = _DECLARED.match(self.content)
        if declared and declared[1].lower() not in (b"utf-8", b"utf-16"):
            raise FileError(f"the part {name} must be in UTF-8 or UTF-16, got {declared[1].decode()!r}")

    def encoded(self, content: bytes) -> bytes:
        """Changed XML in the encoding of the part."""
        return content if self._encoding == "utf-8" else content.decode().encode(self._encoding)

    def parse(
        self,
        start: StartHandler | None = None,
        end: EndHandler | None = None,
        text: TextHandler | None = None,
        parser: expat.XMLParserType | None = None,
    ) -> None:
        """Walk through the elements; names are short, such as "main:c".

        Raises:
            FileError: the XML is broken or has a document type, by which it could unfold or read other files.
        """
        parser = parser or new_parser()
        names = _ShortNames()

        def refuse(*_: object) -> None:
            raise FileError(f"the part {self.name} has a document type (DTD), which no workbook needs")

        if start is not None:
            parser.StartElementHandler = lambda name, found: start(names[name], found)
        if end is not None:
            parser.EndElementHandler = lambda name: end(names[name])
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = refuse
        try:
            parser.Parse(self.content, True)
        except expat.ExpatError as error:
            raise FileError(f"the part {self.name} is not well-formed XML: {error}") from None


def new_parser() -> expat.XMLParserType:
    """A parser of UTF-8, whatever the XML declares: `XmlPart` has recoded it."""
    parser = expat.ParserCreate("utf-8", _SEPARATOR)
    parser.buffer_text = True
    return parser


class _ShortNames(dict[str, str]):
    """The short name of each name, worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = short = _short(name)
        return short


def _short(name: str) -> str:
    namespace, separator, local = name.rpartition(_SEPARATOR)
    return _SHORT.get(namespace, f"{namespace}{separator}") + local


def unescaped(text: str) -> str:
    """A text with the characters that the file spells as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def attribute(attributes: Attributes, name: str) -> str | None:
    """An attribute of the relationships' namespace, such as r:id."""
    return next((attributes[key] for key in attributes if _short(key) == f"{RELATIONSHIPS}{name}"), None)
