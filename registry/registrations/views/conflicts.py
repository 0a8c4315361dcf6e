"""The same answers saved from two devices: both versions side by side, and the choice."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.people.views.conflicts import shown
from registry.registrations.views.answers import Entry
from registry.registrations.views.own import Own
from registry.web.edits import compared, typed_again


def show_both(own: Own, form: Any, stored: Entry, *, heading: str, back: str) -> ResponseReturnValue:
    """The 409 page over the fields of a form; it posts to the same address with the version that is stored now."""
    rows = [one for one in compared(form, stored.form, shown) if one["theirs"] or one["mine"]]
    return conflict_page(own, rows, stored, stored.form.opened_with.data, heading=heading, back=back)


def conflict_page(
    own: Own, rows: list[dict[str, Any]], stored: Entry, opened_with: Any, *, heading: str, back: str
) -> ResponseReturnValue:
    """The 409 page with these lines."""
    typed = [one for one in typed_again() if one != ("then", "autosave")]
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
