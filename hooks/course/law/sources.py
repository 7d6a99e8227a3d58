"""Citations of a source file, with their lines: a page's Markdown, or a quiz's YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..blocks import OPEN, fence_end, fences
from .citation import Bare, Citation, find
from .statute import heading_key

# What begins a block of its own: a table's row, an item, a heading, a quotation, a key of YAML.
BLOCK_START = re.compile(r"\s*(?:\||[-*+] |\d+[.、] |#|>|/{3,}|[\w-]+:)")
CODE_SPAN = re.compile(r"`[^`\n]+`")
QUOTED = "outline"
"""The block in which the outlines are quoted: their citations are left alone."""


class Located(NamedTuple):
    """A citation and the line of its file, from 1, with the sentence it stands in."""

    line: int
    found: Citation | Bare
    sentence: str


def citations(text: str) -> Iterator[Located]:
    """Find the citations of a whole file: front matter, prose and data alike; code and marked quotations apart."""
    for first, block in _blocks(_without_code(text)):
        for found in find(block) if "条" in block else ():
            line = first + block.count("\n", 0, found.start)
            yield Located(line, found, _sentence(block, found.start, found.end))


def _without_code(text: str) -> list[str]:
    """Give the lines of `text`, empty where there is code, a quotation of the outlines, or an article's own heading."""
    lines = text.split("\n")
    closings = fences(lines)
    skipping, code_end = "", -1
    for number, line in enumerate(lines):
        stripped = line.strip()
        if skipping or number <= code_end:
            lines[number] = ""
            if stripped == skipping:
                skipping = ""
        elif (opening := OPEN.fullmatch(stripped)) and opening["name"] == QUOTED:
            skipping, lines[number] = opening["fence"], ""
        elif (end := fence_end(lines, number, closings)) is not None:
            code_end, lines[number] = end, ""
        elif line.startswith("## ") and heading_key(line[3:]):
            lines[number] = ""
        else:
            lines[number] = CODE_SPAN.sub(lambda match: " " * len(match[0]), line)
    return lines


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Give each block's first line, from 1, and its text."""
    first, block = 1, [""]
    for number, line in enumerate(lines, 1):
        if not line.strip() or BLOCK_START.match(line):
            yield first, "\n".join(block)
            first, block = number, [line]
        else:
            block.append(line)
    yield first, "\n".join(block)


def _sentence(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in "。；！？\n|") + 1
    after = min((place for mark in "。；！？\n|" if (place := text.find(mark, end)) >= 0), default=len(text))
    return text[before:after]
