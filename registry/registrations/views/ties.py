"""What ties me to a place: told, changed, ended and taken back by its person, on the same form as an office has."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.models import Affinity, Person
from registry.people.operations import EditedMeanwhile
from registry.people.queries.details import affinities_of, unit_words
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.entry_sections import SECTIONS
from registry.people.views.ties import shown_ties
from registry.people.views.versions import version_of
from registry.registrations.views.blueprint import bp
from registry.registrations.views.own import Own, open_own
from registry.web.edits import take_theirs
from registry.web.errors import NotVisible
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_SECTION = SECTIONS["gan-bo"]
_MOST = 30


@bp.route("/toi/gan-bo/tao", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def add_tie() -> ResponseReturnValue:
    """Tell of a tie."""
    own, person = _own()
    form = _form()
    if request.method != "POST":
        return _page(form, None)
    draft = _SECTION.draft(own.session, form) if form.validate() else None
    if draft is None:
        return _page(form, None), 422
    if len(affinities_of(own.session, person.id)) >= _MOST:
        form.kind.errors = [_("Đã đủ %(most)s mục. Bỏ bớt một mục rồi thêm.", most=_MOST)]
        return _page(form, None), 422
    operations.add_entry(own.session, person, draft, by=own.account.id, at=own.at)
    own.session.commit()
    flash(_("Đã thêm điều gắn bó"), "ok")
    return _back()


@bp.route("/toi/gan-bo/<dong>", methods=["GET", "POST"])
@require(Permission.PROFILE_OWN)
def edit_tie(dong: str) -> ResponseReturnValue:
    """Change or end a tie; 409 with both versions when somebody saved in between."""
    own, person = _own()
    row = _row(own, person, dong)
    if request.method != "POST":
        return _page(_form(row), row)
    form, stored = _form(), _form(row)
    take_theirs(form, stored)
    draft = _SECTION.draft(own.session, form) if form.validate() else None
    if draft is None:
        return _page(form, row), 422
    by, at = own.account.id, own.at
    try:
        operations.revise_entry(
            own.session, person, row, draft, expected_version=version_of(form), by=by, at=at
        )
    except EditedMeanwhile:
        saved = Saved(row.version, row.public_id, "affinity.revised")
        what, name = str(_SECTION.noun), own.registration.code
        return show_conflict(
            own.session, form, stored, saved, what=what, name=name, back=url_for(".mine", _anchor="gan-bo")
        )
    own.session.commit()
    flash(_("Đã lưu thay đổi"), "ok")
    return _back()


@bp.post("/toi/gan-bo/<dong>/xoa")
@require(Permission.PROFILE_OWN)
def remove_tie(dong: str) -> ResponseReturnValue:
    """Take a tie back; one that was edited meanwhile is shown instead."""
    own, person = _own()
    row = _row(own, person, dong)
    if request.form.get("version", "") != str(row.version):
        flash(_("Mục này vừa được sửa. Xem lại trước khi xóa."), "warn")
        return redirect(url_for(".edit_tie", dong=dong), 303)
    by, at = own.account.id, own.at
    operations.remove_entry(own.session, person, row, expected_version=row.version, by=by, at=at)
    own.session.commit()
    flash(_("Đã xóa điều gắn bó"), "ok")
    return _back()


def tie_lines(own: Own) -> list[tuple[str, str, str]]:
    """(what, more of it, where it is changed) of every tie, for one's own page."""
    if own.person is None:
        return []
    rows = affinities_of(own.session, own.person.id)
    units = unit_words(own.session, [row.unit_id for row in rows], locale=current_language())
    return [
        (words.text, words.sub, url_for(".edit_tie", dong=row.public_id))
        for words, row in shown_ties(rows, is_named=True, units=units)
    ]


def _own() -> tuple[Own, Person]:
    own = open_own()
    if own.person is None:
        raise NotVisible
    return own, own.person


def _row(own: Own, person: Person, dong: str) -> Affinity:
    row = queries.entry_of(own.session, person, Affinity, dong)
    if row is None:
        raise NotVisible
    return row


def _form(row: Affinity | None = None) -> Any:
    if row is None:
        return _SECTION.form()
    return _SECTION.form(formdata=None, data={"version": str(row.version), **_SECTION.values(row)})


def _page(form: Any, row: Affinity | None) -> str:
    return render_template("registrations/tie.html", form=form, row=row)


def _back() -> ResponseReturnValue:
    return redirect(url_for(".mine", _anchor="gan-bo"), 303)
