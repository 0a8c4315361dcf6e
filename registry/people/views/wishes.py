"""«Nguyện vọng»: a statement about being free and the places accepted; each statement is new, none is changed."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.forms.fields import refuse
from registry.people.forms.sections import WishesForm
from registry.people.models import Person
from registry.people.operations import EditedMeanwhile
from registry.people.rules import (
    AcceptedPlaceDraft,
    AvailabilityDraft,
    AvailabilityState,
    PlaceKind,
    WorkForm,
)
from registry.people.views.blueprint import bp
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.loading import Opened, keep_read, open_person
from registry.people.views.resolving import read_place_lines
from registry.places.queries import describe_unit
from registry.web.edits import take_theirs
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@bp.route("/ung-vien/<ma>/nguyen-vong", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_wishes(ma: str) -> ResponseReturnValue:
    """Record what the person says now; 409 when another statement came in between."""
    opened = open_person(ma)
    stored = _stored(opened)
    if request.method != "POST":
        keep_read(opened, "nguyen-vong")
        return _page(opened, stored)
    form = WishesForm()
    take_theirs(form, stored)
    if not form.validate():
        return _page(opened, form), 422
    places = accepted_places(opened.session, form)
    if places is None or not is_stated_by(form, opened.on):
        return _page(opened, form), 422
    if form.version.data != wishes_version(opened.session, opened.person):
        return _conflict(opened, form)
    try:
        return _save(opened, form, places)
    except EditedMeanwhile:
        opened.session.rollback()
        return _conflict(opened, form)


def _conflict(opened: Opened, form: WishesForm) -> ResponseReturnValue:
    return show_conflict(
        opened.session,
        form,
        _stored(opened),
        Saved(wishes_version(opened.session, opened.person), opened.person.public_id, "availability.stated"),
        what=_("mục «Nguyện vọng»"),
        name=opened.name,
        back=url_for(".show", ma=opened.person.public_id),
    )


def _save(opened: Opened, form: WishesForm, places: list[AcceptedPlaceDraft]) -> ResponseReturnValue:
    session, person = opened.session, opened.person
    draft = availability_draft(form, opened.on)
    operations.set_availability(session, person, draft, by=opened.by, at=opened.at)
    operations.set_accepted_places(session, person, places, on=draft.stated_on, by=opened.by, at=opened.at)
    session.commit()
    flash(_("Đã lưu mục «Nguyện vọng»"), "ok")
    return redirect(url_for(".show", ma=person.public_id, _anchor="nguyen-vong"), 303)


def is_stated_by(form: WishesForm, on: date) -> bool:
    """Refuse a statement from the future."""
    if form.stated_on.day is not None and form.stated_on.day > on:
        return refuse(form.stated_on, _("Ngày này không được sau hôm nay"))
    return True


def availability_draft(form: WishesForm, on: date) -> AvailabilityDraft:
    """The statement of a validated form."""
    return AvailabilityDraft(
        stated_on=form.stated_on.day or on,
        state=AvailabilityState(form.state.data),
        from_on=form.from_on.day,
        forms=frozenset(WorkForm(one) for one in form.forms.data or ()),
        paused_until=form.paused_until.day,
        reason=form.reason.data or "",
    )


def accepted_places(session: Any, form: Any) -> list[AcceptedPlaceDraft] | None:
    """The accepted places of a validated form; None with an error on the field."""
    found = read_place_lines(session, form.places)
    if found is None:
        return None
    drafts = [AcceptedPlaceDraft(PlaceKind.UNIT, one.unit_id, one.unit_path) for one in found]
    if form.anywhere.data:
        drafts.append(AcceptedPlaceDraft(PlaceKind.ANYWHERE))
    if form.remote.data:
        drafts.append(AcceptedPlaceDraft(PlaceKind.REMOTE))
    return list(dict.fromkeys(drafts))


def wishes_version(session: Session, person: Person) -> str:
    """The statement and the places that hold now; a name for both together."""
    statement = operations.current_availability(session, person)
    places = sorted(f"{row.kind}{row.unit_path}" for row in queries.places_of(session, person))
    return f"{'' if statement is None else statement.public_id}|{'|'.join(places)}"


def wishes_values(session: Session, person: Person) -> dict[str, Any]:
    """What the form shows of a record."""
    statement = operations.current_availability(session, person)
    places = queries.places_of(session, person)
    kinds = {row.kind for row in places}
    language = current_language()
    values: dict[str, Any] = {
        "version": wishes_version(session, person),
        "anywhere": PlaceKind.ANYWHERE in kinds,
        "remote": PlaceKind.REMOTE in kinds,
        "places": "\n".join(
            describe_unit(session, row.unit_path, locale=language)
            for row in places
            if row.kind is PlaceKind.UNIT
        ),
    }
    if statement is not None:
        values |= {
            "state": statement.state.value,
            "from_on": statement.from_on,
            "paused_until": statement.paused_until,
            "forms": sorted(form.value for form in statement.forms),
            "reason": statement.reason,
        }
    return values


def _stored(opened: Opened) -> WishesForm:
    return WishesForm(formdata=None, data=wishes_values(opened.session, opened.person))


def _page(opened: Opened, form: WishesForm) -> str:
    return render_template("people/wishes.html", form=form, opened=opened, person=opened.person)
