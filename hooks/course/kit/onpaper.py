"""What a lesson's interactive elements become on paper: boxes to tick, lines to write on, no answers."""

from __future__ import annotations

import base64
import mimetypes
import re
import xml.etree.ElementTree as ET
from collections.abc import Container
from pathlib import Path
from urllib.parse import unquote

from markdown.util import AtomicString

from ..elements import add_plain
from ..quiz.tree import LETTERS

VARIABLE = re.compile(r"(--[\w-]+):\s*([^;]+);")
RULE = re.compile(r"^\.figure (.+\}\s)", re.MULTILINE)
DROPPED = ("quiz-answer", "headerlink", "download", "quiz-count")
"""Classes of what paper does not show."""
ELSEWHERE = ("course-reading", "course-scenario")
"""Elements that only a screen has; a call's book would show what is right and what is not."""
BLANK = "＿＿＿＿＿＿＿＿"
MARKS = {"radio": "○", "checkbox": "□", "text": BLANK}


def figure_style(assets: Path) -> str:
    """Give the site's rules for figures as a drawing can hold them: without its page, with colours for variables."""
    colours = dict(VARIABLE.findall((assets / "brand.css").read_text(encoding="utf-8").partition("[data-md")[0]))
    rules = RULE.findall((assets / "law.css").read_text(encoding="utf-8"))
    return re.sub(r"var\((--[\w-]+)\)", lambda name: colours.get(name[1], "#000"), "".join(rules))


def put_on_paper(root: ET.Element, figures: str = "") -> None:
    """Replace what only a screen can do; answers and explanations are taken out. `figures` is the style of drawings."""
    for drawing in root.iter("svg"):
        # A drawing in a PDF knows no style but its own.
        style = ET.Element("style")
        style.text = AtomicString(figures)
        drawing.insert(0, style)
    for parent in list(root.iter()):
        for child in list(parent):
            if not set(DROPPED).isdisjoint(child.get("class", "").split()) or child.tag in ELSEWHERE:
                take_out(parent, child)
    for field in root.iter("fieldset"):
        _write_in(field)
    for element in root.iter():
        if element.tag == "input":
            _become(element, MARKS.get(element.get("type", ""), ""), "paper-mark")
        elif element.tag == "details":
            element.tag = "section"
        elif element.tag == "summary":
            element.tag = "p"
            element.set("class", "paper-summary")


def embed_pictures(root: ET.Element, folder: Path) -> None:
    """Put the pictures of a page in `folder` into the page itself, since what is printed reads no files."""
    for image in root.iter("img"):
        file = folder / unquote(image.get("src", ""))
        kind = mimetypes.guess_type(file.name)[0]
        if kind and file.is_file():
            image.set("src", f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}")


def take_out(parent: ET.Element, child: ET.Element) -> None:
    """Remove a child; what follows it stays."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _become(element: ET.Element, text: str, class_: str) -> None:
    element.tag = "span"
    element.attrib.clear()
    element.set("class", class_)
    element[:] = []
    element.text = text


def _write_in(field: ET.Element) -> None:
    """Make lists to choose from places to write in; what a matching offers is listed below, with letters."""
    selects = list(field.iter("select"))
    if selects and field.get("data-type") == "match":
        offered = [option.text or "" for option in selects[0]][1:]
        listed = "　".join(f"{letter}. {text}" for letter, text in zip(LETTERS, offered, strict=False))
        add_plain(field, "p", listed, class_="paper-offered")
    for select in selects:
        _become(select, "（　　）", "paper-mark")


def apart(root: ET.Element, name: str, shared: Container[str] = ()) -> None:
    """Tell the IDs of one page from those of others that stand in the same document; but for what they share."""
    for element in root.iter():
        if identifier := element.get("id"):
            element.set("id", f"{name}-{identifier}")
        target = element.get("href", "").removeprefix("#")
        if element.get("href", "").startswith("#") and target not in shared:
            element.set("href", f"#{name}-{target}")
