"""Say what is missing or has expired: `make doctor`. It needs Python alone, since packages may be what is missing.

Only what `make build` cannot do without makes it fail.
"""

from __future__ import annotations

import ctypes.util
import datetime
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

YEAR = datetime.timedelta(days=365)
DATE = r"[\"']?(\d{4}-\d{2}-\d{2})"
CHECKED = re.compile(rf"^checked:\s*{DATE}", re.MULTILINE)
STATUTE = re.compile(r"^statute:", re.MULTILINE)
IN_FORCE = re.compile(rf"^  in_force:\s*{DATE}", re.MULTILINE)
STATUS = re.compile(r"^  status:\s*(\S+)", re.MULTILINE)

Level = Literal["MISSING", "absent", "expired", "ok"]
"""MISSING is what `make build` needs; absent is what something else needs."""


@dataclass(frozen=True)
class Finding:
    """One line of the report."""

    level: Level
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        """Give the line."""
        return f"{self.level:8} {self.what}" + (f": {self.remedy}" if self.remedy else "")


def examine(root: Path, today: datetime.date) -> list[Finding]:
    """Examine this machine, and the project in `root`."""
    return [*machine(root), *locks(root), *dates(root / "docs", today)]


def machine(root: Path) -> Iterator[Finding]:
    """Look for the programs."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= (3, 11):  # noqa: UP036  # whoever has an older one is told so
        yield Finding("ok", f"Python {version}")
    else:
        yield Finding("MISSING", f"Python 3.11 or newer (this is {version})", "make PYTHON=/path/to/python")
    if not (root / ".venv").exists() and not importlib.util.find_spec("ensurepip"):
        yield Finding("MISSING", "Python's venv", "on Debian: apt install python3-venv")
    yield program("make", "on Debian: apt install make; on Windows see docs/guide/hosting.md", "MISSING")
    yield program("git", "without it pages are dated today, and `make bundle` has no sources to pack")
    yield found("Chromium", chromium, "browser tests are skipped; on Debian: apt install chromium, or set CHROMIUM")
    for part in lacking_office():
        yield Finding("absent", f"LibreOffice {part}", f"on Debian: apt install libreoffice-{part.lower()}-nogui")
    yield found("a Chinese font", chinese_font, "pictures of pages show boxes; on Debian: apt install fonts-noto-cjk")
    yield found(
        "Pango",
        lambda: ctypes.util.find_library("pango-1.0"),
        "no PDF of a class; on Debian: apt install libpangoft2-1.0-0",
    )
    yield program("node", "checks by npm tools are skipped; on Debian: apt install nodejs npm")
    yield program("java", "the check of the HTML is skipped; on Debian: apt install default-jre-headless")
    yield program("uv", "only `make lock` needs it: pip install uv")


def program(name: str, remedy: str, level: Level = "absent") -> Finding:
    """Look for a program by its name."""
    return found(name, lambda: shutil.which(name), remedy, level)


def found(what: str, look: Callable[[], str | None], remedy: str, level: Level = "absent") -> Finding:
    """Say whether something was found, and where."""
    place = look()
    return Finding("ok", f"{what} ({place})") if place else Finding(level, what, remedy)


def chromium() -> str | None:
    """Find a Chromium: $CHROMIUM, the system's, or Playwright's own."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))]
    mac = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    own = sorted(str(path) for path in (Path.home() / ".cache/ms-playwright").glob("chromium-*/chrome-linux*/chrome"))
    return next((path for path in (*named, *mac, *own) if path and Path(path).exists()), None)


OFFICE = {"Writer": "libswlo.*", "Calc": "libsclo.*", "Impress": "libsdlo.*"}
"""What each part of LibreOffice cannot do without, beside its program."""


def lacking_office() -> list[str]:
    """Give the parts of LibreOffice that are not installed."""
    soffice = shutil.which("soffice")
    if not soffice:
        return list(OFFICE)
    home = Path(soffice).resolve().parent
    return [part for part, library in OFFICE.items() if not any(home.parent.rglob(library))]


def chinese_font() -> str | None:
    """Find a font for Chinese: Noto's on Linux; Windows and macOS have their own."""
    if sys.platform in ("win32", "darwin"):
        return "the system's"
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    fonts = (str(font) for folder in folders for font in sorted(folder.rglob("*CJK*")) if font.is_file())
    return next(fonts, None)


