"""Role-play cards of a class's scenarios: one for who plays the customer, one for the collector, one for the observer.

They say no more than the scenario does. What the customer says and how he takes a slip is read off the best way
through it: the shortest of good choices alone.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..article import Articles
from ..cohort.steps import notes
from ..elements import add, add_plain
from ..paper import to_pdf
from ..scenario.model import Choice, Scenario
from ..source import read
from ..workbook.model import Workbook
from .plan import Plan, Scene

STYLE = Path(__file__).parent / "cards.css"
SCORECARD = "toolbox/scorecard.md"
"""The page whose workbook says what a call is scored by."""
OUT_OF_ROLE = "演到不舒服随时停，不必说理由；演完说出自己的名字，离开角色。"


@dataclass(frozen=True)
class Reaction:
    """What is heard, and what the customer answers to it."""

    heard: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Part:
    """A scenario as the one who plays the customer needs it."""

    opening: str
    course: tuple[Reaction, ...]
    """What he answers to each good step, up to the end."""
    slips: tuple[Reaction, ...]
    """What he answers where a step goes wrong."""
    end: str


def part(scenario: Scenario) -> Part:
    """Read the customer's part off the best way through a scenario."""
    path, end = min(scenario.paths("good"), key=lambda found: len(found[0]))
    nodes = [scenario.nodes[key] for key, _ in path]
    good = [node.choices[place] for node, (_, place) in zip(nodes, path, strict=True)]
    course = tuple(Reaction((choice.text,), _answer(scenario, choice)) for choice in good[:-1])
    slips: dict[str, list[Choice]] = {}
    passed = {key for key, _ in path}
    for choice in (choice for node in nodes for choice in node.choices):
        if choice.verdict != "good" and choice.next not in passed:
            slips.setdefault(choice.next, []).append(choice)
    told = tuple(
        Reaction(tuple(choice.text for choice in chosen), _answer(scenario, chosen[0])) for chosen in slips.values()
    )
    return Part(_heard(scenario, path[0][0]), course, told, scenario.endings[end].title)


def _answer(scenario: Scenario, choice: Choice) -> str:
    if choice.next in scenario.endings:
        return f"（到此为止：{scenario.endings[choice.next].title}）"
    return _heard(scenario, choice.next)


def _heard(scenario: Scenario, key: str) -> str:
    """Give what happens and what is heard at a node."""
    node = scenario.nodes[key]
    scene = f"（{node.scene}）" if node.scene else ""
    return scene + (f"{node.speaker}：{node.says}" if node.says else "")


Draw = Callable[[ET.Element, Scene], None]


def played(plan: Plan) -> list[Scene]:
    """Give the scenarios that are fit for role-play."""
    return [scene for scene in plan.scenes if scene.scenario.cards]


ROLES = {"customer": "客户", "collector": "催收员", "observer": "观察员"}
CUT = '<div class="cut"></div>'


def pdf(plan: Plan, role: str, brand: str) -> bytes:
    """Lay out the cards of one of ROLES, two on a sheet to be cut."""
    items = scored(plan)
    draws: dict[str, Draw] = {
        "customer": _customer,
        "collector": _collector,
        "observer": lambda card, scene: _observer(card, scene, items),
    }

    def draw_all(root: ET.Element) -> None:
        for scene in played(plan):
            card = add(root, "article", class_=f"card {role}")
            head = add(card, "p", class_="card-head")
            add_plain(head, "span", ROLES[role])
            add_plain(head, "small", scene.scenario.stage)
            add_plain(card, "h1", scene.scenario.title)
            draws[role](card, scene)

    html = Articles(plan.corpus).drawn(draw_all)
    return to_pdf(CUT + html, f"{plan.title} 角色卡 {ROLES[role]}", brand + STYLE.read_text(encoding="utf-8"))


def scored(plan: Plan) -> list[str]:
    """Give what the scorecard scores: the columns of its table that are filled in with numbers."""
    page = plan.corpus.page(SCORECARD)
    block = next((block for block in page.blocks if block.name == "workbook"), None) if page else None
    book = read(Workbook, block.body, SCORECARD).model if block else None
    columns = book.sheets[0].tables[0].columns if book else []
    return [column.title for column in columns if not column.formula and column.format == "number"]


def _customer(card: ET.Element, scene: Scene) -> None:
    mine = part(scene.scenario)
    add_plain(
        card, "p", "只给演客户的人看。话用自己的说法讲，没被问到的不先说；接电话的换了人，也由你演。", class_="hint"
    )
    add_plain(card, "h2", "开头")
    add(card, "p", mine.opening)
    add_plain(card, "h2", "对方做到了，你就往下说")
    _reactions(card, mine.course)
    if mine.slips:
        add_plain(card, "h2", "对方这样，你就这样")
        _reactions(card, mine.slips)
    add_plain(card, "h2", "到哪里停")
    add(card, "p", f"{mine.end}。{OUT_OF_ROLE}")


def _reactions(card: ET.Element, reactions: Sequence[Reaction]) -> None:
    table = add(card, "table")
    for reaction in reactions:
        row = add(table, "tr")
        heard = add(row, "td", class_="heard")
        for text in reaction.heard:
            add(heard, "p", text)
        add(row, "td", reaction.answer)


def _collector(card: ET.Element, scene: Scene) -> None:
    add_plain(card, "h2", "你手里的资料")
    add(card, "p", scene.scenario.situation)
    add_plain(card, "h2", "这一通的目标")
    add(card, "p", scene.scenario.goal)
    add_plain(card, "h2", "拨号前写三行")
    for text in ("第一句怎么开口", "要问的一件事", "哪些话核到本人以前不说"):
        add_plain(card, "p", text, class_="blank")
    add_plain(card, "p", OUT_OF_ROLE, class_="hint")


def _observer(card: ET.Element, scene: Scene, items: Sequence[str]) -> None:
    path, _ = min(scene.scenario.paths("good"), key=lambda found: len(found[0]))
    add_plain(card, "h2", "看什么")
    watched = add(card, "ul", class_="watch")
    for key, place in path:
        choice = scene.scenario.nodes[key].choices[place]
        add(watched, "li", f"{choice.text}　—— {choice.why}")
    add_plain(card, "h2", "合规这道门：出现一处，记一处")
    wrong = add(card, "ul", class_="watch")
    for choice in _violations(scene.scenario):
        add(wrong, "li", f"{choice.text}　—— {choice.why}")
    add_plain(card, "h2", "评分（每项 0、1、2，没有考到的记 2）")
    table = add(card, "table", class_="score")
    for item in items:
        row = add(table, "tr")
        add_plain(row, "td", item)
        add_plain(row, "td", "")
        add_plain(row, "td", "原话：")
    told = notes(scene.page)
    if told:
        add_plain(card, "h2", "讲师提示")
        for note in told:
            for paragraph in filter(None, map(str.strip, note.text.split("\n"))):
                add(card, "p", paragraph, class_="note")


def _violations(scenario: Scenario) -> Iterator[Choice]:
    return (choice for _, _, choice in scenario.edges() if choice.verdict == "violation")
