"""The exam of a course: a fixed paper, drawn from its lessons' quizzes so that every objective has its turn."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from pathlib import PurePosixPath

from ..corpus import Corpus
from ..quiz.model import Question, Quiz

COUNT = 20
TITLE = "结业考试"


def draw(corpus: Corpus, course: str, count: int = COUNT) -> Quiz | None:
    """Draw the paper: one question of each objective in turn, until there are `count`, in teaching order.

    What is drawn follows from the questions' IDs alone, so that the paper changes no more than its questions do.
    """
    groups: dict[tuple[str, str], list[tuple[int, Question]]] = defaultdict(list)
    numbers = itertools.count()
    for lesson in corpus.lessons(course):
        for identifier in lesson.quizzes:
            found = corpus.quiz(identifier)
            for question in found.model.questions if found and found.model else ():
                # One quiz now, its IDs name the quiz each came from.
                renamed = question.model_copy(update={"id": f"{PurePosixPath(identifier).name}-{question.id}"})
                groups[lesson.path, question.objective].append((next(numbers), renamed))
    piles = [sorted(group, key=lambda each: _by_lot(each[1].id)) for group in groups.values()]
    piles.sort(key=lambda pile: _by_lot(pile[0][1].id))
    turns = itertools.chain.from_iterable(itertools.zip_longest(*piles))
    drawn = sorted(itertools.islice((each for each in turns if each), count), key=lambda each: each[0])
    return Quiz(title=TITLE, questions=[question for _, question in drawn]) if drawn else None


def _by_lot(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
