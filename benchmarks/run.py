"""Speed and memory, each as a ratio to a floor that is measured in the same run. Prints a table.

    python benchmarks/run.py

The machine is shared and noisy: each figure is the best of several runs, and the ratios mean more than the times.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROWS = 1_000_000
MAIN = ("users_per_gpu", "tokens_per_s_per_user", "rent_usd_per_seat_month", "owned_usd_per_seat_month")
ROOTS = [str(Path(__file__).parents[1] / name) for name in ("core", "addin", "workbook")]
SCREEN_FLOOR = "import rich_click, rich.console, rich.table, rich.progress"
REPORT_FLOOR = "import rich_click, rich.console, openpyxl, openpyxl.chart"
PARTS = {"python": "", "import click": "import click", "import pydantic": "from pydantic import BaseModel"}  # for scale
RUN = "import sys; sys.argv = {words!r}; from napkinxl_cli.app import main; main()"


@dataclass(frozen=True)
class Measurement:
    """One line of the table."""

    what: str
    value: str
    floor: str
    ratio: float
    goal: str


def best(action: Callable[[], object], runs: int) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def python(code: str, folder: str | None = None) -> Callable[[], object]:
    """A fresh Python process that runs some code."""
    prelude = f"import sys; sys.path[:0] = {ROOTS!r}\n"
    return lambda: subprocess.run([sys.executable, "-c", prelude + code], check=True, capture_output=True, cwd=folder)


def one_scenario() -> Measurement:
    """All quantities of one scenario, without validation or explanations."""
    from napkinxl import Scenario
    from napkinxl.formulas import QUANTITIES, evaluate, steps
    from napkinxl.scenarios.resolution import resolve

    values = resolve(Scenario()).values
    results = evaluate(values)
    plan = steps()

    def floor() -> None:
        """The same loop over functions that do nothing."""
        for _, _, parameters in plan:
            len([results[parameter] for parameter in parameters])

    def many(action: Callable[[], object]) -> Callable[[], object]:
        return lambda: [action() for _ in range(500)]

    count = len(QUANTITIES)
    spent = best(many(lambda: evaluate(values)), 9) / 500 / count * 1e6
    least = best(many(floor), 9) / 500 / count * 1e6
    return Measurement(
        f"one scenario, per quantity ({count})",
        f"{spent:.2f} us",
        f"{least:.2f} us empty loop",
        spent / least,
        "at most 1.5 us",
    )


def frame() -> list[Measurement]:
    """A million scenarios, column-wise."""
    import numpy
    import pandas

    from napkinxl import estimate_frame
    from napkinxl.formulas import QUANTITIES

    random = numpy.random.default_rng(0)
    scenarios = pandas.DataFrame(
        {
            "context_tokens": random.uniform(1e3, 4e5, ROWS),
            "duty_cycle": random.uniform(0.05, 1, ROWS),
            "weight_bits": random.choice([4.0, 8.0, 16.0], ROWS),
            "gpus_per_replica": random.choice([1.0, 2.0, 8.0], ROWS),
            "rent_usd_per_gpu_hour": random.uniform(1, 5, ROWS),
        }
    )
    source = scenarios["context_tokens"].to_numpy()

    def floor() -> None:
        """Two operations per quantity, written to a table of the same size."""
        table = numpy.empty((len(QUANTITIES), ROWS))
        for row in table:
            numpy.multiply(source, 1.5, out=row)
            numpy.add(row, 1.0, out=row)

    spent, least = best(lambda: estimate_frame(scenarios), 5), best(floor, 5)
    few = best(lambda: estimate_frame(scenarios, quantities=MAIN), 5)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    table_gib = len(QUANTITIES) * ROWS * 8 / 1024**3
    return [
        Measurement(
            "estimate_frame, 1,000,000 rows",
            f"{ROWS / few / 1e6:.2f} million/s",
            "users, speed and rent per user",
            few / least,
            "at least 2 million/s",
        ),
        Measurement(
            "  the same, every quantity",
            f"{ROWS / spent / 1e6:.2f} million/s",
            f"{ROWS / least / 1e6:.2f} million/s, 2 numpy operations per quantity",
            spent / least,
            "under 3 x",
        ),
        Measurement(
            "  peak memory over the table's",
            f"{memory:.2f} GiB",
            f"{table_gib:.2f} GiB",
            memory / table_gib,
            "under 1.5 x",
        ),
    ]


def starting() -> Iterator[Measurement]:
    """Whole processes beside the bare imports that they need, and what other imports take on this machine."""
    parts = ", ".join(f"{name} {best(python(code), 9) * 1000:.0f} ms" for name, code in PARTS.items())
    spent, least = best(python("from napkinxl import estimate; estimate()"), 9), best(python(""), 9)
    yield Measurement("napkinxl.estimate(), whole process", f"{spent * 1000:.0f} ms", parts, spent / least, "-")
    goals = {"estimate": "at most 300 ms", "--help": "at most 300 ms", "cost": "-", "report": "-"}
    for word, goal in goals.items():
        floor = REPORT_FLOOR if word == "report" else SCREEN_FLOOR
        with tempfile.TemporaryDirectory() as folder:
            spent, least = best(python(RUN.format(words=["napkinxl", word]), folder), 9), best(python(floor), 9)
        yield Measurement(
            f"napkinxl {word}, whole process",
            f"{spent * 1000:.0f} ms",
            f"{least * 1000:.0f} ms bare imports",
            spent / least,
            goal,
        )


def show(rows: Iterable[Measurement]) -> None:
    """Print the table."""
    print(f"{'what':38} {'measured':>18} {'ratio':>7}  {'goal':22} floor")
    for row in rows:
        print(f"{row.what:38} {row.value:>18} {row.ratio:>7.2f}  {row.goal:22} {row.floor}")


def main() -> None:
    """Run all and print the table."""
    sys.path[:0] = ROOTS
    # Processes first: a large process forks slowly.
    rows = [*starting(), one_scenario(), *frame()]
    show(rows)


if __name__ == "__main__":
    main()
