"""What `napkinxl sweep` found: as a frame for files, as tables of 80 columns, as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from napkinxl.engine.number_text import cell_text, number_text
from napkinxl.studies.grids import Grid
from napkinxl.studies.monte_carlo import MonteCarlo, Spread
from napkinxl.studies.names import study_input, study_result
from napkinxl.studies.sensitivity import Bar, left_out_text
from napkinxl_cli.output import table

if TYPE_CHECKING:
    import pandas

    from napkinxl_workbook.sheets.report_parts import ReportSheet

MOST_BARS, MOST_COLUMNS = 15, 5
Row = dict[str, Any]
Bound = tuple[str, str, float]  # "above" or "below", the result, the value


class StudyResults(Protocol):
    """The studies of one run."""

    @property
    def tables(self) -> int:
        """How many tables `show` prints."""

    def frame(self) -> pandas.DataFrame:
        """All of them as one table."""

    def show(self) -> None:
        """Print them."""

    def sheet(self, created: datetime) -> ReportSheet:
        """Their sheet of a report."""


@dataclass(frozen=True)
class Tornados:
    """Bars by scenario and result, and what is said below each."""

    found: Sequence[tuple[str, str, Sequence[Bar], str]]

    @property
    def tables(self) -> int:
        """How many tables `show` prints."""
        return len(self.found)

    def frame(self) -> pandas.DataFrame:
        """A row per scenario, result and input."""
        import pandas

        rows = [_bar_row(scenario, bar) for scenario, _, bars, _ in self.found for bar in bars]
        return pandas.DataFrame(rows, columns=None if rows else ["scenario", "result", "input"])

    def show(self) -> None:
        """Print them."""
        for scenario, result, bars, remark in self.found:
            print_bars(scenario, result, bars, remark)

    def sheet(self, created: datetime) -> ReportSheet:
        """Their sheet of a report."""
        from napkinxl_workbook.sheets.studies.sheets import tornado_sheet

        return tornado_sheet([(scenario, bars, remark) for scenario, _, bars, remark in self.found], created)


@dataclass(frozen=True)
class Grids:
    """A grid by scenario."""

    found: Sequence[tuple[str, Grid]]

    @property
    def tables(self) -> int:
        """How many tables `show` prints."""
        parts = (-(-grid.inputs.shape[-1] // MOST_COLUMNS) * len(grid.values) for _, grid in self.found)
        return sum(parts)

    def frame(self) -> pandas.DataFrame:
        """A row per scenario and cell."""
        return _joined([(scenario, grid.columns()) for scenario, grid in self.found])

    def show(self) -> None:
        """Print them."""
        for scenario, grid in self.found:
            for result in grid.values:
                print_grid(scenario, grid, result)

    def sheet(self, created: datetime) -> ReportSheet:
        """Their sheet of a report."""
        from napkinxl_workbook.sheets.studies.sheets import grid_sheet

        return grid_sheet(self.found, created)


@dataclass(frozen=True)
class Draws:
    """Monte Carlo by scenario, and the bounds that were asked about."""

    found: Sequence[tuple[str, MonteCarlo]]
    bounds: Sequence[Bound] = ()
    each_draw: bool = False

    @property
    def tables(self) -> int:
        """How many tables `show` prints."""
        return sum(len(draws.values) for _, draws in self.found)

    def frame(self) -> pandas.DataFrame:
        """A row per scenario and result, or per draw."""
        import pandas

        if self.each_draw:
            return _joined([(name, {**draws.drawn_inputs(), **draws.values}) for name, draws in self.found])
        return pandas.DataFrame([row for name, draws in self.found for row in _spread_rows(name, draws, self.bounds)])

    def show(self) -> None:
        """Print them."""
        for scenario, draws in self.found:
            for result in draws.values:
                print_spread(scenario, draws, result, self.bounds)

    def sheet(self, created: datetime) -> ReportSheet:
        """Their sheet of a report."""
        from napkinxl_workbook.sheets.studies.sheets import draws_sheet

        return draws_sheet(self.found, created)


def left_out_caption(left: Sequence[str], change: float) -> str:
    """What is said below a tornado of what it leaves out, and how to bring that in."""
    return left_out_text(left, change) + (" --vary shows one over a range of your own." if left else "")


def _bar_row(scenario: str, bar: Bar) -> Row:
    return {
        "scenario": scenario,
        "result": bar.result,
        "unit": study_result(bar.result).unit,
        "input": bar.input,
        "input_unit": study_input(bar.input).unit,
        "low": bar.low,
        "in_use": bar.base,
        "high": bar.high,
        "result_at_low": bar.result_at_low,
        "result_in_use": bar.result_at_base,
        "result_at_high": bar.result_at_high,
        "swing": bar.swing,
        "remark": bar.note,
    }


def _spread_rows(scenario: str, draws: MonteCarlo, bounds: Sequence[Bound]) -> Iterator[Row]:
    """A row per result; how likely each bound is passed stands in columns of its own."""
    for result in draws.values:
        spread = draws.spread(result)
        percentiles = {f"percentile_{percent}": value for percent, value in spread.percentiles.items()}
        shares = {f"share_{side}_{value:.10g}": share for side, value, share in _shares(draws, result, bounds)}
        yield {
            "scenario": scenario,
            "result": result,
            "unit": spread.unit,
            "draws": spread.draws,
            "seed": draws.inputs.seed,
            "mean": spread.mean,
            "standard_deviation": spread.standard_deviation,
            "minimum": spread.minimum,
            **percentiles,
            "maximum": spread.maximum,
            "no_answer_share": spread.no_answer_share,
            "contradictory_draws": spread.contradictory_draws,
            **shares,
        }


def _shares(draws: MonteCarlo, result: str, bounds: Sequence[Bound]) -> Iterator[tuple[str, float, float]]:
    """For each bound of a result: the side, the value and the share of draws beyond it."""
    for side, name, value in bounds:
        if name == result:
            share = draws.share_above if side == "above" else draws.share_below
            yield side, value, share(result, value)


def _joined(parts: Sequence[tuple[str, Mapping[str, Any]]]) -> pandas.DataFrame:
    """Columns of each scenario below each other, its name in the first column."""
    import pandas

    frames = [pandas.DataFrame(columns) for _, columns in parts]
    frame = pandas.concat(frames, ignore_index=True)
    names = pandas.Series(pandas.Categorical([name for name, _ in parts]))
    frame.insert(0, "scenario", names.repeat([len(part) for part in frames]).reset_index(drop=True))
    return frame


def print_bars(scenario: str, result: str, bars: Sequence[Bar], remark: str = "") -> None:
    """The inputs that move the result most, and a remark."""
    quantity = study_result(result)
    title = f"{scenario}: {quantity.label} [{quantity.unit}]"
    title += f", {cell_text(bars[0].result_at_base, quantity.unit)} in use" if bars else ""
    columns = [("Input", False), *((name, True) for name in ("Low", "High", "At low", "At high", "Swing"))]
    shown = [bar for bar in bars if bar.swing != 0 or bar.remark][:MOST_BARS]
    rows = [
        (
            bar.input,
            *(bar.end_texts or map(number_text, (bar.low, bar.high))),
            *(cell_text(value, quantity.unit) for value in (bar.result_at_low, bar.result_at_high, bar.swing)),
        )
        for bar in shown
    ]
    left = len(bars) - len(shown)
    remarks = [f"{bar.input}: {bar.remark}." for bar in shown if bar.remark]
    remarks += [f"{left} more inputs move it less or not at all (--csv shows all)."] if left else []
    remarks += [remark] if remark else []
    table(title, columns, rows, " ".join(remarks))


def print_spread(scenario: str, draws: MonteCarlo, result: str, bounds: Sequence[Bound]) -> None:
    """Mean, percentiles and how often there was no answer."""
    spread, inputs = draws.spread(result), draws.inputs
    rows = [
        *((label, cell_text(value, spread.unit)) for label, value in _lines(spread)),
        *(
            (f"Draws {side} {cell_text(value, spread.unit)}", f"{share:.2%}")
            for side, value, share in _shares(draws, result, bounds)
        ),
        ("Draws without an answer", f"{spread.no_answer_share:.2%}"),
        ("of these, inputs contradict", f"{spread.contradictory_draws:,}"),
    ]
    title = f"{scenario}: {study_result(result).label} [{spread.unit}]"
    caption = f"{spread.draws:,} draws, seed {inputs.seed}; {', '.join(inputs.names)} vary independently"
    table(title, [("", False), (result, True)], rows, caption)


def _lines(spread: Spread) -> Iterator[tuple[str, float]]:
    yield "Mean", spread.mean
    yield "Standard deviation", spread.standard_deviation
    yield "Least", spread.minimum
    for percent, value in spread.percentiles.items():
        yield f"{percent}th percentile", value
    yield "Greatest", spread.maximum


def print_grid(scenario: str, grid: Grid, result: str) -> None:
    """A result's table, in parts that fit 80 columns."""
    quantity, (*down, (across, columns)) = study_result(result), grid.inputs.axes
    values = grid.values[result].reshape(-1, len(columns))
    labels = [number_text(float(value)) for value in down[0][1]] if down else [""]
    corner = f"{down[0][0]} down, {across} across" if down else across
    for start in range(0, len(columns), MOST_COLUMNS):
        part = slice(start, start + MOST_COLUMNS)
        headers = [(corner, False), *((number_text(float(value)), True) for value in columns[part])]
        lines = zip(labels, values[:, part].tolist(), strict=True)
        rows = [(label, *(cell_text(value, quantity.unit) for value in line)) for label, line in lines]
        table(f"{scenario}: {quantity.label} [{quantity.unit}]", headers, rows)
