"""What a host needs beside the sheets: macros for classic xlwings, the Python code for xlwings Lite."""

from __future__ import annotations

from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_addin.vba_module import MODULE_NAME, vba_module
from napkinxl_workbook.files.vba_project.macro_workbook import sheet_code_names, with_macros
from napkinxl_workbook.files.vba_project.project import add_modules
from napkinxl_workbook.files.vba_project.source import standalone_project
from napkinxl_workbook.files.web_extension import with_web_extension
from napkinxl_workbook.template.hosts import TemplateHost


def with_host_code(workbook: bytes, host: TemplateHost, sheets: int) -> bytes:
    """A finished workbook with what its host needs.

    Raises:
        FileError: the installed xlwings, which the macros come from, is not there or not as expected.
    """
    if host.name == "classic":
        project = add_modules(standalone_project(), {MODULE_NAME: vba_module()}, sheet_code_names(sheets))
        return with_macros(workbook, project)
    if host.name == "lite":
        return with_web_extension(workbook, lite_files(), list(FUNCTIONS))
    return workbook
