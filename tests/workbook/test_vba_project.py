"""Modules added to a VBA project, as oletools reads them back."""

from __future__ import annotations

import importlib.util
import struct
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.compound_file import write_compound_file
from napkinxl_workbook.files.vba_project.compression import compress
from napkinxl_workbook.files.vba_project.project import add_modules, document_names
from napkinxl_workbook.files.vba_project.source import standalone_project
from support.vba_reader import decompressed, macros, streams

STANDALONE = standalone_project()
NOTES = 'Attribute VB_Name = "Notes"\r\n'
TWICE = "Function TWICE_OF(x)\r\n    TWICE_OF = 2 * x\r\nEnd Function\r\n"

LETTERS = bytes(range(0x20, 0x7F)).decode() + bytes(range(0xA0, 0x100)).decode("cp1252") + "€…–“”\t"
SOURCE_LINES = st.lists(st.text(LETTERS, max_size=200), max_size=60)


def small_project() -> bytes:
    """A project that Excel itself saved, with compiled code and without the xlwings client."""
    spec = importlib.util.find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    with ZipFile(Path(spec.origin).with_name("quickstart.xlsm")) as archive:
        return archive.read("xl/vbaProject.bin")


SMALL = small_project()
PROJECTS = pytest.mark.parametrize("project", [STANDALONE, SMALL], ids=["standalone", "saved by Excel"])


def refusal(standard: dict[str, str], sheets: list[str] | None = None) -> str:
    with pytest.raises(InputError) as caught:
        add_modules(SMALL, standard, sheets or [])
    assert "\n" not in str(caught.value)
    return str(caught.value)


@PROJECTS
def test_new_modules_stand_after_the_old_ones_whose_text_stays(project: bytes) -> None:
    old = macros(project)
    new = macros(add_modules(project, {"Notes": TWICE, "More": "' two"}, ["Sheet1", "Sheet2", "Sheet3"]))
    assert list(new) == [*old, "Sheet3", "Notes", "More"]
    assert {name: new[name] for name in old} == old
    assert new["Notes"] == NOTES + TWICE
    assert new["More"] == 'Attribute VB_Name = "More"\r\n\' two\r\n'


@PROJECTS
def test_a_new_sheets_module_is_like_an_old_ones(project: bytes) -> None:
    new = macros(add_modules(project, {}, ["Sheet17"]))
    assert new["Sheet17"] == new["Sheet1"].replace('"Sheet1"', '"Sheet17"')
    assert document_names(add_modules(project, {}, ["Sheet17"])) == ["ThisWorkbook", "Sheet1", "Sheet2", "Sheet17"]


@PROJECTS
def test_sheets_that_have_a_module_get_no_other(project: bytes) -> None:
    assert macros(add_modules(project, {}, ["Sheet1", "Sheet2"])) == macros(project)


@PROJECTS
def test_nothing_compiled_is_left(project: bytes) -> None:
    """MS-OVBA: what was compiled must not be written, and the version says so."""
    found = streams(add_modules(project, {"Notes": TWICE}, ["Sheet3"]))
    modules = macros(project) | {"Sheet3": "", "Notes": ""}
    assert set(found) == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{name}" for name in modules)}
    assert found["VBA/_VBA_PROJECT"][:5] == bytes.fromhex("CC61FFFF00")
    assert len(found["VBA/_VBA_PROJECT"]) == 7
    for name in modules:
        assert decompressed(found[f"VBA/{name}"]).startswith(f'Attribute VB_Name = "{name}"'.encode())


def dir_records(project: bytes) -> list[tuple[int, bytes]]:
    content = decompressed(streams(project)["VBA/dir"])
    records = []
    while content:
        identifier, length = struct.unpack_from("<HI", content)
        if identifier == 0x09:
            assert length == 4, "what the format wants here, though six bytes follow"
            length = 6
        records.append((identifier, content[6 : 6 + length]))
        content = content[6 + length :]
    return records


