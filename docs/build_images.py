"""Draw the pictures of the workbooks that the pages show, with LibreOffice and pdftoppm (poppler).

python docs/build_images.py            draw them
python docs/build_images.py --check    fail when a page shows a picture not drawn here, or none shows one drawn
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy
from command_outputs import PLANS as PLANS_FILE
from command_outputs import ROOT, run
from numpy.typing import NDArray

from napkinxl import estimate
from napkinxl.fleet.plan import plan_fleet
from napkinxl.fleet.settings import settings_from
from napkinxl.scenario_files import read_sections
from napkinxl_addin.calc.profile import Profile
from napkinxl_workbook import read_scenarios, recalculate, write_report, write_template
from napkinxl_workbook.calc_install import install

FOLDER = Path(__file__).resolve().parent / "images"
# A picture: words on its page of the print-out, dots per inch, and the share of the height to show.
OF_THE_TEMPLATE = {
    "start.png": ("Type into any cell", 100, 1.0),
    "ranges.png": ("Models against contexts", 100, 1.0),
}
OF_THE_REPORT = {
    "summary.png": ("What serving the model costs", 125, 1.0),
    "inputs.png": ("Bits per weight", 95, 1.0),
    "model.png": ("rent_usd_per_user_month", 110, 0.75),
    "checks.png": ("CHECK is an error", 100, 0.6),
}
OF_THE_PLANS = {
    "plans.png": ("Plans side by side", 100, 1.0),
    "ways.png": ("What each way to serve costs", 150, 0.6),
    "fleet.png": ("must be put in", 95, 1.0),
}
OF_THE_SWEEP = {"sensitivity.png": ("What moves the result", 95, 1.0)}
PICTURES = {**OF_THE_TEMPLATE, **OF_THE_REPORT, **OF_THE_PLANS, **OF_THE_SWEEP}
MARGIN = 12
TIMEOUT_S = 180


def main(arguments: Sequence[str]) -> int:
    """Draw every picture, or with --check compare their names with what the pages show; the exit code."""
    problems = list(differences())
    for problem in problems:
        print(problem)
    if "--check" not in arguments:
        draw()
    return 1 if problems else 0


def differences() -> Iterator[str]:
    """What the pages and the pictures drawn here lack of each other."""
    shown = {
        picture: page.relative_to(ROOT).as_posix()
        for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
        for picture in re.findall(r"!\[[^\]]*\]\((?:docs/)?images/([^)]*)\)", page.read_text(encoding="utf-8"))
    }
    for picture in sorted({*shown, *PICTURES, *(path.name for path in FOLDER.glob("*.png"))}):
        if picture not in PICTURES:
            yield f"{picture}: {shown.get(picture, 'docs/images')} has it, and docs/build_images.py does not draw it"
        elif picture not in shown:
            yield f"{picture}: docs/build_images.py draws it, and no page shows it"


def draw() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = Profile(folder / "profile")
        install(profile)  # the template calls the functions: LibreOffice computes them as it prints
        report = write_report(folder / "report.xlsx", created=datetime(2026, 11, 21, tzinfo=UTC))
        template = write_template(folder / "template.xlsx", "calc", created=datetime(2026, 11, 22, tzinfo=UTC))
        recalculate(template)  # so that the light is green
        sweep = folder / "sweep.xlsx"
        run(f"sweep {PLANS_FILE} --result serving_usd_per_user_month -o {sweep}")
        for workbook, pictures in (
            (report, OF_THE_REPORT),
            (template, OF_THE_TEMPLATE),
            (_plans(folder), OF_THE_PLANS),
            (sweep, OF_THE_SWEEP),
        ):
            place = f"-env:UserInstallation={profile.root.as_uri()}"
            _run("soffice", "--headless", place, "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
            for picture, (words, dots, share) in pictures.items():
                pdf = workbook.with_suffix(".pdf")
                _draw(pdf, _page_with(pdf, words), FOLDER / picture, dots, share)
                print(f"{picture}: {(FOLDER / picture).stat().st_size / 1000:,.0f} kB")


def _plans(folder: Path) -> Path:
    """The workbook of the example with its plans, its ways to serve and its fleet."""
    file = ROOT / PLANS_FILE
    scenarios = read_scenarios(file)
    plan = plan_fleet([estimate(item) for item in scenarios], settings_from(read_sections(file)["fleet"]))
    return write_report(folder / "plans.xlsx", scenarios, created=datetime(2026, 11, 21, tzinfo=UTC), plan=plan)


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S).stdout


def _page_with(pdf: Path, words: str) -> str:
    """The first page that holds the words."""
    for number, page in enumerate(_run("pdftotext", "-layout", str(pdf), "-").decode().split("\f"), start=1):
        if words in page:
            return str(number)
    raise SystemExit(f"no page of {pdf.name} holds {words!r}")


def _draw(pdf: Path, page: str, picture: Path, dots: int, share: float) -> None:
    """The page without its white margins."""
    at = ["-f", page, "-l", page, "-r", str(dots)]
    left, top, right, bottom = _used(_run("pdftoppm", *at, "-gray", str(pdf)))
    height = int((bottom - top) * share)
    box = ["-x", str(left), "-y", str(top), "-W", str(right - left), "-H", str(height)]
    picture.write_bytes(_run("pdftoppm", *at, *box, "-png", str(pdf)))


def _used(pgm: bytes) -> tuple[int, int, int, int]:
    """The box of what is not white, in dots."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    width, height = map(int, size.split())
    dark: NDArray[numpy.bool_] = numpy.frombuffer(pixels, dtype=numpy.uint8).reshape(height, width) < 250
    rows, columns = numpy.flatnonzero(dark.any(axis=1)), numpy.flatnonzero(dark.any(axis=0))
    left, top = max(int(columns[0]) - MARGIN, 0), max(int(rows[0]) - MARGIN, 0)
    return left, top, min(int(columns[-1]) + MARGIN, width), min(int(rows[-1]) + MARGIN, height)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
