"""A lesson as plain HTML outside the site: the site's own rendering, without links to pages that are not there."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.slugs import slugify

from .corpus import Corpus
from .quiz import tree as quiz_tree
from .quiz.model import Quiz

EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"slugify": slugify(case="lower")},
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.superfences": {},
    "pymdownx.blocks.admonition": {
        "types": [
            {"name": "redline", "title": "红线"},
            {"name": "case", "title": "案例"},
            {"name": "note", "title": "说明"},
        ]
    },
    "course.extension": {},
}
"""As in mkdocs.yml, but for what only a site needs: links to a heading."""


Finish = Callable[[ET.Element, str], object]
"""What is done last to the finished tree of the page at a path."""


class Articles:
    """Renders lessons and quizzes, one after the other."""

    def __init__(self, corpus: Corpus, edition: str = "trainee", finish: Finish | None = None) -> None:
        """Make the renderer once."""
        self.corpus = corpus
        options = {"docs": str(corpus.docs), "quizzes": str(corpus.quizzes), "edition": edition, "corpus": corpus}
        configs = {**EXTENSIONS, "course.extension": options}
        self.md = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=configs)
        self.links = _Links(self.md, finish)
        # The name by which course.site asks for the page, and MkDocs' own place for what resolves links.
        self.md.treeprocessors.register(self.links, "relpath", 0)

    def lesson(self, path: str) -> str:
        """Render the body of the page at `path`, relative to docs/."""
        page = self.corpus.page(path)
        assert page
        return self.text(page.body, path)

    def text(self, text: str, path: str) -> str:
        """Render Markdown as though it stood on the page at `path`."""
        self.links.file.src_uri = path
        return self.md.reset().convert(text)

    def quiz(self, identifier: str, quiz: Quiz) -> str:
        """Render a quiz that stands on no page; its citations stay text."""
        return self.drawn(lambda root: quiz_tree.render(root, identifier, quiz, "trainee"))

    def drawn(self, draw: Callable[[ET.Element], object]) -> str:
        """Render what `draw` appends to an element, whose texts are inline Markdown; its citations stay text."""
        self.links.file.src_uri = ""
        self.md.reset()
        root = ET.Element("div")
        draw(root)
        for processor in self.md.treeprocessors:
            root = processor.run(root) or root
        html = self.md.serializer(root)
        for finish in self.md.postprocessors:
            html = finish.run(html)
        return html


class _Links(Treeprocessor):
    """Keeps links within the page and to the outside; what is left of others is their text."""

    def __init__(self, md: markdown.Markdown, finish: Finish | None) -> None:
        super().__init__(md)
        self.file = SimpleNamespace(src_uri="")
        self.finish = finish

    def run(self, root: ET.Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.get("class") == "download":
                    parent.remove(child)
        for link in root.iter("a"):
            self._resolve(link)
        if self.finish:
            self.finish(root, self.file.src_uri)

    def _resolve(self, link: ET.Element) -> None:
        href = link.get("href", "")
        if note := link.get("data-law"):
            link.set("href", f"#{note}")
        elif "://" in href:
            link.set("target", "_blank")
            link.set("rel", "noopener")
        elif not href.startswith("#"):
            link.attrib.pop("href", None)
