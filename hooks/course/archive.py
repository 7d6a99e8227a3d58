"""Archives that are the same bytes every time: names in order, one date for all."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from collections.abc import Mapping

EARLIEST = 315532800
"""1980-01-01, the first day a zip can tell."""


def created() -> datetime.datetime:
    """Give the date of everything that is written: SOURCE_DATE_EPOCH, the last commit's, or the earliest there is."""
    seconds = max(EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files by name, the first one first."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, created().timetuple()[:6])
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
