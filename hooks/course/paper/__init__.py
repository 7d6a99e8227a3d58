"""HTML on paper: PDF with embedded Chinese fonts, bookmarks and page numbers."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from html import escape
from pathlib import Path

STYLE = Path(__file__).parent / "paper.css"


LACKING = (
    "做 PDF 要用 Pango —— Debian：apt install libpangoft2-1.0-0；macOS：brew install pango；"
    "Windows：用 MSYS2 装，见 WeasyPrint 的安装说明"
)


class LackingError(RuntimeError):
    """The libraries of this machine cannot make a PDF; the message says what to install."""


def to_pdf(body: str, title: str, style: str = "") -> bytes:
    """Lay out the HTML of a body on A4; `style` is CSS on top of paper.css. Headings become the bookmarks.

    Links to other files do not resolve: give a body whose links point within it or to the web.
    """
    try:
        # It looks for Pango when it is imported, and prints where to read on, which is not what our reader needs.
        with redirect_stdout(io.StringIO()):
            from weasyprint import CSS, HTML  # noqa: PLC0415
            from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise LackingError(LACKING) from error
    page = (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{escape(title)}</title><body>{body}</body>'
    )
    styles = [CSS(string=STYLE.read_text(encoding="utf-8")), CSS(string=style)]
    # What is printed brings everything along: nothing is read from the disk or the network.
    html = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    return bytes(html.write_pdf(stylesheets=styles))
