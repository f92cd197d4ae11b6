"""What is put into a docstring, on functions that are no quantities."""

from __future__ import annotations

import inspect
import textwrap
from typing import Any

import pytest

from napkinxl.engine.docstrings import compose_docstring
from napkinxl.engine.ops import Number
from napkinxl.engine.row_ops import Numbers, total
from napkinxl.errors import UnknownNameError
from napkinxl.formulas import Quantity


def help_text(function: Any, **labels: tuple[str, str, str]) -> str:
    item = Quantity(function.__name__, "GB", "Sum", function, tuple(inspect.signature(function).parameters))
    compose_docstring(item, labels.__getitem__)
    return inspect.cleandoc(function.__doc__ or "")


def test_composed_text() -> None:
    def sum_gb(one_gb: Number, previous_gb: Number, every_gb: Numbers) -> Number:
        """All together.

        References
        ----------
        Arithmetic.
        """
        return one_gb + previous_gb + total(every_gb)

    labels = {"one_gb": ("One", "GB", "value"), "previous_gb": ("Other", "GB", "previous")}
    text = help_text(sum_gb, **labels, every_gb=("Third", "GB", "every"))
    assert text == textwrap.dedent("""\
        All together.

        sum_gb = one_gb + previous_gb + total(every_gb)

        Parameters
        ----------
        one_gb : float or array
            One [GB].
        previous_gb : float or array
            Other, a month earlier [GB].
        every_gb : sequence of float or array
            Third, of each tier [GB].

        Returns
        -------
        float or array
            Sum [GB].

        References
        ----------
        Arithmetic.""")


def test_composed_text_keeps_the_equations_of_the_author() -> None:
    def sum_gb(one_gb: Number) -> Number:
        """Twice.

        twice_gb = 2 * one_gb
        sum_gb = twice_gb

        References
        ----------
        Arithmetic.
        """
        return 2 * one_gb

    text = help_text(sum_gb, one_gb=("One", "GB", "value"))
    assert text.startswith("Twice.\n\ntwice_gb = 2 * one_gb\nsum_gb = twice_gb\n\nParameters\n")
    assert text.count("sum_gb = ") == 1


def test_an_annotation_that_says_no_shape_is_refused() -> None:
    def sum_gb(one_gb: Numbr) -> Number:  # type: ignore[name-defined]  # noqa: F821
        """One."""
        return 1.0

    with pytest.raises(UnknownNameError, match="annotation in sum_gb 'Numbr'; did you mean Number"):
        help_text(sum_gb, one_gb=("One", "GB", "value"))


def test_without_docstrings_there_is_nothing_to_compose() -> None:
    """As under python -OO."""

    def sum_gb(one_gb: Number) -> Number:
        return one_gb

    assert help_text(sum_gb) == ""
