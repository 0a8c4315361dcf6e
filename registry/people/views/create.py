"""«Thêm ứng viên»: the long sectioned form an officer fills in for somebody, saved as one record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission, Viewer
from registry.consents.models import Notice
from registry.consents.queries import current_notices
from registry.consents.rules import Channel, PurposeCode
from registry.db import new_public_id
from registry.organisations.rules import Office
from registry.people import operations, queries
from registry.people.forms.create import CreateForms
from registry.people.forms.fields import refuse, words_of
from registry.people.models import Person
from registry.people.operations import AlreadySubmitted, IdentityTaken
from registry.people.operations.skill_reading import ReadSkill, level_problem, read_skills, skill_drafts
from registry.people.rules import ConsentDraft, LegalBasis, PersonDraft
from registry.people.views.agreements import given_moment, is_given_by
from registry.people.views.blueprint import bp
from registry.people.views.contacts import contact_drafts
from registry.people.views.entry_sections import (
    cadre_draft,
    education_draft,
    experience_draft,
    expert_draft,
    overseas_draft,
    zone_choices,
)
from registry.people.views.keepers import office_choices, office_of
from registry.people.views.languages import language_draft
from registry.people.views.papers import identity_draft
from registry.people.views.self_section import self_draft
from registry.people.views.wishes import accepted_places, availability_draft, is_stated_by
from registry.skills.rules import parse_skill_list
from registry.web.choices import choices
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_MOST_SKILLS = 60


@dataclass(frozen=True)
class _Entering:
    """A record being entered in this request."""

    session: Session
    viewer: Viewer
    on: date
    at: datetime
    forms: CreateForms
    notices: Sequence[Notice]


@bp.route("/ung-vien/tao", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def create() -> ResponseReturnValue:
    """Enter a record for somebody, with the consents that came on paper or by telephone."""
    entering = _open()
    if request.method != "POST":
        entering.forms.keeping.submission_key.data = new_public_id()
        return _page(entering)
    key = str(entering.forms.keeping.submission_key.data or "")[:26]
    first = _first_sent(entering, key)
    if first is not None:
        return first
    draft = _draft(entering, key) if entering.forms.validate() else None
    if draft is None:
        return _page(entering), 422
    twins = queries.likely_same(entering.session, entering.viewer, draft.self, draft.contacts, on=entering.on)
    if twins and not entering.forms.keeping.is_other_person.data:
        refuse(entering.forms.about.full_name, _("Có hồ sơ giống người này. Xem trước khi lưu thêm."))
        return _page(entering, twins), 422
    return _register(entering, draft)


def _first_sent(entering: _Entering, key: str) -> ResponseReturnValue | None:
    """To the record this very form made when it was sent the first time, if it was."""
    before = queries.submitted_before(entering.session, entering.viewer, key, on=entering.on)
    if before is None:
        return None
    flash(_("Hồ sơ này đã được lưu ở lần gửi trước"), "info")
    return redirect(url_for(".show", ma=before.public_id), 303)


def _open() -> _Entering:
    session, viewer, on = db_session(), current_viewer(), today()
    forms = CreateForms()
    notices = current_notices(session, current_language(), on)
    forms.keeping.keeper.choices = choices(office_choices(session, viewer))
    forms.overseas.time_zone.choices = choices(zone_choices())
    forms.consents.purposes.choices = choices((one.purpose.code.value, one.title) for one in notices)
    return _Entering(session, viewer, on, now(), forms, notices)


def _register(entering: _Entering, draft: PersonDraft) -> ResponseReturnValue:
    try:
        person = operations.register_person(
            entering.session, draft, by=current_account().id, at=entering.at, on=entering.on
        )
    except AlreadySubmitted:
        entering.session.rollback()
        first = _first_sent(entering, draft.submission_key or "")
        if first is not None:
            return first
        flash(_("Chưa lưu được vì máy chủ đang bận. Gửi lại."), "warn")
        return _page(entering), 409
    except IdentityTaken:
        entering.session.rollback()
        refuse(entering.forms.identity.number, _("Số này đã có trong một hồ sơ khác. Tìm hồ sơ đó trước."))
        return _page(entering), 422
    entering.session.commit()
    flash(_("Đã lưu hồ sơ %(code)s", code=person.code), "ok")
    unsure = sum(skill.needs_confirmation for skill in draft.skills)
    if unsure:
        flash(_("%(count)s kỹ năng cần xem lại, đánh dấu ở mục «Kỹ năng»", count=unsure), "warn")
    return redirect(url_for(".show", ma=person.public_id), 303)


def _draft(entering: _Entering, key: str) -> PersonDraft | None:
    """The whole record of validated forms; None with questions and errors on the fields."""
    forms, session = entering.forms, entering.session
    keeper = office_of(session, entering.viewer, forms.keeping.keeper.data or "")
    about = self_draft(session, forms.about)
    rows = {name: _optional(entering, name) for name in forms.OPTIONAL}
    places = accepted_places(session, forms.wishes) if forms.is_filled("wishes") else []
    skills = _skills(entering)
    consents = _consents(entering)
    if keeper is None or about is None or places is None or skills is None or consents is None:
        return None
    if any(forms.is_filled(name) and rows[name] is None for name in forms.OPTIONAL):
        return None
    return PersonDraft(
        self=about,
        legal_basis=LegalBasis(forms.keeping.legal_basis.data),
        external_id=forms.keeping.external_id.data or None,
        submission_key=key or None,
        contacts=tuple(contact_drafts(forms.contacts)),
        identities=_present(rows["identity"]),
        experts=_present(rows["expert"]),
        cadres=_present(rows["cadre"]),
        overseas=_present(rows["overseas"]),
        education=_present(rows["education"]),
        experience=_present(rows["experience"]),
        languages=_present(rows["language"]),
        skills=tuple(skill_drafts(session, skills)),
        availability=rows["wishes"],
        places=tuple(places),
        consents=tuple(consents),
        **_kept_by(keeper),
    )


def _present(row: Any) -> tuple[Any, ...]:
    return () if row is None else (row,)


def _kept_by(keeper: Office) -> dict[str, Any]:
    return {name: getattr(keeper, name) for name in keeper.__dataclass_fields__}


def _optional(entering: _Entering, name: str) -> Any:
    """The draft of an optional section; None when it is blank or has an error."""
    form = entering.forms.forms[name]
    if not entering.forms.is_filled(name):
        return None
    return _READERS[name](entering, form)


def _wishes(entering: _Entering, form: Any) -> Any:
    return availability_draft(form, entering.on) if is_stated_by(form, entering.on) else None


_READERS: dict[str, Callable[[_Entering, Any], Any]] = {
    "identity": lambda _entering, form: identity_draft(form),
    "expert": lambda entering, form: expert_draft(entering.session, form),
    "cadre": lambda entering, form: cadre_draft(entering.session, form),
    "overseas": lambda entering, form: overseas_draft(entering.session, form),
    "education": lambda entering, form: education_draft(entering.session, form),
    "experience": lambda entering, form: experience_draft(entering.session, form),
    "language": lambda _entering, form: language_draft(form),
    "wishes": _wishes,
}


def _skills(entering: _Entering) -> list[ReadSkill] | None:
    field = entering.forms.skills.skills
    typed = parse_skill_list(field.data or "")
    if len(typed) > _MOST_SKILLS:
        refuse(field, _("Ghi nhiều nhất %(most)d kỹ năng một lần", most=_MOST_SKILLS))
        return None
    too_long = next((one for one in typed if len(one.text) > 200), None)
    if too_long is not None:
        refuse(field, _("Rút gọn «%(text)s…» còn không quá 200 ký tự", text=too_long.text[:40]))
        return None
    read = read_skills(entering.session, typed)
    problem = next((found for one in read if (found := level_problem(one)) is not None), None)
    if problem is not None:
        refuse(field, words_of(problem))
        return None
    return read


def _consents(entering: _Entering) -> list[ConsentDraft] | None:
    forms = entering.forms
    form = forms.consents
    chosen = [PurposeCode(code) for code in form.purposes.data or ()]
    rests_on_consent = forms.keeping.legal_basis.data == LegalBasis.CONSENT
    if rests_on_consent and PurposeCode.REGISTRY not in chosen:
        title = next(one.title for one in entering.notices if one.purpose.code is PurposeCode.REGISTRY)
        refuse(form.purposes, _("Hồ sơ dựa trên sự đồng ý cần mục «%(title)s»", title=title))
        return None
    if not is_given_by(form, entering.on):
        return None
    moment = given_moment(form, entering.at)
    language = current_language()
    return [ConsentDraft(code, moment, Channel(form.channel.data), language) for code in chosen]


def _page(entering: _Entering, twins: Sequence[Person] = ()) -> str:
    return render_template(
        "people/create.html",
        form=entering.forms,
        notices=entering.notices,
        texts={one.purpose.code.value: one.text for one in entering.notices},
        twins=[
            (twin, twin.full_name, url_for(".show", ma=twin.public_id))
            for twin in twins  # nobody who may not be named
        ],
    )
