"""What pages hold between marks: the error of the presets, published figures that slip, outputs of commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from command_outputs import BLOCKS as OUTPUTS

from napkinxl.engine.number_text import number_text
from napkinxl.evidence.measured import errors_by, measured_runs, measured_tokens_per_s, predict_runs, step_ratios
from napkinxl.evidence.published import published_figures
from napkinxl.scenarios.presets import PRESETS
from napkinxl_workbook.recalculation.trust import TRUSTED

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
# Two rows that agree in all of these are one run that the data holds twice.


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def meaning(label: str, sentence: str) -> str:
    """What a number is: its label, and the sentence that helps where the label is too short."""
    return f"**{label}**. {sentence}" if sentence else f"**{label}**"


def fill(text: str) -> str:
    """A page with what stands between its marks made anew."""
    for name, make in BLOCKS.items():
        start, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
        if start in text:
            before, _, rest = text.partition(start)
            _, _, after = rest.partition(end)
            text = f"{before}{start}{make()}\n{end}{after}"
    return text


def preset_table() -> str:
    """The error of each preset, from napkinxl.scenarios.presets."""
    header = ["Preset", "Measured runs", "Predicted / measured, median", "Mean error", "Runs within 25%"]
    rows = [
        [
            preset.name,
            f"{preset.measured_runs:,}",
            f"{preset.median_predicted_over_measured:.0%}",
            f"{preset.mean_absolute_error_share:.0%}",
            f"{preset.within_a_quarter_share:.0%}",
        ]
        for preset in PRESETS.values()
    ]
    return table(header, rows)


def spread_table() -> str:
    """How predicted over measured is spread."""
    runs = measured_runs()
    header = ["Preset", "Runs", *(f"{share:.0%}" for share in QUANTILES), "Mean error"]
    rows = []
    for name in PRESETS:
        ratio = step_ratios(runs, name)
        shares = [f"{ratio.quantile(share):.0%}" for share in QUANTILES]
        rows.append([name, f"{len(ratio):,}", *shares, f"{(ratio - 1).abs().mean():.0%}"])
    return table(header, rows)


def serving_table() -> str:
    """How predicted over measured is spread for what a request costs: served tokens, and time to first token."""
    runs = measured_runs()
    measured = {
        "served_tokens_per_s": measured_tokens_per_s(runs),
        "time_to_first_token_ms": runs["ttft_ms"],
    }
    header = ["Quantity", "Preset", "Runs", *(f"{share:.0%}" for share in QUANTILES)]
    rows = []
    for quantity, times in measured.items():
        for name in PRESETS:
            ratio = (predict_runs(runs, name)[quantity] / times).dropna()
            shares = [f"{ratio.quantile(share):.0%}" for share in QUANTILES]
            rows.append([f"`{quantity}`", name, f"{len(ratio):,}", *shares])
    return table(header, rows)


def error_table(column: str, title: str) -> str:
    """The error of each preset by model or GPU."""
    lines = errors_by(column)
    header = [title, "Runs"]
    header += [f"{name}: {what}" for name in PRESETS for what in ("predicted / measured", "mean error", "within 25%")]
    rows = []
    for value, found in lines.groupby("value"):
        cells = [str(value), f"{found['runs'].iloc[0]:,}"]
        for line in found.itertuples(index=False):
            cells += [
                f"{line.median_predicted_over_measured:.0%}",
                f"{line.mean_absolute_error_share:.0%}",
                f"{line.within_a_quarter_share:.0%}",
            ]
        rows.append(cells)
    return table(header, rows)


def published_count() -> str:
    """How many published figures follow from their source's inputs."""
    figures = published_figures()
    slips = sum(figure.verdict == "slip" for figure in figures)
    return f"{len(figures) - slips} of {len(figures)} follow; {slips} do not."


def slip_table() -> str:
    """The published figures that do not follow from their source's own inputs."""
    header = ["Figure", "Sources", "Printed", "Recomputed", "Unit", "Why"]
    rows = [
        [
            figure.figure,
            figure.sources,
            figure.printed.replace("<", "below "),
            number_text(figure.recomputed),
            figure.unit,
            figure.explanation,
        ]
        for figure in published_figures()
        if figure.verdict == "slip"
    ]
    return table(header, rows)


BLOCKS: dict[str, Callable[[], str]] = {
    "presets": preset_table,
    "spread": spread_table,
    "serving": serving_table,
    "by model": lambda: error_table("model", "Model"),
    "by gpu": lambda: error_table("gpu", "GPU"),
    "published count": published_count,
    "slips": slip_table,
    **OUTPUTS,
    "trusted": lambda: "\n" + ", ".join(f"`{name}`" for name in sorted(TRUSTED)) + ".\n",
}
