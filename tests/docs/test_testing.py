"""The page about tests shows the samples that they draw."""

from __future__ import annotations

from docs.pages import pages
from support.sizes import SIZES


def test_the_page_shows_every_size() -> None:
    rows = [f"| {size.what} | {size.dev:,} | {size.ci:,} | {size.proof:,} |" for size in SIZES.values()]
    assert [line for line in pages()["docs/testing.md"].splitlines() if line.startswith("| ")][2:] == rows


def test_every_profile_tries_more_than_the_one_before() -> None:
    assert all(size.dev < size.ci < size.proof for size in SIZES.values())
