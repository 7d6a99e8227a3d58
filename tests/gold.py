"""The gold set of searches, and how a trainee's browser answers one.

A line of gold/search.tsv is a kind, a query and the places that answer it, each a page or a page#heading. A place is
found when one of the first three results leads to its page and, where a heading is named, shows that very heading.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

FILE = Path(__file__).parent / "gold" / "search.tsv"
SHOWN = 3


class Gold(NamedTuple):
    """A query and the places that answer it."""

    kind: str
    query: str
    places: list[str]


class Hit(NamedTuple):
    """A link among the results: its page, its fragment and the heading it shows."""

    page: str
    fragment: str
    heading: str


def gold() -> list[Gold]:
    """All queries."""
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines())
    return [Gold(kind, query, places) for kind, query, *places in rows]


def answered(wanted: Gold, results: list[list[Hit]]) -> bool:
    """Whether one of the first three results is a place that answers the query."""
    shown = [hit for result in results[:SHOWN] for hit in result]
    found = {f"{hit.page}#{hit.heading}" for hit in shown} | {hit.page for hit in shown}
    return any(place in found for place in wanted.places)


# The theme searches on keyup and draws all it draws at first in one go, so the first change is the result.
ASK = """async (queries) => {
  const field = document.querySelector("[data-md-component=search-query]");
  const result = document.querySelector("[data-md-component=search-result]");
  const times = [];
  for (const query of queries) {
    if (field.value === query) continue; // the theme asks nothing
    const drawn = new Promise((done, failed) => {
      setTimeout(() => failed(new Error(`no result: ${query}`)), 30000);
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done(performance.now());
      });
      observer.observe(result, { childList: true, characterData: true, subtree: true });
    });
    field.value = query;
    const struck = performance.now();
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    times.push((await drawn) - struck);
  }
  // On a busy machine the change may have been the last query's list going away.
  for (let waited = 0; waited < 20 && !result.querySelector(".md-search-result__item"); waited++)
    await new Promise((done) => setTimeout(done, 50));
  const items = [...result.querySelectorAll(".md-search-result__item")].slice(0, 3);
  const links = (item) => [...item.querySelectorAll(":scope > a")].map((link) =>
    [link.href, link.querySelector("h1, h2").textContent.replaceAll("\\u200b", "").trim()]);
  return [times, items.map(links)];
}"""


def open_search(page: Page, address: str) -> None:
    """Open the home page and use the search field."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.locator("[data-md-component=search-query]").focus()


def ask(page: Page, address: str, *typed: str) -> tuple[list[float], list[list[Hit]]]:
    """Type into the search field, one state of it after another: milliseconds of each, results of the last."""
    times, items = page.evaluate(ASK, list(typed))
    return times, [[_hit(address, *link) for link in item] for item in items]


def _hit(address: str, href: Any, heading: str) -> Hit:
    url = urlsplit(href)
    page = url.path.removeprefix(urlsplit(address).path).strip("/")
    return Hit(page, unquote(url.fragment), heading)
