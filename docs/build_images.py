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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy
from command_outputs import PLANS as PLANS_FILE
from command_outputs import ROOT
from numpy.typing import NDArray

from napkinxl import Scenario, estimate, read_scenarios, read_sections, recalculate, write_report, write_template
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.monthly_plan.settings import settings_from
from napkinxl_addin.calc.profile import Profile
from napkinxl_workbook.calc_install import install

FOLDER = Path(__file__).resolve().parent / "images"


@dataclass(frozen=True)
class Picture:
    """Words that all stand on its page of the print-out, dots per inch, and the share of the page to show."""

    words: tuple[str, ...]
    dots: int
    down: float = 1.0
    across: float = 1.0


OF_THE_TEMPLATE = {
    "start.png": Picture(("Type into any cell",), 100),
    "ranges.png": Picture(("Models against contexts",), 100),
}
OF_THE_REPORT = {
    "cover.png": Picture(("What it holds", "Sign-off"), 90),
    "dashboard.png": Picture(("this page follows", "Roofline"), 115),
    "inputs.png": Picture(("Selected scenario", "Precision of the weights"), 125, 0.62, 0.61),
    "workings.png": Picture(("fitting_sequences", "Selected scenario"), 115, 0.92, 0.66),
    "trace.png": Picture(("concurrent_sequences / duty_cycle", "Reads rows"), 105, 0.95, 0.84),
    "outputs.png": Picture(("Outputs, scenario by scenario",), 105, 0.87, 0.74),
    "contexts.png": Picture(("The selected scenario at other contexts",), 105, 0.4, 0.84),
    "sensitivity.png": Picture(("What moves the result", "Swing"), 115, 0.93, 0.88),
    "ways.png": Picture(("What each source of capacity costs", "owned_usd_per_gpu_hour"), 115, 0.85, 0.68),
    "tiers.png": Picture(("The scenarios as plans of one product",), 105, 0.85, 0.815),
    "checks.png": Picture(("CHECK is an error", "users x duty"), 105, 0.86, 0.72),
}
OF_THE_PLAN = {"monthly_plan.png": Picture(("peak funding is", "Month 1 "), 102, 0.62, 0.97)}
PICTURES = {**OF_THE_TEMPLATE, **OF_THE_REPORT, **OF_THE_PLAN}
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
        created = datetime(2026, 11, 22, tzinfo=UTC)
        template = write_template(folder / "template.xlsx", "calc", created=created)
        recalculate(template)  # so that the light is green
        scenarios = read_scenarios(ROOT / PLANS_FILE)
        report = write_report(folder / "report.xlsx", scenarios, created=created, selected="Pro")
        plan = write_report(folder / "plan.xlsx", scenarios, created=created, plan=_plan(scenarios))
        for workbook, pictures in ((report, OF_THE_REPORT), (template, OF_THE_TEMPLATE), (plan, OF_THE_PLAN)):
            place = f"-env:UserInstallation={profile.root.as_uri()}"
            _run("soffice", "--headless", place, "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
            for name, picture in pictures.items():
                pdf = workbook.with_suffix(".pdf")
                _draw(pdf, _page_with(pdf, picture.words), FOLDER / name, picture)
                print(f"{name}: {(FOLDER / name).stat().st_size / 1000:,.0f} kB")


def _plan(scenarios: Sequence[Scenario]) -> Plan:
    """The plan by month of the example, all its tiers together."""
    return plan_fleet([estimate(item) for item in scenarios], settings_from(read_sections(ROOT / PLANS_FILE)["fleet"]))


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S).stdout


def _page_with(pdf: Path, words: Sequence[str]) -> str:
    """The first page that holds all the words."""
    for number, page in enumerate(_run("pdftotext", "-layout", str(pdf), "-").decode().split("\f"), start=1):
        if all(word in page for word in words):
            return str(number)
    raise SystemExit(f"no page of {pdf.name} holds {' and '.join(words)!r}")


def _draw(pdf: Path, page: str, target: Path, picture: Picture) -> None:
    """The page without its white margins."""
    at = ["-f", page, "-l", page, "-r", str(picture.dots)]
    left, top, right, bottom = _used(_run("pdftoppm", *at, "-gray", str(pdf)))
    width, height = int((right - left) * picture.across), int((bottom - top) * picture.down)
    box = ["-x", str(left), "-y", str(top), "-W", str(width), "-H", str(height)]
    target.write_bytes(_run("pdftoppm", *at, *box, "-png", str(pdf)))


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
