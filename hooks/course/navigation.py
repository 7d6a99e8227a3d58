"""A navigation as mkdocs.yml writes it, read and changed: a path, a list of entries, or a title with either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def paths(nav: Any) -> Iterator[str]:
    """Give the pages of a navigation, however deep, in order."""
    for entry in [nav] if isinstance(nav, str) else nav.values() if isinstance(nav, dict) else nav or ():
        if isinstance(entry, str):
            yield entry
        else:
            yield from paths(entry)


def without(nav: Any, hidden: Callable[[str], bool]) -> Any:
    """Give a navigation without some pages, and without the sections that this empties.

    >>> without(["a.md", {"B": ["b.md"]}, {"C": "c.md"}], "ab".__contains__)
    ['a.md', {'B': ['b.md']}, {'C': 'c.md'}]
    >>> without(["a.md", {"B": ["b.md"]}, {"C": "c.md"}], lambda path: path != "a.md")
    ['a.md']
    """
    if isinstance(nav, list):
        return [left for entry in nav if (left := without(entry, hidden))]
    if isinstance(nav, dict):
        return {title: left for title, entry in nav.items() if (left := without(entry, hidden))}
    return None if isinstance(nav, str) and hidden(nav) else nav
