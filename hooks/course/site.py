"""What every renderer on a page needs: the corpus, the edition, and the page that is being rendered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown import Markdown

from .blocks import Block
from .corpus import Corpus, Page


def navigation_of(md: Markdown) -> Iterator[str]:
    """Give the pages in the order of Zensical's navigation; MkDocs tells its order by hooks/check.py."""
    if "rendering_context" in md.preprocessors:
        config: dict[str, Any] = md.preprocessors["rendering_context"].config  # type: ignore[attr-defined]
        waiting = list(reversed(config.get("nav") or []))
        while waiting:
            item = waiting.pop()
            if item["url"]:
                yield item["url"]
            waiting += reversed(item["children"])


def address(site: str, path: str) -> str:
    """Give the address of the page at `path`, relative to docs/, on the web; nothing where the site has none."""
    if not site:
        return ""
    return site.rstrip("/") + "/" + path.removesuffix(".md").removesuffix("index").rstrip("/") + "/"


@dataclass
class Site:
    """One Markdown instance's view of the sources."""

    md: Markdown
    corpus: Corpus
    edition: str
    address: str = ""
    """The site's address on the web, if that is known."""
    blocks: list[Block] = field(default_factory=list)
    """The blocks of the text that is being converted; a data block's argument is its place here."""

    @property
    def path(self) -> str | None:
        """The page's path relative to docs/, as MkDocs or Zensical tells it; None outside either."""
        # Both builders register a processor that knows the page, under a name of their own.
        if "relpath" in self.md.treeprocessors:
            return str(self.md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
        if "rendering_context" in self.md.preprocessors:
            return str(self.md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]
        return None

    @property
    def page(self) -> Page | None:
        """The page that is being rendered."""
        return self.corpus.page(self.path) if self.path else None
