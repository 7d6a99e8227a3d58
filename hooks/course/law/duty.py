"""A duty to train, as the page on them writes it: what the evidence of a class answers to."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from ..source import Model, mistake

NAME = re.compile(r"《([^《》]+)》")


def _names_a_statute(basis: str) -> str:
    if not NAME.match(basis):
        raise mistake(f"“{basis}”没有以法律或标准的名称开头", "写成“《劳动法》第六十八条第一款”这样")
    return basis


class Duty(Model):
    """Somebody must train somebody."""

    basis: Annotated[str, AfterValidator(_names_a_statute)]
    """The statute or norm by a name of the register, and the place in it. How it binds, the register says."""
    duty: str
    binds: str
    months: int | None = Field(default=None, gt=0)
    """After how many months it is due again, where the rule says so."""

    @property
    def statute(self) -> str:
        """The name by which the register is asked."""
        match = NAME.match(self.basis)
        assert match
        return match[1]
