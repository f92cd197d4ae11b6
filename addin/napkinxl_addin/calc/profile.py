"""Where LibreOffice keeps a user's own macros, and what we put there."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from napkinxl_addin.calc.basic_module import MODULE, SCRIPT


@dataclass(frozen=True)
class Profile:
    """A user's LibreOffice profile; `root` is the folder that holds the folder `user`."""

    root: Path

    @property
    def library(self) -> Path:
        """The list of the modules in the user's own Basic library, Standard; a profile that was never used has none."""
        return self.root / "user" / "basic" / "Standard" / "script.xlb"

    @property
    def module(self) -> Path:
        """Our Basic module."""
        return self.library.with_name(f"{MODULE}.xba")

    @property
    def script(self) -> Path:
        """Our Python script."""
        return self.root / "user" / "Scripts" / "python" / SCRIPT

    @property
    def lock(self) -> Path:
        """The file that is there as long as LibreOffice runs with this profile."""
        return self.root / ".lock"


def profile_at(folder: Path) -> Profile:
    """The profile in a folder; its folder `user`, which LibreOffice itself shows as its path, may be named too."""
    return Profile(folder.parent if folder.name == "user" and not (folder / "user").is_dir() else folder)


def default_profile(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ, home: Path | None = None
) -> Profile:
    """The profile that LibreOffice uses when none is named.

    >>> default_profile("linux", {}, Path("/home/ann")).root.as_posix()
    '/home/ann/.config/libreoffice/4'
    """
    home = home or Path.home()
    if platform == "win32":
        settings = Path(environment.get("APPDATA") or home / "AppData" / "Roaming") / "LibreOffice"
    elif platform == "darwin":
        settings = home / "Library" / "Application Support" / "LibreOffice"
    else:
        settings = Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "libreoffice"
    return Profile(settings / "4")
