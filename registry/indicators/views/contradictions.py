"""«Đối chiếu»: contradictions with their arithmetic; explaining, accepting and opening them again, with a reason."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, may, require
from registry.accounts.rules import Permission
from registry.indicators.forms.indicators import ReasonForm
from registry.indicators.models import Contradiction
from registry.indicators.operations.contradicting import move_contradiction
from registry.indicators.operations.errors import MoveRefused
from registry.indicators.queries.reading import contradiction_of, indicators_of
from registry.indicators.rules.contradictions import ContradictionState, may_move
from registry.indicators.views.blueprint import bp, reader
from registry.indicators.views.show import contradiction_lines
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

MOVES = {
    ContradictionState.EXPLAINED: _l("Giải thích"),
    ContradictionState.ACCEPTED: _l("Chấp nhận"),
    ContradictionState.OPEN: _l("Mở lại"),
}


@bp.get("/chi-tieu/doi-chieu")
@require(Permission.INDICATORS_READ)
def contradictions() -> ResponseReturnValue:
    """Every contradiction in scope, those nobody explained first."""
    session = db_session()
    mine = indicators_of(session, reader())
    lines = contradiction_lines(session, [one.id for one in mine])
    lines.sort(key=lambda one: list(ContradictionState).index(one["contradiction"].state))
    return render_template("indicators/contradictions.html", lines=lines)


@bp.get("/chi-tieu/doi-chieu/<ma>")
@require(Permission.INDICATORS_WRITE)
def explain_page(ma: str) -> ResponseReturnValue:
    """The page that asks for the reason."""
    found = _writable(ma)
    return _page(found, ReasonForm(formdata=None))


@bp.post("/chi-tieu/doi-chieu/<ma>")
@require(Permission.INDICATORS_WRITE)
def explain(ma: str) -> ResponseReturnValue:
    """Explain, accept or open again."""
    found = _writable(ma)
    form = ReasonForm()
    target = request.form.get("target", "")
    if target not in set(ContradictionState):
        abort(400)
    if not form.validate():
        return _page(found, form), 422
    session = db_session()
    try:
        move_contradiction(
            session,
            found,
            ContradictionState(target),
            str(form.reason.data or ""),
            by=current_account().id,
            at=now(),
        )
    except MoveRefused as refused:
        flash(refused.problem.text, "warn")
        return redirect(url_for(".show", ma=found.indicator.code), 303)
    session.commit()
    flash(_("Đã ghi."), "ok")
    return redirect(url_for(".show", ma=found.indicator.code), 303)


def _writable(ma: str) -> Contradiction:
    found = contradiction_of(db_session(), reader(), ma)
    if found is None or not may(Permission.INDICATORS_WRITE, found.indicator):
        raise NotVisible
    return found


def _page(found: Contradiction, form: ReasonForm) -> str:
    moves = [(one.value, text) for one, text in MOVES.items() if may_move(found.state, one, "x") is None]
    line = next(
        one
        for one in contradiction_lines(db_session(), [found.indicator_id])
        if one["contradiction"].id == found.id
    )
    return render_template("indicators/explain.html", line=line, form=form, moves=moves)
