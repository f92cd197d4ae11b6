"""The compression of VBA source text (MS-OVBA 2.4.1)."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from napkinxl.errors import FileError, InputError

_SIGNATURE: Final = 0x01
_CHUNK: Final = 4096
_SHORTEST_COPY: Final = 3

# The header of a chunk: twelve bits of its length less three, three of signature, one that says "compressed".
_LENGTH_BITS: Final = 0x0FFF
_SIGNATURE_BITS: Final = 0x7000
_CHUNK_SIGNATURE: Final = 0x3000
_COMPRESSED: Final = 0x8000

# More candidates for a copy make the result hardly smaller and the search slower.
_CANDIDATES: Final = 16

_Starts = Mapping[bytes, Sequence[int]]


def compress(data: bytes) -> bytes:
    """Return the compressed container of some bytes.

    Raises
    ------
    InputError
        The last chunk (of up to 4,096 bytes) is too random to be stored: the format would pad it with zeros.
    """
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return bytes([_SIGNATURE]) + b"".join(_packed(chunk) for chunk in chunks)


def _packed(chunk: bytes) -> bytes:
    tokens = _tokens(chunk)
    if len(tokens) <= _CHUNK:
        return struct.pack("<H", _COMPRESSED | _CHUNK_SIGNATURE | (len(tokens) - 1)) + tokens
    if len(chunk) < _CHUNK:
        raise InputError(
            f"a VBA module must hold text that can be compressed, got {len(chunk)} random bytes at its end"
        )
    return struct.pack("<H", _CHUNK_SIGNATURE | (_CHUNK - 1)) + chunk


def _tokens(chunk: bytes) -> bytes:
    """Groups of eight tokens, each led by a byte whose bits say which of them are copies."""
    tokens = bytearray()
    starts: defaultdict[bytes, list[int]] = defaultdict(list)
    position, bit, flags_at = 0, 8, 0
    while position < len(chunk):
        if bit == 8:
            bit, flags_at = 0, len(tokens)
            tokens.append(0)
        start, length = _longest_match(chunk, position, starts)
        if length < _SHORTEST_COPY:
            length = 1
            tokens.append(chunk[position])
        else:
            tokens[flags_at] |= 1 << bit
            tokens += _copy_token(position, start, length)
        for passed in range(position, position + length):
            starts[chunk[passed : passed + _SHORTEST_COPY]].append(passed)
        position += length
        bit += 1
    return bytes(tokens)


def _longest_match(chunk: bytes, position: int, starts: _Starts) -> tuple[int, int]:
    """Where the longest earlier stretch begins that repeats here, and its length."""
    best = (0, 0)
    limit = min(len(chunk) - position, _length_mask(position) + _SHORTEST_COPY)
    for start in starts.get(chunk[position : position + _SHORTEST_COPY], ())[-_CANDIDATES:]:
        length = 0
        # It may run on into what it repeats: "aaaa" copies its own beginning.
        while length < limit and chunk[start + length] == chunk[position + length]:
            length += 1
        best = max(best, (start, length), key=lambda match: match[1])
    return best


def _copy_token(position: int, start: int, length: int) -> bytes:
    offset_shift = _length_mask(position).bit_length()
    return struct.pack("<H", (position - start - 1) << offset_shift | (length - _SHORTEST_COPY))


def _length_mask(position: int) -> int:
    """The bits of a copy token that hold its length: the further into a chunk, the more the offset needs."""
    offset_bits = max((position - 1).bit_length(), 4)
    return 0xFFFF >> offset_bits


def decompress(container: bytes) -> bytes:
    """Return what a compressed container holds.

    Raises
    ------
    FileError
        It is not such a container.
    """
    if container[:1] != bytes([_SIGNATURE]):
        raise _damaged("its compressed text does not begin with 01")
    data = bytearray()
    at = 1
    while at < len(container):
        header = int.from_bytes(container[at : at + 2], "little")
        end = at + (header & _LENGTH_BITS) + 3
        if header & _SIGNATURE_BITS != _CHUNK_SIGNATURE or end > len(container):
            raise _damaged(f"its compressed text has no chunk at byte {at}")
        chunk = container[at + 2 : end]
        data += _unpacked(chunk) if header & _COMPRESSED else chunk
        at = end
    return bytes(data)


def _unpacked(tokens: bytes) -> bytes:
    chunk = bytearray()
    at = 0
    while at < len(tokens):
        flags = tokens[at]
        at += 1
        for bit in range(8):
            if at >= len(tokens):
                break
            if flags >> bit & 1:
                _copy(chunk, tokens[at : at + 2])
                at += 2
            else:
                chunk.append(tokens[at])
                at += 1
    return bytes(chunk)


def _copy(chunk: bytearray, token: bytes) -> None:
    number = int.from_bytes(token, "little")
    mask = _length_mask(len(chunk))
    start = len(chunk) - (number >> mask.bit_length()) - 1
    if len(token) < 2 or start < 0:
        raise _damaged("its compressed text repeats what is not there")
    for index in range(start, start + (number & mask) + _SHORTEST_COPY):
        chunk.append(chunk[index])


def _damaged(what: str) -> FileError:
    return FileError(f"the VBA project is damaged: {what}")
