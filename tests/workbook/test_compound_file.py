"""Compound files: what is written is read by olefile without a defect, and found the way the format searches."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import olefile
import pytest

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.compound_file import read_compound_file, write_compound_file
from support.vba_reader import streams

MIB = 2**20
NOTHING = 0xFFFFFFFF

CASES = {
    "nothing": {"PROJECT": b""},
    "sizes about the limits": {f"VBA/s{size}": b"x" * size for size in (0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097)},
    "small streams alone": {"PROJECT": b"small"},
    "large streams alone": {"PROJECT": b"large" * 1000},
    "many small streams": {f"VBA/Module{number}": bytes([number % 256]) * 100 for number in range(500)},
    "several sectors of the table": {"VBA/Big": b"0123456789abcdef" * 20_000, "VBA/Small": b"text"},
    "storages in storages": {"a/b/c": b"deep", "a/d": b"less", "e": b"top"},
    "the most that the header lists": {"VBA/Big": bytes(6 * MIB)},
}


@pytest.mark.parametrize("case", CASES)
def test_olefile_reads_it_without_a_defect(case: str) -> None:
    content = write_compound_file(CASES[case])
    assert streams(content) == CASES[case]
    assert read_compound_file(content) == CASES[case]


def test_the_tests_need_more_than_one_sector_of_the_table() -> None:
    # A sector lists 128 sectors of 512 bytes.
    content = write_compound_file(CASES["several sectors of the table"])
    assert struct.unpack_from("<I", content, 44) == (-(-len(content) // (128 * 512)),) == (5,)


@pytest.mark.parametrize("case", CASES)
def test_each_stream_is_found_by_searching_the_tree(case: str) -> None:
    """olefile reads all entries whatever their order; Excel looks a name up."""
    directory = entries(write_compound_file(CASES[case]))
    for path in CASES[case]:
        number = 0
        for name in path.split("/"):
            number = search(directory, directory[number][3], name)
        assert directory[number][0] == path.rpartition("/")[2]


def entries(content: bytes) -> list[tuple[str, int, int, int]]:
    """Name, left, right and child of each entry, from the bytes."""
    file: Any = olefile.OleFileIO(io.BytesIO(content))  # the stubs leave the directory out
    return list(unpacked(file.directory_fp.getvalue()))


def unpacked(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    for at in range(0, len(directory), 128):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        left, right, child = struct.unpack_from("<3I", directory, at + 68)
        yield directory[at : at + max(length - 2, 0)].decode("utf-16-le"), left, right, child


def search(directory: list[tuple[str, int, int, int]], number: int, name: str) -> int:
    while number != NOTHING:
        found, left, right, _ = directory[number]
        if found.upper() == name.upper():
            return number
        shorter = (len(name), name.upper()) < (len(found), found.upper())
        number = left if shorter else right
    pytest.fail(f"{name} is not where the format looks for it")


@pytest.mark.parametrize("sectors", [1, *range(120, 130), *range(247, 257), 1000])
def test_the_table_lists_each_sector_and_marks_its_own(sectors: int) -> None:
    content = write_compound_file({"VBA/Big": b"x" * (sectors * 512 + 4096)})
    count, own = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<109I", content, 76)
    assert own[count:] == (NOTHING,) * (109 - count)
    table: list[int] = []
    for sector in own[:count]:
        table += struct.unpack_from("<128I", content, (sector + 1) * 512)
    used = len(content) // 512 - 1
    assert used <= len(table)
    assert len(table) - used < 128, "no sector more than needed"
    assert NOTHING not in table[:used]
    assert set(table[used:]) <= {NOTHING}
    assert [sector for sector, following in enumerate(table) if following == 0xFFFFFFFD] == list(own[:count])


def test_unused_entries_are_blank() -> None:
    # Root, storage and stream leave one of the four in a sector.
    directory = entries(write_compound_file({"VBA/dir": b"x"}))
    assert directory[3:] == [("", NOTHING, NOTHING, NOTHING)]


def test_too_much_is_refused() -> None:
    with pytest.raises(InputError, match=r"at most 7,143,424 bytes, got 7,34"):
        write_compound_file({"VBA/Big": bytes(7 * MIB)})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(2000), bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000)])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(FileError, match="it must be a compound file") as caught:
        read_compound_file(content)
    assert "\n" not in str(caught.value)


def test_a_file_that_was_cut_off_is_refused() -> None:
    with pytest.raises(FileError, match="it must be a compound file"):
        read_compound_file(write_compound_file(CASES["many small streams"])[:20_000])
