"""`python -m course.typography docs quizzes`: Chinese typography of everything readers see, checked by AutoCorrect."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import autocorrect_py

from .source import text_of

NUMBERED = re.compile(r"(?<=[第〕])\d+(?=[条款项号次])")
"""第188条 and 〔2020〕17号 are written without spaces; AutoCorrect would put some in."""
KINDS = {".md": "markdown", ".yml": "yaml"}


def main(folders: list[str]) -> int:
    """Print each line that should be written differently; 1 if there is one."""
    found = 0
    for folder in folders:
        for file in sorted(path for path in Path(folder).rglob("*") if path.suffix in KINDS):
            written, wrong = text_of(file, str(file))
            text = NUMBERED.sub("一", written)
            for each in wrong:
                print(each)
            found += len(wrong)
            for line in autocorrect_py.lint_for(text, KINDS[file.suffix]).lines:
                found += 1
                print(f"{file}:{line.line}: {line.old.strip()} —— {line.new.strip()}")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
