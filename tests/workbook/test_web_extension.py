"""Code of xlwings Lite in a workbook: it comes back exactly, the rest of the file stays, and checkers accept it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.dom import minidom

import pytest
from openpyxl import load_workbook

from napkinxl.errors import FileError, InputError
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_workbook.files.dateless_archive import DatelessArchive
from napkinxl_workbook.files.web_extension import LARGEST_SETTINGS_BYTES, read_web_extension, with_web_extension
from support.libreoffice import needs_libreoffice, recalculate
from support.sample_workbook import full_workbook, one_sheet, written
from support.validator import validate
from support.xlsx_lint import lint
from support.xlsx_package import XlsxPackage

NAMES = ("KV_CACHE_GB", "USERS_PER_GPU")
CHANGED = {"[Content_Types].xml", "_rels/.rels"}
ADDED = {
    "xl/webextensions/taskpanes.xml",
    "xl/webextensions/_rels/taskpanes.xml.rels",
    "xl/webextensions/webextension1.xml",
}
ODD_TEXTS = [
    "plain\n",
    "",
    "\"double\" 'single' <tag> & &amp; &#10; ]]>",
    "tab\t return\r\n line\n two\n\nspaces  ",
    "C:\\new\\table </script> \\u0041 \\/ /",
    "ünï 中文 😀 \u2028 \x85 \xa0",
    "\x00\x07\x1b \ufffe\uffff \ud800",
]


def workbook_bytes() -> bytes:
    return written(*full_workbook())


def saved(folder: Path, content: bytes, name: str = "lite.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def with_main(main: str, names: Sequence[str] = NAMES) -> bytes:
    return with_web_extension(workbook_bytes(), {"main.py": main}, names)


def contents(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    path = saved(tmp_path, with_web_extension(workbook_bytes(), {"main.py": text, "requirements.txt": "x"}, NAMES))
    stored = read_web_extension(path)
    assert stored["main.py"] == text
    assert set(stored) == {"main.py", "requirements.txt", "pyodideVersion", "addinVersion"}


def test_another_xml_reader_finds_json_of_one_line() -> None:
    part = contents(with_main('print("a<b")\n'))["xl/webextensions/webextension1.xml"]
    document = minidom.parseString(part)
    values = {
        item.getAttribute("name"): item.getAttribute("value") for item in document.getElementsByTagName("we:property")
    }
    assert values["main.py"] == r'"print(\"a<b\")\n"'
    ids = [item.firstChild.nodeValue for item in document.getElementsByTagName("we:customFunctionIds")]  # type: ignore[union-attr]
    assert ids == ["_xldudf_KV_CACHE_GB", "_xldudf_USERS_PER_GPU"]


def test_the_other_parts_stay() -> None:
    before, after = contents(workbook_bytes()), contents(with_main("x = 1\n"))
    assert after.keys() - before.keys() == ADDED
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert [name for name in after if name in before] == list(before)


def test_the_same_input_gives_the_same_bytes_and_other_code_another_identity() -> None:
    first, second = with_main("x = 1\n"), with_main("x = 2\n")
    assert first == with_main("x = 1\n")
    identities = [re.search(rb' id="(\{[0-9A-F-]{36}\})"', content) for content in map(_extension, (first, second))]
    assert None not in identities
    assert len({found[1] for found in identities if found}) == 2


def _extension(content: bytes) -> bytes:
    return contents(content)["xl/webextensions/webextension1.xml"]


def test_links_lead_from_the_package_to_the_code(tmp_path: Path) -> None:
    package = XlsxPackage(saved(tmp_path, with_main("x = 1\n")))
    panes = [link for link in package.relations("") if link.kind == "webextensiontaskpanes"]
    assert [link.target for link in panes] == ["xl/webextensions/taskpanes.xml"]
    identifiers = [link.identifier for link in package.relations("")]
    assert len(identifiers) == len(set(identifiers))
    code = package.relations("xl/webextensions/taskpanes.xml")
    assert [(link.kind, link.target) for link in code] == [("webextension", "xl/webextensions/webextension1.xml")]


@pytest.mark.slow
def test_checkers_accept_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, with_web_extension(workbook_bytes(), lite_files(), NAMES))
    assert read_web_extension(path).items() >= lite_files().items()
    assert lint(path) == []
    assert validate(path) == []


@pytest.mark.slow
def test_a_workbook_with_calls_is_accepted_and_keeps_its_values(tmp_path: Path) -> None:
    # The article's 26.2 GB.
    workbook, _ = one_sheet('=_xldudf_KV_CACHE_GB("Article 32B",200000)')
    path = saved(tmp_path, with_web_extension(written(workbook, {("Calc", "A1"): 26.2144}), lite_files(), NAMES))
    assert validate(path) == []
    assert load_workbook(path, data_only=True)["Calc"]["A1"].value == 26.2144


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    needs_libreoffice()
    workbook, sheet = one_sheet("=6*7")
    sheet["B1"] = "text"
    content = with_web_extension(written(workbook, {("Calc", "A1"): 42}), lite_files(), NAMES)
    opened = load_workbook(recalculate(saved(tmp_path, content), tmp_path), data_only=True)["Calc"]
    assert [opened["A1"].value, opened["B1"].value] == [42, "text"]


def test_a_workbook_without_code_gives_nothing(tmp_path: Path) -> None:
    assert read_web_extension(saved(tmp_path, workbook_bytes())) == {}


def test_code_of_another_add_in_is_none_of_ours(tmp_path: Path) -> None:
    parts = contents(with_main("x = 1\n"))
    name = "xl/webextensions/webextension1.xml"
    parts[name] = parts[name].replace(b"wa200008175", b"wa104379279").replace(b"WA200008175", b"WA104379279")
    assert read_web_extension(_packed(tmp_path, parts)) == {}


def test_a_setting_that_is_no_text_comes_back_as_json(tmp_path: Path) -> None:
    parts = contents(with_main("x = 1\n"))
    name = "xl/webextensions/webextension1.xml"
    setting = b'<we:property name="settings" value="{&quot;startup&quot;: 1}"/></we:properties>'
    parts[name] = parts[name].replace(b"</we:properties>", setting)
    assert read_web_extension(_packed(tmp_path, parts))["settings"] == '{"startup": 1}'


def _packed(folder: Path, parts: dict[str, bytes]) -> Path:
    stream = io.BytesIO()
    with DatelessArchive(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved(folder, stream.getvalue())


def test_code_that_office_would_not_keep_is_refused() -> None:
    with pytest.raises(InputError, match=r"at most 2,000,000 bytes of an add-in in a file, got 2,000,0\d\d"):
        with_main("x" * LARGEST_SETTINGS_BYTES)


def test_code_is_not_put_over_other_code() -> None:
    with pytest.raises(InputError, match="has code of an add-in already"):
        with_web_extension(with_main("x = 1\n"), {"main.py": "x = 2\n"}, NAMES)


@pytest.mark.parametrize("name", ["", "kv_cache_gb", "KV CACHE", "1KV", 'KV"/>'])
def test_a_bad_name_of_a_function_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="function's name must be"):
        with_main("x = 1\n", [name])


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"must be an \.xlsx file"):
        with_web_extension(b"not a zip", {"main.py": ""}, NAMES)
    with pytest.raises(FileError, match="is no workbook"):
        read_web_extension(saved(tmp_path, b"not a zip"))
    with pytest.raises(FileError, match="cannot be read"):
        read_web_extension(tmp_path / "absent.xlsx")
