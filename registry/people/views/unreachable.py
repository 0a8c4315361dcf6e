"""«Thư không tới»: whom letters do not reach, so that somebody asks for another address."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.people import queries
from registry.people.views.blueprint import bp
from registry.people.views.loading import keep_list_read
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.paging import page_number


@bp.get("/ung-vien/thu-khong-toi")
@require(Permission.PEOPLE_WRITE)
def unreachable() -> ResponseReturnValue:
    """The people, by name; the addresses themselves stand with the contacts of each."""
    session, viewer = db_session(), current_viewer()
    page = queries.unreachable_people(session, viewer, page_number(request.args.get("trang")), on=today())
    lines = [
        {
            "ma": person.public_id,
            "name": queries.display_name(person, viewer),
            "code": person.code,
            "is_named": queries.may_be_named(person, viewer),
        }
        for person in page.rows
    ]
    keep_list_read(current_account().id, [person.public_id for person in page.rows], "thu-khong-toi", now())
    return render_template("people/unreachable.html", page=page, lines=lines)
