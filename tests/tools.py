"""Independent programs that judge what the site gives: from npm (tests/npm), and Java to run one of them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

MODULES = Path(__file__).parent / "npm/node_modules"
AXE = MODULES / "axe-core/axe.min.js"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
ICAL = MODULES / "ical.js/dist/ical.js"
JSQR = MODULES / "jsqr/dist/jsQR.js"
SCORM_AGAIN = MODULES / "scorm-again/dist/scorm12.js"


def lacking() -> dict[str, str]:
    """Give what is not there, by the fixture that needs it."""
    install = "npm ci --ignore-scripts --prefix tests/npm"
    lost = {name: f"{title} ({install})" for name, title, file in _FILES if not file.exists()}
    if not shutil.which("node"):
        lost["ical"] = "Node (Debian: apt install nodejs)"
    if not shutil.which("java"):
        lost["vnu"] = "Java (Debian: apt install default-jre-headless)"
    return lost


_FILES = (
    ("axe", "axe-core", AXE),
    ("vnu", "vnu-jar", VNU),
    ("ical", "ical.js", ICAL),
    ("jsqr", "jsQR", JSQR),
    ("scorm_again", "scorm-again", SCORM_AGAIN),
)


def errors_of_vnu(folders: Iterable[Path]) -> list[str]:
    """Validate every page below some folders; give the errors."""
    command = ["java", "-Xss8m", "-jar", str(VNU), "--errors-only", "--format", "json", "--exit-zero-always"]
    # Its messages stand on standard error.
    said = subprocess.run(
        [*command, "--skip-non-html", *map(str, folders)], capture_output=True, text=True, check=True, timeout=300
    ).stderr
    return [
        f"{error['url']}:{error.get('lastLine')}: {error['message']} {error.get('extract', '')}"
        for error in json.loads(said)["messages"]
    ]
