"""Rebuild everything that is made from the code; the pictures apart, which LibreOffice draws (build_images.py).

python docs/regenerate.py            write it
python docs/regenerate.py --check    fail when a file differs from what the code says
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import build_reference
import build_templates


def main(arguments: Sequence[str]) -> int:
    """Write references, signatures and the template, or with --check compare them; the exit code."""
    return max(build_reference.main(arguments), build_templates.main(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
