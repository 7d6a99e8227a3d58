"""What LibreOffice reads in a file."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

# Comma, quotes, UTF-8, from line 1, as shown, every sheet in a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def convert(files: list[Path], to: str, folder: Path) -> None:
    """Let LibreOffice write `files` in another format into `folder`, under a profile of its own."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to]
    done = [*command, "--outdir", str(folder), *map(str, files)]
    subprocess.run(done, check=True, capture_output=True, timeout=180)


def sheets_of(file: Path, folder: Path) -> dict[str, list[list[str]]]:
    """Give the rows of every sheet as LibreOffice shows them, by the sheet's name."""
    folder.mkdir(exist_ok=True)
    convert([file], CSV, folder)
    found = folder.glob(f"{file.stem}-*.csv")
    return {
        path.stem.removeprefix(f"{file.stem}-"): list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in found
    }
