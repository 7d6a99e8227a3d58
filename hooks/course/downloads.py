"""Files that pages offer for download, made by the build from what stands on the page.

`python -m course.downloads site` writes them into a site that a builder without hooks has built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import letter
from .blocks import DATA, hidden_lines
from .cohort.calendar import calendar_path, to_ics
from .cohort.plan import cohorts
from .corpus import Corpus
from .site import address
from .source import read
from .workbook.model import Workbook
from .workbook.tree import workbook_path
from .workbook.xlsx import to_xlsx


def documents(corpus: Corpus, edition: str = "trainee", site: str = "") -> dict[str, Callable[[], bytes]]:
    """Give what writes every letter's DOCX, workbook's XLSX and cohort's ICS, by path relative to docs/.

    A document shows what its page shows: nothing of the instructor's in the trainee's edition. `site` is the site's
    address, if that is known.
    """
    found: dict[str, Callable[[], bytes]] = {}
    for page in corpus.pages():
        hidden = hidden_lines(page.blocks, edition)
        # What an unclosed block of data has swallowed, notes included, is no part of a letter.
        data = {number for block in page.blocks if block.name in DATA for number in range(block.start, block.end + 1)}
        for block in page.blocks if page.is_for(edition) else ():
            if block.start in hidden:
                continue
            if block.name == letter.BLOCK:
                lines = enumerate(block.body.split("\n"), block.start + 1)
                body = "\n".join("" if number in hidden | data else line for number, line in lines)
                found[letter.document_path(page.path)] = partial(letter.to_docx, body)
            elif block.name == "workbook" and (book := read(Workbook, block.body, page.path).model):
                found[workbook_path(page.path)] = partial(to_xlsx, book)
    for page in cohorts(corpus):
        if page.is_for(edition):
            found[calendar_path(page.path)] = partial(to_ics, corpus, page, address(site, page.path))
    return found


def main(site: Path) -> None:
    """Write the documents of the project in the current folder."""
    corpus = Corpus.here()
    for path, write in documents(corpus, os.environ.get("EDITION", "trainee"), os.environ.get("SITE_URL", "")).items():
        (site / path).write_bytes(write())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
