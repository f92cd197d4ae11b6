"""The recipes of the justfile are plain lines that run what there is, and the contributors' page names them all."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest

from docs.pages import ROOT, pages

RECIPE = re.compile(r"^([a-z-]+)(?: \*\w+)?:\n((?:    .+\n)+)", re.MULTILINE)
RECIPES = {name: [line.strip() for line in body.splitlines()]
           for name, body in RECIPE.findall((ROOT / "justfile").read_text(encoding="utf-8"))}  # fmt: skip
WANTED = {"setup", "test", "test-all", "proof", "lint", "regenerate", "docs", "images", "bench"}
# The programs that `setup` installs, and the package that brings each.
PROGRAMS = {"pip": None, "python": None, "pytest": "pytest", "ruff": "ruff", "mypy": "mypy", "sphinx-build": "sphinx"}


def commands(name: str) -> list[list[str]]:
    lines = [re.sub(r" \{\{\w+\}\}", "", line) for line in RECIPES[name]]
    return [shlex.split(part) for line in lines for part in line.split(" && ")]


def test_every_recipe_is_there_and_in_the_page() -> None:
    assert RECIPES.keys() - {"default"} == WANTED
    assert [name for name in WANTED if f"`just {name}`" not in pages()["CONTRIBUTING.md"]] == []


@pytest.mark.parametrize("name", sorted(WANTED))
def test_recipe_is_a_plain_line_or_two_of_what_there_is(name: str) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    installed = {re.split(r"[>=<\[]", item)[0] for extra in ("test", "dev", "docs") for item in extras[extra]}
    assert len(RECIPES[name]) <= 2
    for program, *arguments in commands(name):
        if program == "python3":
            assert arguments == ["-m", "venv", ".venv"]
            continue
        brought_by = PROGRAMS[program.removeprefix(".venv/bin/")]
        assert brought_by is None or brought_by in installed
        named = [word for word in arguments if re.fullmatch(r"[\w.]+(/[\w.]+)*(\.py|docs)", word)]
        assert [word for word in named if not (ROOT / word).exists()] == []
        if program == ".venv/bin/python":
            assert arguments[0] in named


def test_ci_runs_what_the_recipes_run() -> None:
    """Line by line: who runs `just test-all` and `just lint` has seen what CI looks at."""
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("test-all", "lint", "regenerate"):
        for command in commands(name):
            assert re.sub(r" \"?-m.*", "", " ".join(command)) in ci, command
    slow = next(line for line in ci.splitlines() if "--hypothesis-profile=ci" in line)
    assert slow in [re.sub(r" \{\{\w+\}\}", "", line) for line in RECIPES["test-all"]]


def test_hooks_need_no_network() -> None:
    """What a hook runs is in .venv, or is pre-commit's own; a repository would be cloned."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^ *- repo: (.*)$", text, re.MULTILINE) == ["local"]
    assert set(re.findall(r"^ *language: (.*)$", text, re.MULTILINE)) == {"system", "pygrep"}
    entries = re.findall(r"^ *entry: (\.venv/bin/.*)$", text, re.MULTILINE)
    assert len(entries) == text.count("language: system")
    assert {entry.split()[0].removeprefix(".venv/bin/") for entry in entries} == {"ruff", "mypy"}
