"""What templates may use besides their context: charts and formats that follow the language of the page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Flask
from markupsafe import Markup

from registry import charts, formats
from registry.web.i18n import current_language

_WORDS: dict[str, Callable[..., str]] = {
    "date": formats.date,
    "datetime": formats.datetime,
    "time": formats.time,
    "number": formats.number,
    "points": formats.points,
    "similarity": formats.similarity,
    "percent": formats.percent,
    "money": formats.money,
    "signed": formats.signed,
    "file_size": formats.file_size,
}


def install(app: Flask) -> None:
    """Give templates the filters `date`, `number`, `money`, … and the globals `charts` and `formats`."""
    for name, write in _WORDS.items():
        app.add_template_filter(_in_page_language(write), name)
    app.add_template_filter(iso_day, "iso_day")
    app.add_template_filter(time_tag, "time_tag")
    app.add_template_filter(initials, "initials")
    names: Any = app.jinja_env.globals  # Jinja types it by its own defaults; modules are welcome in it
    names.update(charts=charts, formats=formats)


def iso_day(text: str | None) -> str:
    """A day that is kept as text («2026-11-22»), as the page writes days."""
    day = dt.date.fromisoformat(text) if text else None
    return formats.date(day, locale=current_language())


def initials(name: str | None) -> str:
    """The first letters of the last two words, as they stand for a face: «MK»."""
    return "".join(word[0].upper() for word in (name or "").split()[-2:])


def time_tag(value: Any, words: str | None = None) -> Markup:
    """`<time datetime="2026-11-22">22/11/2026</time>`; the missing mark when there is no value."""
    if value is None:
        return Markup(formats.missing)  # noqa: S704 - a constant of ours
    write = formats.datetime if hasattr(value, "hour") else formats.date
    shown = words if words is not None else write(value, locale=current_language())
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), shown)


def _in_page_language(write: Callable[..., str]) -> Callable[..., str]:
    def written(value: Any, *rest: Any) -> str:
        return write(value, *rest, locale=current_language())

    return written
