"""法规库's own lists: all statutes by kind, and who is bound by which."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from ..corpus import Corpus, Page
from ..elements import add, add_plain
from . import verbatim
from .register import Register, register_of
from .statute import INSTITUTIONS, KINDS


def render_statutes(parent: ET.Element, corpus: Corpus, path: str) -> ET.Element:
    """Append a table of the register by kind of statute."""
    register = register_of(corpus)
    root = add(parent, "div", class_="statutes")
    for kind in KINDS:
        pages = [page for page in register.pages if page.statute and page.statute.kind == kind]
        if not pages:
            continue
        table = add(root, "table", class_="statutes-table")
        add_plain(table, "caption", f"{kind}（{len(pages)}）")
        head = add(add(table, "thead"), "tr")
        for title in ("名称", "状态", "收录", "引用", "原文", "核对", "法务复核"):
            add_plain(head, "th", title, scope="col")
        body = add(table, "tbody")
        for page in pages:
            _row(body, register, page, path)
    return root


def _row(body: ET.Element, register: Register, page: Page, path: str) -> None:
    assert page.statute
    uses = sum(len(citing) for (statute, _), citing in register.cited_by.items() if statute == page.path)
    row = add(body, "tr")
    name = add(row, "td", class_="statutes-name")
    add_plain(name, "a", page.statute.short[0], href=_relative(page.path, path))
    add_plain(name, "small", page.description)
    has_text = bool(verbatim.texts(page.statute.full))
    facts = (
        page.statute.status,
        f"{len(page.articles)} 条",
        f"{uses} 处",
        "有" if has_text else "要旨",
        str(page.meta.checked or "—"),
        str(page.meta.reviewed.on) if page.meta.reviewed else "无",
    )
    for title, fact in zip(("状态", "收录", "引用", "原文", "核对", "法务复核"), facts, strict=True):
        add_plain(row, "td", fact, data_label=title)


def render_scope(parent: ET.Element, corpus: Corpus, path: str) -> ET.Element:
    """Append who is bound by which statute; docs/assets/scope.js adds the choice of one's own institution."""
    root = add(parent, "law-scope", class_="scope", data_search_exclude="true")
    if corpus.company and corpus.company.profile and corpus.company.profile.institution:
        root.set("data-institution", corpus.company.profile.institution)
    table = add(root, "table", class_="scope-table")
    add_plain(table, "caption", "● 直接约束　○ 经委托、合同或监管传导　空白：不约束，或没有查到")
    head = add(add(table, "thead"), "tr")
    for title in ("规定", "性质", *INSTITUTIONS):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for page in register_of(corpus).pages:
        assert page.statute
        row = add(body, "tr")
        add_plain(add(row, "th", scope="row"), "a", page.statute.short[0], href=_relative(page.path, path))
        add_plain(row, "td", page.statute.binding)
        for institution in INSTITUTIONS:
            mark = (
                "●" if institution in page.statute.applies_to else "○" if institution in page.statute.indirect else ""
            )
            add_plain(row, "td", mark, data_label=institution)
    return root


def render_duties(parent: ET.Element, page: Page, corpus: Corpus) -> ET.Element:
    """Append a table of the page's duties to train; how each binds is the register's to say."""
    register = register_of(corpus)
    table = add(parent, "table")
    head = add(add(table, "thead"), "tr")
    for title in ("依据和性质", "要做什么", "约束谁"):
        add_plain(head, "th", title, scope="col")
    body = add(table, "tbody")
    for duty in page.duties:
        row = add(body, "tr")
        statute = register.by_name.get(duty.statute)
        basis = add(row, "td")
        add(basis, "p", duty.basis)
        add_plain(basis, "p", statute.statute.binding if statute and statute.statute else "")
        for text in (duty.duty, duty.binds):
            add(row, "td", text)
    return table


def _relative(target: str, page: str) -> str:
    return posixpath.relpath(target, PurePosixPath(page).parent.as_posix() or ".")
