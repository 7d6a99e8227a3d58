"""The site is built once for each edition, strictly, and served from memory-less static files."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import tools
from course.doctor import chromium, lacking_office

ROOT = Path(__file__).parent.parent
ZENSICAL = Path(os.environ.get("ZENSICAL", ROOT / ".venv/zensical/bin/zensical"))
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
SAFE_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


# The suite tests the course as it is, whatever company.yml lies there; tests/test_company.py has a company of its own.
os.environ["COMPANY"] = ""

LOST = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Look for the programs that tests need; in CI a test that is skipped would hide a hole, so fail."""
    lost = [f"LibreOffice {part} (Debian: apt install libreoffice-{part.lower()}-nogui)" for part in lacking_office()]
    if not chromium():
        lost.append("Chromium (Debian: apt install chromium fonts-noto-cjk; or name one in the variable CHROMIUM)")
    lost += tools.lacking().values()
    if not ZENSICAL.exists():
        lost.append("zensical (make portable)")
    if lost and IN_CI:
        pytest.exit(f"CI needs {' and '.join(lost)}", returncode=1)
    config.stash[LOST] = lost


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser, axe, vnu or another client, skip what needs one; LibreOffice's tests skip themselves."""
    absent = {**({} if chromium() else {"page": "Chromium"}), **tools.lacking()}
    for item in items:
        for fixture in absent.keys() & getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=f"no {absent[fixture]}"))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say loudly what was not tested."""
    for missing in config.stash.get(LOST, []):
        terminalreporter.section("NOT TESTED", sep="!", red=True, bold=True)
        terminalreporter.line(f"Tests were skipped for want of {missing}")


def build(target: Path, edition: str = "trainee", site_url: str = "") -> str:
    """Build the site strictly into `target` as `make build` does; give what was logged."""
    variables = {"EDITION": edition, "NO_MKDOCS_2_WARNING": "1", **({"SITE_URL": site_url} if site_url else {})}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, served without a word."""

    def log_message(self, *_: Any) -> None:
        pass


class Served(NamedTuple):
    """A built site and where it is served."""

    folder: Path
    address: str


def serve(folder: Path, edition: str) -> Iterator[Served]:
    """Serve `folder` on a free port, and build the site for that very address: instant navigation needs it."""
    folder.mkdir()
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        build(folder, edition, address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(folder, address)
        server.shutdown()


@pytest.fixture(scope="session")
def trainee(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The trainee's site."""
    yield from serve(tmp_path_factory.mktemp("sites") / "trainee", "trainee")


@pytest.fixture(scope="session")
def instructor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The instructor's site."""
    yield from serve(tmp_path_factory.mktemp("sites") / "instructor", "instructor")


@pytest.fixture(scope="session")
def site(trainee: Served) -> Path:
    """The trainee's files."""
    return trainee.folder


@pytest.fixture(scope="session")
def address(trainee: Served) -> str:
    """Where they are served."""
    return trainee.address


@pytest.fixture(scope="session")
def instructor_site(instructor: Served) -> Path:
    """The instructor's files."""
    return instructor.folder


@pytest.fixture(scope="session")
def instructor_address(instructor: Served) -> str:
    """Where they are served."""
    return instructor.address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that is there, quietly."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(SAFE_FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Read Chinese."""
    return {**browser_context_args, "locale": "zh-CN"}
