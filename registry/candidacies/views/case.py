"""One candidacy for its officers: where it stands, moving it, taking a move back, deciding, interviews, what is next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import operations, queries
from registry.candidacies.forms.office import (
    AllowForm,
    DecisionForm,
    InterviewForm,
    MoveForm,
    NextForm,
    TieForm,
)
from registry.candidacies.forms.words import KIND, OUTCOME, STAGE
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import BEFORE_TAKING, DecisionKind, NextStep, Outcome, Stage, outcomes_of
from registry.candidacies.rules.reasons import BACK, reasons_for
from registry.candidacies.views.blueprint import (
    REFUSALS,
    Case,
    bp,
    decidable_case,
    grounds_words,
    papers,
    refusal,
    visible_case,
)
from registry.candidacies.views.shown import (
    check_lines,
    decision_lines,
    interview_lines,
    line_of,
    next_decision,
    opinion_lines,
    stages_open,
    standing_words,
    step_lines,
    undoable,
)
from registry.matching.views.blueprint import record_shown
from registry.needs.rules import OPEN_STATES
from registry.web.choices import choices
from registry.web.forms import WebForm
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


@dataclass(frozen=True)
class Forms:
    """The forms of the page; one of them may carry what was typed and refused."""

    move: MoveForm
    decision: DecisionForm
    next: NextForm
    interview: InterviewForm
    tie: TieForm
    allow: AllowForm

    def errors(self) -> list[tuple[str, str]]:
        """What is to be mended, of whichever form was sent."""
        every: tuple[WebForm, ...] = (
            self.move,
            self.decision,
            self.next,
            self.interview,
            self.tie,
            self.allow,
        )
        return [one for form in every for one in form.error_list()]


@bp.get("/ung-tuyen/<ma>")
@require(Permission.CANDIDACIES_READ)
def case_page(ma: str) -> ResponseReturnValue:
    """All about one candidacy."""
    case = visible_case(ma)
    record_shown("candidacy.read", [case.person.public_id], need=case.need.public_id)
    return page(case, forms_of(case))


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
    owner = next(one.id for one in _deciders(case) if one.public_id == form.owner.data)
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


def _deciders(case: Case) -> list[Any]:
    return queries.deciders(case.session, case.need, on=case.on)


def forms_of(case: Case, *, sent: str = "", kind: DecisionKind | None = None) -> Forms:
    """The forms of the page with their choices; only the one that was sent reads what was sent."""
    standing, _says = queries.standing(queries.decisions_on(case.session, case.candidacy))
    kind = kind or next_decision(standing)

    def made(form: Any, name: str, **values: Any) -> Any:
        return form(prefix=f"{name}-") if name == sent else form(None, prefix=f"{name}-", **values)

    deciders = _deciders(case) if case.may_decide else []
    owner = case.candidacy.owner
    own = next((one.public_id for one in deciders if one.id == case.by), "")
    forms = Forms(
        made(MoveForm, "move"),
        made(DecisionForm, "decision"),
        made(
            NextForm,
            "next",
            step=case.candidacy.next_step.value if case.candidacy.next_step else "",
            due_on=case.candidacy.next_due_on,
            owner=owner.public_id if owner else own,
        ),
        made(InterviewForm, "interview"),
        made(TieForm, "tie"),
        made(AllowForm, "allow"),
    )
    forms.interview.today = case.on
    forms.move.stage.choices = choices(
        [("", _("Chọn bước"))] + [(one.value, STAGE[one]) for one in stages_open(case.candidacy, standing)]
    )
    forms.move.reason.choices = _reasons(case, (BACK, Stage.REMOVED, Stage.DECLINED, Stage.WITHDRAWN))
    yes, no = outcomes_of(kind)
    forms.decision.outcome.choices = choices((one.value, OUTCOME[one]) for one in (yes, no))
    forms.decision.reason.choices = _reasons(case, (yes, no), _("Chọn lý do"))
    forms.next.owner.choices = choices((one.public_id, one.display_name) for one in deciders)
    tied = queries.tied_accounts(case.session, case.candidacy) if case.may_decide else []
    forms.allow.account.choices = choices(
        (one.account.public_id, one.account.display_name)
        for one in tied
        if one.override is None and one.account.id != case.by
    )
    return forms


def _reasons(case: Case, what: tuple[str, ...], none: str = "") -> list[Any]:
    language = current_language()
    found = {one.code: one.words.get(language, "") for of in what for one in reasons_for(of, case.on)}
    return choices([("", none or _("Không nêu")), *found.items()])


def page(case: Case, forms: Forms, *, kind: DecisionKind | None = None) -> str:
    """The page of the candidacy."""
    candidacy: Candidacy = case.candidacy
    steps = queries.steps_of(case.session, candidacy)
    decisions = queries.decisions_on(case.session, candidacy)
    standing, _says = queries.standing(decisions)
    kind = kind or next_decision(standing)
    tied = queries.tied_accounts(case.session, candidacy) if case.may_decide else []
    conflicts = queries.conflicts_of(case.session, case.by, case.person)
    return render_template(
        "candidacies/case.html",
        need=case.need,
        person=case.person,
        line=line_of(candidacy, case.names),
        may_decide=case.may_decide,
        steps=step_lines(case, steps),
        can_undo=undoable(case, steps) is not None,
        decisions=decision_lines(case, decisions),
        standing=standing_words(standing),
        kind=kind,
        kind_text=KIND[kind],
        may_be_decided=case.may_decide
        and (candidacy.stage in BEFORE_TAKING or candidacy.stage is Stage.NOT_SELECTED),
        interviews=interview_lines(case) if case.may_decide else [],
        opinions=opinion_lines(case) if case.may_decide else [],
        checks=check_lines(case),
        tied=[
            {
                "name": one.account.display_name,
                "grounds": grounds_words(one.grounds),
                "is_allowed": one.override is not None,
            }
            for one in tied
        ],
        own_tie=queries.own_tie(case.session, case.by, case.person),
        blocked=grounds_words(conflicts),
        is_let=bool(conflicts) and queries.override_of(case.session, candidacy, case.by) is not None,
        forms=forms,
        errors=forms.errors(),
    )
