"""The list of imports, the upload form, the templates."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import EVERYWHERE, Permission, Scope, Viewer
from registry.db import new_public_id
from registry.exchange.forms import KIND_WORDS, UploadForm
from registry.exchange.models import ImportBatch
from registry.exchange.operations.batches import FileRefused, Inspected, inspect_file, receive_file
from registry.exchange.queries.batches import WRITE_PERMISSION, batch_by_submission, batches, kinds_for
from registry.exchange.readers.archive import MAX_FILE_BYTES
from registry.exchange.rules.batches import ImportKind
from registry.exchange.rules.refusals import FILE_REFUSALS
from registry.exchange.views.blueprint import KIND_SLUGS, SLUG_OF, acting, bp
from registry.organisations.models import Organisation
from registry.organisations.rules import Office
from registry.places.queries import describe_unit, unit_by_path
from registry.text import TextRefused, clean
from registry.web.choices import choices
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import submission_key

_FILE_NAME_LIMIT = 200


@bp.get("/nhap-excel")
@require(Permission.IMPORTS_RUN)
def index() -> ResponseReturnValue:
    """Upload a file; below, the files of before."""
    session, kind = db_session(), _wanted_kind()
    form = _form(session, kind)
    form.submission.data = new_public_id()
    return _page(session, kind, form), 200


@bp.post("/nhap-excel")
@require(Permission.IMPORTS_RUN)
def upload() -> ResponseReturnValue:
    """Look into the file and keep it, sealed, until its officer decides; a form sent twice makes one batch."""
    session, kind = db_session(), _wanted_kind()
    form = _form(session, kind)
    key = submission_key(form.submission.data)
    earlier = batch_by_submission(session, key)
    if earlier is not None:
        return _to_batch(earlier)
    inspected = _inspected(form, kind) if form.validate() else None
    if inspected is None:
        return _page(session, kind, form), 422
    offices = _offices(session, current_viewer(), kind)
    try:
        batch = receive_file(
            session,
            inspected,
            office=offices[str(form.office.data)],
            submission_key=key,
            acting=acting(),
        )
        session.commit()
    except IntegrityError:
        session.rollback()
        return _to_batch(batch_by_submission(session, key))
    return redirect(url_for("exchange.show", ma=batch.public_id), 303)


def _to_batch(batch: ImportBatch | None) -> ResponseReturnValue:
    """The batch this very form made before; a key that is another account's leads nowhere."""
    if batch is None or batch.created_by != current_account().id:
        abort(400)
    return redirect(url_for("exchange.show", ma=batch.public_id), 303)


def _wanted_kind() -> ImportKind:
    kinds = _kinds()
    wanted = KIND_SLUGS.get(request.args.get("loai", ""), kinds[0])
    if wanted not in kinds:
        abort(403)
    return wanted


def _kinds() -> list[ImportKind]:
    kinds = [kind for kind in kinds_for(current_viewer()) if kind in SLUG_OF]
    if not kinds:
        abort(403)
    return kinds


def _form(session: Session, kind: ImportKind) -> UploadForm:
    form = UploadForm()
    offices = _offices(session, current_viewer(), kind)
    names = {key: _office_name(session, office) for key, office in offices.items()}
    form.office.choices = choices(names.items())
    if len(names) == 1:
        form.office.data = next(iter(names))
    return form


def _offices(session: Session, viewer: Viewer, kind: ImportKind) -> dict[str, Office]:
    """The offices the viewer may import into: the scopes on which the right to write counts."""
    scopes = viewer.scopes_for(WRITE_PERMISSION[kind])
    return {f"{scope.unit_path}|{scope.organisation_path}": _office(session, scope) for scope in scopes}


def _office(session: Session, scope: Scope) -> Office:
    unit = unit_by_path(session, scope.unit_path) if scope.unit_path else None
    ids = scope.organisation_path.rstrip("/").split("/")
    organisation = session.get(Organisation, int(ids[-1])) if ids[-1].isdigit() else None
    return Office(
        unit.id if unit else None,
        scope.unit_path,
        organisation.id if organisation else None,
        scope.organisation_path,
    )


def _office_name(session: Session, office: Office) -> str:
    if Scope(office.unit_path, office.organisation_path) == EVERYWHERE:
        return _("Cả nước (theo nơi ở của từng người)")
    names = [describe_unit(session, office.unit_path)] if office.unit_path else []
    organisation = session.get(Organisation, office.organisation_id) if office.organisation_id else None
    return ", ".join([*([organisation.name] if organisation else []), *names])


def _inspected(form: UploadForm, kind: ImportKind) -> Inspected | None:
    """The file when it may be imported; else its reason stands beside the field."""
    sent: Any = form.file.data
    content = sent.stream.read(MAX_FILE_BYTES + 1)
    try:
        return inspect_file(content, _file_name(sent.filename or ""), kind)
    except FileRefused as refused:
        form.file.errors = [_(FILE_REFUSALS[refused.code])]
        return None


def _file_name(sent: str) -> str:
    """The last part of the name, without what no name may hold; the name is only shown, never used as a path."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    try:
        return clean(last, limit=_FILE_NAME_LIMIT)
    except TextRefused:
        return last[-5:] if last.lower().endswith((".xlsx", ".json")) else ""


def _page(session: Session, kind: ImportKind, form: UploadForm) -> str:
    viewer = current_viewer()
    return render_template(
        "exchange/index.html",
        form=form,
        kind=kind,
        slug=SLUG_OF[kind],
        tabs=[
            (url_for("exchange.index", loai=SLUG_OF[one]), KIND_WORDS[one], one is kind, None)
            for one in _kinds()
        ],
        is_people=kind is ImportKind.PEOPLE,
        has_offices=len(form.office.choices or []) > 1,
        page=batches(session, viewer, page_number(request.args.get("trang"))),
    )
