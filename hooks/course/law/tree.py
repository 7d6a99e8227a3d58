"""Citations become links, a page ends with notes on what it cites, and a statute's page gets its text and its citers.

The notes hold what docs/assets/law.js shows on hover, focus and tap, so that everything reads without JavaScript and
prints.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..company.model import Company
from ..corpus import Page
from ..elements import add, add_plain
from ..site import Site
from . import verbatim
from .citation import Citation, article_name, find
from .register import Register, note_id, register_of
from .statute import INSTITUTIONS, heading_key

SKIPPED = {"a", "code", "pre", "script", "style", "svg", "select", "textarea", "button"}
INLINE = {"strong", "em", "b", "i", "span", "small", "sub", "sup", "mark", "abbr", "del", "ins", "q", "time"}
LEFT_ALONE = {"outline", "schedule"}
"""Classes of quotations: of the outlines, and of the lessons that a timetable lists."""
DISCLAIMER = (
    "本站是培训材料，不是法律意见。“条文存在”指构建核对过这一条确实存在；“法务复核”指有法务人员签名，两者不是一回事。"
)

Slot = tuple[ET.Element, str, ET.Element | None]
"""A stretch of text: its element, `text` or `tail`, and for a tail the parent."""


def link_citations(root: ET.Element, site: Site) -> None:
    """Link every citation of a page to its article, and append the notes."""
    page = site.page
    if page is None:
        return
    register = register_of(site.corpus)
    if page.statute:
        _complete_statute(root, page, register)
    cited: dict[tuple[str, str], Page] = {}
    for slots in _runs(root):
        _link(slots, page, register, cited)
    if cited and not page.statute:
        _notes(root, page, cited)


def _runs(root: ET.Element) -> Iterator[list[Slot]]:
    """Give the inline text of each block, in pieces; statutes carry over emphasis, never over blocks."""
    run: list[Slot] = []

    def walk(element: ET.Element) -> Iterator[list[Slot]]:
        nonlocal run
        run.append((element, "text", None))
        for child in element:
            inline = child.tag in INLINE
            skipped = child.tag in SKIPPED or not LEFT_ALONE.isdisjoint(child.get("class", "").split())
            if not skipped:
                if not inline and run:
                    yield run
                    run = []
                yield from walk(child)
            if (skipped or not inline) and run:
                yield run
                run = []
            run.append((child, "tail", element))

    yield from walk(root)
    yield run


def _text(slot: Slot) -> str:
    return getattr(slot[0], slot[1]) or ""


def _link(slots: list[Slot], page: Page, register: Register, cited: dict[tuple[str, str], Page]) -> None:
    text = "".join(map(_text, slots))
    if "条" not in text:
        return
    found = [each for each in find(text) if isinstance(each, Citation)]
    links = []
    for each in found:
        statute = register.page_of(each, page)
        if statute and each.key in statute.articles:
            cited.setdefault((statute.path, each.key), statute)
            if not each.implied:
                links.append((each, statute))
    # From the last to the first, so that earlier places stay where they are.
    for each, statute in reversed(links):
        _wrap(slots, each, page, statute)


def _wrap(slots: list[Slot], cited: Citation, page: Page, statute: Page) -> None:
    """Put a link around a citation; of one that begins in bold, around what follows the bold."""
    end = 0
    for slot in slots:
        begin, end = end, end + len(_text(slot))
        if begin < cited.end <= end:
            first, last = max(cited.start - begin, 0), cited.end - begin
            break
    else:  # pragma: no cover: a citation lies within its text
        return
    element, kind, parent = slot
    text = _text(slot)
    link = ET.Element(
        "a", {"class": "law", "href": _href(page, statute, cited.key), "data-law": note_id(statute, cited.key)}
    )
    link.text, link.tail = text[first:last].lstrip(), text[last:]
    setattr(element, kind, text[:first])
    if kind == "text":
        element.insert(0, link)
    else:
        assert parent is not None
        parent.insert(list(parent).index(element) + 1, link)


def _href(page: Page, statute: Page, key: str = "") -> str:
    """Write the link as an author would, so that the builder checks it."""
    path = posixpath.relpath(statute.path, PurePosixPath(page.path).parent.as_posix() or ".")
    return f"{path}#{key}" if key else path


def _notes(root: ET.Element, page: Page, cited: dict[tuple[str, str], Page]) -> None:
    # A custom element is left out of the search index; a div would not be.
    notes = add(root, "law-notes", data_search_exclude="true")
    details = add(notes, "details", class_="law-notes")
    review = f"{page.meta.reviewed.by}，{page.meta.reviewed.on}" if page.meta.reviewed else "尚无"
    summary = add(details, "summary")
    add_plain(summary, "span", f"本页引用的法条 {len(cited)} 条")
    add_plain(summary, "small", f"条文存在：已由构建核对（{page.meta.checked}） · 法务复核：{review}")
    entries = add(details, "dl")
    order = sorted(cited, key=lambda place: (place[0], [int(part) for part in place[1].split("-")]))
    for path, key in order:
        statute = cited[path, key]
        assert statute.statute
        term = add(entries, "dt", id=note_id(statute, key))
        name = f"《{statute.statute.short[0]}》{article_name(key)}"
        add_plain(term, "a", name, href=_href(page, statute, key))
        add_plain(term, "small", statute.statute.binding)
        add_plain(entries, "dd", statute.articles[key].gist)
    add_plain(details, "p", DISCLAIMER, class_="law-disclaimer")


def _complete_statute(root: ET.Element, page: Page, register: Register) -> None:
    """Give articles their IDs, the text where the data package holds it, and who cites them; open with the facts."""
    assert page.statute
    texts = verbatim.texts(page.statute.full)
    places = [(place, child) for place, child in enumerate(root) if child.tag == "h2"]
    ends = [place for place, _ in places[1:]] + [len(root)]
    # From the last to the first, so that earlier places stay where they are.
    for (_, heading), end in reversed(list(zip(places, ends, strict=False))):
        key = heading_key("".join(heading.itertext()))
        if not key:
            continue
        heading.set("id", key)
        additions = []
        if text := texts.get(key):
            additions.append(_verbatim(text))
        if pages := register.cited_by.get((page.path, key)):
            additions.append(_cited_by(page, pages))
        root[end:end] = additions
    head = next((place for place, child in enumerate(root) if child.tag == "h1"), -1)
    root.insert(head + 1, _facts(page, register.corpus.company))


def _facts(page: Page, company: Company | None) -> ET.Element:
    assert page.statute
    statute = page.statute
    own = company.profile.institution if company and company.profile else None
    head = ET.Element("dl", {"class": "lesson-head"})
    reviewed = f"{page.meta.reviewed.by}，{page.meta.reviewed.on}" if page.meta.reviewed else "尚无法务人员签名"
    everyone = set(statute.applies_to) == set(INSTITUTIONS)
    bound = "所有机构和个人" if everyone else "、".join(statute.applies_to) or "—"
    has_text = bool(verbatim.texts(statute.full))
    text = "有，折叠在每条要旨下面" if has_text else "没有，以下全是我们自己写的要旨，引用前请查官方文本"
    facts = [
        ("全称", statute.full),
        ("性质", statute.binding + (f"，{statute.number}" if statute.number else "")),
        ("施行", f"{statute.in_force}（{statute.status}）"),
        ("约束", bound),
        ("间接", "、".join(statute.indirect)),
        ("本公司", f"{own}：{statute.how_it_binds(own)}" if own else ""),
        ("条文原文", text),
        ("来源", statute.source),
        ("条文存在", f"已由构建核对（{page.meta.checked}）" if has_text else f"按来源文本核对（{page.meta.checked}）"),
        ("法务复核", reviewed),
    ]
    for term, value in facts:
        if value:
            add_plain(head, "dt", term)
            add_plain(head, "dd", value)
    return head


def _verbatim(text: verbatim.Text) -> ET.Element:
    # Found by its gist; the text itself would drown the lessons in a search.
    root = ET.Element("law-text", {"data-search-exclude": "true"})
    details = add(root, "details", class_="law-text")
    add_plain(details, "summary", "条文原文")
    for lines in text.paragraphs:
        for number, line in enumerate(lines):
            add_plain(details, "p", line, **({"class_": "law-item"} if number else {}))
    return root


def _cited_by(page: Page, pages: list[Page]) -> ET.Element:
    paragraph = ET.Element("p", {"class": "law-cited-by", "data-search-exclude": "true"})
    paragraph.text = "引用："
    for number, citing in enumerate(pages):
        if number:
            paragraph[-1].tail = "、"
        add_plain(paragraph, "a", citing.title, href=_href(page, citing))
    return paragraph
