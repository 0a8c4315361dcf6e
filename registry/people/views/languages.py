"""«Ngoại ngữ»: a language, its rank and its certificate. A new rank closes the old row, which stays."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.people import operations
from registry.people.forms.entries import LanguageForm
from registry.people.forms.fields import refuse
from registry.people.models import LanguageClaim
from registry.people.operations import AlreadyClaimed, EditedMeanwhile
from registry.people.rules import LanguageDraft
from registry.people.views.blueprint import bp
from registry.people.views.claims import end_claim, open_claim, saved
from registry.people.views.conflicts import Saved, show_conflict
from registry.people.views.loading import Opened, keep_read, open_person
from registry.people.views.versions import version_of
from registry.web.edits import take_theirs
from registry.web.i18n import gettext as _

_SECTION = "ngoai-ngu"


@bp.route("/ung-vien/<ma>/ngoai-ngu/tao", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def add_language(ma: str) -> ResponseReturnValue:
    """Add a language."""
    opened = open_person(ma)
    form = LanguageForm()
    if request.method != "POST":
        keep_read(opened, _SECTION)
        return _page(opened, form, None)
    if not form.validate():
        return _page(opened, form, None), 422
    try:
        operations.claim_language(
            opened.session, opened.person, language_draft(form), on=opened.on, by=opened.by, at=opened.at
        )
    except AlreadyClaimed:
        return _refused_as_double(opened, form, None)
    return saved(opened, _("Đã thêm ngoại ngữ"), _SECTION)


@bp.route("/ung-vien/<ma>/ngoai-ngu/<dong>", methods=["GET", "POST"])
@require(Permission.PEOPLE_WRITE)
def edit_language(ma: str, dong: str) -> ResponseReturnValue:
    """Change a language; 409 with both versions when somebody saved in between."""
    opened = open_person(ma)
    claim = open_claim(opened, LanguageClaim, dong)
    if request.method != "POST":
        keep_read(opened, _SECTION)
        return _page(opened, LanguageForm(data=language_values(claim)), claim)
    form, stored = LanguageForm(), LanguageForm(formdata=None, data=language_values(claim))
    take_theirs(form, stored)
    if not form.validate():
        return _page(opened, form, claim), 422
    try:
        operations.revise_language_claim(
            opened.session,
            opened.person,
            claim,
            language_draft(form),
            expected_version=version_of(form),
            on=opened.on,
            by=opened.by,
            at=opened.at,
        )
    except AlreadyClaimed:
        return _refused_as_double(opened, form, claim)
    except EditedMeanwhile:
        return show_conflict(
            opened.session,
            form,
            stored,
            Saved(claim.version, claim.public_id, "language_claim.revised"),
            what=_("một ngoại ngữ"),
            name=opened.name,
            back=url_for(".show", ma=ma),
        )
    return saved(opened, _("Đã lưu ngoại ngữ"), _SECTION)


@bp.post("/ung-vien/<ma>/ngoai-ngu/<dong>/xoa")
@require(Permission.PEOPLE_WRITE)
def close_language(ma: str, dong: str) -> ResponseReturnValue:
    """End a language claim."""
    opened = open_person(ma)
    return end_claim(
        opened,
        open_claim(opened, LanguageClaim, dong),
        operations.close_language_claim,
        words=_("Đã bỏ ngoại ngữ khỏi hồ sơ"),
        section=_SECTION,
        edit=".edit_language",
    )


def language_draft(form: LanguageForm) -> LanguageDraft:
    """The claim of a validated form."""
    rank = form.rank.data
    return LanguageDraft(form.language.data, int(rank) if rank else None, form.certificate.data or "")


def language_values(claim: LanguageClaim) -> dict[str, Any]:
    """What the form shows of a claim."""
    return {
        "version": str(claim.version),
        "language": claim.language,
        "rank": "" if claim.rank is None else str(claim.rank),
        "certificate": claim.certificate,
    }


def _refused_as_double(
    opened: Opened, form: LanguageForm, claim: LanguageClaim | None
) -> ResponseReturnValue:
    refuse(form.language, _("Hồ sơ đã có ngoại ngữ này. Sửa bậc ở dòng đang có."))
    return _page(opened, form, claim), 422


def _page(opened: Opened, form: LanguageForm, claim: LanguageClaim | None) -> str:
    return render_template(
        "people/language.html", form=form, opened=opened, person=opened.person, claim=claim
    )
