"""Fields for figures of the law: sums of đồng, exact multiples and percents. What was typed stays when it is refused."""

import re
from fractions import Fraction
from typing import Any

from wtforms import StringField
from wtforms.validators import StopValidation

from registry import formats
from registry.policies.rules.benefits import Exact
from registry.policies.rules.money import MOST_VND, read_vnd
from registry.policies.rules.refusals import read_exact
from registry.web.forms import WholeNumber
from registry.web.i18n import gettext as _

_LONGEST = 40
_EXACT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(\d{1,4}))?\s*%?", re.ASCII)


class MaybeNumber(WholeNumber):
    """A whole number that may be left out: an empty box is none, and is still judged beside the other fields."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed as a number; nothing typed is none."""
        if any(str(one).strip() for one in valuelist):
            super().process_formdata(valuelist)
        elif valuelist:
            self.data = None


class _Figure(StringField):
    """A text field whose `data` is a figure, or None; refused while it is none and something was typed."""

    typed: str | None = None

    def read(self, text: str) -> Any:
        """The figure a text says, or None."""
        raise NotImplementedError

    def shown(self, figure: Any) -> str:
        """A figure as people write it."""
        raise NotImplementedError

    def sentence(self) -> str:
        """How to write it."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, as a figure."""
        if valuelist:
            self.typed = str(valuelist[0])[: _LONGEST + 1]
            text = self.typed.strip()
            self.data: Any = self.read(text) if text and len(text) <= _LONGEST else None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        """A figure, or nothing at all."""
        if self.data is None and self.typed and self.typed.strip():
            raise StopValidation(self.sentence())

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else self.shown(self.data)


class Vnd(_Figure):
    """Whole đồng: «1.500.000», «150 triệu»; nothing is 0 unless 0 is typed."""

    def read(self, text: str) -> int | None:
        return 0 if text.rstrip(" đ₫") == "0" else read_vnd(text)

    def shown(self, figure: int) -> str:
        return formats.number(figure)

    def sentence(self) -> str:
        return _(
            "Nhập số tiền đồng, nhiều nhất %(most)s, ví dụ 1.500.000 hoặc 150 triệu",
            most=formats.number(MOST_VND),
        )


class ExactNumber(_Figure):
    """A multiple or a percent, never rounded: «500», «1,5». `data` is as the data form writes it."""

    def read(self, text: str) -> int | str | None:
        found = _EXACT.fullmatch(text)
        if found is None:
            return None
        whole, part = found[1].replace(".", ""), (found[2] or "").rstrip("0")
        number = f"{int(whole)}.{part}" if part else int(whole)
        return number if number != 0 else None

    def shown(self, figure: int | str) -> str:
        return str(figure).replace(".", ",")

    def sentence(self) -> str:
        return _("Nhập số lớn hơn 0, ví dụ 500 hoặc 1,5")


def as_exact(figure: object) -> Exact:
    """The number a figure of the data form is; 0 for none."""
    return read_exact(figure) or Fraction(0)
