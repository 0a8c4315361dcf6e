"""One thing was edited twice at once: both versions field by field."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry import formats
from registry.people.views.conflicts import shown
from registry.web.edits import EditForm, changed, field_text, fields_of, row
from registry.web.i18n import current_language

_TECHNICAL = frozenset({"csrf_token", "version", "opened_with"})


def take_choices(form: EditForm, stored: EditForm) -> None:
    """Where the page of two versions was answered with «theirs», put the stored value into the form."""
    for field, kept in zip(fields_of(form), fields_of(stored), strict=True):
        if request.form.get(f"pick-{field.name}") == "theirs":
            field.process(None, kept.data)


def both_versions(form: EditForm, stored: EditForm, *, name: str, back: str) -> ResponseReturnValue:
    """The 409 page; it posts to the same address, with the version that is stored now."""
    opened_with = str(form.opened_with.data or "")
    rows = [
        row(
            mine.label.text,
            mine.name,
            (_words(theirs), _words(mine)),
            changed(mine.name, field_text(mine), field_text(theirs), opened_with),
        )
        for mine, theirs in zip(fields_of(form), fields_of(stored), strict=True)
    ]
    typed = [
        (key, value)
        for key, value in request.form.items(multi=True)
        if key not in _TECHNICAL and not key.startswith("pick-")
    ]
    page = render_template(
        "policies/conflict.html",
        rows=rows,
        typed=[*typed, ("version", stored.version.data), ("opened_with", stored.opened_with.data)],
        name=name,
        back=back,
    )
    return page, 409


def _words(field: Any) -> str:
    if hasattr(field, "parts"):
        return "" if field.data is None else formats.date(field.data, current_language())
    return shown(field)
