"""A scenario as HTML that can be played without JavaScript, like a book whose pages send the reader on.

Every node and ending is a section with an ID, every choice a link to the next one, with its comment in `<details>`.
docs/assets/scenario.js turns this into a call. What it needs stands in data attributes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ..elements import add, add_plain
from .graph import render_graph
from .model import OUTCOMES, VERDICTS, Choice, Ending, Node, Scenario

LETTERS = "ABCD"


def render(parent: ET.Element, identifier: str, scenario: Scenario, edition: str) -> ET.Element:
    """Append the scenario of ID `identifier` to `parent`."""
    # Out of the search index: a line out of its call means nothing. Material reads this from a custom element.
    root = add(
        parent,
        "course-scenario",
        class_="scenario",
        data_scenario=identifier,
        data_hash=scenario.digest,
        data_title=scenario.title,
        data_comments=scenario.comments,
        data_start=scenario.start,
        data_search_exclude="true",
    )
    _brief(root, scenario)
    book = add(root, "div", class_="scenario-book")
    # The start first, whatever the author's order.
    for key in sorted(scenario.nodes, key=lambda key: key != scenario.start):
        _node(book, identifier, key, scenario.nodes[key])
    for key, ending in scenario.endings.items():
        _ending(book, identifier, key, ending)
    if edition == "instructor":
        render_graph(root, scenario)
    return root


def anchor(identifier: str, key: str) -> str:
    """Give the ID of a node's or an ending's section."""
    return f"{identifier}--{key}"


def _brief(root: ET.Element, scenario: Scenario) -> None:
    brief = add(root, "div", class_="scenario-brief")
    add(brief, "p", scenario.situation)
    facts = add(brief, "dl")
    endings = f"{len(scenario.endings)} 种结局"
    for term, text in (("目标", scenario.goal), ("讲评", f"{scenario.HOW[scenario.comments]} · {endings}")):
        add_plain(facts, "dt", term)
        add(facts, "dd", text)


def _node(book: ET.Element, identifier: str, key: str, node: Node) -> None:
    section = add(book, "section", class_="scenario-node", id=anchor(identifier, key), data_node=key)
    if node.scene:
        add(section, "p", node.scene, class_="scenario-scene")
    if node.says:
        said = add(section, "p", class_="scenario-says")
        add_plain(said, "strong", node.speaker or "")
        add(said, "span", node.says)
    choices = add(section, "ol")
    for letter, choice in zip(LETTERS, node.choices, strict=False):
        _choice(choices, identifier, letter, choice)


def _choice(choices: ET.Element, identifier: str, letter: str, choice: Choice) -> None:
    item = add(
        choices,
        "li",
        data_next=choice.next,
        data_verdict=choice.verdict,
        data_trust=str(choice.trust),
        data_kind="say" if choice.say else "do",
    )
    link = add(item, "a", href=f"#{anchor(identifier, choice.next)}")
    add_plain(link, "span", letter, class_="scenario-letter")
    add(link, "span", choice.text, class_="scenario-text")
    details = add(item, "details")
    add_plain(details, "summary", "讲评")
    why = add(details, "p", class_="scenario-why")
    add_plain(why, "strong", VERDICTS[choice.verdict])
    add(why, "span", choice.why)
    if choice.later:
        outcome = {"data_outcome": choice.later.outcome} if choice.later.outcome else {}
        later = add(details, "p", class_="scenario-later", **outcome)
        add_plain(later, "strong", choice.later.when)
        add(later, "span", choice.later.what)


def _ending(book: ET.Element, identifier: str, key: str, ending: Ending) -> None:
    section = add(
        book,
        "section",
        class_="scenario-ending",
        id=anchor(identifier, key),
        data_ending=key,
        data_outcome=ending.outcome,
        data_result=str(ending.result),
    )
    title = add(section, "p", class_="scenario-title")
    add_plain(title, "strong", ending.title)
    add_plain(title, "small", f"{OUTCOMES[ending.outcome]} · 结果 {ending.result} / 5")
    add(section, "p", ending.text, class_="scenario-outcome")
    add(section, "p", ending.learned, class_="scenario-learned")
