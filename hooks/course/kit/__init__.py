"""The class kit: everything an instructor takes to a class, as files that need no Python.

`python -m course.kit car-loan-example` writes it. Each kind of file is one more renderer of the same checked sources:
plan.py says what the class teaches; slides.py makes slides of it, which deck.py writes; handout.py, papers.py, cards.py
and sheets.py write the rest.
"""
