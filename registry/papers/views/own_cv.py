"""«CV của tôi»: one's own record as a CV, in Vietnamese or English, with or without one's name."""

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.papers.forms import OwnCvForm, own_cv_form
from registry.papers.operations import Taken, note_cv
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn
from registry.papers.views.cv_paper import Maker, cv_of, file_name
from registry.people.models import Person
from registry.people.queries import get_own
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language


@bp.get("/toi/cv")
@require(Permission.PROFILE_OWN)
def ask_own() -> ResponseReturnValue:
    """Which sections, which language, which kind of file."""
    _own()
    return _page(own_cv_form(current_language(), is_sent=False))


@bp.post("/toi/cv")
@require(Permission.PROFILE_OWN)
def take_own() -> ResponseReturnValue:
    """The file."""
    person, form = _own(), own_cv_form(current_language(), is_sent=True)
    if not form.validate():
        return _page(form), 422
    try:
        with in_turn():
            return _file(person, form)
    except Busy:
        return _page(form, is_busy=True), 503


def _own() -> Person:
    """The record of whoever is signed in. Raises NotVisible for an account without one."""
    person = get_own(db_session(), current_account().id)
    if person is None:
        raise NotVisible
    return person


def _page(form: OwnCvForm, *, is_busy: bool = False) -> str:
    return render_template("papers/own_cv.html", form=form, is_busy=is_busy)


def _file(person: Person, form: OwnCvForm) -> ResponseReturnValue:
    session, at = db_session(), now()
    taken = Taken(
        form.chosen,
        bool(form.hidden.data),
        PaperFormat(str(form.format.data)),
        str(form.language.data),
    )
    note_cv(session, current_account().id, person.public_id, taken, at=at)
    session.commit()
    paper, name = cv_of(session, person, taken, Maker("", today(), at)), file_name(person, taken)
    session.rollback()  # nobody who writes shall wait while the file is typeset
    return as_file(paper, taken.format, name)
