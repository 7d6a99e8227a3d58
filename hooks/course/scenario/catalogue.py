"""The list of all scenarios, by stage, with a reader's progress."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

from ..corpus import Corpus
from ..elements import add, add_plain


def render_scenarios(parent: ET.Element, corpus: Corpus, path: str) -> ET.Element:
    """Append every scenario that a page embeds, in teaching order; `path` is the page the list stands on."""
    table = add(parent, "ol", class_="lessons-list scenario-list")
    folder = PurePosixPath(path).parent.as_posix() or "."
    for page in corpus.pages():
        for identifier in page.scenarios:
            found = corpus.scenario(identifier)
            if found is None or found.model is None:
                continue
            row = add(table, "li")
            add_plain(row, "a", found.model.title, href=posixpath.relpath(page.path, folder))
            facts = (found.model.stage, page.description)
            add_plain(row, "small", " · ".join(filter(None, facts)))
            done = add(row, "course-endings", data_scenario=identifier, data_hash=found.model.digest)
            done.set("data-endings", str(len(found.model.endings)))
            add_plain(done, "span", f"{len(found.model.endings)} 种结局")
    return table
