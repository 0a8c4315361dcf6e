"""A date typed into three boxes: day, month, year. What was typed stays in the boxes when it is no date."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from registry.web.i18n import lazy_gettext as _l

_ONE_TEXT = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_DIGITS = re.compile(r"[0-9]{1,4}")
_LONGEST_PART = 20


class DateBoxes(Field):
    """Three inputs of one name, in the order day, month, year; one text `dd/mm/yyyy` is understood too.

    `data` is a `date` or None; `parts` are the three texts to show again. `sentence` says what is wrong with a
    date that does not exist, naming the date it asks for («Ngày sinh phải có thật, ví dụ 15/08/1990»).
    """

    data: dt.date | None
    typed: tuple[str, str, str] | None = None

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] = (),
        *,
        sentence: Any = None,
        **kwargs: Any,
    ) -> None:
        self.sentence = sentence or _l("Nhập ngày có thật, ví dụ 15/08/1990")
        super().__init__(label, list(validators), **kwargs)

    @property
    def parts(self) -> tuple[str, str, str]:
        """Day, month and year as the boxes show them."""
        if self.typed is not None:
            return self.typed
        if self.data is None:
            return ("", "", "")
        return (f"{self.data.day:02}", f"{self.data.month:02}", f"{self.data.year:04}")

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed = _three_parts([str(value).strip()[:_LONGEST_PART] for value in valuelist])
        self.data = None
        if any(self.typed):
            self.data = _date_of(self.typed)
            if self.data is None:
                raise ValueError(str(self.sentence))

    def pre_validate(self, form: Any) -> None:
        # A date that does not exist is said once; «Nhập ngày sinh» beside it would be wrong.
        if self.process_errors:
            raise StopValidation


def _three_parts(values: list[str]) -> tuple[str, str, str]:
    if len(values) == 1:
        whole = _ONE_TEXT.fullmatch(values[0])
        return (whole[1], whole[2], whole[3]) if whole else (values[0], "", "")
    day, month, year = [*values, "", "", ""][:3]
    return (day, month, year)


def _date_of(parts: tuple[str, str, str]) -> dt.date | None:
    if not all(_DIGITS.fullmatch(part) for part in parts) or len(parts[2]) != 4:
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
