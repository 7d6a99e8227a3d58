"""What a web server must be told about a built site: `python -m course.deploy site deploy/site`.

The theme puts a few scripts into its pages. A content security policy without `unsafe-inline` names each by its hash,
and they differ by release, by the depth of the folder and by the site's address, so that the policy is computed from
every build. What such a policy would break in silence, an inline style or handler, is told here instead.

With NOINDEX=true in the environment, search engines are asked to stay away, in robots.txt and in a header.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .mistakes import Mistake

TEMPLATES = Path(__file__).parents[2] / "deploy"
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
NOT_RUN = re.compile(r"""\ssrc=|\stype=["']?(application|text)/(?!javascript)""", re.IGNORECASE)
"""Attributes of a `<script>` that is a file of its own, or data."""
SUSPECT = re.compile(r"<style|\s(style|on\w+)\s*=|javascript:", re.IGNORECASE)
"""What a page has, or its text names, that a strict policy would stop."""
FINGERPRINTED = re.compile(r"assets/javascripts/[^/]+\.[0-9a-f]{8}\.min\.js")
"""The theme's scripts whose name changes with their content. Its styles' does not: course.prune cuts them."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
CONTENT_SECURITY_POLICY = "Content-Security-Policy"


class Stopped(HTMLParser):
    """What of the page at `path` a strict policy would stop: inline styles, handlers, addresses that are scripts."""

    def __init__(self, path: str, text: str) -> None:
        """Find the mistakes of a page's HTML."""
        super().__init__()
        self.path = path
        self.mistakes: list[Mistake] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        if tag == "style":
            self._tell("<style>", "样式写进 docs/assets/ 的 CSS 文件")
        for name, value in attrs:
            if name == "style":
                self._tell(f"style=“{value}”", "用类名（class），样式写进 docs/assets/ 的 CSS 文件")
            elif name.startswith("on"):
                self._tell(f"{name}=“{value}”", "脚本写成 docs/assets/ 的文件")
            elif value and value.strip().lower().startswith("javascript:"):
                self._tell(f"{name}=“{value}”", "链接只写地址")

    def _tell(self, what: str, remedy: str) -> None:
        self.mistakes.append(Mistake(self.path, self.getpos()[0], f"{what} 在内容安全策略下不起作用", remedy))


@dataclass(frozen=True)
class Site:
    """What of a built site its server's configuration depends on."""

    hashes: list[str]
    """Of every script inside a page, as a policy writes them."""
    prefix: str
    """The path at which the site is served, with a slash at both ends."""
    fingerprinted: list[str]
    """Files that never change under their name."""
    mistakes: list[Mistake]
    """What the policy would stop."""


def read_site(folder: Path) -> Site:
    """Read every page of the site in `folder`."""
    scripts: set[str] = set()
    mistakes: list[Mistake] = []
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        scripts.update(script["text"] for script in SCRIPT.finditer(text) if not NOT_RUN.search(script["attributes"]))
        if SUSPECT.search(SCRIPT.sub("", text)):
            mistakes += Stopped(file.relative_to(folder).as_posix(), text).mistakes
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*.min.*"))
    return Site(
        sorted(digest(script) for script in scripts),
        _prefix((folder / "404.html").read_text(encoding="utf-8")),
        sorted(path for path in paths if FINGERPRINTED.fullmatch(path)),
        mistakes,
    )


def _prefix(not_found: str) -> str:
    """Give where the site begins, from its 404 page: seen at any address, it names that from the server's root."""
    (config,) = (script["text"] for script in SCRIPT.finditer(not_found) if 'id="__config"' in script["attributes"])
    return str(json.loads(config)["base"]).rstrip("/") + "/"


def digest(script: str) -> str:
    """Give a script's hash as a policy writes it.

    >>> digest("alert(1)")
    "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(hashes: list[str]) -> str:
    """Give the content security policy: nothing but the site's own files and the scripts of these hashes.

    The theme's icons are `data:` images of its style sheets. Pages may be framed by their own host, a learning platform
    say.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def headers(site: Site, *, noindex: bool) -> dict[str, str]:
    """Give the headers of every answer, by name."""
    robots = {"X-Robots-Tag": "noindex, nofollow"} if noindex else {}
    return {CONTENT_SECURITY_POLICY: policy(site.hashes), **HEADERS, **robots}


def robots(*, noindex: bool) -> str:
    """Give robots.txt. It keeps away those too who do not know the header, Baidu's among them."""
    return f"User-agent: *\nDisallow:{' /' if noindex else ''}\n"


def configurations(site: Site, *, noindex: bool) -> Iterator[tuple[str, str]]:
    """Give each server's configuration, by the name of its file."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and ".config." in name,  # noqa: S701  # XML
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for template in templates.list_templates(["jinja"]):
        text = templates.get_template(template).render(site=site, headers=headers(site, noindex=noindex))
        yield template.removesuffix(".jinja"), text


def main(folder: str, target: str, *, noindex: bool) -> int:
    """Write the configurations for the site in `folder` to `target`, and its robots.txt."""
    site = read_site(Path(folder))
    for mistake in site.mistakes:
        print(mistake, file=sys.stderr)
    if site.mistakes:
        return 1
    (Path(folder) / "robots.txt").write_text(robots(noindex=noindex), encoding="utf-8")
    Path(target).mkdir(parents=True, exist_ok=True)
    for name, text in configurations(site, noindex=noindex):
        (Path(target) / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3], noindex=os.environ.get("NOINDEX", "").lower() in ("1", "true")))
