"""«Định dạng mở»: one profile as JSON Resume, Europass or a record of ORCID; one's own, or that of somebody in scope."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.exports.forms import OPEN_FORMAT_USES, FormatForm, OwnFormatForm
from registry.exports.queries.open_profiles import Taken, open_profile
from registry.exports.rules.formats import OpenFormat, open_file
from registry.exports.views.blueprint import bp
from registry.people.forms.words import ACHIEVEMENT, CLASSIFICATION
from registry.people.models import Person
from registry.people.queries import get_own
from registry.people.views.introduced import need_in_address
from registry.people.views.loading import keep_read, open_person
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.installation import installation

_PAGE = "dinh-dang-mo"


@bp.route("/toi/dinh-dang-mo", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def own_format() -> ResponseReturnValue:
    """One's own profile."""
    person = get_own(db_session(), current_account().id)
    if person is None:
        abort(404)
    form = OwnFormatForm()
    if request.method != "POST" or not form.validate():
        return _page(form, opened=None, is_named=True)
    return _file(person, form, {}, is_named=True, name=person.full_name)


@bp.route("/ung-vien/<ma>/dinh-dang-mo", methods=["GET", "POST"])
@require(Permission.PEOPLE_READ)
@proved_lately
def person_format(ma: str) -> ResponseReturnValue:
    """The profile of somebody in scope, masked as its page is; the person sees that it was taken."""
    opened = open_person(ma, need_in_address())
    form = FormatForm()
    if request.method != "POST":
        keep_read(opened, _PAGE)
    if request.method != "POST" or not form.validate():
        return _page(form, opened=opened, is_named=opened.is_named)
    detail = {"for": str(form.purpose.data), "purpose_text": str(form.purpose_text.data)}
    if opened.need is not None:
        detail["need"] = opened.need
    return _file(opened.person, form, detail, is_named=opened.is_named, name=opened.name)


def _page(form: OwnFormatForm, **told: Any) -> ResponseReturnValue:
    uses = {one.value: text for one, text in OPEN_FORMAT_USES.items()}
    page = render_template("exports/formats.html", form=form, uses=uses, **told)
    return (page, 422) if form.errors else page


def _file(
    person: Person, form: OwnFormatForm, detail: dict[str, str], *, is_named: bool, name: str
) -> ResponseReturnValue:
    """The file; that it was taken is in the log before it leaves."""
    chosen, session = OpenFormat(str(form.format.data)), db_session()
    words = {one: str(text) for one, text in (*CLASSIFICATION.items(), *ACHIEVEMENT.items())}
    taken = Taken(is_named, name, current_language(), installation(session).tenant.name, words)
    told = open_profile(session, person, taken, on=today())
    record_read(
        session,
        current_account().id,
        "person.formats_taken",
        people=[person.public_id],
        purpose="registry",
        detail={"page": _PAGE, "format": chosen.value, **detail},
        at=now(),
    )
    session.commit()
    made = open_file(chosen, told)
    return attachment(made, chosen.media_type, f"{chosen.value}-{told.code}.{chosen.suffix}")
