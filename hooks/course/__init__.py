"""The engine of 清收课堂: sources in, checked models, HTML out. It never imports mkdocs.

Vocabulary, from the outside in:

- A *corpus* is all sources of a site: pages (Markdown with front matter) and quizzes (YAML).
- A *course* is a folder whose index page has `duration`; its *lessons* are the pages with `minutes`.
- A *lesson* has *objectives*; a *quiz* tests them with *questions*.
- A *cohort* 班次 has a schedule's days on dates, with a trainer, a room and participants.
- A *schedule* is days of *sessions*; its clock times follow the lessons' minutes.
- An *edition* is what a build is for: `trainee` 学员版 or `instructor` 讲师版.
- A *mistake* is what an author must mend before a strict build passes; a *notice* is only worth knowing.
"""
