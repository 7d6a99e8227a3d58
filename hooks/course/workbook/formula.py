"""Formulas of a workbook's columns: written with the columns' names, worked out here, and lived on in XLSX.

[接通（次）] / [拨打（次）]
[本月末] / [上月末@上一行]        a value of the row above
([收回] + [核销]) / [月初] * 1000
IF([违规] > 0, 0, [得分])         IF and MIN as in a spreadsheet
"""

from __future__ import annotations

import ast
import contextlib
import math
import operator
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NAME = re.compile(r"\[([^\[\]@]+)(@上一行)?\]")
REST = re.compile(r"(?:[0-9.+\-*/() ,<>=]|IF|MIN)*")
LONGEST = 1000
"""Characters; spreadsheets take 8192, and this lies below Python's limits on nesting."""
ABOVE = "@上一行"
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
}
Cell = float | str | None


@dataclass(frozen=True)
class Formula:
    """An arithmetic expression over the columns of a row."""

    text: str

    @property
    def names(self) -> list[tuple[str, bool]]:
        """The columns it uses, in order, and whether the row above is meant."""
        return [(name, bool(above)) for name, above in NAME.findall(self.text)]

    def problem(self) -> str:
        """Say what is wrong with it; nothing if it can be worked out."""
        allowed = "只能用 [列名]、数字、加减乘除、括号、IF(甲 > 乙, 丙, 丁) 和 MIN(甲, 乙)"
        if len(self.text) > LONGEST:
            return f"公式太长，至多 {LONGEST} 个字符"
        if not REST.fullmatch(NAME.sub("", self.text)):
            return allowed
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                _worked_out(self._tree(), [1.0] * len(self.names))
        except (SyntaxError, SyntaxWarning, ValueError, RecursionError, MemoryError):
            return allowed
        except ArithmeticError:
            return ""
        return ""

    def value(self, row: Sequence[Cell], above: Sequence[Cell] | None, titles: Sequence[str]) -> float | None:
        """Work it out for a row: None where a value is missing or the divisor is nothing, as in an empty form."""
        values: list[float] = []
        for name, is_above in self.names:
            source = above if is_above else row
            value = source[titles.index(name)] if source is not None else None
            if not isinstance(value, int | float):
                return None
            values.append(value)
        try:
            result = _worked_out(self._tree(), values)
        except ArithmeticError:
            return None
        return result if math.isfinite(result) else None

    def in_cells(self, cell: Callable[[str, bool], str]) -> str:
        """Write it for a spreadsheet, each column as the cell that `cell` gives for its name.

        As here, it shows nothing where a value is missing or the divisor is nothing.
        """
        cells = sorted({cell(name, above) for name, above in self.names})
        expression = NAME.sub(lambda match: cell(match[1], bool(match[2])), self.text)
        return f'=IF(COUNT({",".join(cells)})<{len(cells)},"",IFERROR({expression},""))'

    def _tree(self) -> ast.expr:
        """Parse it, with the n-th column it uses as the name `x<n>`."""
        numbers = iter(range(len(self.names)))
        return ast.parse(NAME.sub(lambda _: f" x{next(numbers)} ", self.text).strip(), mode="eval").body


def _worked_out(node: ast.expr, values: Sequence[float]) -> float:
    match node:
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_worked_out(left, values), _worked_out(right, values))
        case ast.UnaryOp(ast.USub(), operand):
            return -_worked_out(operand, values)
        case ast.Call(ast.Name("IF"), [ast.Compare(left, [op], [right]), *branches], []) if (
            type(op) in COMPARISONS and len(branches) == 2
        ):
            holds = COMPARISONS[type(op)](_worked_out(left, values), _worked_out(right, values))
            # A slip in the branch that is not taken is one, too; what it comes to does not matter.
            with contextlib.suppress(ArithmeticError):
                _worked_out(branches[holds], values)
            return _worked_out(branches[not holds], values)
        case ast.Call(ast.Name("MIN"), [_, *_] as operands, []):
            return min(_worked_out(operand, values) for operand in operands)
        case ast.Constant(value) if isinstance(value, int | float):
            return float(value)
        case ast.Name(name) if re.fullmatch(r"x\d+", name):
            return float(values[int(name[1:])])
    raise ValueError(ast.dump(node))
