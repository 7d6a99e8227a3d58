"""What Lighthouse says of four pages on a phone: `make bench-lighthouse`. A busy machine costs points.

The site is served as deploy/ has nginx serve it: compressed, with its policy.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import statistics
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from conftest import build
from course.deploy import main as configure
from course.doctor import chromium
from nginx import Configuration, Handler

PAGES = {
    "home": "",
    "lesson": "car-loan/06-phone-skills/",
    "timetable": "car-loan/two-day/",
    "scenario": "practice/angry/",
}
CATEGORIES = ("performance", "accessibility", "best-practices")
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
RUNS = 5
LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/lighthouse/cli/index.js"
FLAGS = "--headless=new --no-sandbox --disable-gpu"


class Packed(Handler):
    """Compresses what it serves."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802
        """Give a file, or what the handler gives where there is none."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            super().do_GET()
            return
        content = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file.as_posix()))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def run(address: str) -> dict[str, Any]:
    """Let Lighthouse judge a page once."""
    command = ["node", str(LIGHTHOUSE), address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chromium() or ""}, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def main() -> None:
    """Build, serve, judge and print."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        handler = functools.partial(Packed, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            address = f"http://127.0.0.1:{server.server_address[1]}/"
            build(site, site_url=address)
            configure(str(site), folder, noindex=False)
            Packed.configuration = Configuration((Path(folder) / "nginx.conf").read_text(encoding="utf-8"))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            report(address)
            server.shutdown()


def report(address: str) -> None:
    """Print the medians of each page."""
    print(" " * 12 + "".join(f"{name:>26}" for name in (*CATEGORIES, *TIMES)))
    for name, path in PAGES.items():
        runs = [run(address + path) for _ in range(RUNS)]
        scores = [statistics.median(one["categories"][each]["score"] for one in runs) for each in CATEGORIES]
        times = [statistics.median(one["audits"][each]["numericValue"] for one in runs) for each in TIMES]
        print(f"{name:12}" + "".join(f"{score:26.2f}" for score in scores) + "".join(f"{time:26.4g}" for time in times))


if __name__ == "__main__":
    main()