@PROJECTS
def test_the_dir_stream_gains_the_records_of_the_modules_alone(project: bytes) -> None:
    old, new = dir_records(project), dir_records(add_modules(project, {"Notes": TWICE}, ["Sheet3"]))
    count = sum(identifier == 0x19 for identifier, _ in old)
    changed = {0x0F: struct.pack("<H", count + 2), 0x13: b"\xff\xff", 0x2C: b"\xff\xff", 0x31: bytes(4)}
    assert new[: len(old) - 1] == [(identifier, changed.get(identifier, content)) for identifier, content in old[:-1]]
    sheet, notes, end = new[len(old) - 1 : -12], new[-12:-1], new[-1]
    # The same records in the same order as those of the sheet and the module that were there.
    by_name = {content: index for index, (identifier, content) in enumerate(new) if identifier == 0x19}
    old_sheet = new[by_name[b"Sheet1"] :][:11]
    assert sheet == [(number, content.replace(b"1", b"3")) for number, content in old_sheet]
    old_module = new[by_name[b"Module1"] :][:11]
    assert [number for number, _ in notes] == [number for number, _ in old_module]
    assert notes[:4] == [
        (0x19, b"Notes"),
        (0x47, "Notes".encode("utf-16-le")),
        (0x1A, b"Notes"),
        (0x32, "Notes".encode("utf-16-le")),
    ]
    assert end == old[-1] == (0x10, b"")


@PROJECTS
def test_the_project_stream_gains_four_lines(project: bytes) -> None:
    old = streams(project)["PROJECT"].decode("cp1252").split("\r\n")
    new = streams(add_modules(project, {"Notes": TWICE}, ["Sheet3"]))["PROJECT"].decode("cp1252").split("\r\n")
    last = max(index for index, line in enumerate(old) if line.startswith(("Document=", "Module=", "Class=")))
    window = max(index for index, line in enumerate(old) if line.endswith(" C"))
    assert new == [
        *old[: last + 1],
        "Document=Sheet3/&H00000000",
        "Module=Notes",
        *old[last + 1 : window + 1],
        "Sheet3=0, 0, 0, 0, C",
        "Notes=0, 0, 0, 0, C",
        *old[window + 1 :],
    ]


@PROJECTS
def test_the_list_of_names_gains_the_new_ones(project: bytes) -> None:
    old, new = (streams(content)["PROJECTwm"] for content in (project, add_modules(project, {"Notes": TWICE}, [])))
    assert old.endswith(b"\0\0\0\0\0")
    assert new == old[:-2] + b"Notes\0N\0o\0t\0e\0s\0\0\0\0\0"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert add_modules(SMALL, {"Notes": TWICE}, ["Sheet3"]) == add_modules(SMALL, {"Notes": TWICE}, ["Sheet3"])


@given(SOURCE_LINES)
def test_any_text_comes_back(lines: list[str]) -> None:
    text = "".join(f"{line}\r\n" for line in ["' notes", *lines])
    assert macros(add_modules(SMALL, {"Notes": text}, []))["Notes"] == NOTES + text


def test_a_large_module_comes_back() -> None:
    text = "".join(f"    Cells({row}, 1).Value = {row * row} ' row {row:x}\r\n" for row in range(4000))
    assert len(text) > 2 * 65_536
    project = add_modules(STANDALONE, {"Notes": text}, [])
    assert macros(project)["Notes"] == NOTES + text
    assert streams(project)


def test_many_modules_and_sheets_come_back() -> None:
    texts = {f"Part{number}": f"' {number}\r\n" + TWICE * (number % 9) for number in range(300)}
    sheets = [f"Sheet{number}" for number in range(1, 101)]
    project = add_modules(SMALL, texts, sheets)
    found = macros(project)
    assert {name: found[name] for name in texts} == {
        name: f'Attribute VB_Name = "{name}"\r\n{text}' for name, text in texts.items()
    }
    assert document_names(project) == ["ThisWorkbook", *sheets]
    assert struct.unpack_from("<I", project, 44)[0] > 1, "sectors of the table"


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\nb\r\n", "a\rb\n", NOTES + "a\r\nb", 'Attribute VB_Name = "Notes"\na\nb\n']
)
def test_line_ends_and_the_name_line_become_excels(text: str) -> None:
    assert macros(add_modules(SMALL, {"Notes": text}, []))["Notes"] == NOTES + "a\r\nb\r\n"


def test_modules_can_be_added_to_what_was_made_here() -> None:
    once = add_modules(STANDALONE, {"Notes": TWICE}, ["Sheet3"])
    assert list(macros(add_modules(once, {"More": TWICE}, ["Sheet4"])))[-4:] == ["Sheet3", "Notes", "Sheet4", "More"]
    with pytest.raises(InputError, match="taken"):
        add_modules(once, {"Notes": TWICE}, [])


