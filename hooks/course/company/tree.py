"""What a company's edition changes on a page: whom to ask, and links that would lead to what is left out."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from ..corpus import Corpus
from ..elements import add, add_plain
from ..site import Site
from .model import INDEX, Contact, Escalation

NUMBER = "号码"
LISTED = {"li": "ul", "tr": "tbody"}
"""Entries of a list or table that go altogether if they begin with a page that is left out."""


def add_contacts(root: ET.Element, site: Site) -> None:
    """End the company's first page with whom to tell and whom to ask."""
    company = site.corpus.company
    if site.path != INDEX or company is None or company.profile is None:
        return
    if company.profile.escalation:
        add_plain(root, "h2", "报告和升级")
        add_plain(root, "p", "课文里写“报告主管”“升级”“转合规”的地方，在本公司找：")
        _table(root, ("谁", NUMBER, "什么时候"), [_told(each) for each in company.profile.escalation])
    if company.profile.contacts:
        add_plain(root, "h2", "有问题问谁")
        _table(root, ("谁", "管什么", "怎么找"), [_asked(each) for each in company.profile.contacts])


def _told(escalation: Escalation) -> tuple[str, ...]:
    return escalation.role, escalation.number, escalation.when or "—"


def _asked(contact: Contact) -> tuple[str, ...]:
    return contact.who, contact.about, contact.how


def _table(root: ET.Element, titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = add(root, "table")
    head = add(add(table, "thead"), "tr")
    for title in titles:
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for cells in rows:
        row = add(body, "tr")
        for title, cell in zip(titles, cells, strict=True):
            # A number that breaks is misread.
            add_plain(row, "td", cell, **({"class_": "company-number"} if title == NUMBER else {}))


def leave_out(root: ET.Element, site: Site) -> None:
    """Turn links to what is left out into their text, and drop the entries of lists that such a link begins."""
    path = site.path
    if path is None or site.corpus.company is None or not site.corpus.company.without:
        return
    for parent in list(root.iter()):
        for child in list(parent):
            first = _first(child) if LISTED.get(child.tag) == parent.tag else None
            if first is not None and _is_left_out(first, path, site.corpus):
                parent.remove(child)
    for link in root.iter("a"):
        if _is_left_out(link, path, site.corpus):
            link.tag = "span"
            link.attrib.clear()


def _first(entry: ET.Element) -> ET.Element | None:
    """Give the link that an entry begins with, if it does."""
    element = entry
    while element.tag != "a":
        if (element.text or "").strip() or not len(element):
            return None
        element = element[0]
    return element


def _is_left_out(link: ET.Element, path: str, corpus: Corpus) -> bool:
    target = (link.get("href") or "").partition("#")[0]
    if not target or ":" in target:
        return False
    return corpus.leaves_out(posixpath.normpath(PurePosixPath(path).parent / target))
