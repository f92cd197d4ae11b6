"""The template in the repository is what the code makes, part by part."""

from __future__ import annotations

import importlib
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from docs.pages import ROOT


@pytest.fixture(scope="module")
def builder() -> Any:
    """docs/build_templates.py as a module."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("build_templates")
    finally:
        sys.path.remove(str(ROOT / "docs"))


@pytest.mark.slow
def test_kept_template_is_what_the_code_makes(builder: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert builder.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_a_changed_part_is_found(builder: Any, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    shutil.copy(builder.FILE, changed)
    with zipfile.ZipFile(builder.FILE) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"26.2144", b"26.2145"))
    assert builder.differing_parts(changed)
