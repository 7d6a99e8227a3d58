"""A quiz as its author would write it: the YAML that `course.quiz.model` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from .. import yaml_c
from ..quiz.model import Question, Quiz
from ..source import read, read_yaml

FIRST, LAST = ("id", "type", "objective", "stem"), "explanation"
UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")


def to_yaml(quiz: Quiz) -> str:
    """Write a quiz."""
    lines = [f"title: {_scalar(quiz.title)}", "questions:"]
    for question in quiz.questions:
        lines += _question(question)
    return "\n".join(lines) + "\n"


def _question(question: Question) -> Iterator[str]:
    data = question.model_dump(exclude_defaults=True)
    middle = [key for key in data if key not in (*FIRST, LAST)]
    return _item({key: data[key] for key in (*FIRST, *middle, LAST)}, "  ")


def _item(data: dict[str, Any], indent: str) -> Iterator[str]:
    """Write a mapping as an item of a list."""
    mark = "- "
    for key, value in data.items():
        if isinstance(value, list):
            yield f"{indent}{mark}{key}:"
            for each in value:
                if isinstance(each, dict):
                    yield from _item(each, indent + "    ")
                else:
                    yield f"{indent}    - {_scalar(each)}"
        else:
            yield f"{indent}{mark}{key}: {_scalar(value)}"
        mark = "  "


def _scalar(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def _is_plain(text: str) -> bool:
    """Whether YAML reads the text as it stands, as text, in both places where it may stand."""
    try:
        return bool(yaml_c.load(f"k: {text}\n") == {"k": text} and yaml_c.load(f"- {text}\n") == [text])
    except yaml_c.UnusualError:
        return False


def _quoted(text: str) -> str:
    # JSON is YAML but for a few characters that JSON may leave as they are.
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def edited(quiz: Quiz, old: Quiz, source: str) -> str:
    """Write a quiz over its old source: what is unchanged keeps its author's lines."""
    tree, _ = read_yaml(source, "")
    lines = source.splitlines(keepends=True)
    starts = [tree.line(("questions", place)) for place in range(len(old.questions))]
    blocks = ["".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    kept = {question.id: (question, block) for question, block in zip(old.questions, blocks, strict=True)}
    head = "".join(lines[: starts[0]]) if quiz.title == old.title else f"title: {_scalar(quiz.title)}\nquestions:\n"
    body = []
    for question in quiz.questions:
        before, block = kept.get(question.id, (None, ""))
        # A blank line after a question stays.
        blank = block[len(block.rstrip("\n")) + 1 :]
        body.append(block if question == before else "".join(f"{line}\n" for line in _question(question)) + blank)
    text = head + "".join(body)
    # Where the author's layout does not go with ours, ours.
    return text if read(Quiz, text, "").model == quiz else to_yaml(quiz)
