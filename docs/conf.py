"""The site of these pages, made from the repository's root by `sphinx-build -W -c docs . build/site`."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS), *(str(DOCS.parent / name) for name in ("core", "addin", "workbook"))]

project = "napkinxl"
project_copyright = "2026 The napkinxl authors"
# The source is the root, so that the README and its neighbours are pages and a link is the one that GitHub follows.
root_doc = "docs/index"
include_patterns = ["*.md", "docs/*.md", "examples/*.md"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "site_extension"]
myst_heading_anchors = 4
nitpicky = True
nitpick_ignore_regex = [("py:class", ".*")]  # types of other libraries and of inner modules have no page
autodoc_preserve_defaults = True
smartquotes = False  # quotation marks are part of formulas and commands

html_theme = "furo"
html_title = "napkinxl"
html_static_path = ["site/static"]
templates_path = ["site/templates"]
html_css_files = ["site.css"]
html_additional_pages = {"index": "redirect.html"}  # the first page lies in docs/
html_copy_source = False
html_show_sphinx = False
