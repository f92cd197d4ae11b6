"""Adding modules to a VBA project made by Excel (MS-OVBA), as source that Excel compiles when it loads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.compound_file import read_compound_file, write_compound_file
from napkinxl_workbook.files.vba_project.compression import compress, decompress
from napkinxl_workbook.files.vba_project.dir_stream import (
    CODE_PAGE,
    ListedModule,
    ModuleKind,
    Record,
    listed_modules,
    names_in_use,
    read_records,
    with_modules,
    write_records,
)
from napkinxl_workbook.files.vba_project.module_source import check_module_name, standard_source, worksheet_source

_DIR: Final = "VBA/dir"
_COMPILED: Final = "VBA/_VBA_PROJECT"
_PROJECT: Final = "PROJECT"
_NAMES: Final = "PROJECTwm"
_KNOWN_PLACES: Final = ("VBA/", "PROJECT")
_NAMES_END: Final = b"\0\0"

# A project without compiled code: the header alone, with the version number that says so.
_NOT_COMPILED: Final = bytes.fromhex("CC61FFFF000000")

# Libraries that every project of Excel refers to without listing them, and a stream beside the modules.
_NAMES_OF_EXCEL: Final = ("Excel", "VBA", "dir")

_MODULE_LINES: Final = ("Document=", "Module=", "Class=", "BaseClass=")
_WORKSPACE: Final = "[Workspace]"


class _NewModule(NamedTuple):
    name: str
    kind: ModuleKind
    source: bytes

    def project_line(self) -> str:
        return f"Module={self.name}" if self.kind is ModuleKind.STANDARD else f"Document={self.name}/&H00000000"


def add_modules(vba_project: bytes, standard: Mapping[str, str], sheets: Sequence[str]) -> bytes:
    """Return a VBA project with more modules; those that it has keep their text and lose their compiled code.

    Parameters
    ----------
    vba_project
        The content of a ``vbaProject.bin`` without forms.
    standard
        The texts of the standard modules to add, by name; the line ``Attribute VB_Name`` is added where it lacks.
    sheets
        The code names of the workbook's worksheets; each that the project lacks gets a module without code.

    Raises
    ------
    InputError
        A name is taken or not allowed, or a text holds what VBA cannot.
    FileError
        The project is damaged or of a kind that cannot be written.
    """
    streams = _read_streams(vba_project)
    records = read_records(decompress(streams[_DIR]))
    lines = streams[_PROJECT].decode(CODE_PAGE).split("\r\n")
    known = {name.casefold() for name in _documents(lines)}
    added = [
        *(
            _NewModule(name, ModuleKind.DOCUMENT, worksheet_source(name))
            for name in sheets
            if name.casefold() not in known
        ),
        *(_NewModule(name, ModuleKind.STANDARD, standard_source(name, text)) for name, text in standard.items()),
    ]
    _refuse_names([module.name for module in added], [*names_in_use(records), *_NAMES_OF_EXCEL])
    return write_compound_file(
        {
            **{path: content for path, content in streams.items() if not path.startswith("VBA/")},
            _PROJECT: "\r\n".join(_with_lines(lines, added)).encode(CODE_PAGE),
            **_with_names(streams, added),
            _DIR: compress(write_records(with_modules(records, [(module.name, module.kind) for module in added]))),
            **dict(_old_modules(streams, records)),
            **{f"VBA/{module.name}": compress(module.source) for module in added},
            _COMPILED: _NOT_COMPILED,
        }
    )


def module_texts(vba_project: bytes) -> dict[str, str]:
    """Return the source of each module by name.

    Raises
    ------
    FileError
        The project is damaged or of a kind that cannot be read.
    """
    streams = _read_streams(vba_project)
    records = read_records(decompress(streams[_DIR]))
    return {module.stream: source.decode(CODE_PAGE) for module, source in _sources(streams, records)}


def document_names(vba_project: bytes) -> list[str]:
    """Return the names of the modules that belong to the workbook and its sheets.

    Raises
    ------
    FileError
        The project is damaged or of a kind that cannot be written.
    """
    streams = _read_streams(vba_project)
    return list(_documents(streams[_PROJECT].decode(CODE_PAGE).split("\r\n")))


def _read_streams(vba_project: bytes) -> dict[str, bytes]:
    """The streams of a project of a kind that can be written again."""
    streams = read_compound_file(vba_project)
    lacking = [path for path in (_PROJECT, _DIR) if path not in streams]
    if lacking:
        raise FileError(f"the VBA project is damaged: it must have a stream {lacking[0]}, got none")
    # The storages of forms bear a class and dates, which are not kept.
    odd = [path for path in streams if not path.startswith(_KNOWN_PLACES)]
    if odd:
        raise FileError(f"a VBA project must have no forms, got {odd[0]!r}")
    return streams


def _refuse_names(names: Sequence[str], taken: Iterable[str]) -> None:
    in_use = {name.casefold() for name in taken}
    for name in names:
        check_module_name(name)
        if name.casefold() in in_use:
            raise InputError(f"a VBA module's name must not be taken by a module or a library yet, got {name!r}")
        in_use.add(name.casefold())


def _documents(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        key, _, value = line.partition("=")
        if key == "Document":
            yield value.partition("/")[0]


def _with_lines(lines: Sequence[str], added: Sequence[_NewModule]) -> list[str]:
    """The text of the stream PROJECT: a line for each module, and one for its window in the editor."""
    last = max((index for index, line in enumerate(lines) if line.startswith(_MODULE_LINES)), default=None)
    if last is None:
        raise FileError("the VBA project is damaged: its stream PROJECT must list a module, got none")
    changed = [*lines[: last + 1], *(module.project_line() for module in added), *lines[last + 1 :]]
    if _WORKSPACE in changed:
        end = max(index for index, line in enumerate(changed) if line) + 1
        changed[end:end] = [f"{module.name}=0, 0, 0, 0, C" for module in added]
    return changed


def _with_names(streams: Mapping[str, bytes], added: Sequence[_NewModule]) -> dict[str, bytes]:
    """The stream PROJECTwm, which lists each name in the code page and in UTF-16; a project may lack it."""
    if _NAMES not in streams:
        return {}
    new = b"".join(f"{name}\0".encode(CODE_PAGE) + f"{name}\0".encode("utf-16-le") for name, *_ in added)
    return {_NAMES: streams[_NAMES].removesuffix(_NAMES_END) + new + _NAMES_END}


def _old_modules(streams: Mapping[str, bytes], records: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
    for module, source in _sources(streams, records):
        yield f"VBA/{module.stream}", compress(source)


def _sources(streams: Mapping[str, bytes], records: Iterable[Record]) -> Iterator[tuple[ListedModule, bytes]]:
    for module in listed_modules(records):
        path = f"VBA/{module.stream}"
        if path not in streams:
            raise FileError(f"the VBA project is damaged: it must have a stream {path}, got none")
        yield module, decompress(streams[path][module.offset :])
