"""VBA's compression: the specification's own examples, and texts that oletools reads back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.compression import compress, decompress
from support.vba_reader import decompressed

# MS-OVBA, section 3.2: nothing that repeats, an ordinary text, one letter throughout.
EXAMPLES = [
    (b"abcdefghijklmnopqrstuv.", "0119B0006162636465666768 00696A6B6C6D6E6F70 007172737475762E"),
    (
        b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
        "012FB00023616161626364658266007061 6768696A0138086 16B6C00306D6E6F7006 7102700410727374757610 7778797A003C",
    ),
    (b"a" * 73, "0103B002614500"),
]
EXAMPLES_IN_BYTES = [(text, bytes.fromhex(container.replace(" ", ""))) for text, container in EXAMPLES]


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


@pytest.mark.parametrize(("text", "container"), EXAMPLES_IN_BYTES)
def test_the_examples_of_the_specification_are_read(text: bytes, container: bytes) -> None:
    assert decompress(container) == text


@pytest.mark.parametrize(("text", "container"), [EXAMPLES_IN_BYTES[0], EXAMPLES_IN_BYTES[2]])
def test_what_can_be_written_in_one_way_only_is_written_so(text: bytes, container: bytes) -> None:
    assert compress(text) == container


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES])
def test_the_examples_take_no_more_room_than_in_the_specification(text: bytes) -> None:
    assert len(compress(text)) <= len(dict(EXAMPLES_IN_BYTES)[text])
    assert decompressed(compress(text)) == text


@given(st.binary(max_size=300) | st.text("ab \r\n", max_size=6000).map(str.encode))
def test_any_content_comes_back(data: bytes) -> None:
    container = compress(data)
    assert decompressed(container) == data
    assert decompress(container) == data


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 4097, 8192, 12_289, 200_000])
@pytest.mark.parametrize("pattern", [b"a", b"Dim x As Double\r\n", bytes(range(256))])
def test_any_length_comes_back(length: int, pattern: bytes) -> None:
    data = (pattern * length)[:length]
    container = compress(data)
    assert len(container) < length / 4 or length < 400
    assert decompressed(container) == data
    assert decompress(container) == data


def test_copies_from_every_distance_come_back() -> None:
    # The bits of a copy token divide anew at 16, 32, 64 ... bytes into a chunk.
    for distance in (*range(1, 140), *(2**power + step for power in range(7, 12) for step in (-1, 0, 1))):
        data = noise(3000)[:distance] + b"\x01\x02" * 20 + noise(3000)[:distance] + b"x" * 30
        assert decompressed(compress(data[:4000])) == data[:4000]


def test_a_full_chunk_of_noise_is_stored_as_it_is() -> None:
    data = noise(8192) + b"End Sub\r\n"
    container = compress(data)
    assert container[1:3] == b"\xff\x3f"
    assert decompressed(container) == data
    assert decompress(container) == data


def test_noise_at_the_end_is_refused() -> None:
    """The format would pad it to a full chunk with zeros, which would end up in the text."""
    with pytest.raises(InputError, match="got 4000 random bytes at its end"):
        compress(noise(4000))
    assert decompress(compress(noise(3600))) == noise(3600)


@pytest.mark.parametrize(
    "container",
    [
        b"",
        b"\x00",
        b"\x01\x19",
        b"\x01\x19\xb0\x00",
        b"\x01\x03\x80\x02aE\x00",
        b"\x01\x02\xb0\x01\x00\x00",
        b"\x01\x02\xb0\x02a\x00",
    ],
    ids=[
        "empty",
        "other signature",
        "half a header",
        "cut off",
        "chunk without signature",
        "copy of nothing",
        "half a copy",
    ],
)
def test_damage_is_reported(container: bytes) -> None:
    with pytest.raises(FileError, match="the VBA project is damaged: its compressed text") as caught:
        decompress(container)
    assert "\n" not in str(caught.value)
