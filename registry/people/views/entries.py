"""Adding, editing and removing dated rows of a record: one set of views for all sections of `entry_sections`."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.forms.entries import OverseasForm
from registry.people.operations import EditedMeanwhile
from registry.people.operations.entries import Entry
from registry.people.views.blueprint import bp
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.entry_sections import SECTIONS, EntrySection, zone_choices
from registry.people.views.loading import Opened, keep_read, open_named, open_person
from registry.people.views.versions import version_of
from registry.web.choices import choices
from registry.web.edits import EditForm, take_theirs
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_MUC = f"<any({', '.join(repr(slug) for slug in SECTIONS)}):muc>"


@bp.route(f"/ung-vien/<ma>/{_MUC}/tao", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def add_entry(ma: str, muc: str) -> ResponseReturnValue:
    """Add a row to a section."""
    opened, section = open_person(ma), SECTIONS[muc]
    form = _form(section)
    if request.method != "POST":
        keep_read(opened, muc)
        return _page(opened, section, form, None)
    draft = section.draft(opened.session, form) if form.validate() else None
    if draft is None:
        return _page(opened, section, form, None), 422
    operations.add_entry(opened.session, opened.person, draft, by=opened.by, at=opened.at)
    opened.session.commit()
    flash(_("Đã thêm %(noun)s", noun=section.noun), "ok")
    return _back(opened, section)


@bp.route(f"/ung-vien/<ma>/{_MUC}/<dong>", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_entry(ma: str, muc: str, dong: str) -> ResponseReturnValue:
    """Edit a row; 409 with both versions when somebody saved in between."""
    opened, section = open_named(ma), SECTIONS[muc]
    row = _row(opened.session, opened, section, dong)
    if request.method != "POST":
        keep_read(opened, muc)
        return _page(opened, section, _form(section, row), row)
    form = _form(section)
    stored = _form(section, row)
    take_theirs(form, stored)
    draft = section.draft(opened.session, form) if form.validate() else None
    if draft is None:
        return _page(opened, section, form, row), 422
    try:
        operations.revise_entry(
            opened.session,
            opened.person,
            row,
            draft,
            expected_version=version_of(form),
            by=opened.by,
            at=opened.at,
        )
    except EditedMeanwhile:
        return _conflict(opened, section, row, form, stored)
    opened.session.commit()
    flash(_("Đã lưu %(noun)s", noun=section.noun), "ok")
    return _back(opened, section)


@bp.post(f"/ung-vien/<ma>/{_MUC}/<dong>/xoa")
@require(Permission.PEOPLE_WRITE)
def remove_entry(ma: str, muc: str, dong: str) -> ResponseReturnValue:
    """Remove a row; its last values stay in the log. A row edited meanwhile is shown instead of removed."""
    opened, section = open_named(ma), SECTIONS[muc]
    row = _row(opened.session, opened, section, dong)
    expected = request.form.get("version", "")
    if expected != str(row.version):
        flash(_("Mục này vừa được sửa. Xem lại trước khi xóa."), "warn")
        return redirect(url_for(".edit_entry", ma=ma, muc=muc, dong=dong), 303)
    operations.remove_entry(
        opened.session, opened.person, row, expected_version=row.version, by=opened.by, at=opened.at
    )
    opened.session.commit()
    flash(_("Đã xóa %(noun)s", noun=section.noun), "ok")
    return _back(opened, section)


def _row(session: Session, opened: Opened, section: EntrySection, dong: str) -> Entry:
    row = queries.entry_of(session, opened.person, section.model, dong)
    if row is None:
        raise NotVisible
    return row


def _form(section: EntrySection, row: Entry | None = None) -> Any:
    """The section's form: as posted, or as stored when a row is given."""
    if row is None:
        form: EditForm = section.form()
    else:
        form = section.form(formdata=None, data={"version": str(row.version), **section.values(row)})
    if isinstance(form, OverseasForm):
        form.time_zone.choices = choices(zone_choices())
    return form


def _page(opened: Opened, section: EntrySection, form: Any, row: Entry | None) -> str:
    return render_template(
        "people/entry.html", form=form, opened=opened, person=opened.person, section=section, row=row
    )


def _conflict(
    opened: Opened, section: EntrySection, row: Entry, form: Any, stored: Any
) -> ResponseReturnValue:
    return show_conflict(
        opened.session,
        form,
        stored,
        Saved(row.version, row.public_id, f"{row.__tablename__}.revised"),
        what=str(section.noun),
        name=opened.name,
        back=url_for(".show", ma=opened.person.public_id),
    )


def _back(opened: Opened, section: EntrySection) -> ResponseReturnValue:
    return redirect(url_for(".show", ma=opened.person.public_id, _anchor=section.slug), 303)
