"""What an edit changes: the facts that pages take from each other's sources.

A page's HTML depends on its own source and on these facts alone. An edit of running text leaves them as they are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from .blocks import DATA, PRIVATE
from .corpus import Corpus, Page
from .law.citation import Citation
from .source import split_front_matter

HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
READ_WHOLE = ("law/", "glossary.md", "paths.md")
"""Pages whose text other pages show: gists, explanations, learning paths."""


def facts(corpus: Corpus, *more: object) -> str:
    """Give a digest of everything that one page takes from others, and of `more`."""
    digest = hashlib.sha256(repr(more).encode())
    digest.update(repr(corpus.company).encode())
    for page in corpus.pages():
        digest.update(repr(_facts(corpus, page)).encode())
    own = (file for file in (corpus.company.files.values() if corpus.company else ()) if file.suffix == ".svg")
    for file in (*_files(corpus.quizzes, "*.yml"), *_files(corpus.docs, "*.svg"), *own):
        status = file.stat()
        digest.update(repr((file.as_posix(), status.st_mtime_ns, status.st_size)).encode())
    return digest.hexdigest()


def notes(corpus: Corpus) -> str:
    """Give a digest of all pages with instructor's notes, which run sheets show by the headings above them."""
    told = [(page.path, page.body) for page in corpus.pages() if any(block.name == PRIVATE for block in page.blocks)]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _facts(corpus: Corpus, page: Page) -> tuple[object, ...]:
    text = corpus.file_of(page.path).read_text(encoding="utf-8-sig")
    if page.path.startswith(READ_WHOLE):
        return page.path, text
    cited = {
        (located.found.statute, located.found.key) for located in page.citations if isinstance(located.found, Citation)
    }
    data = [(block.name, block.argument, block.body) for block in page.blocks if block.name in DATA]
    front, body = split_front_matter(text)
    return page.path, front, HEADING.findall(body), sorted(map(str, cited)), data, page.reading_minutes


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    return sorted(folder.rglob(pattern))
