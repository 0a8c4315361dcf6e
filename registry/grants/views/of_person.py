"""What was decided about one person, for the offices that may see it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_viewer, require
from registry.accounts.rules import Permission
from registry.grants.queries.listing import decisions_about
from registry.grants.views.blueprint import bp, keep_read, shown_name
from registry.grants.views.register import line_of
from registry.people.views.loading import open_person


@bp.get("/ung-vien/<ma>/ho-tro")
@require(Permission.GRANTS_READ)
def of_person(ma: str) -> ResponseReturnValue:
    """Decisions and grants of one person, the newest first."""
    opened = open_person(ma)
    found = decisions_about(opened.session, current_viewer(), opened.person, on=opened.on)
    page = render_template(
        "grants/of_person.html",
        opened=opened,
        name=shown_name(opened.person),
        lines=[line_of(one) for one in found],
        may_decide=opened.can(Permission.GRANTS_DECIDE),
        see_person=opened.can(Permission.PEOPLE_READ),
    )
    keep_read("ho-tro", [ma])
    return page
