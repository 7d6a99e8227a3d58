"""Write the golden files anew, to be read in `git diff` before they are committed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).parent
sys.path.insert(0, str(GOLDEN.parent))

from project import by_line, render, write  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    quiz = (GOLDEN / "all-types.yml").read_text(encoding="utf-8")
    corpus = write(Path(folder), **{"quizzes/car/02-second.yml": quiz})
    for name, page in (("all-types", "car/02-second.md"), ("timetable", "car/timetable.md")):
        (GOLDEN / f"{name}.html").write_text(by_line(render(corpus, page)), encoding="utf-8")
