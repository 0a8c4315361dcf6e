"""One thing was edited twice at once: both versions field by field."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry import formats
from registry.people.views.conflicts import shown
from registry.web.edits import EditForm, compared, typed_again
from registry.web.i18n import current_language


def both_versions(form: EditForm, stored: EditForm, *, name: str, back: str) -> ResponseReturnValue:
    """The 409 page; it posts to the same address, with the version that is stored now."""
    page = render_template(
        "policies/conflict.html",
        rows=compared(form, stored, _words),
        typed=[*typed_again(), ("version", stored.version.data), ("opened_with", stored.opened_with.data)],
        name=name,
        back=back,
    )
    return page, 409


def _words(field: Any) -> str:
    if hasattr(field, "parts"):
        return "" if field.data is None else formats.date(field.data, current_language())
    return shown(field)
