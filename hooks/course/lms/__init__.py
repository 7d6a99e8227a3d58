"""What a learning platform (LMS) and a question writer take away: SCORM packages, Moodle XML, an Excel question bank.

`python -m course.lms` says what there is. Everything is rendered from the same checked models as the site.
"""
