"""What the commands that write files for others share: sound sources first, whole files or none."""

from __future__ import annotations

from pathlib import Path

from .check import check
from .corpus import Corpus


def refusal(corpus: Corpus) -> str:
    """Say what is wrong with the sources, a line for each mistake; nothing where nothing is."""
    wrong = sorted({mistake for mistake in check(corpus) if not mistake.notice})
    return "\n".join([*map(str, wrong), f"{len(wrong)} 处要改，什么也没有写"]) if wrong else ""


def write(file: Path, content: bytes, more: str = "") -> None:
    """Write a whole file, or leave the one that was there, and say its size, followed by `more`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
    print(f"{file.as_posix()}  {len(content) / 1024:,.0f} KB{more}", flush=True)
