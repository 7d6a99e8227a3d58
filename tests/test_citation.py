"""Citations in plain Chinese: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from course.law.citation import Bare, Citation, article_name, find
from course.law.numerals import to_chinese, to_number

FOUND = [
    ("《民法典》第一百八十八条第一款", ["民法典 188 款1"]),
    ("《民法典》第188条第一款", ["民法典 188 款1"]),
    ("《民法典》第一千零三十三条第（五）项", ["民法典 1033 项5"]),
    ("《民法典》第一百九十二条、第一百九十三条", ["民法典 192", "民法典 193"]),
    ("《民法典》第一百九十二条和第一百九十三条", ["民法典 192", "民法典 193"]),
    ("《民法典》第五百三十五条至第五百三十八条", ["民法典 535", "民法典 536 隐", "民法典 537 隐", "民法典 538"]),
    ("《刑法》第二百九十三条之一", ["刑法 293-1"]),
    ("《个人信息保护法》第十三条第一款第四项、第二款", ["个人信息保护法 13 款1 项4", "个人信息保护法 13 款2"]),
    ("《刑法》第二百五十三条之一第三款、第四款", ["刑法 253-1 款3", "刑法 253-1 款4"]),
    ("《民法典》第七百四十八条第二款第一项、第二项", ["民法典 748 款2 项1", "民法典 748 款2 项2"]),
    ("《公证法》第三十六条，《民事诉讼法》第二百四十九条", ["公证法 36", "民事诉讼法 249"]),
    ("《公证法》第三十六条；同法第三十七条", ["公证法 36", "公证法 37"]),
    ("**《民法典》**第四百零一条", ["民法典 401"]),
    ("《民法典》\n第四百零一条", ["民法典 401"]),
    ("本法第三条", ["本 3"]),
    ("本法第三条、第五条，《民法典》第六条", ["本 3", "本 5", "民法典 6"]),
    ("《最高人民法院关于适用〈中华人民共和国民法典〉有关担保制度的解释》第三十二条",
     ["最高人民法院关于适用〈中华人民共和国民法典〉有关担保制度的解释 32"]),
    # A statute alone is no citation; neither are contracts and house rules.
    ("《民法典》讲诉讼时效", []),
    ("《汽车消费服务协议》规定", []),
    ("合同第五条约定，本协议第3条", []),
    ("原《合同法》已经废止", []),
    # Nobody can tell which statute is meant.
    ("见第三百九十四条", ["? 第三百九十四条"]),
    ("《民法典》讲时效的是第一百八十八条", ["? 第一百八十八条"]),
    ("《民法典》第一条。第二条不同", ["民法典 1", "? 第二条"]),
    ("同法第五条", ["? 同法第五条"]),
    ("第二款", []),
]  # fmt: skip


def say(found: Citation | Bare) -> str:
    if isinstance(found, Bare):
        return f"? {found.text}"
    parts = [found.statute or "本", found.key]
    parts += [f"款{found.paragraph}"] * bool(found.paragraph) + [f"项{found.item}"] * bool(found.item)
    return " ".join(parts + ["隐"] * found.implied)


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_citations_are_found(text: str, found: list[str]) -> None:
    assert [say(each) for each in find(text)] == found


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_citations_know_their_place(text: str, found: list[str]) -> None:
    before = "前言，"
    shifted = find(before + text)
    assert [say(each) for each in shifted] == found
    for each, plain in zip(shifted, find(text), strict=True):
        assert (each.start, each.end) == (plain.start + len(before), plain.end + len(before))


@pytest.mark.parametrize("number", [1, 10, 19, 20, 99, 100, 101, 110, 188, 210, 535, 1000, 1001, 1033, 1110, 1260])
def test_numerals_there_and_back(number: int) -> None:
    assert to_number(to_chinese(number)) == number
    assert to_number(str(number)) == number


def test_keys_are_said_in_chinese() -> None:
    assert article_name("188") == "第一百八十八条"
    assert article_name("293-1") == "第二百九十三条之一"
