"""The programs that a template is made for, and what differs between their files."""

from __future__ import annotations

from dataclasses import dataclass

from napkinxl.errors import look_up
from napkinxl_addin.spelling import DEFAULT_NAMESPACE, Host, spell

RECALCULATE = "Press Ctrl+Alt+F9: the functions are called, and the light on Start says whether they answer."
EMPTY_AS_ZERO = (
    "In models of your own: an empty cell arrives as 0 here. Leave an argument out instead of pointing it to an empty "
    "cell, and leave a row out of a range of settings."
)


@dataclass(frozen=True)
class TemplateHost:
    """A kind of template.

    `spelling` is how its file spells a call (None: native formulas, no functions); `spills` whether array formulas
    are dynamic ones; `blank` what stands for an argument that is left out between others.
    """

    name: str
    title: str
    spelling: Host | None
    suffix: str = ".xlsx"
    spills: bool = True
    blank: str = ""
    steps: tuple[str, ...] = ()

    def function(self, excel_name: str, namespace: str = DEFAULT_NAMESPACE) -> str:
        """A function's name as this host's file holds it."""
        assert self.spelling is not None
        return spell(excel_name, self.spelling, namespace)

    def typed(self, excel_name: str, namespace: str = DEFAULT_NAMESPACE) -> str:
        """A function's name as people type it."""
        return f"{namespace}.{excel_name}" if self.name == "server" and namespace else excel_name


HOSTS = {
    host.name: host
    for host in (
        TemplateHost(
            "native",
            "any spreadsheet program, without an add-in",
            None,
            steps=(
                "Nothing needs to be installed: every number is an ordinary Excel formula.",
                "Choose a GPU and a model on the sheet Inputs and type into its blue cells; everything follows.",
            ),
        ),
        TemplateHost(
            "classic",
            "xlwings in Excel for Windows",
            "classic",
            suffix=".xlsm",
            steps=(
                "Windows with desktop Excel and Python 3.11 or later, with napkinxl installed as its README shows.",
                "On the sheet xlwings.conf, beside Interpreter_Win, must stand the full path of that Python: "
                'python -c "import sys; print(sys.executable)" says it.',
                "Close and open this workbook and choose Enable Content. Nothing has to be imported, and no trust "
                "setting changed: the macros are in the workbook.",
                RECALCULATE,
                "If cells show #VALUE!: napkinxl doctor THIS-WORKBOOK.xlsm says what is missing.",
            ),
        ),
        TemplateHost(
            "lite",
            "xlwings Lite in Excel for Windows, Mac and the web",
            "lite",
            steps=(
                "Excel 2021 or later, Microsoft 365, or Excel on the web. Home > Add-ins: add xlwings Lite. It is free "
                "and needs no Python and no server.",
                "Open xlwings Lite from the Home tab once and choose Trust and Continue: the code is in this workbook "
                "and runs on your own machine.",
                f"{RECALCULATE} Then save, so that the add-in starts by itself the next time.",
                EMPTY_AS_ZERO,
            ),
        ),
        TemplateHost(
            "server",
            "xlwings Server",
            "server",
            steps=(
                "For teams that run xlwings Server, which needs a paid licence for commercial use. In the project's "
                "custom_functions/__init__.py: from napkinxl_addin.udfs import *",
                "Type functions with the server's namespace before them.",
                RECALCULATE,
                EMPTY_AS_ZERO,
            ),
        ),
        TemplateHost(
            "calc",
            "LibreOffice Calc",
            "calc",
            spills=False,
            blank='""',
            steps=(
                "In a terminal: napkinxl calc-install. Then start LibreOffice from the menu and open this workbook; in "
                "a terminal with an active virtual environment LibreOffice's own Python does not start.",
                "Press Ctrl+Shift+F9: the functions are called, and the light on Start says whether they answer.",
                'In sheets of your own: an argument that is left out between others must be "", as LibreOffice hands '
                "over 0 for nothing; a range of answers is an array formula, entered with Ctrl+Shift+Enter.",
            ),
        ),
    )
}


def get_host(name: str) -> TemplateHost:
    """The kind of template called `name`.

    Raises:
        UnknownNameError: there is none.
    """
    return look_up("host", name, HOSTS)
