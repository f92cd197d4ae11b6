"""The rules of modelling for every sheet of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.report import ORDER
from support.edited_books import Desk
from support.formula_blocks import Blocks, block_findings
from support.model_lint import constant_findings
from support.proof_books import edited
from support.random_scenarios import random_scenarios
from support.report_files import CREATED
from support.workbook_lint import workbook_findings
from support.xlsx_lint import lint

SEED, SCENARIOS = 3, 3  # a scenario that makes a plan by month, and plans of one product
LIGHT = "A3"
# Of a report of three scenarios, seven contexts, 36 months and ten moved inputs. On Checks {once} is the row of the
# heading of what sheets say once for all scenarios, and {each} that of what is said of each scenario again.
ONCE, EACH = "Sheets, once for all scenarios", "Own inputs are numbers within their bounds"
BLOCKS = {
    "Cover": Blocks(alone=(LIGHT, "A6")),
    "Dashboard": Blocks(alone=(LIGHT, "A5:A6", "A9:K9")),  # six figures, each another
    "Inputs": Blocks(alone=(LIGHT,)),
    "Workings": Blocks(across=("D4:F4", "D6:F999"), down=("G6:G8", "G12:G999", "H6:H999"), alone=(LIGHT, "G9")),
    "Outputs": Blocks(across=("D9:F29",), alone=("A3:A6",)),  # sentences, one a scenario
    "By context": Blocks(across=("E7:L999",), alone=(LIGHT, "E4", "D23:D999")),  # D: whether an input is set
    "Monthly plan": Blocks(across=("F7:AO999",), alone=("A3:A4", "D3:E999")),  # sums, figures over the plan, openings
    "Plan inputs": Blocks(alone=(LIGHT, "D7:G50", "P18:S18")),  # links to the scenario, checks of bounds
    "Sensitivity": Blocks(
        across=("D21:H21",),
        down=("C22:C26", "K8:M17", "A30:A39", "D30:E39"),
        alone=(LIGHT, "C4", "B5", "D8:J17", "D22:H26"),  # each the result of a variant with a column of its own
    ),
    "Sensitivity workings": Blocks(across=("E10:AX999",), alone=(LIGHT, "F6:AX8", "D23:D999")),  # what each moves
    "Own, rent or API": Blocks(across=("D4:F49",), down=("A52:H71",), alone=(LIGHT,)),
    "Price tiers": Blocks(
        across=("D4:F25", "D26:G28", "D29:F29"),
        down=("G18:G24",),
        alone=(LIGHT, "G11:G14", "G25", "G30:G31"),
    ),
    "Chart data": Blocks(
        down=("C7:D9", "F7:I9", "C17:C19"),
        alone=(LIGHT, "B6:B10", "D6:E6", "D10:E10", "B18", "B20:C21"),
    ),
    "Published figures": Blocks(down=("H5:H45",), alone=(LIGHT, "E5:E45")),  # each another quantity
    "Measured figures": Blocks(alone=(LIGHT,)),
    "Checks": Blocks(across=("D5:F{once}", "D{each}:F999"), alone=("B3", "D{once}:D{each}")),
    "As written": Blocks(across=("G6:I999",), alone=(LIGHT,)),
    "Row sums": Blocks(down=("F8:F9999",), alone=(LIGHT, "F4:F5", "E8:E9999")),  # each sums another row
    "GPUs": Blocks(alone=(LIGHT, "C6:F36")),  # the price that stands for a GPU
    **{title: Blocks(alone=(LIGHT,)) for title in ("Models", "Presets", "Prices", "Change log", "About")},
}
UNITS = {8.0, 12.0, 24.0, 1000.0, 3600.0, 8760.0, 1e6, 1e9}  # bits, months, hours, seconds, powers of ten
ROUNDING_GUARD = 1e-9
# A quadratic's 2 and 4, half a sequence and a sixth of the skewness; 2 of multiply-add and of two matrices.
OF_FORMULAS = {0.0, 1.0, 2.0, 4.0, 0.5, 6.0, ROUNDING_GUARD, *UNITS}
# Of the figures in a sentence, the "at least one" of what fits, and the hundredths of a share.
DECIMALS_SHOWN = {0.0, 1.0, 2.0, 3.0, 4.0, 100.0}
CONSTANTS = {
    "Cover": DECIMALS_SHOWN,
    "Dashboard": DECIMALS_SHOWN,
    "Outputs": DECIMALS_SHOWN,
    "Workings": OF_FORMULAS,
    "By context": OF_FORMULAS,
    "Sensitivity workings": OF_FORMULAS,
    "Published figures": OF_FORMULAS,
    "Monthly plan": {*OF_FORMULAS, 0.005},  # a cash balance below half a cent is none
    "Plan inputs": {0.0},  # no tier knows the value
    "Sensitivity": {0.0, 1.0, 9.0},  # 9: digits of a share, rounded as programs differ in the last
    "Own, rent or API": OF_FORMULAS,
    "Price tiers": {0.0, 1.0},
    "Chart data": {0.0},
    "Checks": {0.0, 1.0, 1e6},  # tokens of a price
    "As written": {0.0, 1.0},
    "Row sums": {0.0, 1.0},
}


@pytest.fixture(scope="module")
def book() -> Book:
    scenarios = [edited(item, fixed_usd_per_month=500.0) for item in random_scenarios(SCENARIOS, SEED)]
    return Desk(tuple(scenarios)).book()


@pytest.fixture(scope="module")
def path(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("lint") / "report.xlsx"
    write_workbook(book.workbook, found, book.values, created=CREATED)
    return found


def test_the_table_has_every_sheet() -> None:
    assert list(BLOCKS) == sorted(ORDER, key=list(BLOCKS).index)
    assert set(BLOCKS) == set(ORDER)


def placed(book: Book, blocks: Blocks) -> Blocks:
    """The blocks with the rows of the headings on Checks."""
    sheet = book.sheets["Checks"]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    across, down, alone = (
        tuple(name.format(once=rows[ONCE], each=rows[EACH]) for name in names)
        for names in (blocks.across, blocks.down, blocks.alone)
    )
    return Blocks(across, down, alone)


@pytest.mark.parametrize("title", ORDER)
def test_one_formula_is_copied_across_or_down(book: Book, title: str) -> None:
    assert block_findings(book.sheets[title], placed(book, BLOCKS[title])) == []


@pytest.mark.parametrize("title", ORDER)
def test_constants_stand_in_cells(book: Book, title: str) -> None:
    assert constant_findings(book.sheets[title], CONSTANTS.get(title, set())) == []


@pytest.mark.slow
def test_the_workbook_keeps_every_rule(path: Path) -> None:
    assert workbook_findings(path) == []
    assert lint(path) == []
