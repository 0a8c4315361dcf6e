"""The same answers saved from two devices: both versions side by side, and the choice."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.people.views.conflicts import shown
from registry.registrations.views.answers import Entry
from registry.registrations.views.own import Own
from registry.web.edits import changed, field_text, fields_of, row

_TECHNICAL = frozenset({"csrf_token", "version", "opened_with"})


def show_both(own: Own, form: Any, stored: Entry, *, heading: str, back: str) -> ResponseReturnValue:
    """The 409 page over the fields of a form; it posts to the same address with the version that is stored now."""
    opened_with = str(form.opened_with.data or "")
    rows = [
        row(
            mine.label.text,
            mine.name,
            (shown(theirs), shown(mine)),
            changed(mine.name, field_text(mine), field_text(theirs), opened_with),
        )
        for mine, theirs in zip(fields_of(form), fields_of(stored.form), strict=True)
    ]
    rows = [one for one in rows if one["theirs"] or one["mine"]]
    return conflict_page(own, rows, stored, stored.form.opened_with.data, heading=heading, back=back)


def conflict_page(
    own: Own, rows: list[dict[str, Any]], stored: Entry, opened_with: Any, *, heading: str, back: str
) -> ResponseReturnValue:
    """The 409 page with these lines."""
    typed = [
        (key, value)
        for key, value in request.form.items(multi=True)
        if key not in _TECHNICAL
        and not key.startswith("pick-")
        and not (key == "then" and value == "autosave")
    ]
    page = render_template(
        "registrations/conflict.html",
        own=own,
        rows=rows,
        typed=typed,
        stored=stored,
        opened_with=opened_with,
        heading=heading,
        back=back,
    )
    return page, 409
