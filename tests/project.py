"""A small, sound project that tests spoil or render."""

from __future__ import annotations

from pathlib import Path

import markdown

from course.check import check
from course.corpus import Corpus

SOURCES = {
    "docs/index.md": """\
---
title: 首页
---

# 首页

/// courses
///
""",
    "docs/car/index.md": """\
---
title: 小课
description: 两课。
duration: 半日
---

# 小课

/// lessons
///
""",
    "docs/car/01-first.md": """\
---
title: 第一课
description: 第一。
minutes: 50
objectives:
  tell: 说出一件事
  count: 算出一个数
checked: 2026-11-22
---

# 第一课

课文。

/// instructor
提示。
///

/// quiz | car/01-first
///
""",
    "docs/car/02-second.md": """\
---
title: 第二课
description: 第二。
minutes: 40
objectives:
  know: 知道一件事
---

# 第二课

/// quiz | car/02-second
///
""",
    "docs/car/timetable.md": """\
---
title: 课程表
---

# 课程表

/// schedule
total: 120
days:
  - title: 第一天
    start: "09:00"
    sessions:
      - lesson: 01-first.md
      - break: 10
      - lesson: 02-second.md
      - lunch: until 13:00
      - exercise: 练习
        minutes: 20
      - discussion: 交流
        minutes: 10
        optional: true
///
""",
    "quizzes/car/01-first.yml": """\
title: 第一课自测
questions:
  - id: one
    type: single
    objective: tell
    stem: 选一个？
    options:
      - text: 甲甲
        correct: true
        feedback: 对在这里。
      - text: 乙乙
        feedback: 错在这里。
    explanation: 解析一。
  - id: sum
    type: numeric
    objective: count
    stem: 1,000 元的千分之五是多少？
    answer: 5
    tolerance: 0.01
    unit: 元
    explanation: 1,000 × 0.005 = 5。
  - id: steps
    type: order
    objective: tell
    stem: 排好。
    steps: [先, 再, 后]
    explanation: 解析二。
""",
    "quizzes/car/02-second.yml": """\
title: 第二课自测
questions:
  - id: yes
    type: true-false
    objective: know
    stem: 对吗？
    answer: true
    explanation: 对。
""",
}
CIVIL_CODE = """\
---
title: 民法典
description: 时效与隐私。
statute:
  full: 中华人民共和国民法典
  short: [民法典]
  kind: 法律
  in_force: "2021-01-01"
  status: 有效
  applies_to: [银行个贷, 一般]
  source: 数据包
checked: 2026-11-22
---

# 民法典

## 第一百八十八条

普通诉讼时效三年，**从知道之日**起算，最长二十年。

## 第一百九十五条

要求还款的意思到达债务人，时效中断；见本法第一百八十八条。

## 第一千零三十三条

不得侵扰他人的私人生活安宁。
"""
"""A page of the register."""


def write(root: Path, **changes: str | None) -> Corpus:
    """Write the project below `root`, with files replaced or (None) left out; give its corpus."""
    for name, text in {**SOURCES, **changes}.items():
        if text is not None:
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return Corpus(root / "docs", root / "quizzes")


def said(corpus: Corpus) -> list[str]:
    """Give what an author is told about a project."""
    return [str(mistake) for mistake in sorted(set(check(corpus)))]


class _File:
    def __init__(self, path: str) -> None:
        self.src_uri = path


class _Relpath:
    """Stands where MkDocs puts the processor that knows the page."""

    def __init__(self, path: str) -> None:
        self.file = _File(path)

    def run(self, _root: object) -> None:
        pass


def render(corpus: Corpus, path: str, edition: str = "trainee") -> str:
    """Render a page's body as a builder does."""
    options = {"docs": str(corpus.docs), "quizzes": str(corpus.quizzes), "edition": edition}
    md = markdown.Markdown(
        extensions=[
            "tables",
            "footnotes",
            "abbr",
            "pymdownx.superfences",
            "pymdownx.blocks.admonition",
            "course.extension",
        ],
        extension_configs={
            "course.extension": options,
            "pymdownx.blocks.admonition": {
                "types": [{"name": "redline", "title": "红线"}, {"name": "case", "title": "案例"}]
            },
        },
    )
    md.treeprocessors.register(_Relpath(path), "relpath", 0)  # type: ignore[arg-type]
    page = corpus.page(path)
    assert page
    return md.convert(page.body)


def by_line(html: str) -> str:
    """Put every element on a line of its own, for a readable difference."""
    return html.replace("><", ">\n<") + "\n"
