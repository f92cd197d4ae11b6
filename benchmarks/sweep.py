"""Monte Carlo beside a floor of plain numpy, measured in the same run. Prints a table.

    python benchmarks/sweep.py

The floor draws as many random numbers in the same blocks and threads, does as many vector operations as the pipeline
has functions, and finds the same percentiles. The machine is shared and noisy: best of several runs.
"""

from __future__ import annotations

import os
import resource
import sys
from concurrent.futures import ThreadPoolExecutor

from run import ROOTS, ROWS, Measurement, best, show

RUNS = 5
VARIED = (
    "context_tokens=4000:20000:40000",
    "duty_cycle=0.1:0.5",
    "total_params_b=20:40",
    "memory_bandwidth_tb_s=6:8",
    "rent_usd_per_gpu_hour=2:3:5",
    "gpu_price_usd=30000:50000",
)


def monte_carlo_of(results: tuple[str, ...], what: str, goal: str) -> Measurement:
    """A million draws of some results with their percentiles."""
    import numpy

    from napkinxl import Scenario
    from napkinxl.formulas import BLOCK_ROWS, steps
    from napkinxl.studies.monte_carlo import PERCENTILES, monte_carlo
    from napkinxl.studies.written_ranges import parse_range

    ranges = [parse_range(text) for text in VARIED]
    operations = len(steps(frozenset(results)))

    def ours() -> None:
        study = monte_carlo(Scenario(), ranges, results, ROWS)
        for name in results:
            study.spread(name)

    def block(number: int) -> numpy.typing.NDArray[numpy.float64]:
        generator = numpy.random.default_rng(number)
        columns = [generator.uniform(1, 2, BLOCK_ROWS) for _ in ranges]
        value = columns[0]
        for place in range(operations):
            value = value * columns[place % len(columns)]
        return value

    def floor() -> None:
        table = numpy.empty((len(results), -(-ROWS // BLOCK_ROWS) * BLOCK_ROWS))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for number, found in enumerate(pool.map(block, range(-(-ROWS // BLOCK_ROWS)))):
                table[:, number * BLOCK_ROWS : (number + 1) * BLOCK_ROWS] = found
        for row in table:
            numpy.percentile(row, PERCENTILES)

    spent, least = best(ours, RUNS), best(floor, RUNS)
    return Measurement(what, f"{spent:.2f} s", f"{least:.2f} s, {operations} numpy operations", spent / least, goal)


def main() -> None:
    """Run all and print the table."""
    sys.path[:0] = ROOTS
    import napkinxl.formulas  # noqa: F401  # registers the quantities
    from napkinxl.formulas import HEADLINE, QUANTITIES, TEXT

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    numbers = tuple(name for name, item in QUANTITIES.items() if item.unit != TEXT)
    headline = tuple(name for name in HEADLINE if name in numbers)
    one = monte_carlo_of(("owned_usd_per_seat_month",), "1,000,000 draws, one result", "at most 1 s")
    main_results = monte_carlo_of(headline, f"1,000,000 draws, {len(headline)} results", "at most 2 s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    all_of_it = monte_carlo_of(numbers, f"1,000,000 draws, all {len(numbers)} results", "a few seconds")
    grown = Measurement(
        "  memory beyond the imports", f"{memory - before:.2f} GiB", "-", memory - before, "under 0.5 GiB"
    )
    show([one, main_results, grown, all_of_it])


if __name__ == "__main__":
    main()
