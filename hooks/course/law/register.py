"""The register: which name means which statute, and who cites which article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from ..corpus import Corpus, Page, RepealedMeta
from .citation import Citation

FOLDER = "law"


@lru_cache(maxsize=2)
def register_of(corpus: Corpus) -> Register:
    """Give the register of a corpus, made once."""
    return Register(corpus)


@dataclass(frozen=True, eq=False)
class Register:
    """The statutes of a corpus."""

    corpus: Corpus

    @cached_property
    def pages(self) -> list[Page]:
        """The statutes' pages, in the navigation's order."""
        return [page for page in self.corpus.pages(FOLDER) if page.statute]

    @cached_property
    def by_name(self) -> dict[str, Page]:
        """Every name, short or full, and the page it means."""
        names: dict[str, Page] = {}
        for page in self.pages:
            assert page.statute
            for name in (page.statute.full, *page.statute.short):
                names.setdefault(name, page)
        return names

    @cached_property
    def repealed(self) -> dict[str, str]:
        """Names of statutes no longer in force, and where their matter stands now."""
        metas = [page.meta for page in self.corpus.pages(FOLDER)]
        return {name: now for meta in metas if isinstance(meta, RepealedMeta) for name, now in meta.repealed.items()}

    def page_of(self, citation: Citation, page: Page | None) -> Page | None:
        """Give the statute's page that `citation`, which stands on `page`, means."""
        if citation.statute is None:
            return page if page and page.statute else None
        return self.by_name.get(citation.statute)

    @cached_property
    def cited_by(self) -> dict[tuple[str, str], list[Page]]:
        """Who cites an article: (path of its statute's page, key) → pages outside the register, in teaching order."""
        index: dict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in self.corpus.pages():
            if page.statute:
                continue
            data = (located for file in self.corpus.data_files(page) for located in self.corpus.data_citations(file))
            for located in (*page.citations, *data):
                cited = located.found
                if isinstance(cited, Citation) and (statute := self.page_of(cited, page)):
                    pages = index[statute.path, cited.key]
                    if page not in pages:
                        pages.append(page)
        return index


def note_id(page: Page, key: str) -> str:
    """Give the ID of an article's note on a page that cites it."""
    return f"law-note-{PurePosixPath(page.path).stem}-{key}"
