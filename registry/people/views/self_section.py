"""«Bản thân»: the form from a record, the record from a form, and its page with the conflict of two editors."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations
from registry.people.forms.sections import SelfForm
from registry.people.forms.words import chosen
from registry.people.models import Person
from registry.people.operations import EditedMeanwhile
from registry.people.rules import SelfDraft, Sex
from registry.people.views.blueprint import bp
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.loading import Opened, keep_read, open_named
from registry.people.views.resolving import read_countries, read_foreign_or_home_place, read_place
from registry.people.views.versions import version_of
from registry.places.queries import country_name
from registry.web.edits import take_theirs
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def self_values(person: Person) -> dict[str, Any]:
    """What the form shows of a record."""
    language = current_language()
    return {
        "version": str(person.version),
        "full_name": person.full_name,
        "birth": person.birth,
        "sex": "" if person.sex is None else person.sex.value,
        "nationalities": ", ".join(country_name(row.country, language) for row in person.nationalities),
        "origin": person.origin_text,
        "birthplace": person.birthplace_text,
        "residence_country": country_name(person.residence_country, language)
        if person.residence_country
        else "",
        "residence": person.residence_text,
        "headline": person.headline,
        "summary": person.summary,
        "stated_years": "" if person.stated_years is None else str(person.stated_years),
    }


def self_draft(session: Session, form: SelfForm) -> SelfDraft | None:
    """The section of a validated form; None when a place or country is a question or unknown."""
    nationalities = read_countries(form.nationalities)
    origin = read_place(session, form.origin, as_named=True)
    birthplace = read_place(session, form.birthplace, as_named=True)
    residence = read_foreign_or_home_place(session, form.residence, form.residence_country)
    if nationalities is None or origin is None or birthplace is None or residence is None:
        return None
    return SelfDraft(
        full_name=form.full_name.value,
        birth=form.birth.data,
        sex=chosen(Sex, form.sex.data),
        nationalities=nationalities,
        origin=origin,
        birthplace=birthplace,
        residence=residence,
        headline=form.headline.data or "",
        summary=form.summary.data or "",
        stated_years=form.stated_years.value,
    )


@bp.route("/ung-vien/<ma>/ban-than", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_self(ma: str) -> ResponseReturnValue:
    """Edit who the person is; 409 with both versions when somebody saved in between."""
    opened = open_named(ma)
    if request.method != "POST":
        form = SelfForm(data=self_values(opened.person))
        keep_read(opened, "ban-than")
        return _page(opened, form)
    form = SelfForm()
    take_theirs(form, _stored(opened))
    if not form.validate():
        return _page(opened, form), 422
    draft = self_draft(opened.session, form)
    if draft is None:
        return _page(opened, form), 422
    return _save(opened, form, draft)


def _save(opened: Opened, form: SelfForm, draft: SelfDraft) -> ResponseReturnValue:
    try:
        operations.revise_person(
            opened.session,
            opened.person,
            draft,
            expected_version=version_of(form),
            by=opened.by,
            at=opened.at,
        )
    except EditedMeanwhile:
        person = opened.person
        return show_conflict(
            opened.session,
            form,
            _stored(opened),
            Saved(person.version, person.public_id, "person.revised"),
            what=_("mục «Bản thân»"),
            name=opened.name,
            back=url_for(".show", ma=person.public_id),
        )
    opened.session.commit()
    flash(_("Đã lưu mục «Bản thân»"), "ok")
    return redirect(url_for(".show", ma=opened.person.public_id), 303)


def _stored(opened: Opened) -> SelfForm:
    return SelfForm(formdata=None, data=self_values(opened.person))


def _page(opened: Opened, form: SelfForm) -> str:
    return render_template("people/self.html", form=form, opened=opened, person=opened.person)
