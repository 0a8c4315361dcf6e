"""What officers do with one candidacy: moving it, taking a move back, deciding, interviews, what is next."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations
from registry.candidacies.forms.words import OUTCOME, STAGE
from registry.candidacies.rules import DecisionKind, NextStep, Outcome, Stage
from registry.candidacies.views.blueprint import (
    REFUSALS,
    Case,
    bp,
    decidable_case,
    papers,
    refusal,
    visible_case,
)
from registry.candidacies.views.case import Forms, deciders_of, forms_of, page
from registry.needs.rules import OPEN_STATES
from registry.web.i18n import gettext as _


@bp.post("/ung-tuyen/<ma>/chuyen")
@require(Permission.CANDIDACIES_DECIDE)
def move(ma: str) -> ResponseReturnValue:
    """Enter another stage."""
    case = decidable_case(ma)
    forms = forms_of(case, sent="move")
    form = forms.move
    if not form.validate():
        return page(case, forms), 422
    stage = Stage(form.stage.data)

    def act() -> None:
        moved = operations.move_by_officer(
            case.session,
            case.candidacy,
            stage,
            reason=form.reason.data or "",
            note=form.note.data or "",
            shared=bool(form.shared.data),
            by=case.by,
            at=case.at,
        )
        tell_of(case, moved.closed)
        if moved.is_need_full and case.need.state in OPEN_STATES:
            flash(
                _("Nhu cầu đã đủ người ký. Chuyển nhu cầu sang «Đã đủ người» nếu không tuyển thêm."), "info"
            )

    return done(
        case, act, _("Đã chuyển sang «%(stage)s».", stage=STAGE[stage]), forms=forms, field=form.reason
    )


@bp.post("/ung-tuyen/<ma>/hoan-tac")
@require(Permission.CANDIDACIES_DECIDE)
def take_back(ma: str) -> ResponseReturnValue:
    """Take back the move of a moment ago."""
    case = decidable_case(ma)
    return done(
        case,
        lambda: operations.undo(case.session, case.candidacy, by=case.by, at=case.at),
        _("Đã hoàn tác lần chuyển vừa rồi. Lịch sử vẫn ghi lại."),
    )


@bp.post("/ung-tuyen/<ma>/quyet-dinh/<any('gioi-thieu', 'tuyen-chon'):viec>")
@require(Permission.CANDIDACIES_DECIDE)
def decide(ma: str, viec: str) -> ResponseReturnValue:
    """Refer or select, or not."""
    case = decidable_case(ma)
    kind = DecisionKind.REFERRAL if viec == "gioi-thieu" else DecisionKind.SELECTION
    forms = forms_of(case, sent="decision", kind=kind)
    form = forms.decision
    if not form.validate():
        return page(case, forms, kind=kind), 422

    before = case.candidacy.stage

    def act() -> None:
        operations.decide(
            case.session,
            case.candidacy,
            kind,
            Outcome(form.outcome.data),
            reason=form.reason.data or "",
            words=form.words.data or "",
            shared=bool(form.shared.data),
            by=case.by,
            at=case.at,
        )
        operations.tell_of_change(case.session, case.candidacy, papers(case.session), at=case.at)
        if case.candidacy.stage is not before:
            flash(_("Đã chuyển sang «%(stage)s».", stage=STAGE[case.candidacy.stage]))

    said = _("Đã ghi quyết định: %(what)s.", what=OUTCOME[Outcome(form.outcome.data)])
    return done(case, act, said)


@bp.post("/ung-tuyen/<ma>/phong-van")
@require(Permission.CANDIDACIES_DECIDE)
def interview(ma: str) -> ResponseReturnValue:
    """Keep what was noted of an interview."""
    case = decidable_case(ma)
    forms = forms_of(case, sent="interview")
    form = forms.interview
    if not form.validate() or form.held_on.data is None:
        return page(case, forms), 422
    held_on = form.held_on.data
    return done(
        case,
        lambda: operations.note_interview(
            case.session,
            case.candidacy,
            held_on=held_on,
            who=form.who.data or "",
            words=form.words.data or "",
            scores=form.scores(),
            by=case.by,
            at=case.at,
        ),
        _("Đã lưu ghi chép phỏng vấn."),
    )


@bp.post("/ung-tuyen/<ma>/viec")
@require(Permission.CANDIDACIES_DECIDE)
def plan(ma: str) -> ResponseReturnValue:
    """Say what is next, by when, by whom."""
    case = decidable_case(ma)
    forms = forms_of(case, sent="next")
    form = forms.next
    if not form.validate() or form.due_on.data is None:
        return page(case, forms), 422
    due_on = form.due_on.data
    owner = next(one.id for one in deciders_of(case) if one.public_id == form.owner.data)
    return done(
        case,
        lambda: operations.plan_next(
            case.session,
            case.candidacy,
            step=NextStep(form.step.data),
            due_on=due_on,
            owner_id=owner,
            by=case.by,
            at=case.at,
        ),
        _("Đã ghi việc tiếp theo."),
    )


def tell_of(case: Case, closed: Any) -> None:
    """Letters about a move: to the person, and to the owners of what closed with it."""
    paper = papers(case.session)
    operations.tell_of_change(case.session, case.candidacy, paper, at=case.at)
    for other in closed:
        operations.tell_owner(case.session, other, paper, at=case.at)


def done(
    case: Case,
    act: Callable[[], object],
    said: str,
    *,
    forms: Forms | None = None,
    field: Any = None,
) -> ResponseReturnValue:
    """Do it, or say why not and keep what was typed; a block for a conflict of interest is logged."""
    ma = case.candidacy.public_id
    try:
        act()
    except REFUSALS as refused:
        case.session.rollback()
        if isinstance(refused, operations.Conflicted):
            operations.log_block(case.session, case.candidacy, refused.grounds, by=case.by, at=case.at)
            case.session.commit()
        elif forms is not None and field is not None:
            field.errors = [refusal(refused)]
            return page(visible_case(ma), forms), 422
        flash(refusal(refused), "warn")
    else:
        case.session.commit()
        flash(said, "ok")
    return redirect(_back(case), 303)


def _back(case: Case) -> str:
    """The board where the button stood, else the page of the candidacy."""
    if request.form.get("ve") == "bang":
        return url_for("candidacies.of_need", ma=case.need.public_id)
    return url_for("candidacies.case_page", ma=case.candidacy.public_id)
