"""The candidacies of a need: a board by stage, a table, and opening candidacies from wherever people were picked."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.words import STAGE
from registry.candidacies.models import Candidacy, CandidacyDecision
from registry.candidacies.rules import OPEN, UNDO_MINUTES, Source
from registry.candidacies.views.blueprint import bp, naming, visible_need
from registry.candidacies.views.shown import line_of, quick_moves
from registry.consents.rules import PurposeCode
from registry.matching.views.blueprint import record_shown
from registry.needs.models import Need
from registry.needs.rules import OPEN_STATES
from registry.needs.views.register import head_of
from registry.people.models import Person
from registry.people.queries import is_public_id, people_for
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

MOST_OPENED = 100
_SOURCES = frozenset({Source.SUGGESTED, Source.INTEREST, Source.OFFICER})


@bp.get("/nhu-cau/<ma>/ung-tuyen")
@require(Permission.CANDIDACIES_READ)
def of_need(ma: str) -> ResponseReturnValue:
    """Everybody considered for the need, by stage or as a table."""
    session, viewer, need = db_session(), current_viewer(), visible_need(ma)
    rows = queries.on_board(session, viewer, need, on=today())
    record_shown("candidacy.listed", [one.person.public_id for one in rows], need=ma)
    names = naming(viewer, ma)
    may_decide = viewer.can(Permission.CANDIDACIES_DECIDE, at=(need.unit_path, need.organisation_path))
    decisions = _decisions(session, rows)
    lines = [
        {
            **line_of(one, names),
            "moves": quick_moves(one, queries.standing(decisions.get(one.id, []))[0]) if may_decide else [],
        }
        for one in rows
    ]
    filled = queries.filled_places(session, [need.id]).get(need.id, 0)
    return render_template(
        "candidacies/of_need.html",
        **head_of(need),
        need=need,
        tab="candidacies",
        lines=lines,
        columns=_columns(lines),
        as_table=request.args.get("xem") == "bang",
        filled=filled,
        is_full=filled >= need.headcount and need.state in OPEN_STATES,
        may_decide=may_decide,
        undoing=_undoing(session, need, lines) if may_decide else None,
    )


def _undoing(session: Session, need: Need, lines: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The candidacy whose last move whoever looks made a moment ago and may take back."""
    at, by = now(), current_account().id
    step = queries.last_move(session, need, by=by, since=at - timedelta(minutes=UNDO_MINUTES))
    if step is None or not operations.is_undoable(step.stage, step.at, at):
        return None
    standing = [one for one in queries.steps_of(session, step.candidacy) if one.undone_at is None]
    if len(standing) < 2 or standing[-1].id != step.id:
        return None
    return next((line for line in lines if line["ma"] == step.candidacy.public_id), None)


def _decisions(session: Session, rows: Any) -> dict[int, list[CandidacyDecision]]:
    """The decisions of all rows, by row id, oldest first. One statement."""
    found: dict[int, list[CandidacyDecision]] = {}
    wanted = select(CandidacyDecision).where(CandidacyDecision.candidacy_id.in_([one.id for one in rows]))
    for one in session.scalars(wanted.order_by(CandidacyDecision.id)):
        found.setdefault(one.candidacy_id, []).append(one)
    return found


def _columns(lines: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """(stage in words, cards) of every stage somebody is in, then all that ended together."""
    found = [
        (STAGE[stage], [line for line in lines if line["is_open"] and line["stage"] is stage])
        for stage in OPEN
    ]
    found.append((_("Đã kết thúc"), [line for line in lines if not line["is_open"]]))
    return [(words, cards) for words, cards in found if cards]


@bp.post("/nhu-cau/<ma>/ung-tuyen")
@require(Permission.CANDIDACIES_DECIDE)
def open_for(ma: str) -> ResponseReturnValue:
    """Open a candidacy for everybody picked; whoever has one keeps it."""
    session, need = db_session(), visible_need(ma)
    if not current_viewer().can(Permission.CANDIDACIES_DECIDE, at=(need.unit_path, need.organisation_path)):
        raise NotVisible
    people = _picked(session)
    if not people:
        flash(_("Chưa chọn ai. Đánh dấu ít nhất một người rồi chọn việc cần làm."), "warn")
        return redirect(_way_back(need), 303)
    try:
        opened = [_opened(session, person, need) for person in people]
    except operations.NeedNotOpen:
        session.rollback()
        flash(_("Nhu cầu hiện không tuyển chọn nên không đưa ai vào ứng tuyển được."), "warn")
        return redirect(_way_back(need), 303)
    session.commit()
    flash(_("Đã đưa %(count)s người vào ứng tuyển.", count=len(opened)), "ok")
    if len(opened) == 1:
        return redirect(url_for(".case_page", ma=opened[0].public_id), 303)
    return redirect(url_for(".of_need", ma=ma), 303)


def _opened(session: Session, person: Person, need: Need) -> Candidacy:
    return operations.open_candidacy(
        session, person, need, source=_source(), by=current_account().id, at=now()
    )


def _source() -> Source:
    asked = request.form.get("nguon", "")
    source = Source(asked) if asked in set(Source) else Source.OFFICER
    return source if source in _SOURCES else Source.OFFICER


def _picked(session: Session) -> list[Person]:
    """Those of the ticked whom the viewer may match now, in the order of their codes."""
    one = request.form.get("mot", "")
    ids = (
        [one] if one else [each for each in request.form.getlist("nguoi")[:MOST_OPENED] if is_public_id(each)]
    )
    viewer = current_viewer().limited_to(Permission.MATCHING_READ)
    found = people_for(viewer, PurposeCode.MATCHING, on=today()).where(Person.public_id.in_(ids))
    return list(session.scalars(found.order_by(Person.code)).all())


def _way_back(need: Need) -> str:
    return url_for("matching.ranking", ma=need.public_id)
