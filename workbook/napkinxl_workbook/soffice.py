"""LibreOffice on this machine: where its program is, whether it can run Python, its first start without a window."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final

from napkinxl.errors import FileError
from napkinxl_addin.calc.profile import Profile

START_SECONDS: Final = 120
_OTHER_PLACES: Final = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
)


def find_soffice() -> Path | None:
    """LibreOffice's program, or None where it is not found."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else next((path for path in _OTHER_PLACES if path.exists()), None)


def lacks_python(soffice: Path) -> bool:
    """Whether this LibreOffice came without Python, as some Linux packages do; elsewhere it always brings one."""
    folder = soffice.resolve().parent
    return (folder / "soffice.bin").exists() and not (folder / "pythonscript.py").exists()


def make_profile(profile: Profile) -> None:
    """Start LibreOffice once without a window, so that it makes a profile.

    Raises
    ------
    FileError
        There is no LibreOffice, or it made none.
    """
    soffice = find_soffice()
    if soffice is None:
        raise FileError(
            f"there is no LibreOffice profile in {profile.root}, and no LibreOffice was found to make one; "
            "install LibreOffice, or name a profile with --profile"
        )
    address = f"-env:UserInstallation={profile.root.resolve().as_uri()}"
    command = [str(soffice), address, "--headless", "--norestore", "--nologo", "--terminate_after_init"]
    run_soffice(command, START_SECONDS, "end its first start")
    if not profile.library.exists():
        raise FileError(f"LibreOffice made no profile in {profile.root}; start it once by hand, then try again")


def run_soffice(command: list[str], seconds: float, task: str) -> None:
    """Run LibreOffice to its end, or stop it with all its processes.

    Raises:
        FileError: it cannot be started, or took longer; `task` says what it was to do.
    """
    # A session of its own: soffice is a script that starts further processes, and all of them must end.
    with subprocess.Popen(  # noqa: S603 - the program is LibreOffice and no argument comes from a file
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise FileError(f"LibreOffice did not {task} within {seconds:.0f} s") from error
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    # Not waited for yet, so its number cannot belong to another process by now.
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
