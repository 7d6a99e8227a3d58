"""One scan of a page's source before anything else looks at it.

It finds every `/// name | argument` outside code fences, with its lines and its body as written. What depends on
the source rather than on the rendered page starts here: mistakes with their lines, instructor's notes that must not
be published, and the YAML of data blocks, whose indentation and blank lines Markdown would not keep.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .mistakes import Mistake

OPEN = re.compile(r"(?P<fence>/{3,})[ \t]*(?P<name>[^\s|/]+)[ \t]*(?:\|(?P<argument>.*))?")
CLOSE = re.compile(r"(?P<fence>/{3,})[ \t]*")
# What PyMdown's superfences surely takes as a fence. Of anything else the blocks inside are found, and an instructor's
# note is left out rather than shown.
CODE = re.compile(
    r"(?P<indent>[ \t]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?:\.?[\w#.+-]++)?+[ \t]*+"
    r"(?:\{[^`\n]*\}|(?:[a-zA-Z]\w*+=\"[^\"`]*+\"[ \t]*+)*)[ \t]*"
)
INSIDE = re.compile(r"(?:(?:>|[-*+:]|\d+[.)]|\[\^[^\]]*\]:)[ \t]*+)++(?P<block>/{3,}+[ \t]*+[^\s|/]+.*)")
"""A block that begins on the line of a quotation, an item or a footnote, where the scan cannot follow it."""

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
    "duties",
    "class",
    "classes",
    "sign-in",
    "run-sheet",
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
        elif not in_data and (match := _opening(stripped)):
            waiting.append((number, match["fence"], match["name"], (match["argument"] or "").strip()))
    while waiting:
        close(len(lines), closed=False)
    return sorted(blocks, key=lambda block: block.start)


def _opening(line: str) -> re.Match[str] | None:
    """Give what opens a block, also inside a quotation or an item if it may be the instructor's: it is left out."""
    if match := OPEN.fullmatch(line):
        return match
    inside = INSIDE.fullmatch(line)
    match = OPEN.fullmatch(inside["block"]) if inside else None
    return match if match and _is_private(match["name"]) else None


def _is_private(name: str) -> bool:
    """Say whether a block is the instructor's, or so misspelt that it might be."""
    return name == PRIVATE or name not in (*DATA, *PROSE)


def _code_lines(lines: list[str]) -> set[int]:
    """Give the lines inside code fences. A fence that never ends opens nothing: Markdown takes it as text, too."""
    code: set[int] = set()
    closings = fences(lines)
    number = 0
    while number < len(lines):
        if (end := fence_end(lines, number, closings)) is not None:
            code.update(range(number, end + 1))
            number = end
        number += 1
    return code


def fences(lines: list[str]) -> dict[str, list[int]]:
    """Give every line that can close a fence, with the numbers of the lines that are it."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.lstrip(" \t").startswith(("```", "~~~")):
            found.setdefault(line.rstrip(" \t"), []).append(number)
    return found


def fence_end(lines: list[str], number: int, closings: Mapping[str, list[int]]) -> int | None:
    """Give the line that closes the code fence that line `number` opens, if it opens one."""
    match = CODE.fullmatch(lines[number])
    if match is None:
        return None
    indent = match["indent"]
    ends = closings.get(indent + match["fence"], [])
    place = bisect_right(ends, number)
    if place == len(ends):
        return None
    # A line that stands further left ends an item, and with it the fence.
    inside = lines[number : ends[place]] if indent else ()
    return ends[place] if all(line.startswith(indent) or not line.strip() for line in inside) else None


def mistakes(text: str, blocks: list[Block], path: str, first_line: int) -> Iterator[Mistake]:
    """Tell unknown, unclosed and quoted blocks; `text` begins on `first_line` of `path`."""
    known = (*DATA, *PROSE)
    lines = text.split("\n")
    for number in set(range(len(lines))) - _code_lines(lines):
        if match := INSIDE.fullmatch(lines[number].strip()):
            what, remedy = f"块“{match['block']}”写在列表或脚注的行里", "块要另起一段"
            if ">" in lines[number][: match.start("block")]:
                what, remedy = f"块“{match['block']}”写在引用（>）里", "块要另起一段，前面不加“>”"
            yield Mistake(path, first_line + number, what, remedy)
    for block in blocks:
        line = first_line + block.start
        if block.name not in known:
            close = difflib.get_close_matches(block.name, known, 1)
            remedy = f"是不是“/// {close[0]}”？" if close else "可用：" + "、".join(known)
            yield Mistake(path, line, f"不认识的块“/// {block.name}”", remedy)
        elif not block.closed and not INSIDE.fullmatch(lines[block.start].strip()):
            yield Mistake(path, line, f"“/// {block.name}”没有结束", "在块的最后另起一行写“///”")


def hidden_lines(blocks: list[Block], edition: str) -> set[int]:
    """Give the lines that an edition may not show."""
    if edition == PRIVATE:
        return set()
    hidden = (block for block in blocks if _is_private(block.name))
    return {number for block in hidden for number in range(block.start, block.end + 1)}


def published(text: str, blocks: list[Block], edition: str) -> str:
    """Give the text that an edition may show, line for line.

    The trainee's edition loses instructor's notes, and every block whose name is misspelt: it might be one. A data
    block keeps its opening line, with its place in `blocks` as its argument, and loses its body.
    """
    lines = text.split("\n")
    hidden = hidden_lines(blocks, edition)
    for number in hidden & set(range(len(lines))):
        lines[number] = ""
    for place, block in enumerate(blocks):
        inside = range(block.start, min(block.end + 1, len(lines)))
        if block.name in DATA and lines[block.start]:
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
