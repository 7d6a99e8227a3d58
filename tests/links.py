"""Follow every link of a built site."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
ID = re.compile(r'\sid="([^"]*)"')


class Followed(NamedTuple):
    """How many links there are, and those that lead nowhere."""

    links: int
    broken: list[str]


def follow(folder: Path, address: str) -> Followed:
    """Look up every link of the site in `folder`, which was built for `address`, and its heading."""
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    html = {path: (folder / path).read_text(encoding="utf-8") for path in files if path.endswith(".html")}
    ids = {path: {unescape(one) for one in ID.findall(text)} for path, text in html.items()}
    broken, count = [], 0
    for path, text in html.items():
        for link in {unescape(one) for one in LINK.findall(text)}:
            target, _, heading = unquote(link).partition("#")
            target = target.partition("?")[0]
            if "://" in target and not target.startswith(address):
                continue
            count += 1
            start = "" if target.startswith(address) else posixpath.dirname(path)
            found = posixpath.normpath(posixpath.join(start, target.removeprefix(address))).lstrip("/")
            found = found if found in files else posixpath.normpath(posixpath.join(found, "index.html"))
            found = found if target else path
            # Material's own anchors, which scripts use, stand for the page.
            if found not in files or (heading and not heading.startswith("__") and heading not in ids[found]):
                broken.append(f"{path}: {link}")
    return Followed(count, broken)
