"""What a trainer does in a lesson, minute by minute: the line 时间 of its instructor's notes, and the other notes.

时间（45 分钟）：导入 3，心理准备 6，资料准备 14（含提问 3），自测 5。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..blocks import PRIVATE, Block
from ..corpus import Corpus, Page
from ..mistakes import Mistake

TIMES = re.compile(
    r"^(?:\*\*)?(?:时间(?:（[^（）]*?(?P<total>\d+) 分钟）)?|(?P<alone>\d+) 分钟)(?:\*\*)?：(?P<steps>[^。\n]*)。?",
    re.MULTILINE,
)
BETWEEN = re.compile(r"\s*[，；·]\s*(?![^（]*）)")
STEP = re.compile(r"(?P<name>.+?)\s*(?P<minutes>\d+)(?: *分钟)?(?P<detail>（[^（）]*）)?")
LEAD = re.compile(r"\**(\w{2,}?)(?: *\d+ *分钟)?\**[（：]")
HEADING = re.compile(r"^#{2,6} +(?P<title>.+?) *$")


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    name: str
    minutes: int
    detail: str = ""


@dataclass(frozen=True)
class Note:
    """An instructor's note, without the line of times."""

    text: str
    """Markdown, with links as on its page."""
    headings: tuple[str, ...]
    """The headings it stands below, the nearest first."""

    def stands_below(self, name: str) -> bool:
        """Say whether it stands in the part of the page that `name` means."""
        return any(name in heading or heading in name for heading in self.headings)

    def owner(self, plan: list[Step]) -> Step | None:
        """Give the step it is for: that of its part of the page, or the one that its first word names, as 练习."""
        below = next((step for step in plan if self.stands_below(step.name)), None)
        lead = LEAD.match(self.text)
        named = (step for step in plan if lead and lead[1] in step.name + step.detail)
        return below or next(named, None)


def steps(page: Page) -> list[Step]:
    """Give the steps of a lesson; none where its notes have no line of times, or one that cannot be read."""
    written = next(_written(page), None)
    read = [_step(text) for text in BETWEEN.split(written[1]["steps"])] if written else []
    return [step for step in read if step] if all(read) else []


def notes(page: Page) -> list[Note]:
    """Give a page's notes in their order."""
    found = [Note(TIMES.sub("", block.body).strip(), _above(page, block)) for block in _blocks(page)]
    return [note for note in found if note.text]


def mistakes(page: Page, corpus: Corpus) -> Iterator[Mistake]:
    """Tell a line of times that does not add up to the lesson's minutes."""
    written = next(_written(page), None)
    if written is None or page.lesson is None:
        return
    block, match = written
    line = page.first_line + block.start + 1 + block.body.count("\n", 0, match.start())
    place = corpus.source_of(page.path), line
    for text in BETWEEN.split(match["steps"]):
        if not _step(text):
            yield Mistake(*place, f"“{text}”读不出是几分钟", "每一步写成“名称 分钟数”，中间用逗号，最后用句号")
            return
    stated, total = int(match["total"] or match["alone"] or page.lesson.minutes), sum(s.minutes for s in steps(page))
    if not stated == total == page.lesson.minutes:
        what = f"各步相加 {total} 分钟，这一行写 {stated} 分钟，课时是 {page.lesson.minutes} 分钟"
        yield Mistake(*place, what, "三处改成一样")


def _blocks(page: Page) -> Iterator[Block]:
    return (block for block in page.blocks if block.name == PRIVATE)


def _written(page: Page) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in _blocks(page):
        if match := TIMES.search(block.body):
            yield block, match


def _step(text: str) -> Step | None:
    match = STEP.fullmatch(text.strip())
    return Step(match["name"].removesuffix("共"), int(match["minutes"]), match["detail"] or "") if match else None


def _above(page: Page, block: Block) -> tuple[str, ...]:
    """Give the headings that lead to a block, from the nearest to the page's second level."""
    found: list[str] = []
    level = 7
    for line in reversed(page.body.split("\n")[: block.start]):
        if (match := HEADING.match(line)) and line.count("#", 0, 7) < level:
            level = line.count("#", 0, 7)
            found.append(match["title"])
    return tuple(found)
