"""The filter of the log page: how the address narrows it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from werkzeug.datastructures import MultiDict

from registry.web.clock import LOCAL_ZONE
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class LogFilter:
    """What the address of the log page asks for, as it was typed."""

    actor: str
    action: str
    subject: str
    since: str
    until: str

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> "LogFilter":
        """Read the filter from the address."""
        return cls(
            *(arguments.get(name, "").strip()[:80] for name in ("nguoi", "viec", "doi-tuong", "tu", "den"))
        )

    @property
    def address(self) -> dict[str, str]:
        """The same filter for a link to another page of it."""
        names = ("nguoi", "viec", "doi-tuong", "tu", "den")
        values = (self.actor, self.action, self.subject, self.since, self.until)
        return {name: value for name, value in zip(names, values, strict=True) if value}

    @property
    def begins_at(self) -> datetime | None:
        """The start of the first day."""
        return _midnight(_day(self.since))

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last day, which counts too."""
        last = _day(self.until)
        return _midnight(None if last is None else last + timedelta(days=1))

    @property
    def wrong_days(self) -> list[tuple[str, str]]:
        """(field id, sentence) of the days that are none."""
        typed = (("tu", self.since), ("den", self.until))
        sentence = _("Nhập ngày có thật, ví dụ 15/08/2026")
        return [(name, sentence) for name, text in typed if text and _day(text) is None]


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).replace(tzinfo=LOCAL_ZONE).date()
        except ValueError:
            continue
    return None


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(0), tzinfo=LOCAL_ZONE)
