"""The graph of a scenario for whoever teaches it: steps in layers, arrows for choices, and a table that reads alike."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict

from ..elements import add, add_plain
from .model import OUTCOMES, VERDICTS, Scenario

WIDTH, HEIGHT = 76, 30
"""Size of a box, and below it the gaps between boxes."""
ACROSS, DOWN = 16, 34


def render_graph(parent: ET.Element, scenario: Scenario) -> None:
    """Append the graph and its table."""
    names = numbered(scenario)
    figure = add(parent, "figure", class_="scenario-graph")
    add_plain(figure, "figcaption", "走向图（讲师版）：实线得当，虚线不够好，红色粗线违规")
    _draw(figure, scenario, names)
    _table(figure, scenario, names)


def numbered(scenario: Scenario) -> dict[str, str]:
    """Give each node its number in the order of layers, each ending its letter."""
    nodes = [key for layer in layers(scenario) for key in layer if key in scenario.nodes]
    endings = {key: f"结局{letter}" for key, letter in zip(scenario.endings, "甲乙丙丁戊己庚辛", strict=False)}
    return {key: str(number) for number, key in enumerate(nodes, 1)} | endings


def layers(scenario: Scenario) -> list[list[str]]:
    """Give the nodes by distance from the start, each layer ordered by where its arrows come from; endings last."""
    depth = {scenario.start: 0}
    waiting = [scenario.start]
    for key in waiting:
        for choice in scenario.nodes[key].choices:
            if choice.next in scenario.nodes and choice.next not in depth:
                depth[choice.next] = depth[key] + 1
                waiting.append(choice.next)
    found: dict[int, list[str]] = defaultdict(list)
    for key in waiting:
        found[depth[key]].append(key)
    ordered = [found[level] for level in sorted(found)]
    ordered.append(list(scenario.endings))
    place: dict[str, float] = {}
    for layer in ordered:
        layer.sort(key=lambda key: _middle(scenario, key, place))
        place |= {key: (number + 0.5) / len(layer) for number, key in enumerate(layer)}
    return ordered


def _middle(scenario: Scenario, key: str, place: dict[str, float]) -> float:
    """Give the mean place of the nodes above that lead to `key`."""
    above = [place[other] for other, _, choice in scenario.edges() if choice.next == key and other in place]
    return sum(above) / len(above) if above else 0.5


def _draw(parent: ET.Element, scenario: Scenario, names: dict[str, str]) -> None:
    levels = layers(scenario)
    width = max(map(len, levels)) * (WIDTH + ACROSS)
    centres = {
        key: (round((number + 0.5) * width / len(layer)), level * (HEIGHT + DOWN) + HEIGHT // 2 + 2)
        for level, layer in enumerate(levels)
        for number, key in enumerate(layer)
    }
    height = len(levels) * (HEIGHT + DOWN) - DOWN + 4
    svg = add(parent, "svg", viewBox=f"0 0 {width} {height}", role="img")
    svg.set("aria-label", "走向图，内容与下面的表相同")
    for key, _, choice in scenario.edges():
        (x, y), (to_x, to_y) = centres[key], centres[choice.next]
        if to_y > y:
            start, end = y + HEIGHT // 2, to_y - HEIGHT // 2
            path = f"M{x},{start}C{x},{start + DOWN} {to_x},{end - DOWN} {to_x},{end}"
        else:
            # Back, or along its layer: around the right-hand side.
            out, back = x + WIDTH // 2, to_x + WIDTH // 2
            path = f"M{out},{y}C{out + DOWN},{y} {back + DOWN},{to_y} {back},{to_y}"
        add(svg, "path", class_=f"scenario-edge-{choice.verdict}", d=path, fill="none")
    for key, (x, y) in centres.items():
        kind = "node" if key in scenario.nodes else "ending"
        box = {"x": str(x - WIDTH // 2), "y": str(y - HEIGHT // 2), "width": str(WIDTH), "height": str(HEIGHT)}
        add(svg, "rect", class_=f"scenario-box-{kind}", rx="4", **box)
        add_plain(svg, "text", names[key], x=str(x), y=str(y + 5), text_anchor="middle")


def _table(parent: ET.Element, scenario: Scenario, names: dict[str, str]) -> None:
    table = add(parent, "table")
    head = add(add(table, "thead"), "tr")
    for title in ("步", "对方", "选择", "评", "到"):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for key, name in names.items():
        if key in scenario.endings:
            ending = scenario.endings[key]
            _row(body, name, ending.title, ending.text, OUTCOMES[ending.outcome], f"结果 {ending.result}")
            continue
        node = scenario.nodes[key]
        for place, choice in enumerate(node.choices):
            heard = (name, node.says or node.scene or "") if place == 0 else ("", "")
            _row(body, *heard, choice.text, VERDICTS[choice.verdict], names[choice.next])


def _row(body: ET.Element, *texts: str) -> None:
    row = add(body, "tr")
    for text in texts:
        add_plain(row, "td", text)
