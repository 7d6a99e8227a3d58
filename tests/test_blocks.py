"""The scan: what is found, what is told, and what an edition may show."""

import pytest

from course.blocks import mistakes, published, scan


def found(text: str) -> list[tuple[str, str, int, int, bool]]:
    return [(block.name, block.argument, block.start, block.end, block.closed) for block in scan(text)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("/// quiz | a/b\n///", [("quiz", "a/b", 0, 1, True)]),
        ("文字\n\n/// case | 标题\n内容\n///\n", [("case", "标题", 2, 4, True)]),
        ("///instructor\nx\n///", [("instructor", "", 0, 2, True)]),
        ("/// instructor\nx", [("instructor", "", 0, 2, False)]),
        # Another number of slashes nests.
        ("//// instructor\n/// case\nx\n///\n////", [("instructor", "", 0, 4, True), ("case", "", 1, 3, True)]),
        # The inner one was forgotten: it ends where the outer one does.
        ("//// instructor\n/// case\nx\n////", [("instructor", "", 0, 3, True), ("case", "", 1, 3, False)]),
        # In a code fence it is an example.
        ("```\n/// quiz | x\n///\n```", []),
        ("~~~ markdown\n/// instructor\n~~~", []),
        # A fence that never ends is text, and hides nothing.
        ("```\n/// instructor\nx\n///", [("instructor", "", 1, 3, True)]),
        # Data is not looked into.
        ("/// schedule\n# /// note\na: |\n  ```\n///", [("schedule", "", 0, 4, True)]),
        ("1. 列表\n\n    /// note\n    x\n    ///", [("note", "", 2, 4, True)]),
    ],
)
def test_blocks_are_found(text: str, blocks: list[tuple[str, str, int, int, bool]]) -> None:
    assert found(text) == blocks


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/// instructer\nx\n///", "p.md:5: 不认识的块“/// instructer” —— 是不是“/// instructor”？"),
        (
            "/// xyz\n///",
            "p.md:5: 不认识的块“/// xyz” —— 可用：quiz、scenario、scenarios、practice、schedule、lessons、courses、figure、workbook、statutes、scope、duties、class、classes、sign-in、run-sheet、instructor、redline、case、note、outline、form、letter",
        ),
        ("\n/// instructor\nx", "p.md:6: “/// instructor”没有结束 —— 在块的最后另起一行写“///”"),
        ("> /// quiz | a\n> ///", "p.md:5: 块“/// quiz | a”写在引用（>）里 —— 块要另起一段，前面不加“>”"),
    ],
)
def test_mistakes_name_line_and_remedy(text: str, said: str) -> None:
    assert [str(mistake) for mistake in mistakes(text, scan(text), "p.md", 5)] == [said]


SECRETS = [
    "/// instructor\n秘密\n///",
    "/// instructor\n秘密",
    "///instructor\n\n秘密[^1]\n\n[^1]: 秘密\n\n*[秘密]: 秘密\n///",
    "//// instructor\n/// case\n秘密\n///\n////",
    "/// instructer\n秘密\n///",
    "/// Instructor\n秘密\n///",
    "```\n没有结束的代码\n\n/// instructor\n秘密\n///",
    "- 列表\n\n    /// instructor\n    秘密\n    ///",
]


@pytest.mark.parametrize("text", SECRETS)
def test_instructors_notes_are_absent_from_the_trainees_text_line_for_line(text: str) -> None:
    page = f"前\n\n{text}\n"
    shown = published(page, scan(page), "trainee")
    assert "秘密" not in shown
    assert shown.count("\n") == page.count("\n")
    assert shown.startswith("前\n")


def test_instructors_notes_are_in_the_instructors_text() -> None:
    page = "前\n\n/// instructor\n提示\n///\n"
    assert published(page, scan(page), "instructor") == page


def test_a_data_block_keeps_its_place_and_loses_its_body() -> None:
    page = "/// quiz | a\n///\n\n/// schedule\ndays: []\n\n\nx: 1\n///\n"
    assert published(page, scan(page), "trainee") == "/// quiz | 0\n///\n\n/// schedule | 1\n///\n\n\n\n\n"