@pytest.mark.parametrize(
    "name", ["Module1", "MODULE1", "sheet2", "ThisWorkbook", "VBAProject", "msforms", "Excel", "DIR"]
)
def test_a_name_in_use_is_refused(name: str) -> None:
    assert f"taken by a module or a library yet, got {name!r}" in refusal({name: ""})


@pytest.mark.parametrize("sheets", [["Module1"], ["Sheet3", "sheet3"], ["Notes"]])
def test_a_sheets_name_in_use_is_refused(sheets: list[str]) -> None:
    assert "taken" in refusal({"Notes": ""}, sheets)


@pytest.mark.parametrize("name", ["", "1st", "_x", "a b", "Größe", "a-b", "x" * 32, "x\n", "a/b"])
def test_a_name_that_no_module_may_have_is_refused(name: str) -> None:
    assert f"letters, digits or underscores, got {name!r}" in refusal({name: ""})
    assert f"letters, digits or underscores, got {name!r}" in refusal({}, [name])


def test_the_longest_name_is_allowed() -> None:
    assert "x" * 31 in macros(add_modules(SMALL, {"x" * 31: ""}, []))


@pytest.mark.parametrize(
    ("text", "message"),
    [("ok\n' 1 → 2", r"got '\u2192' in line 3"), *((sign, f"got {sign!r} in line 2") for sign in "\x00\x0c\x1f\x7f")],
)
def test_a_character_outside_the_code_page_is_refused(text: str, message: str) -> None:
    assert f"Windows code page 1252, {message} of the VBA module 'Notes'" in refusal({"Notes": text})


def test_a_line_too_long_for_vba_is_refused() -> None:
    add_modules(SMALL, {"Notes": "'" * 1023}, [])
    assert "at most 1023 characters, got 1024 in line 2 of the VBA module 'Notes'" in refusal({"Notes": "'" * 1024})


def test_a_text_that_names_another_module_is_refused() -> None:
    assert "must name that module or none, got 'Other'" in refusal({"Notes": 'Attribute VB_Name = "Other"\n'})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"PROJECT": None}, "must have a stream PROJECT"),
        ({"VBA/dir": None}, "must have a stream VBA/dir"),
        ({"VBA/Sheet2": None}, "must have a stream VBA/Sheet2"),
        ({"PROJECT": b"ID=1\r\n"}, "must list a module"),
        ({"VBA/dir": b"\x00"}, "does not begin with 01"),
        ({"VBA/dir": compress(b"\x01\x00\x04\x00\x00\x00\x03")}, "must end with its last record"),
        ({"VBA/dir": compress(struct.pack("<HIHHI", 3, 2, 932, 16, 0))}, r"must have the code page 1252, got \[932\]"),
        ({"VBA/Sheet2": b"\x00" * 2000}, "does not begin with 01"),
        ({"UserForm1/f": b""}, "must have no forms, got 'UserForm1/f'"),
    ],
)
def test_a_project_that_cannot_be_used_is_refused(changes: dict[str, bytes | None], message: str) -> None:
    changed = streams(SMALL) | changes
    project = write_compound_file({path: content for path, content in changed.items() if content is not None})
    with pytest.raises(FileError, match=message) as caught:
        add_modules(project, {}, [])
    assert "\n" not in str(caught.value)


def test_xlwings_is_not_imported_for_its_project() -> None:
    code = (
        "import sys\n"
        "from napkinxl_workbook.files.vba_project.source import standalone_project\n"
        "assert standalone_project()[:4] == bytes.fromhex('D0CF11E0')\n"
        "assert 'xlwings' not in sys.modules\n"
    )
    paths = [path for path in sys.path if path]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_the_standalone_project_holds_the_client() -> None:
    assert set(macros(STANDALONE)) == {"ThisWorkbook", "Sheet1", "Module1", "Sheet2", "xlwings", "Dictionary"}


def test_no_xlwings_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(FileError, match="it is not installed; pip install xlwings"):
        standalone_project()


@pytest.mark.parametrize(("content", "message"), [(None, "is missing"), (b"no zip", "cannot be read")])
def test_an_incomplete_xlwings_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, message: str
) -> None:
    package = tmp_path / "xlwings"
    package.mkdir()
    package.joinpath("__init__.py").touch()
    if content is not None:
        package.joinpath("quickstart_standalone.xlsm").write_bytes(content)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "xlwings", raising=False)
    with pytest.raises(FileError, match=rf"quickstart_standalone\.xlsm {message}; install xlwings again"):
        standalone_project()
