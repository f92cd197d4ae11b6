# What people run here. Each line can be copied and run without just; on Windows it is .venv\Scripts, not .venv/bin.

# Show the recipes.
default:
    @just --list

# Make the folder .venv with everything that tests and pages need.
setup:
    python3 -m venv .venv
    .venv/bin/pip install -e ".[test,dev]"

# The fast tests: no LibreOffice, no browser, no Node.
test *arguments:
    .venv/bin/pytest {{arguments}}

# The fast and the slow tests, as CI runs them.
test-all:
    .venv/bin/pytest
    .venv/bin/pytest -m "slow or hypothesis" --hypothesis-profile=ci

# The whole proof, in place of the samples that CI takes.
proof:
    .venv/bin/pytest -m "slow or hypothesis" --hypothesis-profile=proof

# Style and types.
lint:
    .venv/bin/ruff check && .venv/bin/ruff format --check
    .venv/bin/mypy

# The pages as a site: open build/site/index.html.
docs:
    .venv/bin/sphinx-build -W -c docs . build/site

# Draw the pictures of the pages anew; needs LibreOffice and pdftoppm.
images:
    .venv/bin/python docs/build_images.py

# Rebuild what is made from the code: references, signatures, the committed template.
regenerate *arguments:
    .venv/bin/python docs/regenerate.py {{arguments}}

# Time the core and the Excel functions, each beside a floor measured in the same run.
bench:
    .venv/bin/python benchmarks/run.py
    .venv/bin/python benchmarks/excel_functions.py
