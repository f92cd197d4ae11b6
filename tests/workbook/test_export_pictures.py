"""Charts as pictures: what is read off their axes is what stands in the cells."""

from __future__ import annotations

import math

import matplotlib as mpl
import pytest
from openpyxl.chart import Reference

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Series, XYChart
from napkinxl_workbook.export.pictures import svg
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE, PALE_BLUE
from support.drawn_charts import Picture, number, read_off
from support.export_books import ROWS, chart_book

STACKED, WATERFALL, CLUSTERED, SIDEWAYS, LINES, PLANE = range(6)
NEAR = 0.01  # of a bar's length: what the rounding of coordinates leaves


@pytest.fixture(scope="module")
def pictures() -> list[Picture]:
    book = chart_book()
    return [Picture(svg(book, placed)) for placed in book.charts]


def values(row: int) -> list[float]:
    return [float(value) for value in ROWS[row] if isinstance(value, float)]


def heights(picture: Picture, colour: str) -> list[tuple[float, float]]:
    """The values at the lower and upper end of each bar."""
    scale = picture.scale("y")
    return [(read_off(scale, bar.box[3]), read_off(scale, bar.box[2])) for bar in picture.shapes(colour)]


def test_stacked_columns_stand_on_each_other(pictures: list[Picture]) -> None:
    owned, rented = heights(pictures[STACKED], NAVY), heights(pictures[STACKED], PALE_BLUE)
    assert [top for _, top in owned] == pytest.approx(values(2), rel=NEAR)
    assert [bottom for bottom, _ in owned] == pytest.approx([0] * 6, abs=NEAR)
    assert [bottom for bottom, _ in rented] == pytest.approx(values(2), rel=NEAR)
    sums = [one + other for one, other in zip(values(2), values(3), strict=True)]
    assert [top for _, top in rented] == pytest.approx(sums, rel=NEAR)


def test_the_second_axis_has_its_own_scale(pictures: list[Picture]) -> None:
    picture = pictures[STACKED]
    right = max(x for _, x, _ in picture.labels("y"))
    # Texts stand a little below their value, all by the same.
    below = picture.labels("y")[0][2] - picture.scale("y")[0][1]
    scale = [(text, y - below) for text, x, y in picture.labels("y") if x == right]
    (line,) = picture.shapes(ORANGE, "stroke")
    assert [read_off(scale, y) for _, y in line.points] == pytest.approx(values(5), rel=NEAR)


def test_every_second_label_is_shown(pictures: list[Picture]) -> None:
    assert [text for text, *_ in pictures[STACKED].labels("x")] == ["1", "3", "5"]


def test_what_floats_stands_on_nothing_that_is_seen(pictures: list[Picture]) -> None:
    picture = pictures[WATERFALL]
    ends = heights(picture, BLUE)
    assert [bottom for bottom, _ in ends] == pytest.approx(values(3), rel=NEAR, abs=NEAR)
    assert [top - bottom for bottom, top in ends] == pytest.approx(values(2), rel=NEAR)
    assert "base" not in picture.texts()
    assert "Step" not in picture.texts()  # one series that is seen needs no legend
    assert picture.texts().count("$10.00") == 1


def test_clustered_columns_stand_side_by_side_and_hang_below_zero(pictures: list[Picture]) -> None:
    picture = pictures[CLUSTERED]
    rented, owned = picture.shapes(NAVY), picture.shapes(ORANGE)
    assert [top for _, top in heights(picture, NAVY)] == pytest.approx(values(2), rel=NEAR)
    bottoms, tops = zip(*heights(picture, ORANGE), strict=True)
    assert (tops[0], bottoms[1], tops[1]) == pytest.approx((10, -3, 0), rel=NEAR, abs=NEAR)
    assert bottoms[3] == pytest.approx(tops[3])  # no answer, no bar
    for one, other in zip(rented, owned, strict=True):
        assert one.box[1] == pytest.approx(other.box[0])
    assert picture.texts()[-2:] == ["Rented", "Owned"]


def test_bars_on_their_side_begin_at_the_top(pictures: list[Picture]) -> None:
    picture = pictures[SIDEWAYS]
    scale = picture.scale("x")
    ends = [(read_off(scale, bar.box[0]), read_off(scale, bar.box[1])) for bar in picture.shapes(NAVY)]
    assert ends[0] == pytest.approx((0, 10), abs=0.1)
    assert ends[1] == pytest.approx((-3, 0), abs=0.1)
    labels = sorted(picture.labels("y"), key=lambda label: label[2])
    assert [text for text, *_ in labels] == list(ROWS[0])


