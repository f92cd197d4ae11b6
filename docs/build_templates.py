"""Write the template that is kept in the repository, for people who only want the file.

python docs/build_templates.py            write it
python docs/build_templates.py --check    fail when a part of it differs from what the code makes
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from napkinxl_workbook.template.build import write_template

FILE = Path(__file__).resolve().parent.parent / "workbook" / "templates" / "napkinxl-native.xlsx"
# Written into the file; a date of its own would make every build another file.
CREATED = datetime(2026, 11, 22, tzinfo=UTC)


def main(arguments: Sequence[str]) -> int:
    """Write the file, or with --check compare it; the exit code."""
    if "--check" not in arguments:
        write_template(FILE, "native", created=CREATED)
        print(f"{FILE.name}: written")
        return 0
    stale = differing_parts(FILE)
    for part in stale:
        print(f"{FILE.name}, {part}: differs from the code; run python docs/build_templates.py")
    return 1 if stale else 0


def differing_parts(file: Path) -> list[str]:
    """The parts of a template that the code would write differently."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = _parts(write_template(Path(folder) / "fresh.xlsx", "native", created=CREATED))
    kept = _parts(file)
    return [part for part in sorted({*fresh, *kept}) if fresh.get(part) != kept.get(part)]


def _parts(file: Path) -> dict[str, str]:
    """The parts in canonical form: openpyxl writes the same XML in other words where lxml is installed."""
    with zipfile.ZipFile(file) as archive:
        return {name: ElementTree.canonicalize(archive.read(name).decode()) for name in archive.namelist()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
