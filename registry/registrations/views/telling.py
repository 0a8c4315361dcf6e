"""What somebody answered, said back to them: lines of an entry, rows to check, the steps of the journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.people.forms.fields import PartialDateBoxes
from registry.people.rules import PartialDate, Span, career_line
from registry.people.rules.career import Stretch
from registry.people.views.conflicts import shown
from registry.registrations.forms import TASK
from registry.registrations.rules import Task
from registry.registrations.views.answers import Entry
from registry.registrations.views.own import Own
from registry.web.edits import fields_of
from registry.web.i18n import gettext as _

# What is prefilled or says nothing by itself.
_UNTOLD = frozenset({"is_completed", "is_ongoing", "school_country", "country"})


@dataclass(frozen=True)
class Steps:
    """Where on the journey a page stands."""

    number: int
    of: int
    name: Any


def steps_of(own: Own, task: Task | None) -> Steps:
    """«Bước 4 trên 9 · Kỹ năng»; the last step is to check the answers."""
    total = len(own.tasks) + 1
    if task is None:
        return Steps(total, total, _("Kiểm tra và gửi"))
    return Steps(own.tasks.index(task) + 1, total, TASK[task])


def entry_lines(_own: Own, task: Task, entry: Entry) -> tuple[str, str]:
    """An entry in two lines: what it is, and where and when."""
    form = entry.form
    if task is Task.LANGUAGES:
        return shown(form.language) or _("Chưa chọn ngoại ngữ"), _joined(
            shown(form.rank), form.certificate.data
        )
    if task is Task.DEEDS:
        title = str(form.title.data or "") or _("Chưa ghi tên")
        return title, _joined(shown(form.kind), form.level.data, form.when.text)
    when = period_text(form)
    if task is Task.EDUCATION:
        title = _joined(shown(form.degree), form.major.data) or _("Chưa chọn trình độ")
        return title, _joined(form.school.data, when)
    title = str(form.title.data or "") or _("Chưa ghi công việc")
    return title, _joined(form.organisation.data, when)


def period_text(form: Any) -> str:
    """«09/2015 – 06/2019», «2020 – nay», or what is known of it."""
    ongoing = bool(getattr(form, "is_ongoing", None) is not None and form.is_ongoing.data)
    start, end = form.started.text, _("nay") if ongoing else form.ended.text
    if start and end:
        return f"{start} – {end}"
    return start or end if not ongoing else _("đang làm")


def timeline_of(own: Own, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The posts as a line, newest first; months about which nothing is written are told without blame."""
    spans = [
        Span(number, _date(one.form.started), _date(one.form.ended), bool(one.form.is_ongoing.data))
        for number, one in enumerate(entries)
    ]
    line: list[dict[str, Any]] = []
    for part in career_line(spans, own.on):
        if isinstance(part, Stretch):
            when = f"{part.first.text} – {part.last.text}"
            line.append(
                {"when": when, "text": _("Không ghi gì trong thời gian này, cũng không sao"), "gap": True}
            )
        else:
            entry = entries[part.key]
            title, sub = entry_lines(own, Task.EXPERIENCE, entry)[0], entry.form.organisation.data or ""
            line.append({"when": period_text(entry.form) or "–", "text": title, "sub": sub, "entry": entry})
    return line


def _date(field: PartialDateBoxes) -> PartialDate | None:
    return field.data if isinstance(field.data, PartialDate) else None


def answered_lines(entry: Entry) -> list[tuple[str, str]]:
    """(label, value) of what was filled in."""
    lines: list[tuple[str, str]] = []
    for field in fields_of(entry.form):
        value = shown(field)
        if field.type == "BooleanField" and not field.data:
            continue
        if value and field.short_name not in _UNTOLD:
            lines.append((str(field.label.text), value))
    return lines


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)
