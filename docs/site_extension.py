"""What the site adds to Sphinx: titles of pages in links, pictures that open at full size, two kinds of blocks."""

from __future__ import annotations

from pathlib import PurePosixPath

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri
from sphinx.util.typing import ExtensionMetadata

UNKNOWN_TO_PYGMENTS = ("csv", "excel")


def setup(app: Sphinx) -> ExtensionMetadata:
    """What Sphinx calls."""
    for language in UNKNOWN_TO_PYGMENTS:
        app.add_lexer(language, TextLexer)
    app.connect("doctree-resolved", name_pages)
    app.connect("doctree-resolved", link_pictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_pages(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Put the title where a link's text is a file's name, as a reader of the files needs it."""
    pages = {name: title.astext() for name, title in app.env.titles.items() if name != app.config.root_doc}
    titles = {f"{PurePosixPath(name).name}.md": title for name, title in pages.items()}
    for link in doctree.findall(nodes.reference):
        for text in list(link.findall(nodes.Text)):
            title = titles.get(PurePosixPath(text).name)
            if title:
                text.parent.replace(text, nodes.Text(title))


def link_pictures(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Link each picture to its file: a sheet holds more than the width of a page shows."""
    for picture in list(doctree.findall(nodes.image)):
        if picture["uri"] not in app.env.images:
            continue  # there is no such file; Sphinx has said so
        _, name = app.env.images[picture["uri"]]
        target = relative_uri(app.builder.get_target_uri(page), f"{app.builder.imagedir}/{name}")
        link = nodes.reference("", "", refuri=target, internal=True)
        picture.replace_self(link)
        link += picture
