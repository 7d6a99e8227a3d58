"""Chinese prose: dialogues in quotations, and lines that an author wrapped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

CJK = r"[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={CJK})\n(?={CJK})")
VERBATIM = {"pre", "code", "script", "style", "textarea"}
BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "ul", "ol"}

LABELS = {"redline": "红线", "case": "案例"}


def mark_dialogues(root: ET.Element) -> None:
    """Make a quotation in which every line begins with a bold speaker a dialogue, one paragraph a turn."""
    for quotation in root.iter("blockquote"):
        paragraphs = list(quotation)
        if paragraphs and all(_begins_with_speaker(paragraph) for paragraph in paragraphs):
            quotation.set("class", "dialogue")
            quotation[:] = [turn for paragraph in paragraphs for turn in _turns(paragraph)]


def _begins_with_speaker(element: ET.Element) -> bool:
    return element.tag == "p" and not (element.text or "").strip() and len(element) > 0 and element[0].tag == "strong"


def _turns(paragraph: ET.Element) -> Iterator[ET.Element]:
    """Give `<p><strong>speaker</strong><span>words</span></p>` for every bold speaker that begins a line."""
    words: ET.Element | None = None
    for child in list(paragraph):
        last = "\n" if words is None else words[-1].tail if len(words) else words.text
        if child.tag == "strong" and (last or "").endswith("\n"):
            _trim(words)
            turn = ET.Element("p")
            words = ET.Element("span")
            words.text, child.tail = (child.tail or "").lstrip(), ""
            turn.extend([child, words])
            yield turn
        elif words is not None:
            words.append(child)
    _trim(words)


def _trim(words: ET.Element | None) -> None:
    """Take the line break off the end of what was said."""
    if words is not None and len(words):
        words[-1].tail = (words[-1].tail or "").rstrip()
    elif words is not None:
        words.text = (words.text or "").rstrip()


def label_blocks(root: ET.Element) -> None:
    """Put what kind of block it is before a title of the author's: 红线 · 不许自行拖车."""
    for block in root.iter("div"):
        label = next((LABELS[name] for name in block.get("class", "").split() if name in LABELS), None)
        if label and len(block) and block[0].get("class") == "admonition-title" and block[0].text != label:
            block[0].text = f"{label} · {block[0].text or ''}"


def clear_empty_headers(root: ET.Element) -> None:
    """Make the empty corner of a table a plain cell: a header that says nothing is no header."""
    for header in root.iter("th"):
        if not "".join(header.itertext()).strip():
            header.tag = "td"


def join_lines(root: ET.Element) -> None:
    """Take out line breaks between Chinese characters, where a browser would show a gap."""
    for element, attribute, following in _texts(root):
        text = WRAPPED.sub("", getattr(element, attribute) or "")
        if text.endswith("\n") and re.search(rf"{CJK}\n\Z", text) and re.match(CJK, following):
            text = text[:-1]
        if text:
            setattr(element, attribute, text)


def _texts(root: ET.Element) -> list[tuple[ET.Element, str, str]]:
    """Give every stretch of prose with the inline text that follows it."""
    found: list[tuple[ET.Element, str, str]] = []

    def walk(element: ET.Element) -> None:
        if element.tag not in VERBATIM:
            found.append((element, "text", _first_text(element[0]) if len(element) else ""))
            for child in element:
                walk(child)
        following = ""
        if element.tail and element.tail.endswith("\n") and element in siblings:
            following = _first_text(siblings[element])
        found.append((element, "tail", following))

    siblings = {a: b for parent in root.iter() for a, b in zip(parent, list(parent)[1:], strict=False)}
    walk(root)
    return found


def _first_text(element: ET.Element) -> str:
    """Give the text an inline element begins with; a block begins a line of its own."""
    return "" if element.tag in BLOCKS else "".join(element.itertext())
