"""Candidacies as pages of officers show them: cards, rows, history, decisions, opinions."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for

from registry.accounts.queries import known_by
from registry.accounts.rules import Permission, Viewer
from registry.candidacies import operations, queries
from registry.candidacies.forms.office import CRITERIA
from registry.candidacies.forms.words import (
    ADVICE,
    CHECK,
    KIND,
    NEXT,
    OPINION,
    OUTCOME,
    SOURCE,
    STAGE,
    STAGE_TAG,
    STANDING,
    STANDING_TAG,
)
from registry.candidacies.models import Candidacy, CandidacyDecision, CandidacyStep
from registry.candidacies.queries.sealed import (
    asked_question,
    decision_words,
    note_content,
    opinion_words,
    step_note,
)
from registry.candidacies.rules import (
    BEFORE_TAKING,
    TAKEN,
    DecisionKind,
    Outcome,
    Stage,
    Standing,
    needs_reason,
    targets_from,
)
from registry.candidacies.rules.panels import OpinionState, is_late
from registry.candidacies.rules.reasons import reason_words
from registry.candidacies.views.blueprint import Case
from registry.introductions.rules import local_day
from registry.people.models import Person
from registry.people.queries import display_name, get_visible
from registry.web.clock import today
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_BY_DECISION = frozenset({Stage.NOT_SELECTED, Stage.CLOSED_PLACED_ELSEWHERE})
_AFTER_REFERRAL = frozenset({Stage.REFERRED})
_AFTER_SELECTION = frozenset({Stage.OFFERED, Stage.ACCEPTED, Stage.SIGNED})


def line_of(one: Candidacy, names: Viewer) -> dict[str, Any]:
    """A candidacy in a list."""
    on = today()
    return {
        "ma": one.public_id,
        "href": url_for("candidacies.case_page", ma=one.public_id),
        "name": display_name(one.person, names),
        "headline": one.person.headline if names.can(Permission.PEOPLE_READ) else "",
        "stage": one.stage,
        "stage_text": STAGE[one.stage],
        "stage_kind": STAGE_TAG.get(one.stage, ""),
        "since": one.stage_since,
        "source": SOURCE[one.source],
        "next": None if one.next_step is None else NEXT[one.next_step],
        "due_on": one.next_due_on,
        "is_late": one.next_due_on is not None and one.next_due_on < on,
        "owner": one.owner.display_name if one.owner else "",
        "is_open": one.closed_at is None,
    }


def stages_open(one: Candidacy, standing: Standing) -> list[Stage]:
    """The stages an officer may move a candidacy to by a plain move: what a decision says is left to decisions."""
    barred = set(_BY_DECISION)
    if standing is Standing.PENDING or standing is Standing.NOT_REFERRED:
        barred |= _AFTER_REFERRAL
    if standing is not Standing.SELECTED:
        barred |= _AFTER_SELECTION
    return [
        stage for stage in targets_from(one.stage, is_closed=one.closed_at is not None) if stage not in barred
    ]


def quick_moves(one: Candidacy, standing: Standing) -> list[tuple[str, Any]]:
    """(stage, words) of the moves that need no reason, for the board."""
    return [
        (stage.value, STAGE[stage])
        for stage in stages_open(one, standing)
        if not needs_reason(one.stage, stage) and (stage in BEFORE_TAKING or stage in TAKEN)
    ]


def step_lines(case: Case, steps: Sequence[CandidacyStep]) -> list[dict[str, Any]]:
    """The history, newest first."""
    who = known_by(case.session, _accounts(steps))
    own = case.person.account_id
    found: list[dict[str, Any]] = []
    for step in reversed(steps):
        undone = step.undone_at is not None
        found.append(
            {
                "text": STAGE[step.stage],
                "at": step.at,
                "who": _("người ứng tuyển") if step.by_id == own and own else _name(who, step.by_id),
                "reason": reason_words(step.reason, current_language()) if step.reason else "",
                "note": step_note(case.session, step) if case.may_decide else "",
                "is_shared": step.shared_with_person,
                "is_undone": undone,
                "undone_by": _name(who, step.undone_by_id) if undone else "",
            }
        )
    return found


def _accounts(steps: Iterable[CandidacyStep]) -> list[int]:
    return [one for step in steps for one in (step.by_id, step.undone_by_id) if one is not None]


def _name(who: dict[int, tuple[str, str]], number: int | None) -> str:
    return "" if number is None else who.get(number, ("", ""))[1]


def undoable(case: Case, steps: Sequence[CandidacyStep]) -> CandidacyStep | None:
    """The last move, where whoever looks made it a moment ago and may take it back."""
    standing = [step for step in steps if step.undone_at is None]
    if len(standing) < 2 or standing[-1].by_id != case.by:
        return None
    last = standing[-1]
    return last if operations.is_undoable(last.stage, last.at, case.at) else None


def decision_lines(case: Case, decisions: Sequence[CandidacyDecision]) -> list[dict[str, Any]]:
    """All decisions, newest first; the newest of a kind stands, the others are history."""
    who = known_by(case.session, [one.by_id for one in decisions if one.by_id is not None])
    newest = {one.kind: one.id for one in decisions}
    return [
        {
            "kind": KIND[one.kind],
            "outcome": OUTCOME[one.outcome],
            "is_yes": one.outcome in {Outcome.REFERRED, Outcome.SELECTED},
            "reason": reason_words(one.reason, current_language()),
            "words": decision_words(case.session, one) if case.may_decide else "",
            "who": _name(who, one.by_id),
            "at": one.at,
            "is_shared": one.shared_with_person,
            "stands": newest[one.kind] == one.id,
        }
        for one in reversed(decisions)
    ]


def standing_words(standing: Standing) -> tuple[Any, str]:
    """How the two decisions stand, and the kind of the tag."""
    return STANDING[standing], STANDING_TAG[standing]


def next_decision(standing: Standing) -> DecisionKind:
    """Which decision is due: the referral first."""
    return DecisionKind.REFERRAL if standing is Standing.PENDING else DecisionKind.SELECTION


def interview_lines(case: Case) -> list[dict[str, Any]]:
    """Notes of interviews, for those who may decide."""
    notes = queries.interviews_of(case.session, case.candidacy)
    who = known_by(case.session, [one.by_id for one in notes if one.by_id is not None])
    criteria = dict(CRITERIA)
    return [
        {
            **(content := note_content(case.session, one)),
            "held_on": one.held_on,
            "by": _name(who, one.by_id),
            "scores": [(criteria.get(name, name), points) for name, points in content["scores"]],
        }
        for one in notes
    ]


def opinion_lines(case: Case) -> list[dict[str, Any]]:
    """Opinions asked for, with what came back."""
    return [
        {
            "ma": one.public_id,
            "expert": _expert(case, one.expert),
            "question": asked_question(case.session, one),
            "state": one.state,
            "state_text": OPINION[one.state],
            "is_waiting": one.state is OpinionState.REQUESTED,
            "is_late": is_late(one.state, one.due_on, case.on),
            "due_on": one.due_on,
            "advice": None if one.recommendation is None else ADVICE[one.recommendation],
            "words": opinion_words(case.session, one),
            "answered_at": one.answered_at,
        }
        for one in queries.opinions_on(case.session, case.candidacy)
    ]


def _expert(case: Case, expert: Person) -> str:
    """Who was asked. Another office may have asked somebody whom this reader may not see at all: no code either."""
    if get_visible(case.session, case.names, expert.public_id, on=case.on) is None:
        return _("Chuyên gia ngoài phạm vi của bạn")
    return display_name(expert, case.names)


def check_lines(case: Case) -> list[dict[str, Any]]:
    """The checks after placement: what was found, what is due."""
    return [
        {
            "months": one.months,
            "due_on": one.due_on,
            "outcome": None if one.outcome is None else CHECK[one.outcome],
            "left_on": one.left_on,
            "recorded_on": None if one.recorded_at is None else local_day(one.recorded_at),
            "is_due": one.outcome is None and one.due_on <= case.on and case.candidacy.closed_at is None,
        }
        for one in queries.checks_of(case.session, case.candidacy)
    ]
