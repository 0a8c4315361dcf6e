"""Creating and editing organisations, with the page where two versions meet."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.organisations import operations, queries
from registry.organisations.forms import KIND_LABELS, EditForm, OrganisationForm
from registry.organisations.models import Organisation
from registry.organisations.operations import NameTaken, WrongDay, WrongParent
from registry.organisations.rules import HasUnitPath, OrganisationKind
from registry.organisations.views.blueprint import bp, unit_directory, unit_words, visible_organisation
from registry.organisations.views.lookup import OrganisationQuestion, UnitQuestion
from registry.organisations.views.refusals import explain, form_page, is_reachable
from registry.web import edits
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.i18n import gettext as _

_WRITE = Permission.ORGANISATIONS_WRITE
_EDITED = ("name", "kind", "unit_text")


@bp.get("/tao")
@require(_WRITE)
def create() -> ResponseReturnValue:
    """An empty form; `trong` names the organisation it is to lie under."""
    session = db_session()
    form = OrganisationForm(formdata=None)
    above = queries.get_organisation(session, current_viewer(), request.args.get("trong", ""))
    if above is not None:
        form.parent_text.data = above.name
        form.unit_text.data = unit_words(session, above)
    return form_page("create", form)


@bp.post("/tao")
@require(_WRITE)
def create_sent() -> ResponseReturnValue:
    """Make the organisation."""
    session, viewer = db_session(), current_viewer()
    form = OrganisationForm()
    units = UnitQuestion(session, form.unit_text, form.unit_choice)
    parents = OrganisationQuestion(session, viewer, form.parent_text, form.parent_choice)
    is_valid = form.validate()
    (unit, unit_ok), (parent, parent_ok) = units.answer(), parents.answer()
    unit_path = unit.path if unit else parent.unit_path if parent else ""
    if not (
        is_valid and unit_ok and parent_ok and is_reachable(form, unit_path, parent.path if parent else "")
    ):
        return form_page("create", form), 422
    try:
        made = operations.create_organisation(
            session,
            name=str(form.name.data),
            kind=OrganisationKind(form.kind.data),
            parent=parent,
            unit=unit or _unit_of(session, parent),
            by=current_account().id,
            valid_from=form.valid_from.data,
        )
    except (NameTaken, WrongParent) as refused:
        explain(form, refused)
        return form_page("create", form), 422
    session.commit()
    flash(_("Đã thêm %(name)s.", name=made.name), "ok")
    return redirect(url_for(".show", ma=made.public_id), 303)


@bp.get("/<ma>/sua")
@require(_WRITE)
def edit(ma: str) -> ResponseReturnValue:
    """The form filled with what is saved."""
    session = db_session()
    organisation = visible_organisation(session, ma)
    saved = _saved(session, organisation)
    form = EditForm(saved)
    form.version.data = str(organisation.version)
    form.opened_with.data = edits.marks(saved)
    return form_page("edit", form, organisation)


@bp.post("/<ma>/sua")
@require(_WRITE)
def edit_sent(ma: str) -> ResponseReturnValue:
    """Save; what somebody else saved meanwhile is never overwritten unseen."""
    session = db_session()
    organisation = visible_organisation(session, ma)
    form = EditForm(_chosen(session, organisation))
    units = UnitQuestion(session, form.unit_text, form.unit_choice)
    is_valid = form.validate()
    unit, unit_ok = units.answer()
    if form.version.data != str(organisation.version):
        return _conflict(session, organisation, form), 409
    unit_path = unit.path if unit else ""
    if not (is_valid and unit_ok and is_reachable(form, unit_path, organisation.path)):
        return form_page("edit", form, organisation), 422
    try:
        _refuse_future(form)
        operations.edit_organisation(
            session,
            organisation,
            name=str(form.name.data),
            kind=OrganisationKind(form.kind.data),
            unit=unit,
            by=current_account().id,
            renamed_on=form.renamed_on.data,
        )
        session.commit()
    except (NameTaken, WrongDay) as refused:
        session.rollback()
        explain(form, refused)
        return form_page("edit", form, visible_organisation(session, ma)), 422
    except StaleDataError:
        session.rollback()
        return _conflict(session, visible_organisation(session, ma), form), 409
    flash(_("Đã lưu thay đổi."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _refuse_future(form: EditForm) -> None:
    """A name that is only to come is entered when it has come. Raises WrongDay."""
    if form.renamed_on.data is not None and form.renamed_on.data > today():
        raise WrongDay(form.renamed_on.data.isoformat())


def _unit_of(session: Session, parent: Organisation | None) -> HasUnitPath | None:
    """The unit of the organisation above, which a new one without a unit of its own shares."""
    return unit_directory().at(session, parent.unit_path) if parent and parent.unit_path else None


def _saved(session: Session, organisation: Organisation) -> MultiDict[str, str]:
    """What is saved, as the form would send it."""
    return MultiDict(
        {
            "name": organisation.name,
            "kind": organisation.kind.value,
            "unit_text": unit_words(session, organisation),
        }
    )


def _chosen(session: Session, organisation: Organisation) -> MultiDict[str, str]:
    """What was sent; after a conflict, with the fields replaced for which the saved version was chosen."""
    sent = MultiDict(request.form)
    saved = _saved(session, organisation)
    for name in _EDITED:
        if sent.get(f"pick-{name}") == "theirs":
            sent[name] = saved[name]
    return sent


def _conflict(session: Session, organisation: Organisation, form: EditForm) -> str:
    """Both versions field by field; the reader chooses and saves again over the newest version."""
    saved = _saved(session, organisation)
    labels: dict[str, Any] = {"name": form.name.label.text, "kind": form.kind.label.text}
    labels["unit_text"] = form.unit_text.label.text
    typed = {name: str(form[name].data or "") for name in _EDITED}
    opened_with = str(form.opened_with.data or "")
    rows = [
        edits.row(
            labels[name],
            name,
            (_shown(name, saved[name]), _shown(name, typed[name])),
            edits.changed(name, typed[name], saved[name], opened_with),
        )
        for name in _EDITED
    ]
    sent = [(name, request.form.get(name, "")) for name in (*_EDITED, "unit_choice", "renamed_on")]
    kept = [("version", str(organisation.version)), ("opened_with", edits.marks(saved))]
    carried = [*kept, *((name, value) for name, value in sent if value)]
    return render_template(
        "organisations/conflict.html", organisation=organisation, rows=rows, carried=carried, form=form
    )


def _shown(name: str, value: str) -> Any:
    return (
        KIND_LABELS[OrganisationKind(value)] if name == "kind" and value in set(OrganisationKind) else value
    )
