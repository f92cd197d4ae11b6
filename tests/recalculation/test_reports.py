"""Reports and templates without their values: recalculation gives back every one, which the core had written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from napkinxl import Scenario, write_report
from napkinxl_workbook.recalculation import recalculate
from support.engines import differences, stored_values
from support.template_files import FUNCTION_HOSTS, template


def without_stored_values(path: Path, target: Path) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f>", content)
            new.writestr(name, content)
    return target


@pytest.mark.slow
def test_every_value_of_a_report_comes_back(tmp_path: Path) -> None:
    scenarios = [Scenario(), Scenario(gpu="H200 SXM", model="Qwen3-32B", context_tokens=20000)]
    report = write_report(tmp_path / "report.xlsx", scenarios)
    expected = stored_values(report)
    assert len(expected) > 500
    bare = without_stored_values(report, tmp_path / "bare.xlsx")
    assert set(stored_values(bare).values()) == {None}
    found = recalculate(bare)
    assert found.calculated == found.formulas == len(expected)
    assert differences(expected, stored_values(bare)) == []


@pytest.mark.slow
@pytest.mark.parametrize("host", FUNCTION_HOSTS)
def test_every_value_of_a_template_comes_back(host: str, tmp_path: Path) -> None:
    path = template(tmp_path, host)
    recalculate(path)  # the light is not on before
    expected = stored_values(path)
    bare = without_stored_values(path, tmp_path / f"bare{path.suffix}")
    assert recalculate(bare).function_cells > 100
    assert differences(expected, stored_values(bare)) == []
