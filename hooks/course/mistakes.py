"""What authors are told: one line per mistake, with file, line and remedy."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

LOG = logging.getLogger("mkdocs.course")
"""MkDocs counts the warnings of every logger below `mkdocs` for `--strict`."""


@dataclass(frozen=True, order=True)
class Mistake:
    """Something an author must mend (or, as a notice, may want to know)."""

    path: str
    """Source file, relative to the project's root."""

    line: int
    """Counted from 1."""

    what: str
    """What is wrong, in Chinese."""

    remedy: str = ""
    """What to write instead, in Chinese."""

    notice: bool = False
    """A notice never fails a build: an unchanged commit must build next year too."""

    def __str__(self) -> str:
        """Give the line an author reads."""
        return f"{self.path}:{self.line}: {self.what}" + (f" —— {self.remedy}" if self.remedy else "")


def log(mistakes: Iterable[Mistake]) -> None:
    """Log each of `mistakes` once, in the order of files and lines."""
    for mistake in sorted(set(mistakes)):
        LOG.log(logging.INFO if mistake.notice else logging.WARNING, "%s", mistake)
