"""How well and how fast the search answers, beside plain Material: `make bench-search`.

STOCK is the same docs built by MkDocs, Material and jieba with none of our hooks and extensions (build.py), by the
Python that the first argument names.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import opencc
from playwright.sync_api import Browser, sync_playwright

from bench.build import stock_config
from conftest import ROOT, SAFE_FLAGS, Quiet, build
from course.doctor import chromium
from gold import Gold, Hit, answered, ask, gold, open_search

TRADITIONAL = opencc.OpenCC("s2tw")


class Figures(NamedTuple):
    """What is measured of one site."""

    simplified: float
    traditional: float
    same: float
    headings: float
    median: float
    p90: float
    first: float
    raw: int
    packed: int
    at_load: int


ROWS = {
    "simplified": ("Simplified queries answered in the top 3", "{:.1%}"),
    "traditional": ("the same, written in Traditional", "{:.1%}"),
    "same": ("Traditional gives the same top 3 as Simplified", "{:.1%}"),
    "headings": ("of the first three results, show a heading of their page", "{:.1%}"),
    "median": ("keystroke to result, median, ms", "{:.1f}"),
    "p90": ("keystroke to result, p90, ms", "{:.1f}"),
    "first": ("first keystroke after the field is used, ms", "{:.0f}"),
    "raw": ("index, bytes", "{:,}"),
    "packed": ("index, bytes gzip", "{:,}"),
    "at_load": ("index bytes fetched before the field is used", "{:,}"),
}


def main() -> None:
    """Build both sites, ask both, print the figures."""
    browser = chromium()
    if not browser:
        sys.exit("no Chromium: apt install chromium, or name one in the variable CHROMIUM")
    with tempfile.TemporaryDirectory() as folder:
        sites = {"ours": Path(folder) / "ours", "STOCK": Path(folder) / "stock"}
        stock(Path(folder), sites["STOCK"], sys.argv[1])
        with sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=browser, args=list(SAFE_FLAGS))
            figures = {name: measured(chrome, site, name == "ours") for name, site in sites.items()}
            chrome.close()
    report(figures["ours"], figures["STOCK"])


def stock(folder: Path, site: Path, python: str) -> None:
    """Build the docs as MkDocs, Material and jieba do by themselves."""
    config = folder / "stock.yml"
    text = stock_config(ROOT / "mkdocs.yml") + f"\ndocs_dir: {ROOT / 'docs'}\n"
    config.write_text(text, encoding="utf-8")
    command = [python, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config), "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, env=environment, capture_output=True)


def measured(chrome: Browser, site: Path, is_ours: bool) -> Figures:
    """Ask a site every query, letter by letter."""
    site.mkdir(exist_ok=True)
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        if is_ours:
            build(site, site_url=address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        figures = asked(chrome, site, address, "sections.json" if is_ours else "search_index.json")
        server.shutdown()
    return figures


def asked(chrome: Browser, site: Path, address: str, index: str) -> Figures:
    """Ask the site at `address`."""
    page = chrome.new_page(locale="zh-CN")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    at_load = sum((site / "search" / Path(url).name).stat().st_size for url in fetched if "/search/" in url)
    open_search(page, address)
    (first,), _ = ask(page, address, "催")
    times: list[float] = []
    found: dict[str, list[list[Hit]]] = {}
    wanted = gold()
    simplified = [one for one in wanted if one.kind != "traditional"]
    for one in wanted:
        taken, found[one.query] = ask(page, address, *(one.query[:end] for end in range(1, len(one.query) + 1)))
        times += taken
    for one in simplified:
        found[old(one)] = found.get(old(one)) or ask(page, address, "", old(one))[1]
    hits = [hit for results in found.values() for result in results[:3] for hit in result[1:2] or result]
    file = (site / "search" / index).read_bytes()
    times.sort()
    page.close()
    return Figures(
        simplified=share(answered(one, found[one.query]) for one in simplified),
        traditional=share(answered(one, found[old(one)]) for one in wanted),
        same=share(found[old(one)] == found[one.query] for one in simplified),
        headings=share(headed(site, hit) for hit in hits),
        median=times[len(times) // 2],
        p90=times[int(len(times) * 0.9)],
        first=first,
        raw=len(file),
        packed=len(gzip.compress(file, 9)),
        at_load=at_load,
    )


def old(wanted: Gold) -> str:
    """The query in Traditional characters."""
    return wanted.query if wanted.kind == "traditional" else str(TRADITIONAL.convert(wanted.query))


def headed(site: Path, hit: Hit) -> bool:
    """Whether a link has a fragment that its page holds."""
    html = (site / hit.page / "index.html").read_text(encoding="utf-8")
    return bool(hit.fragment) and re.search(f'<h\\d[^>]* id="{re.escape(hit.fragment)}"', html) is not None


def share(facts: Iterable[bool]) -> float:
    """How much of it is true."""
    known = list(facts)
    return sum(known) / len(known)


def report(ours: Figures, beside: Figures) -> None:
    """Print the figures of both."""
    print(f"{'':58}{'ours':>12}{'STOCK':>12}{'ratio':>8}")
    for name, (text, form) in ROWS.items():
        mine, theirs = getattr(ours, name), getattr(beside, name)
        ratio = f"{mine / theirs:.2f}" if theirs else "–"
        print(f"{text:58}{form.format(mine):>12}{form.format(theirs):>12}{ratio:>8}")


if __name__ == "__main__":
    main()
