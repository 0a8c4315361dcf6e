"""«Tra cứu hồ sơ lưu giữ»: an office finds a record it knows of, whether or not its person stands in any list. No list."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.people import queries
from registry.people.forms import words
from registry.people.forms.sections import LookUpForm
from registry.people.models import Person
from registry.people.queries import MOST_FOUND, Absence, Absent, Known
from registry.people.views.blueprint import bp
from registry.people.views.keepers import keeper_words
from registry.people.views.loading import keep_looked_up
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_WHY: Mapping[Absence, Any] = {
    Absence.WITHOUT_GROUND: _l("Đã rút đồng ý lưu hồ sơ"),
    Absence.CLOSED: _l("Người này đã yêu cầu không dùng hồ sơ để ghép nối"),
    Absence.WITHDREW: _l("Đã rút đồng ý được tìm để ghép nối"),
    Absence.NEVER_AGREED: _l("Không đồng ý được tìm để ghép nối"),
}


def absence_words(person: Person, absent: Sequence[Absent]) -> list[str]:
    """Why a record stands in no list, a sentence each."""
    return [_why(person, one) for one in absent]


def _why(person: Person, one: Absent) -> str:
    if one.why is Absence.NOT_ACTIVE:
        return _("Trạng thái hồ sơ: %(state)s", state=str(words.STATE[person.state]))
    if one.why is not Absence.PAUSED:
        return str(_WHY[one.why])
    if one.until is None:
        return _("Đang tạm dừng, chưa hẹn ngày trở lại")
    return _("Đang tạm dừng đến hết %(day)s", day=formats.date(one.until))


@bp.route("/ung-vien/tra-cuu", methods=["GET", "POST"])
@require(Permission.PEOPLE_READ)
def look_up() -> ResponseReturnValue:
    """One field, and the records it names. What is typed may be an address or a number, so it travels in the form alone."""
    form = LookUpForm()
    if not form.is_submitted():
        return _page(form, [])
    if not form.validate():
        return _page(form, []), 422
    session, viewer = db_session(), current_viewer()
    found = queries.look_up(session, viewer, form.typed.data or "", on=today())
    page = _page(
        form, [_line(session, viewer, one) for one in found[:MOST_FOUND]], more=len(found) > MOST_FOUND
    )
    keep_looked_up(current_account().id, [one.person.public_id for one in found[:MOST_FOUND]], now())
    return page


def _line(session: Session, viewer: Viewer, known: Known) -> dict[str, Any]:
    """Where an anonymous person's record is kept would tell who it is; of one without ground only the code is told."""
    person = known.person
    is_named = not known.is_without_ground and queries.may_be_named(person, viewer)
    return {
        "public_id": person.public_id,
        "code": person.code,
        "name": queries.display_name(person, viewer) if not known.is_without_ground else person.code,
        "keeper": keeper_words(session, person) if is_named else "",
        "why": absence_words(person, known.absent),
    }


def _page(form: LookUpForm, lines: Sequence[dict[str, Any]], *, more: bool = False) -> str:
    is_answer = form.is_submitted() and not form.errors
    return render_template(
        "people/look_up.html", form=form, lines=lines, is_answer=is_answer, more=more, most=MOST_FOUND
    )
