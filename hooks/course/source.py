"""Reading what authors write: YAML and front matter into checked models, mistakes as path:line.

YAML is read as YAML 1.2: `8:30` stays text, duplicate keys are refused. What is sound is read quickly (yaml_c.py);
ruamel.yaml, which keeps lines, reads it again where there is a mistake to tell.
"""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from . import yaml_c
from .mistakes import Mistake

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
UNFIT = re.compile(yaml_c.UNFIT)
NESTED = re.compile(rf"(?:[\[{{][^\[\]{{}}]{{0,20}}+){{{yaml_c.DEEPEST}}}|(?:[-?:] +){{{yaml_c.DEEPEST}}}")
"""Deeper than any source, and so deep that reading it takes minutes."""
M = TypeVar("M", bound=BaseModel)


class Model(BaseModel):
    """What every model of a source has in common: unknown keys are mistakes, nothing changes afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        str_strip_whitespace=True,
        str_min_length=1,
        allow_inf_nan=False,
    )


class Read(NamedTuple, Generic[M]):
    """A model, or what keeps it from being one."""

    model: M | None
    mistakes: tuple[Mistake, ...]


def mistake(what: str, remedy: str = "", at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """Make the error that a model's rule raises; `at` points below the model, to the line that is wrong."""
    # Braces would be read as a template by pydantic.
    return PydanticCustomError("rule", "{what}", {"what": what, "remedy": remedy, "at": at})


def text_of(file: Path, name: str) -> tuple[str, tuple[Mistake, ...]]:
    """Read a source; what is not UTF-8 in it is told and replaced. `name` is what its author is told."""
    written = file.read_bytes()
    wrong: tuple[Mistake, ...] = ()
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = written.decode("utf-8-sig", errors="replace")
        line = 1 + written.count(b"\n", 0, error.start)
        remedy = "用编辑器把文件另存为 UTF-8（多半是存成了 GBK）"
        wrong = (Mistake(name, line, "这一行有不是 UTF-8 编码的字", remedy),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), wrong


def unfit(text: str, path: str) -> tuple[Mistake, ...]:
    """Tell the first character that no page may have, such as a control character."""
    found = UNFIT.search(text)
    return (Mistake(path, 1 + text.count("\n", 0, found.start()), *_unfit(found[0])),) if found else ()


def _unfit(character: str) -> tuple[str, str]:
    return f"混入了控制字符 U+{ord(character):04X}", "删去它；多半是从别处粘贴来的，肉眼看不见"


def split_front_matter(text: str) -> tuple[str, str]:
    """Split a page into its front matter (without fences) and its body, so that their lines still add up."""
    match = FRONT_MATTER.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


@dataclass(frozen=True)
class Tree:
    """A YAML document: its data, and on demand the lines they stand on."""

    data: Any
    text: str

    def line(self, location: tuple[str | int, ...]) -> int:
        """Give the line, from 0, of the deepest part of `location` that the source has."""
        return line_of(self._marked, location)

    @cached_property
    def _marked(self) -> Any:
        try:
            return YAML(typ="rt").load(self.text)
        except UNREADABLE:
            return None


