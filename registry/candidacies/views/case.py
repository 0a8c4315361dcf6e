"""One candidacy for its officers: the page with its forms, where it stands, what was said and decided."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.candidacies import queries
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
from registry.candidacies.rules import BEFORE_TAKING, DecisionKind, Stage, outcomes_of
from registry.candidacies.rules.reasons import BACK, reasons_for
from registry.candidacies.views.blueprint import (
    Case,
    bp,
    grounds_words,
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


def deciders_of(case: Case) -> list[Any]:
    """Who may decide about the need of a candidacy."""
    return queries.deciders(case.session, case.need, on=case.on)


def forms_of(case: Case, *, sent: str = "", kind: DecisionKind | None = None) -> Forms:
    """The forms of the page with their choices; only the one that was sent reads what was sent."""
    standing, _says = queries.standing(queries.decisions_on(case.session, case.candidacy))
    kind = kind or next_decision(standing)

    def made(form: Any, name: str, **values: Any) -> Any:
        return form(prefix=f"{name}-") if name == sent else form(None, prefix=f"{name}-", **values)

    deciders = deciders_of(case) if case.may_decide else []
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
