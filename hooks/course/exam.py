"""Papers from the lessons' quizzes: drawn so that every objective has its turn, the same way every time."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from .corpus import Corpus, Page
from .quiz.model import Question, Quiz

COUNT = 20
TITLE = "结业考试"
MASTERY = 80
"""Per cent of the points that pass, as on the site (docs/assets/exam.js)."""


class Drawn(NamedTuple):
    """A question of a paper, and the lesson it tests."""

    place: int
    """In teaching order."""
    lesson: Page
    question: Question


def draw(corpus: Corpus, lessons: Iterable[Page], count: int = COUNT, *, lot: str = "", turn: int = 0) -> list[Drawn]:
    """Draw a paper: one question of each objective in turn, until there are `count`, in teaching order.

    What is drawn follows from the questions' IDs and `lot` alone, so that the paper changes no more than its
    questions do. Another `turn` of the same lot tests the same objectives by other questions, where there are any.
    """
    groups: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    numbers = itertools.count()
    for lesson in lessons:
        for identifier in lesson.quizzes:
            found = corpus.quiz(identifier)
            for question in found.model.questions if found and found.model else ():
                # One paper now, its IDs name the quiz each came from.
                renamed = question.model_copy(update={"id": f"{PurePosixPath(identifier).name}-{question.id}"})
                groups[lesson.path, question.objective].append(Drawn(next(numbers), lesson, renamed))
    piles = [sorted(group, key=lambda each: by_lot(lot + each.question.id)) for group in groups.values()]
    piles.sort(key=lambda pile: by_lot(lot + pile[0].question.id))
    turned = [pile[turn % len(pile) :] + pile[: turn % len(pile)] for pile in piles]
    turns = itertools.chain.from_iterable(itertools.zip_longest(*turned))
    return sorted(itertools.islice((each for each in turns if each), count))


def quiz(drawn: Sequence[Drawn]) -> Quiz | None:
    """Give a paper as one quiz."""
    return Quiz(title=TITLE, questions=[each.question for each in drawn]) if drawn else None


def by_lot(text: str) -> bytes:
    """Give a key that sorts texts as if by lot."""
    return hashlib.sha256(text.encode()).digest()