def test_lines_have_gaps_and_dashes(pictures: list[Picture]) -> None:
    picture = pictures[LINES]
    (cost,), (cash,) = picture.shapes(ORANGE, "stroke"), picture.shapes(NAVY, "stroke")
    assert (cost.strokes, cash.strokes) == (1, 2)
    scale = picture.scale("y")
    assert [read_off(scale, y) for _, y in cost.points] == pytest.approx(values(2), rel=NEAR)
    assert [read_off(scale, y) for _, y in cash.points] == pytest.approx(values(4), rel=NEAR)
    dashes = {line.style.partition("stroke-dasharray: ")[2].partition(";")[0] for line in (cost, cash)}
    assert len(dashes) == 2
    assert "" not in dashes


def test_a_plane_has_decades_of_one_length(pictures: list[Picture]) -> None:
    picture = pictures[PLANE]
    assert [text for text, _ in picture.scale("x")] == ["0.01", "0.1", "1", "10", "100", "1,000", "10,000"]
    assert [text for text, _ in picture.scale("y")] == ["1", "10", "100", "1,000"]
    (roof,) = picture.shapes(NAVY, "stroke")
    for axis, place, row in (("x", 0, 6), ("y", 1, 7)):
        scale = picture.scale(axis)
        logs = [(str(math.log10(number(text))), where) for text, where in scale]
        found = [10 ** read_off(logs, point[place]) for point in roof.points]
        # A line that goes on straight may be drawn without its points between.
        assert found[0] == pytest.approx(values(row)[0], rel=NEAR)
        assert found[-1] == pytest.approx(values(row)[-1], rel=NEAR)


@pytest.mark.parametrize(
    ("numbers", "number_format", "labels"),
    [
        ((0.0, 0.0, 0.0), "#,##0", None),
        ((math.nan, math.nan, math.nan), "$#,##0.00", None),
        ((0.4, 0.7, 1.0), "#,##0", ["0", "1"]),
        ((-5.0, -2.0, -1.0), "0", None),
        ((1e12, 3e12, 2e12), '$#,##0,,,"B"', None),
        ((0.0012, 0.0034, 0.0021), "0.00%", None),
    ],
)
def test_no_number_stands_twice_on_an_axis(
    numbers: tuple[float, ...], number_format: str, labels: list[str] | None
) -> None:
    picture = one_series([f"C{n}" for n in range(len(numbers))], numbers, number_format)
    shown = [text for text, _ in picture.scale("y")]
    assert len(shown) >= 2
    assert len(set(shown)) == len(shown)
    assert labels is None or shown == labels


def one_series(categories: list[str], numbers: tuple[float, ...], number_format: str = "General") -> Picture:
    book = Book()
    sheet = book.sheet("Data", "Data", "", [10], "Output")
    for row, (category, value) in enumerate(zip(categories, numbers, strict=True), start=4):
        book.text(sheet, row, 1, category)
        book.formula(sheet, row, 2, "=1", value)
    first, last = 4, 3 + len(numbers)
    rows, points = (Reference(sheet, min_row=first, max_row=last, min_col=column) for column in (1, 2))
    chart = Chart("T", "A", rows, (Series("S", points, NAVY),), Axis("", "General"), Axis("", number_format))
    book.chart(sheet, "D4", chart)
    return Picture(svg(book, book.charts[0]))


def test_many_numbers_get_fewer_labels_and_words_keep_all_of_theirs() -> None:
    many = 40
    numbers = one_series([f"${n / 1000:.6f}" for n in range(many)], (1.0,) * many)
    assert 3 <= len(numbers.labels("x")) <= 12
    words = one_series([f"Quantisation{n}x" for n in range(12)], (1.0,) * 12)
    assert len(words.labels("x")) == 12


def test_dollars_are_no_formulas() -> None:
    picture = one_series(["$a$ & <b>", "$x_2$ \\frac"], (1.0, 2.0))
    assert {"$a$ & <b>", "$x_2$ \\frac"} <= set(picture.texts())


def test_own_settings_of_matplotlib_stay_and_change_nothing() -> None:
    book = chart_book()
    before = svg(book, book.charts[0])
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert svg(book, book.charts[0]) == before
        assert mpl.rcParams["font.size"] == 20


def test_letters_of_all_scripts_are_kept_without_a_warning() -> None:
    names = ["標準プラン", "план", "🚀 rocket", "خطة"]
    assert set(names) <= set(one_series(names, (1.0, 2.0, 3.0, 4.0)).texts())


@pytest.mark.parametrize("values", [(math.nan, None), (0.0, -1.0), (5.0, 5.0)])
def test_a_plane_without_points_has_axes_all_the_same(values: tuple[float | None, ...]) -> None:
    book = Book()
    sheet = book.sheet("Data", "Data", "", [10], "Output")
    for row, value in enumerate(values, start=4):
        book.formula(sheet, row, 1, "=1", value)
    points = Reference(sheet, min_row=4, max_row=5, min_col=1)
    book.chart(sheet, "D4", XYChart("T", "A", (Curve("C", points, points, NAVY),), Axis(""), Axis("")))
    picture = Picture(svg(book, book.charts[0]))
    assert [text for text, _ in picture.scale("x")] == ["1", "10"]
    assert [text for text, _ in picture.scale("y")] == ["1", "10"]
