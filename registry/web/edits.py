"""Three versions of one record: as a form was opened, as it is saved now, as it was typed.

A form over a saved record carries a short mark of every value it was opened with. When somebody saved in
between, the marks tell who changed what: only what both changed differently is a conflict, and a value that one
side left alone never undoes what the other wrote.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, cast

from flask import request
from wtforms import HiddenField

from registry.text import nfc
from registry.web.forms import WebForm
from registry.web.i18n import lazy_gettext as _l

_MARK_LENGTH = 10
_MOST_MARKS = 100
_TECHNICAL = frozenset({"csrf_token", "version", "opened_with"})
_PICK = "pick-"


class Changed(StrEnum):
    """Who changed a value since the form was opened."""

    NOBODY = ""
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


_WORDS = {
    Changed.MINE: _l("Chỉ bạn sửa"),
    Changed.THEIRS: _l("Chỉ bản đã lưu sửa"),
    Changed.BOTH: _l("Khác nhau"),
}


class EditForm(WebForm):
    """A form over a saved record: the version and the marks of the values it was opened with."""

    version = HiddenField()
    opened_with = HiddenField()

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Fill the fields; a form filled from the record marks what it was filled with."""
        super().process(*args, **kwargs)  # pyright: ignore[reportUnknownMemberType]
        if self.opened_with.raw_data is None and self.version.data:
            self.opened_with.data = marks({field.name: field_text(field) for field in fields_of(self)})


def fields_of(form: Any) -> list[Any]:
    """The fields of a form that people fill, in their order."""
    return [field for field in form if field.type not in {"HiddenField", "CSRFTokenField"}]


def field_text(field: Any) -> str:
    """The value of a field as one text that is equal for equal values, however they came in."""
    parts = getattr(field, "parts", None)
    if parts is not None:
        return "/".join(part.lstrip("0") for part in parts)
    data: Any = field.data
    if isinstance(data, list | tuple | set | frozenset):
        return "\n".join(sorted(str(one) for one in cast("Iterable[object]", data)))
    return "" if data is None or data is False else str(data)


def marks(texts: Mapping[str, str]) -> str:
    """The values a form is opened with, as one short text for a hidden field."""
    return " ".join(f"{name}:{_mark(text)}" for name, text in texts.items())


def changed(name: str, mine: str, theirs: str, opened_with: str) -> Changed:
    """Who changed a value. Without a mark of it, two different values count as changed by both."""
    if _plain(mine) == _plain(theirs):
        return Changed.NOBODY
    opened = _read(opened_with).get(name)
    if opened == _mark(mine):
        return Changed.THEIRS
    return Changed.MINE if opened == _mark(theirs) else Changed.BOTH


def row(label: Any, name: str, shown: tuple[Any, Any], by: Changed) -> dict[str, Any]:
    """A line of the page with both versions. `shown` is (saved, typed) in words for people."""
    theirs, mine = shown
    return {
        "label": label,
        "name": name,
        "theirs": theirs,
        "mine": mine,
        "differs": by is not Changed.NOBODY,
        "conflict": by is Changed.BOTH,
        "tag": _WORDS.get(by, ""),
        "pick": "theirs" if by is Changed.THEIRS else "mine",
    }


def compared(form: Any, stored: Any, words: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """The lines of the page with both versions of a form; `words` says the value of a field for people."""
    opened_with = str(form.opened_with.data or "")
    return [
        row(
            mine.label.text,
            mine.name,
            (words(theirs), words(mine)),
            changed(mine.name, field_text(mine), field_text(theirs), opened_with),
        )
        for mine, theirs in zip(fields_of(form), fields_of(stored), strict=True)
    ]


def typed_again() -> list[tuple[str, str]]:
    """What this request sent, for the page with both versions to carry: no choices made there, no marks."""
    sent = request.form.items(multi=True)
    return [(key, value) for key, value in sent if key not in _TECHNICAL and not key.startswith(_PICK)]


def take_theirs(form: EditForm, stored: EditForm) -> None:
    """Where the page with both versions was answered with «theirs», put the stored value into the form."""
    for field, kept in zip(fields_of(form), fields_of(stored), strict=True):
        if request.form.get(f"{_PICK}{field.name}") == "theirs":
            field.process(None, kept.data)
            field.process_errors = []  # what was typed and could not be read is given up


def _plain(text: str) -> str:
    """Browsers send line ends of their own, and forms trim what they take."""
    return nfc(text.replace("\r\n", "\n").strip())


def _mark(text: str) -> str:
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:_MARK_LENGTH]


def _read(opened_with: str) -> dict[str, str]:
    found = (one.rpartition(":") for one in (opened_with or "").split(" ")[:_MOST_MARKS])
    return {name: mark for name, _colon, mark in found}
