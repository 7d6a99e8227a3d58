"""One scan of a page's source before anything else looks at it.

It finds every `/// name | argument` outside code fences, with its lines and its body as written. What depends on
the source rather than on the rendered page starts here: mistakes with their lines, instructor's notes that must not
be published, and the YAML of data blocks, whose indentation and blank lines Markdown would not keep.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .mistakes import Mistake

OPEN = re.compile(r"(?P<fence>/{3,})[ \t]*(?P<name>[^\s|/]+)[ \t]*(?:\|(?P<argument>.*))?")
CLOSE = re.compile(r"(?P<fence>/{3,})[ \t]*")
CODE = re.compile(r"(?P<fence>`{3,}|~{3,})[^`]*")
QUOTED = re.compile(r"(?:>[ \t]*)+(/{3,}[ \t]*[^\s|/]+.*)")

DATA = (
    "quiz",
    "scenario",
    "scenarios",
    "practice",
    "schedule",
    "lessons",
    "courses",
    "figure",
    "workbook",
    "statutes",
    "scope",
)
"""Blocks whose body is data (or empty): never Markdown."""

PROSE = ("instructor", "redline", "case", "note", "outline", "form", "letter")
"""Blocks whose body is Markdown."""

PRIVATE = "instructor"
"""The block that only the instructor's edition shows."""


@dataclass(frozen=True)
class Block:
    """A block as it stands in the source. Lines count from 0, within the text that was scanned."""

    name: str
    argument: str
    start: int
    """The line that opens it."""
    end: int
    """The line that closes it; where it is not closed, the line after the last."""
    body: str
    closed: bool


def scan(text: str) -> list[Block]:
    """Find the blocks of a page's body, in the order in which they open."""
    lines = text.split("\n")
    blocks: list[Block] = []
    # Openings that wait for their end, innermost last: line, fence, name, argument.
    waiting: list[tuple[int, str, str, str]] = []
    code = _code_lines(lines)

    def close(at: int, closed: bool) -> None:
        start, _, name, argument = waiting.pop()
        blocks.append(Block(name, argument, start, at, "\n".join(lines[start + 1 : at]), closed))

    for number, line in enumerate(lines):
        stripped = line.strip()
        in_data = bool(waiting) and waiting[-1][2] in DATA
        if number in code and not in_data:
            continue
        if match := CLOSE.fullmatch(stripped):
            fences = [fence for _, fence, _, _ in waiting]
            if match["fence"] in fences:
                # An inner block that was never closed ends where the outer one does.
                while waiting[-1][1] != match["fence"]:
                    close(number, closed=False)
                close(number, closed=True)
        elif not in_data and (match := OPEN.fullmatch(stripped)):
            waiting.append((number, match["fence"], match["name"], (match["argument"] or "").strip()))
    while waiting:
        close(len(lines), closed=False)
    return sorted(blocks, key=lambda block: block.start)


def _code_lines(lines: list[str]) -> set[int]:
    """Give the lines inside code fences. A fence that never ends opens nothing: Markdown takes it as text, too."""
    code: set[int] = set()
    number = 0
    while number < len(lines):
        if match := CODE.fullmatch(lines[number].strip()):
            fence = match["fence"]
            end = next((n for n in range(number + 1, len(lines)) if lines[n].strip() == fence), None)
            if end is not None:
                code.update(range(number, end + 1))
                number = end
        number += 1
    return code


def mistakes(text: str, blocks: list[Block], path: str, first_line: int) -> Iterator[Mistake]:
    """Tell unknown, unclosed and quoted blocks; `text` begins on `first_line` of `path`."""
    known = (*DATA, *PROSE)
    lines = text.split("\n")
    for number in set(range(len(lines))) - _code_lines(lines):
        if match := QUOTED.fullmatch(lines[number].strip()):
            yield Mistake(path, first_line + number, f"块“{match[1]}”写在引用（>）里", "块要另起一段，前面不加“>”")
    for block in blocks:
        line = first_line + block.start
        if block.name not in known:
            close = difflib.get_close_matches(block.name, known, 1)
            remedy = f"是不是“/// {close[0]}”？" if close else "可用：" + "、".join(known)
            yield Mistake(path, line, f"不认识的块“/// {block.name}”", remedy)
        elif not block.closed:
            yield Mistake(path, line, f"“/// {block.name}”没有结束", "在块的最后另起一行写“///”")


def published(text: str, blocks: list[Block], edition: str) -> str:
    """Give the text that an edition may show, line for line.

    The trainee's edition loses instructor's notes, and every block whose name is misspelt: it might be one. A data
    block keeps its opening line, with its place in `blocks` as its argument, and loses its body.
    """
    lines = text.split("\n")
    for place, block in enumerate(blocks):
        inside = range(block.start, min(block.end + 1, len(lines)))
        hidden = block.name == PRIVATE or block.name not in (*DATA, *PROSE)
        if hidden and edition != "instructor":
            for number in inside:
                lines[number] = ""
        elif block.name in DATA and lines[block.start]:
            indent = lines[block.start][: len(lines[block.start]) - len(lines[block.start].lstrip())]
            fence = OPEN.fullmatch(lines[block.start].strip())["fence"]  # type: ignore[index]
            for number in inside:
                lines[number] = ""
            lines[block.start] = f"{indent}{fence} {block.name} | {place}"
            if len(inside) > 1:
                lines[block.start + 1] = indent + fence
            else:
                lines[block.start] = ""
    return "\n".join(lines)
