"""The form of each task: made for an audience, filled from what was sent or kept, read into parts of a record."""

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.consents.models import Notice
from registry.consents.queries import current_notices
from registry.consents.rules import ASKED_LATER, PurposeCode
from registry.people.forms.fields import refuse
from registry.people.forms.words import chosen
from registry.people.rules import (
    AvailabilityDraft,
    AvailabilityState,
    OverseasDraft,
    ReturnIntent,
    RightToStay,
    WorkForm,
)
from registry.people.views.contacts import contact_drafts
from registry.people.views.entry_sections import (
    achievement_draft,
    cadre_draft,
    education_draft,
    experience_draft,
    zone_choices,
)
from registry.people.views.languages import language_draft
from registry.people.views.papers import identity_draft
from registry.people.views.self_section import self_draft
from registry.people.views.wishes import accepted_places
from registry.registrations.forms import FORMS, KnowledgeForm
from registry.registrations.rules import ABROAD, Audience, Task
from registry.registrations.views.own import Own
from registry.web.choices import choices
from registry.web.edits import field_text, fields_of, marks
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_NO_TOKEN = {"csrf": False}
"""The page carries the token once, beside the form: a draft that is shown again was sent without one."""


def make(
    own: Own,
    task: Task,
    *,
    sent: Mapping[str, list[str]] | None = None,
    data: Mapping[str, Any] | None = None,
    version: str = "",
) -> Any:
    """The form of a task: empty, from what was sent or kept (`sent`), or from a record (`data`)."""
    kind = KnowledgeForm if task is Task.CONSENT and own.audience is Audience.CADRE else FORMS[task]
    formdata = None if sent is None else MultiDict(sent)
    form = kind(formdata=formdata, data=None if data is None else dict(data), meta=_NO_TOKEN)
    _PREPARE.get(task, _as_it_is)(own, form)
    if sent is None or version:
        form.version.data = version
        form.opened_with.data = marks({one.name: field_text(one) for one in fields_of(form)})
    return form


def _as_it_is(_own: Own, _form: Any) -> None:
    return None


def _prepare_consent(own: Own, form: Any) -> None:
    notices = notices_of(own)
    if not form.shown.data:
        form.shown.data = names_of(notices)
    if own.audience is not Audience.CADRE:
        form.purposes.choices = choices(
            (one.purpose.code.value, one.title)
            for one in notices
            if one.purpose.code is not PurposeCode.CONTACT
        )
        form.purposes.flags.required = form.visibility.flags.required = True


def _prepare_about(own: Own, form: Any) -> None:
    form.full_name.description = _("Viết như trên giấy tờ của bạn, cả họ và tên trong một ô.")
    form.origin.description = _(
        "Chỉ ghi nếu bạn muốn tỉnh quê tìm thấy mình. Nhận tên cũ; không dùng để xếp hạng."
    )
    form.headline.description = _(
        "Một dòng, ví dụ: Kỹ sư dữ liệu y tế. Hiện cả khi ẩn danh: không ghi tên người, cơ quan."
    )
    if own.is_abroad:
        form.time_zone.choices = choices(zone_choices())
        if form.residence_country.raw_data is None and form.residence_country.data == "Việt Nam":
            form.residence_country.data = ""
        form.residence_country.flags.required = True
    else:
        del form.right_to_stay
        del form.time_zone
    if own.audience is Audience.FOREIGN and form.nationalities.raw_data is None and own.person is None:
        form.nationalities.data = ""


def _prepare_contacts(own: Own, form: Any) -> None:
    if form.email.raw_data is None and own.person is None and not form.email.data:
        form.email.data = own.account.email


def _prepare_wishes(own: Own, form: Any) -> None:
    if own.audience not in ABROAD:
        del form.return_intent


def _prepare_place_abroad(own: Own, form: Any) -> None:
    """What was studied or done by somebody abroad need not have been at home."""
    field = form.school_country if "school_country" in form else form.country
    if own.is_abroad and own.person is None and field.raw_data is None:
        field.data = ""


