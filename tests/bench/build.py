"""Compare builds with STOCK: the same docs under plain MkDocs + Material + jieba, none of our hooks and extensions.

    python tests/bench/build.py STOCK_PYTHON [--runs 7] [--times 10]

Prints ratios of medians from one interleaved run: a cold build, from an edit to what the browser is served, and the
cost of a page at ten times the content. Ratios hold from machine to machine; seconds do not.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
COPIED = ("docs", "quizzes", "hooks", "mkdocs.yml", "pyproject.toml")
KEPT_ONCE = ("law", "assets", "guide")
"""Folders that exist once however much content there is: a statute has one page."""
EDITED = "car-loan/05-phone-preparation.md"
PORTS = {"ours": 8197, "stock": 8198}
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}
WAIT = 120.0


@dataclass(frozen=True)
class Project:
    """A project to build, and the Python that builds it."""

    name: str
    folder: Path
    python: str

    def command(self, *arguments: str) -> list[str]:
        """Give a command of its MkDocs."""
        return [self.python, "-m", "mkdocs", *arguments]


@dataclass(frozen=True)
class Cost:
    """What one build took: seconds on the clock, seconds of all its processes, peak memory and HTML in MB, pages."""

    wall: float
    cpu: float
    memory: float
    html: float
    pages: int


def stock_config(config: Path) -> str:
    """Write the configuration of STOCK: our theme, language and navigation, and nothing of ours."""
    text = re.sub(r"!!?\S+", "", config.read_text(encoding="utf-8"))
    nav = text[text.index("\nnav:\n") :] if "\nnav:\n" in text else ""
    # Pages of one edition are none of the trainee's.
    nav = "\n".join(line for line in nav.split("\n") if "papers.md" not in line and "results.md" not in line)
    plain = {
        "site_name": "清收课堂",
        "site_url": "http://127.0.0.1/",
        "exclude_docs": "/practice/papers.md\n/practice/results.md\n",
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": [{"search": {"lang": "zh"}}],
        "markdown_extensions": ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"],
    }
    return str(yaml.safe_dump(plain, allow_unicode=True)) + nav


def projects(folder: Path, stock_python: str, times: int) -> list[Project]:
    """Copy the sources, `times` over, for us and for STOCK."""
    ours, stock = folder / "ours", folder / "stock"
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        ours.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, ours / name)
    for number in range(2, times + 1):
        multiply(ours, number)
    if times > 1:
        config = (ours / "mkdocs.yml").read_text(encoding="utf-8")
        (ours / "mkdocs.yml").write_text(config[: config.index("\nnav:\n")] + "\n", encoding="utf-8")
    stock.mkdir()
    shutil.copytree(ours / "docs", stock / "docs")
    (stock / "mkdocs.yml").write_text(stock_config(ours / "mkdocs.yml"), encoding="utf-8")
    return [Project("ours", ours, sys.executable), Project("stock", stock, stock_python)]


def multiply(folder: Path, number: int) -> None:
    """Add another copy of every course, with its quizzes and scenarios under names of their own."""
    docs, quizzes = folder / "docs", folder / "quizzes"
    for source in sorted(path for path in (ROOT / "docs").iterdir() if path.is_dir() and path.name not in KEPT_ONCE):
        shutil.copytree(source, docs / f"{source.name}-{number}")
        for page in (docs / f"{source.name}-{number}").glob("*.md"):
            text = page.read_text(encoding="utf-8")
            text = re.sub(r"^(/// quiz \| [^/\n]+)/", rf"\1-{number}/", text, flags=re.MULTILINE)
            text = re.sub(r"^(/// scenario \| \S+)", rf"\1-{number}", text, flags=re.MULTILINE)
            page.write_text(text, encoding="utf-8")
    for source in sorted(path for path in (ROOT / "quizzes").iterdir() if path.is_dir()):
        if source.name == "scenarios":
            for file in source.glob("*.yml"):
                shutil.copy(file, quizzes / "scenarios" / f"{file.stem}-{number}.yml")
        else:
            shutil.copytree(source, quizzes / f"{source.name}-{number}")


def build(project: Project) -> Cost:
    """Build once, cold."""
    site = project.folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    begun = time.monotonic()
    process = subprocess.Popen(
        project.command("build", "-q"), cwd=project.folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    pages = list(site.rglob("*.html"))
    html = sum(page.stat().st_size for page in pages)
    # Kilobytes on Linux, bytes on macOS.
    memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory, html / 1e6, len(pages))


@contextmanager
def serving(project: Project) -> Iterator[str]:
    """Serve a project; give the address of the page that is edited."""
    address = f"127.0.0.1:{PORTS[project.name]}"
    command = project.command("serve", "-q", "--dev-addr", address)
    process = subprocess.Popen(command, cwd=project.folder, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    try:
        path = re.search(r"https?://[^/]+(/\S*)", (project.folder / "mkdocs.yml").read_text(encoding="utf-8"))
        url = f"http://{address}{path[1].strip(chr(34) + chr(93)) if path else '/'}{EDITED.removesuffix('.md')}/"
        wait_for(url, "拨号")
        yield url
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, words: str) -> float:
    """Wait until a page has some words; give the seconds."""
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT:
        try:
            with urllib.request.urlopen(url, timeout=WAIT) as answer:  # noqa: S310  (our own server)
                if words in answer.read().decode():
                    return time.monotonic() - begun
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise TimeoutError(url)


def edit(project: Project, url: str, number: int) -> float:
    """Change a page's text; give the seconds until the page is served with it."""
    words = f"第{number}次改动{time.monotonic_ns()}"
    page = project.folder / "docs" / EDITED
    page.write_text(page.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
    return wait_for(url, words)


def report(what: str, ours: list[float], stock: list[float], unit: str = "s") -> None:
    """Print the medians and their ratio."""
    mine, theirs = statistics.median(ours), statistics.median(stock)
    print(f"{what:32} ours {mine:8.2f} {unit}   STOCK {theirs:8.2f} {unit}   ratio {mine / theirs:.2f}", flush=True)


def compare(found: list[Project], runs: int) -> dict[str, list[Cost]]:
    """Build each project `runs` times, in turns."""
    costs: dict[str, list[Cost]] = {project.name: [] for project in found}
    for _ in range(runs):
        for project in found:
            costs[project.name].append(build(project))
    return costs


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # Absolute, and still the link that it is: a virtual environment is found by its name.
    parser.add_argument("stock_python", type=os.path.abspath, help="has what requirements.txt beside this names")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--times", type=int, default=10, help="how much content the larger site has; 1 leaves it out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        small = projects(Path(name) / "once", arguments.stock_python, 1)
        costs = compare(small, arguments.runs)
        for what, unit in (("wall", "s"), ("cpu", "s"), ("memory", "MB"), ("html", "MB")):
            values = {key: [getattr(cost, what) for cost in each] for key, each in costs.items()}
            report(f"cold build, {what}", values["ours"], values["stock"], unit)
        with serving(small[0]) as ours, serving(small[1]) as stock:
            times = [(edit(small[0], ours, run), edit(small[1], stock, run)) for run in range(arguments.runs)]
        report("edit to visible", [mine for mine, _ in times], [theirs for _, theirs in times])
        if arguments.times > 1:
            large = projects(Path(name) / "large", arguments.stock_python, arguments.times)
            for project in large:
                cost, once = build(project), costs[project.name]
                for what in ("wall", "html", "memory"):
                    page = getattr(cost, what) / cost.pages
                    before = statistics.median(getattr(each, what) / each.pages for each in once)
                    print(
                        f"{project.name}: {what} a page at {cost.pages} pages / at {once[0].pages}: {page / before:.2f}"
                    )


if __name__ == "__main__":
    main()
