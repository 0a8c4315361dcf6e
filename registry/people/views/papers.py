"""«Giấy tờ»: identity numbers, evidence behind claims, and the sensitive traits behind a permission of their own."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations, queries
from registry.people.forms import words
from registry.people.forms.entries import EvidenceForm
from registry.people.forms.fields import refuse, words_of
from registry.people.forms.sections import IdentityForm, TraitsForm
from registry.people.operations import IdentityTaken
from registry.people.operations.evidence import Claim
from registry.people.rules import (
    EvidenceDraft,
    IdentityDraft,
    IdentityKind,
    Problem,
    check_identity_number,
    identity_warnings,
)
from registry.people.views.blueprint import bp
from registry.people.views.claim_words import claim_choices
from registry.people.views.loading import Opened, keep_read, open_named, open_person
from registry.people.views.resolving import read_country
from registry.web.choices import choices
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.route("/ung-vien/<ma>/giay-to", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def identities(ma: str) -> ResponseReturnValue:
    """Identity numbers: those kept, and a form for one more."""
    opened = open_named(ma)
    form = IdentityForm()
    if request.method != "POST":
        keep_read(opened, "giay-to")
        return _identity_page(opened, form)
    draft = identity_draft(form) if form.validate() else None
    if draft is None:
        return _identity_page(opened, form), 422
    try:
        operations.add_identity(opened.session, opened.person, draft, by=opened.by, at=opened.at)
    except IdentityTaken:
        refuse(form.number, _("Số này đã có trong một hồ sơ khác. Kiểm tra lại, hoặc tìm hồ sơ đó."))
        return _identity_page(opened, form), 422
    opened.session.commit()
    flash(_("Đã lưu giấy tờ"), "ok")
    if draft.kind is IdentityKind.CCCD:
        for doubt in identity_warnings(draft.number, opened.person.sex, opened.person.birth):
            flash(words_of(doubt), "warn")
    return redirect(url_for(".identities", ma=ma), 303)


def identity_draft(form: IdentityForm) -> IdentityDraft | None:
    """The document of a validated form; None with an error on a field."""
    kind = IdentityKind(form.kind.data)
    number = check_identity_number(kind, form.number.data or "")
    country = read_country(form.country)
    if isinstance(number, Problem):
        refuse(form.number, words_of(number))
        return None
    if country is None:
        return None
    return IdentityDraft(kind, number, country or "VN", form.issued_on.day, form.expires_on.day)


@bp.post("/ung-vien/<ma>/giay-to/<any(cccd, cmnd, passport):loai>/xoa")
@require(Permission.PEOPLE_WRITE)
def remove_identity(ma: str, loai: str) -> ResponseReturnValue:
    """Forget an identity number."""
    opened = open_named(ma)
    document = next((row for row in opened.person.identities if row.kind == loai), None)
    if document is None:
        raise NotVisible
    operations.remove_identity(opened.session, opened.person, document, by=opened.by, at=opened.at)
    opened.session.commit()
    flash(_("Đã xóa giấy tờ"), "ok")
    return redirect(url_for(".identities", ma=ma), 303)


def _identity_page(opened: Opened, form: IdentityForm) -> str:
    return render_template(
        "people/identities.html",
        form=form,
        opened=opened,
        person=opened.person,
        numbers=queries.identities_in_clear(opened.session, opened.person),
        kinds=words.IDENTITY,
    )


@bp.get("/ung-vien/<ma>/nhay-cam")
@require(Permission.SENSITIVE_READ)
def traits(ma: str) -> ResponseReturnValue:
    """Ethnicity, religion and Party membership, behind a permission of their own."""
    opened = open_named(ma)
    keep_read(opened, "nhay-cam")
    return _traits_page(opened, TraitsForm(data=_trait_values(opened)))


@bp.post("/ung-vien/<ma>/nhay-cam")
@require(Permission.PEOPLE_WRITE)
def set_traits(ma: str) -> ResponseReturnValue:
    """Store the traits: both permissions are needed, to write records and to see these."""
    opened = open_named(ma)
    if not opened.can(Permission.SENSITIVE_READ):
        abort(403)
    form = TraitsForm()
    if not form.validate():
        return _traits_page(opened, form), 422
    values = {trait: (getattr(form, trait).data or None) for trait in queries.TRAITS}
    operations.set_sensitive_traits(opened.session, opened.person, values, by=opened.by, at=opened.at)
    opened.session.commit()
    flash(_("Đã lưu thông tin nhạy cảm"), "ok")
    return redirect(url_for(".show", ma=ma), 303)


def _trait_values(opened: Opened) -> dict[str, Any]:
    stated = queries.traits_in_clear(opened.session, opened.person)
    return {trait: value or "" for trait, value in stated.items()}


def _traits_page(opened: Opened, form: TraitsForm) -> str:
    return render_template("people/traits.html", form=form, opened=opened, person=opened.person)


@bp.route("/ung-vien/<ma>/minh-chung/tao", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def add_evidence(ma: str) -> ResponseReturnValue:
    """Put evidence behind claims: what the paper is and which claims it supports."""
    opened = open_person(ma)
    claims = claim_choices(opened)
    form = EvidenceForm()
    form.claims.choices = choices((key, said) for key, (said, _claim) in claims.items())
    if request.method != "POST":
        keep_read(opened, "minh-chung")
        form.claims.data = [key for key in request.args.getlist("muc") if key in claims]
        return _evidence_page(opened, form)
    if not form.validate():
        return _evidence_page(opened, form), 422
    chosen: list[Claim] = [claims[key][1] for key in form.claims.data or ()]
    operations.attach_evidence(
        opened.session, opened.person, chosen, _evidence_draft(form), by=opened.by, at=opened.at
    )
    opened.session.commit()
    flash(_("Đã ghi minh chứng, chờ xác minh"), "ok")
    return redirect(url_for(".show", ma=ma, _anchor="minh-chung"), 303)


def _evidence_draft(form: EvidenceForm) -> EvidenceDraft:
    return EvidenceDraft(
        title=form.title.data or "",
        reference=form.reference.data or "",
        issuer=form.issuer.data or "",
        number=form.number.data or "",
        issued_on=form.issued_on.day,
        expires_on=form.expires_on.day,
    )


def _evidence_page(opened: Opened, form: EvidenceForm) -> str:
    return render_template("people/evidence.html", form=form, opened=opened, person=opened.person)
