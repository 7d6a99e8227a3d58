"""Building element trees without writing HTML into strings."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.util import AtomicString


def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Append a child. Its text is inline Markdown; `class_` and `data_x` become `class` and `data-x`."""
    child = ET.SubElement(parent, tag, {name.strip("_").replace("_", "-"): value for name, value in attributes.items()})
    if text:
        child.text = text
    return child


def add_plain(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    """Append a child whose text is taken as it stands, free of Markdown."""
    return add(parent, tag, AtomicString(text), **attributes)