def locks(root: Path) -> Iterator[Finding]:
    """Compare what pyproject.toml asks for with what the locks hold."""
    import tomllib  # noqa: PLC0415  # not there before Python 3.11, which is then what is told

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }
    for name, requirements in wanted.items():
        held = pinned((root / name).read_text(encoding="utf-8")) if (root / name).exists() else {}
        astray = [each for each in requirements if not satisfied(each, held)]
        level: Level = "MISSING" if name == "requirements.lock" else "absent"
        for requirement in astray:
            yield Finding(level, f"{requirement} in {name}", "run `make lock`")
        if not astray:
            yield Finding("ok", f"{name} is in step with pyproject.toml ({len(held)} packages)")


def pinned(lock: str) -> dict[str, str]:
    """Give the versions of a lock, by name.

    >>> pinned("pyyaml==6.0.3 \\\\\\n    --hash=sha256:0\\n")
    {'pyyaml': '6.0.3'}
    """
    return {normalised(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE)}


def normalised(name: str) -> str:
    """Give a package's name as locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def satisfied(requirement: str, held: dict[str, str]) -> bool:
    """Say whether a lock holds what one line of pyproject.toml asks for: releases compared by their numbers.

    >>> satisfied("PyYAML>=6.0.2,<7", {"pyyaml": "6.0.10"}), satisfied("pyyaml<6", {"pyyaml": "6.0.10"})
    (True, False)
    """
    name, conditions = re.fullmatch(r"([\w.-]+)(?:\[[^]]*])?\s*([^;]*).*", requirement).groups()  # type: ignore[union-attr]
    if normalised(name) not in held:
        return False
    version = release(held[normalised(name)])
    compare: dict[str, Callable[[list[int]], bool]] = {
        ">=": lambda other: version >= other,
        "==": lambda other: version == other,
        "<": lambda other: version < other,
    }
    return all(compare[sign](release(other)) for sign, other in re.findall(r"(>=|==|<)\s*([\w.]+)", conditions))


def release(version: str) -> list[int]:
    """Give a release's numbers, without trailing zeros."""
    numbers = [int(number) for number in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers


def dates(docs: Path, today: datetime.date) -> Iterator[Finding]:
    """Look for pages and statutes that must be read again."""
    pages = {path: _front(path) for path in sorted(docs.rglob("*.md"))}
    checked = {path: _date(CHECKED, front) for path, front in pages.items()}
    for path, day in checked.items():
        name = path.relative_to(docs.parent).as_posix()
        kind = "statute" if STATUTE.search(pages[path]) else "page"
        if day and day > today:
            yield Finding("expired", f"{name}: {kind} checked on {day}, which is yet to come", "mend `checked`")
        elif day and today - day > YEAR:
            yield Finding("expired", f"{name}: {kind} last checked on {day}", "read it against its sources again")
    known = [day for day in checked.values() if day]
    if known:
        yield Finding("ok", f"{len(known)} pages have a `checked` date, the oldest {min(known)}")
    statutes = {path: front for path, front in pages.items() if STATUTE.search(front)}
    for path, front in statutes.items():
        name, day, status = path.relative_to(docs.parent).as_posix(), _date(IN_FORCE, front), STATUS.search(front)
        if not checked[path]:
            yield Finding("expired", f"{name}: statute without a `checked` date", "read it against its source")
        if day and day > today and status and status[1] == "有效":
            yield Finding("expired", f"{name}: said to be in force, but only from {day}", "mend `status` or `in_force`")
    yield Finding("ok", f"{len(statutes)} statutes in the register")


def _front(path: Path) -> str:
    """Give a page's front matter."""
    _, _, rest = path.read_text(encoding="utf-8-sig").partition("---\n")
    return rest.partition("\n---")[0]


def _date(pattern: re.Pattern[str], front: str) -> datetime.date | None:
    match = pattern.search(front)
    try:
        return datetime.date.fromisoformat(match[1]) if match else None
    except ValueError:
        # The build tells the author.
        return None


def main(root: Path, today: datetime.date) -> int:
    """Print the report; fail if `make build` would."""
    findings = examine(root, today)
    for finding in findings:
        print(finding)
    missing = sum(finding.level == "MISSING" for finding in findings)
    print(f"`make build` lacks {missing} of the above" if missing else "`make build` has what it needs")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), datetime.datetime.now().astimezone().date()))
