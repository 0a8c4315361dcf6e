"""«Khen thưởng tập thể»: what organisations were given or recognised for (PE-20, KH12)."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, require, session_and, whole_viewer
from registry.accounts.rules import Permission
from registry.db import new_public_id
from registry.networks import operations
from registry.networks.forms.people import AwardForm
from registry.networks.forms.words import AWARD_KIND
from registry.networks.models import CollectiveAward
from registry.networks.operations import AwardTerms
from registry.networks.queries.associations import association_at
from registry.networks.queries.awards import award_of, awards, awards_of
from registry.networks.rules import AwardKind
from registry.networks.views.blueprint import bp, by, chosen, names_of, organisations, saved
from registry.organisations.models import Organisation
from registry.organisations.views.blueprint import may_at
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.paging import page_number
from registry.web.sent import made_once


def panel(session: Session, organisation: Organisation) -> Markup:
    """The card on the page of an organisation: its awards, and the way to the association it is; nothing for whoever reads none there."""
    if not may_at(Permission.PROGRAMMES_READ, organisation):
        return Markup()
    return Markup(  # noqa: S704 - a template of our own, which escapes
        render_template(
            "networks/_beside.html",
            organisation=organisation,
            awards=awards_of(session, organisation),
            association=association_at(session, organisation),
            words=AWARD_KIND,
            may_write=may_at(Permission.PROGRAMMES_WRITE, organisation),
        )
    )


@bp.get("/mang-luoi/khen-thuong")
@require(Permission.PROGRAMMES_READ)
def award_list() -> ResponseReturnValue:
    """The awards in sight."""
    kind = chosen(AwardKind, request.args.get("loai"))
    page = awards(db_session(), current_viewer(), page_number(request.args.get("trang")), kind=kind)
    return render_template(
        "networks/awards.html",
        page=page,
        kind=kind,
        words=AWARD_KIND,
        args={} if kind is None else {"loai": kind.value},
        writable={one.id for one in page.rows if may_at(Permission.PROGRAMMES_WRITE, one.subject)},
        may_write=whole_viewer().can(Permission.PROGRAMMES_WRITE),
    )


@bp.route("/mang-luoi/khen-thuong/tao", methods=["GET", "POST"])
@require(Permission.PROGRAMMES_WRITE)
def create_award() -> ResponseReturnValue:
    """Enter an award; `don-vi` names the organisation it is of."""
    session, is_sent = db_session(), request.method == "POST"
    usual = {"submission": new_public_id(), "organisation": request.args.get("don-vi", "")}
    form = AwardForm() if is_sent else AwardForm(formdata=None, data=usual)
    offered = organisations(Permission.PROGRAMMES_WRITE)
    form.offer(names_of(offered))
    if not is_sent or not form.validate():
        return _form_page(form)
    subject = offered[str(form.organisation.data)]
    terms = AwardTerms(
        kind=AwardKind(form.kind.data),
        title=str(form.title.data or ""),
        level=str(form.level.data or ""),
        decision=str(form.decision.data or ""),
        decided_by=str(form.decided_by.data or ""),
        given_on=form.given_on.data,
    )
    made_once(
        session,
        form,
        CollectiveAward,
        lambda key: operations.award_collective(
            session, subject, terms, by=by(), at=now(), submission_key=key
        ),
    )
    return saved(session, url_for("networks.award_list"))


@bp.post("/mang-luoi/khen-thuong/<ma>/xoa")
@require(Permission.PROGRAMMES_WRITE)
def remove_award(ma: str) -> ResponseReturnValue:
    """Take away what was entered by mistake."""
    session, one = session_and(award_of, ma)
    operations.remove_award(session, one, by=by(), at=now())
    return saved(session, url_for("networks.award_list"), _("Đã xóa dòng ghi nhầm."))


def _form_page(form: Any) -> ResponseReturnValue:
    back = url_for("networks.award_list")
    page = render_template(
        "networks/form.html",
        form=form,
        heading=_("Thêm khen thưởng của tập thể"),
        back=back,
        crumb=[(back, _("Khen thưởng tập thể"))],
        words="",
    )
    return (page, 422) if request.method == "POST" else page
