"""What has changed since a report was written, asked by a script."""

from __future__ import annotations

from pathlib import Path

from napkinxl.catalog import Catalog
from napkinxl.public.cases import Cases, opened
from napkinxl_workbook.export.diff import Diff, compare
from napkinxl_workbook.export.figures import figures_of, read_figures


def changes_since(report: str | Path, scenarios: Cases, catalog: Catalog | None = None) -> Diff:
    """Which inputs and results have changed since a report was written.

    Parameters
    ----------
    report : str or Path
        The older report, an .xlsx file; inputs that were typed into it since count.
    scenarios : path, Scenario, Estimate or sequence of these
        What holds today.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.

    Returns
    -------
    Diff
        `inputs`, `results` and `headline_results`, each change with its old and its new value; `rows()` has all.

    Raises
    ------
    FileError
        The report cannot be read, or is none.
    InputError
        A scenario is wrong.
    """
    return compare(read_figures(Path(report)), figures_of(opened(scenarios, catalog)[0]))
