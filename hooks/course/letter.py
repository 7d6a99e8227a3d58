"""Letters: documents to take away, on the page and as DOCX from the same Markdown."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath

import pypandoc

BLOCK = "letter"
MARKDOWN = "markdown-yaml_metadata_block"
"""Text between two rules is no metadata."""
TABLE = re.compile(r"^\|.*\n\|[-|: ]+\n(?:\|.*\n?)+", re.MULTILINE)
NARROWEST, WIDEST = 4, 30
"""Bounds of a column's share of the width, in characters of its longest cell."""
STYLES, MARGINS = "word/styles.xml", b"<w:tblCellMar>"
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080" />' for side in SIDES)


def document_path(page: str) -> str:
    """Give the path of a page's document, which lies beside it."""
    return PurePosixPath(page).with_suffix(".docx").as_posix()


@lru_cache(maxsize=256)
def to_docx(body: str) -> bytes:
    """Write Markdown as DOCX with pandoc; two builds of one commit write the same bytes (SOURCE_DATE_EPOCH)."""
    # No title: what the page is called is not what the letter says.
    options = ["--metadata", "lang=zh-Hans", "--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "letter.docx"
        pypandoc.convert_text(TABLE.sub(_shared, body), "docx", MARKDOWN, extra_args=options, outputfile=str(file))
        return _ruled(file.read_bytes())


def _shared(table: re.Match[str]) -> str:
    """Give each column of a table its share of the page by its longest cell; pandoc reads the shares off the dashes."""
    head, _, *rows = table[0].rstrip("\n").split("\n")
    cells = [[cell.strip() for cell in row.strip()[1:-1].split("|")] for row in (head, *rows)]
    widths = [min(max(NARROWEST, *map(len, column)), WIDEST) for column in zip(*cells, strict=False)]
    return "\n".join([head, "|" + "|".join("-" * width for width in widths) + "|", *rows, ""])


def _ruled(document: bytes) -> bytes:
    """Rule the tables, which pandoc leaves open: a form is filled in by hand, too."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == STYLES:
                # In the one table style that pandoc uses; borders stand before margins in the schema.
                content = content.replace(MARGINS, f"<w:tblBorders>{RULES}</w:tblBorders>".encode() + MARGINS, 1)
            new.writestr(part, content)
    return written.getvalue()
