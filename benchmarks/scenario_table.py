"""The scenario table beside openpyxl's write-only mode writing the same styled cells, measured in the same run.

    python benchmarks/scenario_table.py
    python benchmarks/scenario_table.py 20000

Ours reads a CSV file, estimates, styles and writes: the whole command. The floor has its values and styles ready and
only writes. Both in processes of their own, in turn; medians, since the machine is shared and noisy.
"""

from __future__ import annotations

import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from run import ROOTS, Measurement, show

ROWS = 100_000
RUNS = 3
FIELDS = ("name", "gpu", "model", "context_tokens", "duty_cycle", "weight_bits", "rent_usd_per_gpu_hour")
PRELUDE = f"""
import resource, sys, time
sys.path[:0] = {ROOTS!r}
"""
PEAK = """
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
OURS = """
sys.argv = ["napkinxl", "estimate", "scenarios.csv", "-o", "table.xlsx"]
from napkinxl_cli.app import main
start = time.perf_counter()
try:
    main()
except SystemExit as stopped:
    assert not stopped.code, stopped.code
print(time.perf_counter() - start)
"""
FLOOR = """
import gc
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from napkinxl_workbook.theme import add_styles
source = load_workbook("table.xlsx", read_only=True).worksheets[0]
workbook = Workbook(write_only=True)
add_styles(workbook)
sheet = workbook.create_sheet("Scenarios")
rows, styles = [], []
for number, cells in enumerate(source.iter_rows(), start=1):
    rows.append([cell.value for cell in cells])
    if number == 3:
        for cell in cells:
            styled = WriteOnlyCell(sheet)
            styled.style = "nInput" if cell.fill.fill_type else "nNumber"
            styled.number_format = cell.number_format
            styles.append(styled._style)
gc.freeze()  # the values that lie ready shall cost no time
start = time.perf_counter()
for values in rows:
    line = []
    for value, style in zip(values, styles):
        cell = WriteOnlyCell(sheet, value)
        cell._style = style  # ready-made: the fastest way to style a cell
        line.append(cell)
    sheet.append(line)
workbook.save("floor.xlsx")
print(time.perf_counter() - start)
"""


def write_scenarios(folder: Path, rows: int) -> None:
    """A file of scenarios with as many different values as a sweep has."""
    draw = random.Random(0)
    with (folder / "scenarios.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(FIELDS)
        for number in range(rows):
            writer.writerow(
                [
                    f"Case {number}",
                    draw.choice(["H100 SXM", "H200 SXM"]),
                    draw.choice(["Qwen3-32B", "Article 32B"]),
                    draw.randint(1000, 100_000),
                    draw.uniform(0.05, 1),
                    draw.choice([4, 8, 16]),
                    draw.uniform(1, 5),
                ]
            )


def measured(code: str, folder: Path) -> tuple[float, float]:
    """The seconds and the peak of memory [MiB] of a process."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + code + PEAK], cwd=folder, check=True, capture_output=True, text=True
    )
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


def time_of(rows: int, folder: Path) -> list[Measurement]:
    """Ours and the floor in turn."""
    write_scenarios(folder, rows)
    ours, floors, peaks = [], [], []
    for _ in range(RUNS):
        seconds, peak = measured(OURS, folder)
        ours.append(seconds)
        peaks.append(peak)
        floors.append(measured(FLOOR, folder)[0])
    spent, least = statistics.median(ours), statistics.median(floors)
    write_scenarios(folder, rows // 10)
    small = measured(OURS, folder)[1]
    peak = max(peaks)
    return [
        Measurement(
            f"estimate -o table.xlsx, {rows:,} rows",
            f"{spent:.1f} s",
            f"{least:.1f} s write-only openpyxl",
            spent / least,
            "at most 1.3 x",
        ),
        Measurement(
            "  peak memory", f"{peak:.0f} MiB", f"{small:.0f} MiB for {rows // 10:,} rows", peak / small, "under 3 x"
        ),
    ]


def main() -> None:
    """Run all and print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        show(time_of(rows, Path(folder)))
    print(f"{time.perf_counter() - started:.0f} s in all, {RUNS} runs each")


if __name__ == "__main__":
    main()
