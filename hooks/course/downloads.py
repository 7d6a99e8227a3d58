"""Files that pages offer for download, made by the build from what stands on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import letter
from .corpus import Corpus
from .source import read
from .workbook.model import Workbook
from .workbook.tree import workbook_path
from .workbook.xlsx import to_xlsx


def documents(corpus: Corpus) -> dict[str, Callable[[], bytes]]:
    """Give what writes the DOCX of every letter and the XLSX of every workbook, by path relative to docs/."""
    found: dict[str, Callable[[], bytes]] = {}
    for page in corpus.pages():
        for block in page.blocks:
            if block.name == letter.BLOCK:
                found[letter.document_path(page.path)] = partial(letter.to_docx, block.body)
            elif block.name == "workbook" and (book := read(Workbook, block.body, page.path).model):
                found[workbook_path(page.path)] = partial(to_xlsx, book)
    return found
