"""Pack a folder into a ZIP file, the same bytes for the same files: `python -m course.pack folder file.zip`."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from pathlib import Path

PACKED = {".gz", ".png", ".whl", ".docx", ".xlsx"}
"""What does not get any smaller."""


def pack(folder: Path, target: Path) -> None:
    """Pack all files below `folder`, dated like the last commit where SOURCE_DATE_EPOCH says so."""
    date = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), date)
            entry.compress_type = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
            # Scripts stay executable.
            entry.external_attr = file.stat().st_mode << 16
            archive.writestr(entry, file.read_bytes())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))
