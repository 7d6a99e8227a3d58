"""Quizzes: the model and its rules, how answers match, and the HTML they become."""
