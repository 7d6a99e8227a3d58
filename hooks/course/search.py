"""Chinese words in the search index and in queries, so that a search finds them.

The search in the browser splits text at zero-width spaces (the separator in mkdocs.yml has one), and a query by the
words that the index knows. So words are cut as fine as the dictionary goes without repeating a character: 诉讼时效 as
诉讼 and 时效, which 时效 alone then finds; a repeated character would show in the results.
"""

from __future__ import annotations

import json
import re

import rjieba

HAN = re.compile(r"[\u3400-\u9fff]+")
GAP = "\u200b"
SHORT = "for(let o=s+1;o<t.length;o++)t.slice(s,o)in e&&"
"""Where Material 9.8.1's worker cuts a query: it looks up no word that ends with the query."""


def segmented(index: str) -> str:
    """Give Material's search index, as JSON, with its Chinese text cut into words."""
    data = json.loads(index)
    for entry in data["docs"]:
        for field in ("title", "text"):
            entry[field] = HAN.sub(lambda match: GAP + GAP.join(words(match[0])) + GAP, entry[field])
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def whole_queries(worker: str) -> str:
    """Mend Material's search worker, which never looks up a query's last word: 时效 found what begins with 时.

    Raises ValueError for a worker of another release, where the fault may be elsewhere or gone.
    """
    if worker.count(SHORT) != 1:
        raise ValueError("Material's search has changed: see whether it finds 诉前保全 without course.search.SHORT")
    return worker.replace(SHORT, SHORT.replace("o<t.length", "o<=t.length"))


def words(text: str) -> list[str]:
    """Cut Chinese text into words.

    >>> words("诉讼时效与诉前保全")
    ['诉讼', '时效', '与', '诉前', '保全']
    """
    return [piece for word in rjieba.cut(text) for piece in _pieces(word)]


def _pieces(word: str) -> list[str]:
    """Cut a word into the shorter words it is put together from, if they do not overlap."""
    *pieces, _ = rjieba.cut_for_search(word)
    return pieces if "".join(pieces) == word else [word]
