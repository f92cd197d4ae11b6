"""VBA projects as oletools and olefile read them, which share no code with the writer."""

from __future__ import annotations

import io
import warnings
from typing import Any

import olefile


def macros(content: bytes) -> dict[str, str]:
    """The source of each module of a vbaProject.bin or of a workbook that carries one, by name."""
    olevba = _olevba()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # from oletools, about pyparsing
        parser = olevba.VBA_Parser("book.xlsm", data=content, relaxed=False)
        found = list(parser.extract_macros())
        parser.close()
    return {stream.rpartition("/")[2]: code for _, stream, _, code in found}


def decompressed(container: bytes) -> bytes:
    """What a compressed container of VBA holds."""
    return bytes(_olevba().decompress_stream(bytearray(container)))


def streams(content: bytes) -> dict[str, bytes]:
    """The streams of a compound file; its smallest defect is an error."""
    with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE) as file:
        return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def _olevba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools import olevba
    return olevba
