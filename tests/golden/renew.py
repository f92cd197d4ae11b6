"""Write the golden workbooks anew, after a change of writer or look that is meant: python tests/golden/renew.py.

Look at them before they are committed; `git diff --stat` says which have changed, the tests say in what.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


def main(folder: Path = FOLDER) -> None:
    """Write all of them into a folder."""
    sys.path[:0] = [str(ROOT / folder) for folder in ("core", "addin", "workbook", "tests")]
    from support.golden_books import GOLDEN

    for name, write in GOLDEN.items():
        write(folder / name)
        sys.stdout.write(f"{name}: {(folder / name).stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
