"""«Khai báo quan hệ» of an officer to a person, and letting another with a tie decide all the same (CA-10)."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.rules.panels import TieKind
from registry.candidacies.views.blueprint import bp, decidable_case
from registry.candidacies.views.case import forms_of, page
from registry.candidacies.views.deciding import done
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.post("/ung-tuyen/<ma>/khai-bao")
@require(Permission.CANDIDACIES_DECIDE)
def declare(ma: str) -> ResponseReturnValue:
    """Say how one is tied to the person."""
    case = decidable_case(ma)
    forms = forms_of(case, sent="tie")
    form = forms.tie
    if not form.validate():
        return page(case, forms), 422
    operations.declare_tie(
        case.session,
        case.person,
        kind=TieKind(form.kind.data),
        words=form.words.data or "",
        by=case.by,
        at=case.at,
    )
    case.session.commit()
    flash(_("Đã ghi khai báo. Bạn không quyết định về người này nữa; người khác làm thay."), "ok")
    return redirect(url_for(".case_page", ma=ma), 303)


@bp.post("/ung-tuyen/<ma>/het-quan-he")
@require(Permission.CANDIDACIES_DECIDE)
def end_declared(ma: str) -> ResponseReturnValue:
    """Say that one's own declared tie is no more."""
    case = decidable_case(ma)
    tie = queries.own_tie(case.session, case.by, case.person)
    if tie is None:
        raise NotVisible
    operations.end_tie(case.session, tie, case.person, by=case.by, at=case.at)
    case.session.commit()
    flash(_("Đã ghi là không còn quan hệ."), "ok")
    return redirect(url_for(".case_page", ma=ma), 303)


@bp.post("/ung-tuyen/<ma>/cho-phep")
@require(Permission.CANDIDACIES_DECIDE)
def allow(ma: str) -> ResponseReturnValue:
    """Let another officer decide in spite of a tie, with a reason."""
    case = decidable_case(ma)
    forms = forms_of(case, sent="allow")
    form = forms.allow
    if not form.validate():
        return page(case, forms), 422
    tied = queries.tied_accounts(case.session, case.candidacy)
    chosen = next(one.account.id for one in tied if one.account.public_id == form.account.data)
    return done(
        case,
        lambda: operations.allow_despite(
            case.session, case.candidacy, chosen, reason=form.reason.data or "", by=case.by, at=case.at
        ),
        _("Đã cho phép và ghi nhật ký."),
    )