_PREPARE: dict[Task, Callable[[Own, Any], None]] = {
    Task.CONSENT: _prepare_consent,
    Task.ABOUT: _prepare_about,
    Task.CONTACTS: _prepare_contacts,
    Task.WISHES: _prepare_wishes,
    Task.EDUCATION: _prepare_place_abroad,
    Task.EXPERIENCE: _prepare_place_abroad,
}


def notices_of(own: Own) -> list[Notice]:
    """The notices in force, in the language of the page."""
    return list(current_notices(own.session, current_language(), own.on))


def names_of(notices: list[Notice]) -> str:
    """Which notices were shown, as one text for a hidden field."""
    return " ".join(one.public_id for one in notices)


def read(own: Own, task: Task, form: Any) -> Any:
    """The parts of a record in a form; None with sentences on its fields."""
    return _READ[task](own, form) if form.validate() else None


def _read_consent(own: Own, form: Any) -> list[Notice] | None:
    """The notices agreed to, in the version and language that was shown."""
    shown = str(form.shown.data or "").split()
    known = [one for language in ("vi", "en") for one in current_notices(own.session, language, own.on)]
    by_name = {one.public_id: one for one in known}
    notices = [by_name[name] for name in dict.fromkeys(shown) if name in by_name]
    is_complete = {one.purpose.code for one in notices} == set(PurposeCode) - ASKED_LATER and len(
        shown
    ) == len(notices)
    if not is_complete:
        form.shown.data = names_of(notices_of(own))
    if own.audience is Audience.CADRE:
        return [] if is_complete else None
    if not is_complete:
        refuse(form.purposes, _("Thông báo vừa có bản mới. Đọc lại và chọn lại."))
        return None
    wanted: set[str] = {str(one) for one in form.purposes.data or ()}
    if PurposeCode.REGISTRY.value not in wanted:
        title = next(one.title for one in notices if one.purpose.code is PurposeCode.REGISTRY)
        refuse(form.purposes, _("Cần chọn «%(title)s» thì mới có hồ sơ", title=title))
        return None
    if form.visibility.data == "named":
        wanted.add(PurposeCode.CONTACT.value)
    return [one for one in notices if one.purpose.code.value in wanted]


def _read_about(own: Own, form: Any) -> Any:
    """The section, and the facet of somebody abroad or None."""
    if own.is_abroad and not str(form.residence_country.data or "").strip():
        refuse(form.residence_country, _("Nhập nước bạn đang sống"))
        return None
    about = self_draft(own.session, form)
    if about is None or not own.is_abroad:
        return None if about is None else (about, None)
    stay = chosen(RightToStay, form.right_to_stay.data)
    country = about.residence.country or ""
    return about, OverseasDraft(country, right_to_stay=stay, time_zone=form.time_zone.data or "")


def _read_papers(_own: Own, form: Any) -> Any:
    """A list of at most one number."""
    if not str(form.number.data or "").strip():
        return []
    found = identity_draft(form)
    return None if found is None else [found]


def _read_wishes(own: Own, form: Any) -> Any:
    """The statement, the places, and how far somebody abroad would come."""
    places = accepted_places(own.session, form)
    if places is None:
        return None
    statement = AvailabilityDraft(
        stated_on=own.on,
        state=AvailabilityState(form.state.data),
        from_on=form.from_on.day,
        forms=frozenset(WorkForm(one) for one in form.forms.data or ()),
        paused_until=form.paused_until.day,
        reason=form.reason.data or "",
    )
    intent = chosen(ReturnIntent, form.return_intent.data) if "return_intent" in form else None
    return statement, places, intent


_READ: dict[Task, Callable[[Own, Any], Any]] = {
    Task.CONSENT: _read_consent,
    Task.ABOUT: _read_about,
    Task.CONTACTS: lambda _own, form: contact_drafts(form),
    Task.PAPERS: _read_papers,
    Task.POST: lambda own, form: cadre_draft(own.session, form),
    Task.EDUCATION: lambda own, form: education_draft(own.session, form),
    Task.LANGUAGES: lambda _own, form: language_draft(form),
    Task.EXPERIENCE: lambda own, form: experience_draft(own.session, form),
    Task.DEEDS: lambda own, form: achievement_draft(own.session, form),
    Task.WISHES: _read_wishes,
}