UNREADABLE = (YAMLError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What ruamel.yaml raises: for what it understands, and for 2026-13-45, for a number of 5000 digits and the like."""


class _UnfitError(Exception):
    """A document that YAML allows and no source needs."""

    def __init__(self, what: str, remedy: str, where: tuple[str | int, ...] = ()) -> None:
        super().__init__(what)
        self.said = what, remedy
        self.where = where


def read(model: type[M], text: str, path: str, first_line: int = 1) -> Read[M]:
    """Read YAML `text`, which begins at `first_line` of `path`, as `model`."""
    tree, mistakes = read_yaml(text, path, first_line)
    return Read(None, mistakes) if mistakes else validate(model, tree, path, first_line)


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Tree, tuple[Mistake, ...]]:
    """Read YAML `text` as a tree that knows its lines."""
    if deep := NESTED.search(text):
        line = first_line + text.count("\n", 0, deep.start())
        return Tree(None, text), (Mistake(path, line, "YAML 嵌套太深", "检查括号、连字符和缩进"),)
    try:
        return Tree(yaml_c.load(text), text), ()
    except yaml_c.UnusualError:
        pass
    try:
        data = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        return Tree(None, text), (Mistake(path, line, *_yaml_problem(error)),)
    except YAMLError as error:
        told = unfit(text, path) or (
            Mistake(path, 1, f"YAML 读不出来：{error}".splitlines()[0], "检查是否混入了控制字符"),
        )
        return Tree(None, text), tuple(replace(each, line=each.line + first_line - 1) for each in told)
    except UNREADABLE as error:
        what = "嵌套太深" if isinstance(error, RecursionError) else "有一个值读不出来：" + f"{error}"[:80]
        told = (Mistake(path, first_line, f"YAML {what}", "检查日期、数字和缩进"),)
        return Tree(None, text), told
    try:
        return Tree({} if data is None else _plain(data), text), ()
    except _UnfitError as error:
        line = first_line + line_of(data, error.where)
        return Tree(None, text), (Mistake(path, line, *error.said),)


def validate(model: type[M], tree: Tree, path: str, first_line: int = 1) -> Read[M]:
    """Check a tree from `read_yaml` against `model`."""
    try:
        return Read(model.model_validate(tree.data), ())
    except ValidationError as error:
        found = error.errors(include_url=False)
        known = _keys(model)
    return Read(None, tuple(_translated(each, tree, path, first_line, known) for each in found))


def _keys(model: type[BaseModel]) -> set[str]:
    """Give every key that a source of this model may use, at any depth."""
    schema = model.model_json_schema()
    return {key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", ())}


def _plain(data: Any) -> Any:
    """Turn ruamel's containers and scalars into Python's own (an unknown tag keeps its text).

    A document is a tree: one that shares its branches by aliases, or contains itself, soon grows beyond all bounds.
    """
    count = itertools.count()

    def plain(node: Any, where: tuple[str | int, ...]) -> Any:
        if next(count) > yaml_c.MOST or len(where) > yaml_c.DEEPEST:
            raise _UnfitError("YAML 嵌套太深，或别名（&、*）套用太多", "把内容直接写出来", where[:1])
        if isinstance(node, dict):
            return {_text(key, where): plain(value, (*where, _text(key, where))) for key, value in node.items()}
        if isinstance(node, list):
            return [plain(value, (*where, place)) for place, value in enumerate(node)]
        if isinstance(node, TaggedScalar):
            return _text(str(node.value), where)
        if isinstance(node, ScalarBoolean):
            return bool(node)
        for kind in (bool, int, float, str):
            if isinstance(node, kind):
                return _text(kind(node), where)
        return node

    return plain(data, ())


def _text(scalar: Any, where: tuple[str | int, ...]) -> Any:
    """Give a scalar as it is; text must be fit for a page."""
    if isinstance(scalar, str) and (found := UNFIT.search(scalar)):
        raise _UnfitError(*_unfit(found[0]), where)
    return scalar


def _yaml_problem(error: MarkedYAMLError) -> tuple[str, str]:
    problem = error.problem or "无法解析"
    if duplicate := re.search(r'duplicate key "([^"]*)"', problem):
        return f"“{duplicate[1]}”写了两次", "同一层的键只能出现一次，删去一处"
    if "\\t" in problem or "tab" in problem:
        return "YAML 缩进用了制表符", "换成空格"
    if "mapping values are not allowed" in problem:
        return "这一行的冒号让 YAML 误以为是新的键", '含“: ”的文字请用英文引号括起来，如 "甲: 乙"'
    return f"YAML 写法有误（{problem}）", "检查缩进、冒号后的空格与引号是否成对"


def _translated(error: ErrorDetails, tree: Tree, path: str, first_line: int, known: set[str]) -> Mistake:
    """Say one of pydantic's errors in Chinese, with the line it stands on."""
    context: dict[str, Any] = error.get("ctx", {})
    location = (*error["loc"], *context.get("at", ()))
    if error["type"] == "union_tag_invalid":
        location = (*location, "type")
    line = first_line + tree.line(location)
    if error["type"] == "rule":
        return Mistake(path, line, context["what"], context["remedy"])
    where = _last_key(location)
    what, remedy = _saying(error, where, context, known)
    return Mistake(path, line, what, remedy)


def _listed(expected: object) -> str:
    """Give the values that pydantic would accept, as a Chinese list: it says 'a', 'b' or 'c'."""
    return "、".join(re.findall(r"'([^']*)'", str(expected)))


def _saying(error: ErrorDetails, where: str, context: dict[str, Any], known: set[str]) -> tuple[str, str]:
    kind, value = error["type"], error["input"]
    if kind == "missing":
        return f"缺少“{where}”", f"补上“{where}:”"
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(where, known, 1)
        return f"不认识的键“{where}”", f"是不是“{close[0]}”？" if close else "删去它，或对照讲师指南改名"
    sayings = {
        "union_tag_invalid": (f"没有“{context.get('tag')}”这种类型", f"可用：{_listed(context.get('expected_tags'))}"),
        "union_tag_not_found": ("没有写类型", "补上“type:”"),
        "literal_error": (f"“{where}”不能是“{value}”", f"可用：{_listed(context.get('expected'))}"),
        "greater_than": (f"“{where}”必须大于 {context.get('gt')}", f"现在是 {value}"),
        "greater_than_equal": (f"“{where}”不能小于 {context.get('ge')}", f"现在是 {value}"),
        "less_than_equal": (f"“{where}”不能大于 {context.get('le')}", f"现在是 {value}"),
        "too_short": (f"“{where}”至少要 {context.get('min_length')} 项", f"现在只有 {context.get('actual_length')} 项"),
        "too_long": (f"“{where}”至多 {context.get('max_length')} 项", f"现在有 {context.get('actual_length')} 项"),
        "string_too_short": (f"“{where}”是空的", "写上内容，或删去这个键"),
        "string_type": (f"“{where}”要写文字", f'现在是 {value}，用英文引号括起来，如 "{value}"'),
        "string_pattern_mismatch": (f"“{where}”写法不对：“{value}”", "用小写英文字母、数字和连字符，如 four-checks"),
        "int_type": (f"“{where}”要写整数", f"现在是“{value}”"),
        "int_from_float": (f"“{where}”要写整数", f"现在是 {value}"),
        "float_type": (f"“{where}”要写数字", f"现在是“{value}”"),
        "finite_number": (f"“{where}”要写有限的数字", f"现在是 {value}"),
        "bool_type": (f"“{where}”要写 true 或 false", f"现在是“{value}”"),
        "list_type": (f"“{where}”要写成列表", "每项一行，以“- ”开头"),
        "dict_type": (f"“{where}”要写成键和值", "每行一个“键: 值”"),
        "model_type": (f"“{where}”要写成键和值", "每行一个“键: 值”"),
        "model_attributes_type": (f"“{where}”要写成键和值", "每行一个“键: 值”"),
        "invalid_key": (f"键“{where}”要写文字", "用英文引号括起来"),
        "value_error": (f"“{where}”写得不对", "对照讲师指南"),
        "date_type": (f"“{where}”要写日期", "如 2026-11-21"),
    }
    return sayings.get(kind, (f"“{where}”写得不对：{error['msg']}", "对照讲师指南"))


def _steps(data: Any, location: tuple[str | int, ...]) -> Iterator[tuple[Any, str | int]]:
    """Walk down `location`; the names that pydantic adds for variants of a union are passed over."""
    node = data
    for step in location:
        inside = (isinstance(node, dict) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if inside:
            yield node, step
            node = node[step]


def line_of(data: Any, location: tuple[str | int, ...]) -> int:
    """Give the line, from 0, of the deepest part of `location` that the source has."""
    line = 0
    for node, step in _steps(data, location):
        try:
            if isinstance(node, CommentedMap):
                line = node.lc.key(step)[0]
            elif isinstance(node, CommentedSeq):
                line = node.lc.item(step)[0]
        except (AttributeError, LookupError, TypeError):
            break  # What was merged in by an alias has no line of its own.
    return int(line)


def _last_key(location: tuple[str | int, ...]) -> str:
    """Give the last key of `location` that is a name: what an author would search for."""
    names = [step for step in location if isinstance(step, str)]
    return names[-1] if names else "这里"
