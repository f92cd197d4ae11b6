"""main.py of xlwings Lite: made from the sources, complete, the same each time, and safe to run again."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from napkinxl.formulas import TOPICS
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite import bundle
from napkinxl_addin.lite.bundle import lite_files, literal, main_text
from napkinxl_addin.lite.needed_sources import needed_sources
from support import lite_xlwings

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"napkinxl": ROOT / "core" / "napkinxl", "napkinxl_addin": ROOT / "addin" / "napkinxl_addin"}
LITE_LIBRARY = {"napkinxl", "napkinxl_addin", "xlwings"}

# Runs each argument's file as the add-in does, without any installed package, and says what came of it.
RUNNER = """
import sys, types
for path in sys.argv[1:]:
    main = types.ModuleType("main")
    exec(open(path, encoding="utf-8").read(), main.__dict__)
    print({statement})
"""


def run(tmp_path: Path, mains: list[str], statement: str) -> list[str]:
    """Run main.py files one after the other in a fresh interpreter; what the statement says after each."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    shutil.copyfile(lite_xlwings.__file__, home / "xlwings.py")
    for number, text in enumerate(mains):
        (home / f"main{number}.py").write_text(text, encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(home)!r})\n{RUNNER.format(statement=statement)}"
    files = [str(home / f"main{number}.py") for number in range(len(mains))]
    environment = {"TMPDIR": str(home), "XLWINGS_ON_SERVER": "true", "SYSTEMROOT": "C:\\Windows", "TEMP": str(home)}
    # -I and -S: neither the sources here nor installed packages are in reach.
    command = [sys.executable, "-I", "-S", "-c", code, *files]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def sources() -> dict[str, str]:
    return needed_sources("napkinxl_addin.udfs", FOLDERS)


def test_main_gives_out_every_function(tmp_path: Path) -> None:
    statement = "*[name.upper() for name, item in vars(main).items() if hasattr(item, '__xlfunc__')]"
    (names,) = run(tmp_path, [lite_files()["main.py"]], statement)
    assert sorted(names.split()) == sorted(FUNCTIONS)


def test_main_computes_the_published_figures(tmp_path: Path) -> None:
    # The article: 26.2 GB of KV cache for 200k tokens; 305 users at 20k tokens and a duty of 20 %.
    statement = "main.kv_cache_gb('Article 32B', 200000), main.users_per_gpu('B200', 'Article 32B', 20000, 0.2)"
    assert run(tmp_path, [lite_files()["main.py"]], statement) == ["26.2144 305.0"]


def test_running_again_is_quick_and_a_newer_main_takes_over(tmp_path: Path) -> None:
    old, new = (main_text({"napkinxl_toy/__init__.py": f"value = {value}\n"}, "napkinxl_toy") for value in (1, 2))
    assert run(tmp_path, [old, old, new, old], "main.value") == ["1", "1", "2", "1"]


def test_what_an_interrupted_run_left_is_not_taken(tmp_path: Path) -> None:
    main = main_text({"napkinxl_toy/__init__.py": "value = 1\n"}, "napkinxl_toy")
    run(tmp_path, [main], "main.value")
    (folder,) = (tmp_path / "home").glob("napkinxl-*")
    (folder / "napkinxl_toy" / "__init__.py").write_text("value = 'half")
    folder.rename(folder.with_suffix(".new"))
    assert run(tmp_path, [main], "main.value") == ["1"]


def test_the_same_sources_give_the_same_bytes() -> None:
    assert lite_files() == lite_files()


def test_a_wheel_and_a_checkout_with_other_line_ends_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, folder in FOLDERS.items():
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                target = tmp_path / name / path.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    expected = lite_files()
    for name in FOLDERS:
        installed = SimpleNamespace(__name__=name, __path__=[str(tmp_path / name)], __version__="0.1.0")
        monkeypatch.setattr(bundle, name, installed)
    assert lite_files() == expected


def test_every_import_is_there() -> None:
    """Whatever a module imports as it is loaded is the standard library, xlwings or in the bundle."""
    found = sources()
    del found["napkinxl_addin/columns.py"]  # loaded only where numpy is
    for name, text in found.items():
        if not name.endswith(".py"):
            continue
        for statement in ast.parse(text).body:
            for module in imported(statement):
                top = module.partition(".")[0]
                assert top in LITE_LIBRARY or top in sys.stdlib_module_names, (name, module)
                if top.startswith("napkinxl"):
                    path = module.replace(".", "/")
                    assert f"{path}.py" in found or f"{path}/__init__.py" in found, (name, module)


def imported(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    return [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []


def test_data_is_there_and_what_is_not_needed_is_not() -> None:
    found = set(sources())
    assert {f"napkinxl/catalog/{name}.csv" for name in ("gpus", "models", "rental_prices")} <= found
    assert "napkinxl/evidence/published_figures.csv" in found
    assert {f"napkinxl/formulas/{topic.replace('.', '/')}.py" for topic in TOPICS} <= found
    unneeded = {"evidence/measured.csv", "estimates/frames.py", "scenarios/scenario.py", "formulas/plan/__init__.py"}
    assert not found & {f"napkinxl/{name}" for name in unneeded}
    assert not {name for name in found if "/lite/" in name}


def test_main_is_small_and_readable() -> None:
    main = lite_files()["main.py"]
    assert len(main) < 2_500 * len(FUNCTIONS)
    for text in sources().values():
        assert text in main


def test_requirements_name_one_package_a_line() -> None:
    names = [line.split()[0].partition(">")[0] for line in lite_files()["requirements.txt"].splitlines()]
    assert names == ["xlwings", "python-dotenv", "pyodide-http", "black"]


@given(st.text())
@example("'''")
@example("ends with a quote'")
@example("ends with a backslash\\")
@example("'starts with a quote\n")
@example("x''' r'''y")
@example("line\r\nends\r")
@example("\\u0041\\N{DASH}\n")
@example("\x00")
@example("\ud800")
@example("\ufeffmark")
def test_any_text_survives_as_source(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text
    literal(text).encode()


def test_needed_sources_follow_what_runs(tmp_path: Path) -> None:
    files = {
        "__init__.py": "",
        "start.py": (
            "from typing import TYPE_CHECKING\n"
            "import json\n"
            "from toy import topics\n"
            "from toy.deep.inner import VALUE\n"
            "if TYPE_CHECKING:\n    from toy.hints import Hint\n"
            "def later():\n    from toy import lazy\n    return open('data.csv')\n"
        ),
        "lazy.py": "",
        "hints.py": "",
        "unused.py": "NAME = 'other.csv'\n",
        "data.csv": "a,b\n",
        "other.csv": "c\n",
        "deep/__init__.py": "",
        "deep/inner.py": "VALUE = 1\n",
        "topics/__init__.py": (
            "from importlib import import_module\n[import_module('toy.topics.' + name) for name in ('a', 'b')]\n"
        ),
        "topics/a.py": "import numpy\n",
        "topics/b.py": "",
        "topics/unnamed.py": "",
    }
    for name, text in files.items():
        (tmp_path / "toy" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "toy" / name).write_text(text)
    found = needed_sources("toy.start", {"toy": tmp_path / "toy"})
    assert set(files) - {name.removeprefix("toy/") for name in found} == {
        "hints.py",
        "unused.py",
        "other.csv",
        "topics/unnamed.py",
    }
    assert list(found) == sorted(found)
