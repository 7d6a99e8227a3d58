"""What is in a kit: the name of each file, what it is for, and what makes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

from ..cohort.calendar import to_ics
from ..evidence.version import version_of
from ..site import address
from ..workbook.xlsx import to_xlsx
from . import cards, deck, handout, papers, sheets
from .plan import Plan
from .slides import decks

PUBLIC, IN_CLASS, PRIVATE = "participants", "in-class", "instructor"
"""The folder that may be sent out beforehand, the one that is handed out in class, and the one that is not."""
README = "先看这里.txt"
"""Plain text: it opens from within a zip, on a phone and without a network."""
FOLDERS = {PUBLIC: "可以提前整个发给学员", IN_CLASS: "到了时候才发，看每行的说明", PRIVATE: "只给讲师，不外传"}
ACCENT = re.compile(r"--course-accent:\s*(#[0-9a-fA-F]{6})")
Make = Callable[[], bytes]


def files(plan: Plan, site: str = "") -> dict[str, Make]:
    """Give what makes each file of a class's kit; `site` is the site's address, if that is known."""
    entries = list(_entries(plan, site))
    return {**{name: make for name, _, make in entries}, README: partial(_readme, plan, entries)}


Entry = tuple[str, str, Make]
"""A file's name, what it is for, and what makes it."""


def _entries(plan: Plan, site: str) -> list[Entry]:
    brand = (plan.corpus.docs / "assets/brand.css").read_text(encoding="utf-8")
    own = plan.corpus.company.style(brand) if plan.corpus.company else ""
    accent = ACCENT.search(own + brand)
    brand += own
    drawn = papers.papers(plan)
    found: list[Entry] = [
        (f"{PUBLIC}/handout.pdf", "讲义：全部课文和自测题，不带答案", partial(handout.pdf, plan, brand)),
    ]
    for number, slides in enumerate(decks(plan), 1):
        title = f"{plan.title} {plan.timetable.days[number - 1].title}"
        shown = (
            f"{PUBLIC}/slides-day-{number}.pdf",
            f"第 {number} 天的幻灯片，不带备注",
            partial(deck.pdf, slides, title, brand),
        )
        edited = partial(deck.pptx, slides, title, plan.cohort.trainer, accent[1] if accent else "#0b5f66")
        found += [
            shown,
            (f"{PRIVATE}/slides-day-{number}.pptx", f"第 {number} 天的幻灯片，可以改；备注里是讲稿和讲师提示", edited),
        ]
    # A class may hold nothing but exercises.
    drawn = [paper for paper in drawn if paper.questions]
    for paper in drawn:
        about = f"结业考 {paper.letter} 卷，{len(paper.questions)} 题。考时再发，相邻座位发不同的卷"
        found.append((f"{IN_CLASS}/paper-{paper.letter.lower()}.pdf", about, partial(papers.pdf, plan, paper, brand)))
    if drawn:
        key = partial(papers.key_pdf, plan, drawn, brand)
        found.append((f"{PRIVATE}/papers-key.pdf", "A、B 两卷的答案和解析", key))
    if cards.played(plan):
        for role, about in (("customer", "只给演客户的人"), ("collector", "给演催收员的人")):
            found.append(
                (
                    f"{IN_CLASS}/cards-{role}.pdf",
                    f"角色卡，{about}；A4 横放，占一半的剪开，占两半的对折",
                    partial(cards.pdf, plan, role, brand),
                )
            )
        found.append(
            (
                f"{PRIVATE}/cards-observer.pdf",
                "观察员的卡：看什么、违规和条文、评分。讲师看过再发",
                partial(cards.pdf, plan, "observer", brand),
            )
        )
    if page := sheets.scorecard_page(plan.corpus):
        found.append((f"{PUBLIC}/scorecard.pdf", "通话评分表，打印出来填", partial(sheets.scorecard, plan, brand)))
        if book := sheets.workbook(page):
            found.append((f"{PUBLIC}/scorecard.xlsx", "通话评分表，公式是活的", partial(to_xlsx, book)))
    calendar = partial(to_ics, plan.corpus, plan.page, address(site, plan.page.path))
    return [
        *found,
        (f"{IN_CLASS}/sign-in.pdf", "签到表，放在门口", partial(sheets.sign_in, plan, brand)),
        (f"{PUBLIC}/{PurePosixPath(plan.page.path).stem}.ics", "日历，一天一个日程，双击导入", calendar),
        (f"{PRIVATE}/run-sheet.pdf", "主持单：逐分钟做什么，丢了时间先略哪些", partial(sheets.run_sheet, plan, brand)),
    ]


def _readme(plan: Plan, entries: list[Entry]) -> bytes:
    """Say what each file is for; with a mark and line ends that the oldest Notepad reads."""
    facts = [f"{name}：{text}" for name, text in plan.facts]
    lines = [f"{plan.title} 班级资料包", "", *facts, ""]
    version = version_of(plan.corpus.docs.parent, plan.corpus.company)
    changed = f"，{len(version.changed)} 个文件改动了没有提交" if version.changed else ""
    lines += [f"内容版本：{version.commit or '不在 Git 仓库里'}{changed}", f"内容哈希：{version.digest}", ""]
    for folder, about in FOLDERS.items():
        lines.append(f"{folder} 文件夹：{about}")
        lines += [f"  {name.partition('/')[2]}　{what}" for name, what, _ in entries if name.startswith(f"{folder}/")]
        lines.append("")
    if unplayed := [scene.scenario.title for scene in plan.scenes if not scene.scenario.cards]:
        lines += [
            f"没有印角色卡：{'、'.join(unplayed)}。这几通只单独打、一起评，不整通演；课上的片段演到哪里停，照课文的讲师提示。",
            "",
        ]
    lines.append("先把整个压缩包解开，再打开里面的文件。内容是培训材料，不是法律意见。")
    return "\r\n".join(lines).encode("utf-8-sig") + b"\r\n"
