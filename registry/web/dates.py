"""A date typed as three boxes of one name (day, month, year), or pasted whole as dd/mm/yyyy."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from registry.web.i18n import gettext as _

_EARLIEST_YEAR = 1900
_LATEST_YEAR = 2100


class DateBoxes(Field):
    """`data` is a date or None; `parts` is what was typed, kept when it is no date."""

    parts: tuple[str, str, str] = ("", "", "")
    data: Any

    def _value(self) -> str:
        return "/".join(self.parts) if any(self.parts) else ""

    def process_data(self, value: date | None) -> None:
        """Show a stored date."""
        self.data = value
        self.parts = ("", "", "") if value is None else (str(value.day), str(value.month), str(value.year))

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was typed; ValueError sentences become the field's error."""
        if not valuelist:
            return
        self.parts = _parts([str(value).strip()[:20] for value in valuelist])
        self.data = None
        if any(self.parts):
            found = date_of(self.parts)
            if found is None:
                raise ValueError(_("%(field)s phải có thật, ví dụ 15/08/1990", field=str(self.label.text)))
            self.data = found

    def pre_validate(self, form: Any) -> None:
        """Refuse years no record of a living office can have."""
        if self.data is not None and not _EARLIEST_YEAR <= self.data.year <= _LATEST_YEAR:
            raise ValidationError(_("Năm phải từ %(first)d đến %(last)d", first=_EARLIEST_YEAR, last=_LATEST_YEAR))


def date_of(parts: tuple[str, str, str]) -> date | None:
    """The date of day, month and year as typed, or None when there is no such day."""
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parts(typed: list[str]) -> tuple[str, str, str]:
    if len(typed) == 1:
        typed = typed[0].replace("-", "/").replace(".", "/").split("/")
    day, month, year = (*typed, "", "", "")[:3]
    return day, month, year
