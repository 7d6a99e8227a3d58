"""Mends of the theme's markup, where overriding a template would copy it whole.

Two independent judges, axe and vnu, say whether they are enough (tests/test_access.py). When Material mends a fault
itself, its entry here finds nothing and can go.
"""

from __future__ import annotations

import re

HEARD = '<span class="heard">%s</span>'
MENDS = (
    # Checkboxes take no autocomplete.
    (re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off">'), r"\1>"),
    # A dialogue has a name, and its results are reached with the arrow keys: Tab would leave them first.
    (re.compile(r'(<div class="md-search"[^>]* role="dialog")>'), r'\1 aria-label="搜索">'),
    (re.compile(r'(<div class="md-search__scrollwrap") tabindex="0"'), r"\1"),
    # In a narrow window these open the navigation and its levels; Material clicks a label on Enter. A label takes no
    # aria-label, and Material's tooltips take its title.
    (re.compile(r'(<label class="md-header__button md-icon" for="__drawer")>'), rf'\1 tabindex="0">{HEARD % "目录"}'),
    (
        re.compile(r'(<label class="md-nav__link[^>]*) tabindex="0?">(\s*<span class="md-nav__icon)'),
        rf'\1 tabindex="0">{HEARD % "下一级"}\2',
    ),
    (re.compile(r'(<label class="md-nav__link[^>]*) tabindex="">'), r'\1 tabindex="0">'),
    (re.compile(r'(<label class="md-nav__title" for="__nav_[^>]*)>'), r'\1 tabindex="0">'),
    (re.compile(r'(<label class="md-nav__link md-nav__link--active" for="__toc")>'), r'\1 tabindex="0">'),
)
TOC_TITLE = '<label class="md-nav__title" for="__toc">'


def mended(html: str) -> str:
    """Give a page with the theme's faults mended.

    >>> mended('<label class="md-nav__title" for="__toc">')
    '<label class="md-nav__title">'
    """
    for fault, mend in MENDS:
        html = fault.sub(mend, html)
    if 'id="__toc"' not in html:
        # A page that opens its section has a table of contents, and no switch for it.
        return html.replace(TOC_TITLE, TOC_TITLE.replace(' for="__toc"', ""))
    # The first is the narrow window's, and leads back.
    return html.replace(TOC_TITLE, TOC_TITLE.replace(">", ' tabindex="0">'), 1)
