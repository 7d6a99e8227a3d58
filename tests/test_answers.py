import pytest

from course.quiz.answers import normalised, shuffled, variants

SAME = [
    ("诉前保全", "訴前保全"),
    ("诉前保全", " 诉 前，保全。"),
    ("三年", "3年"),
    ("三年", "３ 年"),
    ("3 年", "三年"),
    ("两年", "2年"),
    ("二年", "两年"),
    ("二十二点", "22點"),
    ("M2", "ｍ２"),
    ("《民法典》", "民法典"),
    ("担保物权", "擔保物權"),
    ("百分之二十", "百分之20"),
    ("0.05", "0.05"),
    ("连带责任保证", "連帶責任保證"),
    ("网络", "網絡"),
]
DIFFERENT = [
    ("诉前保全", "诉讼保全"),
    ("三年", "二年"),
    ("0.05", "005"),
    ("一般保证", "连带责任保证"),
    ("30", "三"),
    ("M2", "M3"),
]


@pytest.mark.parametrize(("answer", "typed"), SAME)
def test_the_same_answer_written_another_way_counts(answer: str, typed: str) -> None:
    assert normalised(typed) in variants(answer)


@pytest.mark.parametrize(("answer", "typed"), DIFFERENT)
def test_another_answer_does_not_count(answer: str, typed: str) -> None:
    assert normalised(typed) not in variants(answer)


def test_normalising_folds_width_case_punctuation_and_spaces_but_keeps_the_decimal_point() -> None:
    assert normalised("Ｍ２ 客户，共 ３.５０ 元。") == "m2客户共3.50元"


def test_shuffling_is_the_same_in_every_build_and_never_the_right_order() -> None:
    for count in range(3, 7):
        steps = [f"第{number}步" for number in range(count)]
        for seed in ("a", "b", "c", "d", "e"):
            once = shuffled(steps, seed)
            assert once == shuffled(steps, seed)
            assert once != steps
            assert sorted(once) == sorted(steps)
