"""`napkinxl calc-install`: the functions in LibreOffice Calc."""

from __future__ import annotations

import os
from pathlib import Path

import rich_click as click

from napkinxl_addin.calc.basic_module import STATUS
from napkinxl_addin.calc.profile import default_profile, profile_at
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_cli.output import say, warn
from napkinxl_workbook.calc_install import install, uninstall
from napkinxl_workbook.soffice import find_soffice, lacks_python


@click.command("calc-install")
@click.option("--uninstall", "remove", is_flag=True, help="take the functions out again")
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    help="the LibreOffice profile; your own where none is named",
)
def calc_install(remove: bool, profile: Path | None) -> None:
    """Let LibreOffice Calc compute the functions, in sheets of your own and in those of template --host calc.

    LibreOffice must not be running. Run it again after moving or updating napkinxl's Python.

    \b
    napkinxl calc-install
    napkinxl calc-install --uninstall
    """
    place = profile_at(profile) if profile else default_profile()
    if remove:
        found = uninstall(place)
        say(f"Removed the functions from {place.root}" if found else f"There was nothing of napkinxl in {place.root}")
        return
    changed = install(place)
    say(f"{'Installed' if changed else 'Already up to date:'} {len(FUNCTIONS)} functions in {place.root}")
    soffice = find_soffice()
    if soffice is not None and lacks_python(soffice):
        warn(f"{soffice} lacks Python (on Debian and Ubuntu: apt install libreoffice-script-provider-python)")
    if os.environ.get("VIRTUAL_ENV"):
        warn(
            "start LibreOffice from the menu or from another terminal: in one with an active virtual environment its "
            "Python does not start, and every function shows #NUM!"
        )
    say('Start Calc and type =KV_CACHE_GB("Article 32B";200000): it shows 26.2144, the GB of one chat.')
    say(f"If it shows an error, ={STATUS}() says why.")
