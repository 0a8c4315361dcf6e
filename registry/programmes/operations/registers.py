"""Recommendations and comments on drafts: kept, answered, settled. Flushes, never commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.policies.operations import AgencyAnswer, Settled
from registry.policies.rules.consulting import not_asked_yet
from registry.programmes.models import (
    Programme,
    ProgrammeComment,
    ProgrammeConsultation,
    ProgrammeDocument,
    Recommendation,
)
from registry.programmes.operations.errors import NotPossible, WordsMissing, WrongPlace
from registry.programmes.rules.registers import NEXT
from registry.programmes.rules.words import RecommendationState


@dataclass(frozen=True)
class RecommendationTerms:
    """Who asks for what, since when, and which agency is to answer until when."""

    proposer: str
    words: str
    raised_on: date
    organisation_id: int | None = None
    due_on: date | None = None
    quote: str = ""
    paragraph: int | None = None


def raise_recommendation(
    session: Session, programme: Programme, terms: RecommendationTerms, *, by: int | None, at: datetime
) -> Recommendation:
    """Enter a recommendation into the register."""
    made = Recommendation(
        programme_id=programme.id,
        proposer=terms.proposer,
        words=terms.words,
        raised_on=terms.raised_on,
        organisation_id=terms.organisation_id,
        due_on=terms.due_on,
        quote=terms.quote,
        paragraph=terms.paragraph,
        created_at=at,
        updated_at=at,
    )
    session.add(made)
    session.flush()
    _of_recommendation(session, "raised", made, by, at, {"programme": programme.public_id})
    return made


def move_recommendation(
    session: Session,
    found: Recommendation,
    target: RecommendationState,
    *,
    words: str,
    on: date,
    organisation_id: int | None = None,
    by: int | None,
    at: datetime,
) -> None:
    """Send it on to an agency, keep its answer, or close it with what came of it. Raises NotPossible, WordsMissing."""
    if target not in NEXT[found.state] or on < found.raised_on:
        raise NotPossible
    if target is RecommendationState.FORWARDED:
        if organisation_id is None:
            raise WordsMissing
        found.organisation_id, found.forwarded_on = organisation_id, on
    elif not words:
        raise WordsMissing
    elif target is RecommendationState.ANSWERED:
        found.answer, found.answered_on = words, on
    else:
        found.result, found.done_on = words, on
    found.state, found.updated_at = target, at
    session.flush()
    session.expire(found, ["agency"])
    _of_recommendation(session, "moved", found, by, at, {"to": target.value})


def consult_agencies(
    session: Session,
    document: ProgrammeDocument,
    agencies: Iterable[str],
    *,
    due_on: date,
    by: int | None,
    at: datetime,
    on: date,
) -> list[ProgrammeConsultation]:
    """Ask agencies about the draft of a document until a day; who was asked already is not asked twice."""
    asked = session.scalars(
        select(ProgrammeConsultation.agency).where(ProgrammeConsultation.document_id == document.id)
    )
    made = [
        ProgrammeConsultation(
            document=document, agency=agency, asked_on=on, due_on=due_on, asked_by_id=by, asked_at=at
        )
        for agency in not_asked_yet(agencies, asked)
    ]
    session.add_all(made)
    session.flush()
    if made:
        detail = {"agencies": [one.agency for one in made], "due_on": due_on.isoformat()}
        _of_draft(session, "asked", document, by, at, detail)
    return made


def keep_answer(
    session: Session, asked: ProgrammeConsultation, given: AgencyAnswer, *, by: int | None, at: datetime
) -> ProgrammeComment | None:
    """Keep that an agency answered, with a comment if it has one. Raises WrongPlace for a day before the question."""
    if given.on < asked.asked_on:
        raise WrongPlace
    asked.answered_on, asked.letter = given.on, given.letter
    comment = None
    if given.words:
        comment = ProgrammeComment(
            consultation=asked, clause=given.clause, words=given.words, entered_by_id=by, entered_at=at
        )
        session.add(comment)
    session.flush()
    detail = {"agency": asked.agency, "letter": given.letter, "has_comment": comment is not None}
    _of_draft(session, "answered", asked.document, by, at, detail)
    return comment


def settle_comment(
    session: Session, comment: ProgrammeComment, settled: Settled, *, by: int | None, at: datetime
) -> None:
    """Say what is done with a comment; said anew, it replaces what was said."""
    before = comment.outcome
    comment.outcome, comment.reply, comment.change = settled.outcome, settled.reply, settled.change
    comment.settled_by_id, comment.settled_at = by, at
    session.flush()
    detail = {
        "agency": comment.consultation.agency,
        "outcome": settled.outcome.value,
        "before": None if before is None else before.value,
    }
    _of_draft(session, "settled", comment.consultation.document, by, at, detail)


def _of_recommendation(
    session: Session,
    verb: str,
    found: Recommendation,
    by: int | None,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    record(session, by, f"recommendation.{verb}", "recommendation", found.public_id, detail=detail, at=at)


def _of_draft(
    session: Session,
    verb: str,
    document: ProgrammeDocument,
    by: int | None,
    at: datetime,
    detail: Mapping[str, object],
) -> None:
    record(
        session,
        by,
        f"programme_consultation.{verb}",
        "programme_document",
        document.public_id,
        detail=detail,
        at=at,
    )
