"""Serve a folder as a generated nginx configuration says: its headers, caching and error page, and nothing besides."""

from __future__ import annotations

import http.server
import re
from pathlib import Path
from typing import Any


class Configuration:
    """What a generated nginx.conf says of answers."""

    def __init__(self, text: str) -> None:
        self.headers: list[tuple[str, str, str]] = re.findall(
            r'^    add_header (\S+) (?:"(.*)"|(\$\w+)) always;$', text, re.MULTILINE
        )
        assert len(self.headers) == len(re.findall(r"^ *add_header ", text, re.MULTILINE)), (
            "an add_header that tests would not see"
        )
        entries = re.findall(r'^    "?(\S+?)"? "(.*)";$', text.partition("}")[0], re.MULTILINE)
        self.caching: dict[str, str] = dict(entries)
        (self.not_found,) = re.findall(r"^    error_page 403 404 =404 (\S+);$", text, re.MULTILINE)

    def of(self, path: str) -> dict[str, str]:
        """Give the headers of the answer for `path`."""
        caching = self.caching.get(path, self.caching["default"])
        return {name: value if value else caching for name, value, _ in self.headers}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves `directory` under `configuration`."""

    configuration: Configuration
    """To be given before the first request."""

    def end_headers(self) -> None:
        for name, value in self.configuration.of(self.path.partition("?")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            return super().send_error(code, message, explain)
        page = (Path(self.directory) / self.configuration.not_found.lstrip("/")).read_bytes()
        self.path = self.configuration.not_found
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        return None

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        pass
