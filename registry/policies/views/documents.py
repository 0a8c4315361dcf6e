"""«Văn bản»: the register of legal documents, what they do to one another, adding and correcting them."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.policies import operations
from registry.policies.forms import words
from registry.policies.forms.fields import DocumentForm
from registry.policies.models import LegalDocument
from registry.policies.operations import CodeTaken, DocumentFacts, LinkRefused
from registry.policies.queries import documents as queries
from registry.policies.queries.verified import is_verified, verdicts
from registry.policies.rules.documents import Status
from registry.policies.rules.figures import DATES
from registry.policies.rules.states import DocumentKind, LinkKind, standing
from registry.policies.views.blueprint import bp, may_write, opened_document
from registry.policies.views.conflicts import both_versions
from registry.policies.views.seen import checked_line
from registry.text import match_key
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.edits import take_theirs
from registry.web.i18n import gettext as _

_PLAIN = (
    "number",
    "issuer",
    "title",
    "signed_on",
    "effective_from",
    "effective_after_days",
    "effective_to",
    "note",
)


@bp.get("/van-ban")
@require(Permission.POLICIES_READ)
def documents() -> ResponseReturnValue:
    """The register."""
    session, on = db_session(), today()
    found = queries.documents(session)
    known = is_verified(session, found)
    lines = [line_of(one, on) | {"is_verified": one.id in known} for one in found]
    return render_template("policies/documents.html", lines=lines, may_write=may_write())


def line_of(document: LegalDocument, on: Any) -> dict[str, Any]:
    """A document as lists show it."""
    start = queries.start_of(document)
    state = standing(
        document.status, start, document.effective_to, on, is_replaced=queries.is_replaced(document, on)
    )
    return {
        "document": document,
        "name": name_of(document),
        "kind": words.KIND[document.kind],
        "start": start,
        "standing": words.STANDING[state],
        "standing_tag": words.STANDING_TAG[state],
    }


def name_of(document: LegalDocument) -> str:
    """The number of a document; without one, that it is not known."""
    return document.number or _("Chưa rõ số (%(code)s)", code=document.code)


@bp.get("/van-ban/<ma>")
@require(Permission.POLICIES_READ)
def document(ma: str) -> ResponseReturnValue:
    """One document with its chain both ways and the policies that stand on it."""
    session, on = db_session(), today()
    found = opened_document(session, ma)
    checked = verdicts(session, [found])[found.id].get(DATES)
    return render_template(
        "policies/document.html",
        line=line_of(found, on),
        found=found,
        status=words.STATUS[found.status],
        chain=chain_of(found),
        versions=queries.versions_on(session, found),
        checked=checked_line(session, checked, on),
        may_write=may_write(),
    )


def chain_of(document: LegalDocument) -> list[tuple[Any, LegalDocument]]:
    """What a document does to others, then what others do to it, in words."""
    to = [(words.LINK[link.kind], link.other) for link in document.links]
    return to + [(words.LINKED_FROM[link.kind], link.document) for link in document.linked_from]


@bp.route("/van-ban/tao", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def add_document() -> ResponseReturnValue:
    """Put a document on record."""
    form = DocumentForm()
    if request.method != "POST":
        return _page(form, None)
    session = db_session()
    facts = _facts(session, form)
    if facts is None:
        return _page(form, None), 422
    try:
        made = operations.add_document(session, facts, by=current_account().id, at=now())
    except CodeTaken as taken:
        session.rollback()
        _say_taken(form, taken)
        return _page(form, None), 422
    session.commit()
    flash(_("Đã thêm văn bản."), "ok")
    return redirect(url_for(".document", ma=made.code), 303)


@bp.route("/van-ban/<ma>/sua", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def edit_document(ma: str) -> ResponseReturnValue:
    """Correct a document; what somebody else saved meanwhile is never overwritten unseen."""
    session = db_session()
    found = opened_document(session, ma)
    stored = _stored(found)
    if request.method != "POST":
        return _page(stored, found)
    form = DocumentForm()
    take_theirs(form, stored)
    if form.version.data != str(found.version):
        return _conflict(form, stored, found)
    facts = _facts(session, form)
    if facts is None:
        return _page(form, found), 422
    try:
        operations.edit_document(session, found, facts, by=current_account().id, at=now())
        session.commit()
    except CodeTaken as taken:
        session.rollback()
        _say_taken(form, taken)
        return _page(form, opened_document(session, ma)), 422
    except LinkRefused as refused:
        session.rollback()
        form.replaces.errors = [
            _("%(other)s đã sửa đổi hoặc thay thế chính văn bản này: bỏ dòng ấy", other=refused)
        ]
        return _page(form, opened_document(session, ma)), 422
    except StaleDataError:
        session.rollback()
        newest = opened_document(session, ma)
        return _conflict(form, _stored(newest), newest)
    flash(_("Đã lưu thay đổi. Văn bản cần được kiểm chứng lại nếu số, ngày hay tình trạng đã đổi."), "ok")
    return redirect(url_for(".document", ma=ma), 303)


def _conflict(form: DocumentForm, stored: DocumentForm, found: LegalDocument) -> ResponseReturnValue:
    return both_versions(form, stored, name=name_of(found), back=url_for(".document", ma=found.code))


def _stored(document: LegalDocument) -> DocumentForm:
    """The form filled with what is saved."""
    data: dict[str, Any] = {name: getattr(document, name) for name in _PLAIN}
    data |= {"kind": document.kind.value, "status": document.status.value}
    data |= {"sources": "\n".join(document.sources), "version": str(document.version)}
    for kind in LinkKind:
        data[kind.value] = "\n".join(link.other.code for link in document.links if link.kind is kind)
    return DocumentForm(formdata=None, data=data)


def _facts(session: Session, form: DocumentForm) -> DocumentFacts | None:
    """What was typed; None, with the sentences on the form, for what may not be saved."""
    if not form.validate():
        return None
    known = _by_name(session)
    amends, amends_ok = _named(form.amends, known)
    replaces, replaces_ok = _named(form.replaces, known)
    if not (amends_ok and replaces_ok):
        return None
    return DocumentFacts(
        number=form.number.data or "",
        kind=DocumentKind(form.kind.data),
        issuer=str(form.issuer.data),
        title=str(form.title.data),
        status=Status(form.status.data),
        signed_on=form.signed_on.data,
        effective_from=form.effective_from.data,
        effective_to=form.effective_to.data,
        effective_after_days=form.effective_after_days.data,
        sources=[one for line in (form.sources.data or "").splitlines() if (one := line.strip())],
        note=form.note.data or "",
        amends=amends,
        replaces=replaces,
    )


def _by_name(session: Session) -> Mapping[str, LegalDocument]:
    found = queries.documents(session)
    return {match_key(one.number): one for one in found if one.number} | {
        match_key(one.code): one for one in found
    }


def _named(field: Any, known: Mapping[str, LegalDocument]) -> tuple[list[LegalDocument], bool]:
    """The documents named line by line, each once; False, with a sentence, when one is not on record."""
    found: dict[int, LegalDocument] = {}
    for line in (field.data or "").splitlines():
        name = line.strip()
        if not name:
            continue
        one = known.get(match_key(name))
        if one is None:
            field.errors = [
                _(
                    "Chưa có văn bản «%(name)s» trong sổ: thêm văn bản đó trước, hoặc sửa lại số",
                    name=name[:80],
                )
            ]
            return [], False
        found[one.id] = one
    return list(found.values()), True


def _say_taken(form: DocumentForm, taken: CodeTaken) -> None:
    form.number.errors = [_("Số này đã có trong sổ (%(code)s): sửa văn bản đó thay vì thêm mới", code=taken)]


def _page(form: DocumentForm, found: LegalDocument | None) -> str:
    return render_template(
        "policies/document_form.html", form=form, found=found, name="" if found is None else name_of(found)
    )
