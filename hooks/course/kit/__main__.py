"""`python -m course.kit NAME`: write the kit of a class, one zip that needs no Python to use."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ..archive import zipped
from ..command import refusal, write
from ..corpus import Corpus
from ..paper import LackingError
from .contents import files
from .plan import Plan, named, plan


def main(arguments: list[str] | None = None) -> int:
    """Write the kit of a class of the project that the current folder holds, whole or not at all."""
    parser = argparse.ArgumentParser(prog="course.kit", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("dist"), help="where the zip is written (default: dist)")
    parser.add_argument("name", nargs="?", default="", help="the file stem of a page in docs/classes/")
    asked = parser.parse_args(arguments)
    corpus = Corpus.here()
    planned = _planned(corpus, asked.name)
    if planned is None:
        return 1
    try:
        written = _made(planned)
    except LackingError as error:
        print(error, file=sys.stderr)
        return 1
    write(asked.into / f"{asked.name}-kit.zip", zipped(written), f"，{len(written)} 个文件")
    return 0


def _planned(corpus: Corpus, name: str) -> Plan | None:
    """Plan the class of that name, or say why not."""
    if wrong := refusal(corpus):
        print(wrong, file=sys.stderr)
        return None
    classes = named(corpus)
    if name in classes and (found := plan(corpus, classes[name])):
        return found
    known = f"可用：{'、'.join(classes)}" if classes else "先在 docs/classes/ 里写一页"
    what = f"没有“{name}”这个班次" if name else "没有说是哪个班次"
    print(f"{what} —— make kit CLASS=名字，{known}", file=sys.stderr)
    return None


def _made(planned: Plan) -> dict[str, bytes]:
    """Make every file of a kit, and say each as it is done."""
    made: dict[str, bytes] = {}
    for name, make in files(planned, os.environ.get("SITE_URL", "")).items():
        made[name] = make()
        print(f"  {name}  {len(made[name]) / 1024:,.0f} KB", flush=True)
    return made


if __name__ == "__main__":
    sys.exit(main())
