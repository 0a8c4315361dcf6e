"""Rules for rows of two records that cannot both count: consents, claims, statements, documents, shortlists. Flushes.

Nothing is deleted: what does not count any more is closed with its day, so that the history of both can be read.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.models import Consent
from registry.duplicates.operations.ledger import Ledger
from registry.duplicates.rules import Verdict, newest_verdict
from registry.matching.models import ShortlistEntry
from registry.people.models import Availability, Contact, IdentityDocument, LanguageClaim, Person, SkillClaim
from registry.people.models.sealed import open_identity, seal_identity
from registry.people.rules import AvailabilityState, EvidenceState, IdentityKind, availability_on

CLOSED_BY_MERGE = "Gộp hai hồ sơ của cùng một người"


@dataclass(frozen=True)
class Acting:
    """Who merges, when, on which local day."""

    by: int
    at: datetime
    on: date


def settle_consents(ledger: Ledger, survivor: Person, merged: Person, acting: Acting) -> None:
    """The newest word counts, purpose by purpose: what stands beside it, or against it, is closed."""
    rows: dict[int, dict[int, list[Consent]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(ledger.session, Consent, survivor, merged):
        rows[row.purpose_id][row.person_id].append(row)
    for by_person in rows.values():
        verdicts = [verdict for said in by_person.values() if (verdict := _verdict(said)) is not None]
        newest = newest_verdict(verdicts)
        keep = newest.standing if newest is not None and newest.is_given else ()
        for row in (one for said in by_person.values() for one in said):
            if row.withdrawn_at is None and row.id not in keep:
                ledger.change(
                    row,
                    withdrawn_at=max(acting.at, row.given_at),
                    withdrawn_by_id=acting.by,
                    withdrawn_because=CLOSED_BY_MERGE,
                )


def _verdict(rows: Sequence[Consent]) -> Verdict | None:
    standing = [row for row in rows if row.withdrawn_at is None]
    if standing:
        return Verdict(True, standing[0].given_at, (standing[0].id,))
    ended = [
        row.withdrawn_at
        for row in rows
        if row.withdrawn_at is not None and row.withdrawn_because != CLOSED_BY_MERGE
    ]
    return Verdict(False, max(ended)) if ended else None


def settle_claims(ledger: Ledger, survivor: Person, merged: Person, acting: Acting) -> None:
    """Of two open claims to one skill or language the better proved counts, then the one with a level, then the newer."""
    _settle_open(
        ledger,
        _rows(ledger.session, SkillClaim, survivor, merged),
        lambda row: (row.skill_id, row.pending_term_id),
        lambda row: (
            *_proof(row, acting.on),
            row.level is not None,
            row.valid_from,
            row.person_id == survivor.id,
        ),
        acting,
    )
    _settle_open(
        ledger,
        _rows(ledger.session, LanguageClaim, survivor, merged),
        lambda row: row.language,
        lambda row: (
            *_proof(row, acting.on),
            row.rank is not None,
            row.valid_from,
            row.person_id == survivor.id,
        ),
        acting,
    )


_PROOFS = (
    EvidenceState.REJECTED,
    EvidenceState.EXPIRED,
    EvidenceState.SELF_DECLARED,
    EvidenceState.ATTACHED,
    EvidenceState.VERIFIED,
)


def _proof(row: Any, on: date) -> tuple[int]:
    return (_PROOFS.index(row.evidence_on(on)),)


def _settle_open(
    ledger: Ledger,
    rows: Sequence[Any],
    about: Callable[[Any], object],
    rank: Callable[[Any], Any],
    acting: Acting,
) -> None:
    """Close all but the best of the open rows about one thing, where both records have one."""
    groups: dict[object, list[Any]] = defaultdict(list)
    for row in rows:
        if row.valid_to is None:
            groups[about(row)].append(row)
    for same in groups.values():
        if len({row.person_id for row in same}) > 1:
            best = max(same, key=rank)
            for row in same:
                if row is not best:
                    ledger.change(row, valid_to=max(row.valid_from, acting.on))


def settle_statements(ledger: Ledger, survivor: Person, merged: Person, acting: Acting) -> None:
    """A pause that lasts counts before everything (of two the longer); else the newer statement."""
    current = [row for row in _rows(ledger.session, Availability, survivor, merged) if row.ended_on is None]
    if len(current) > 1:
        best = max(current, key=lambda row: (*_pause(row, acting.on), row.stated_on, row.id))
        for row in current:
            if row is not best:
                ledger.change(row, ended_on=max(row.stated_on, acting.on))


def _pause(row: Availability, on: date) -> tuple[bool, date]:
    is_paused = availability_on(row.state, row.paused_until, on) is AvailabilityState.PAUSED
    return is_paused, (row.paused_until or date.max) if is_paused else date.min


def settle_shortlists(ledger: Ledger, survivor: Person, merged: Person, acting: Acting, batch: str) -> None:
    """On a list both stand on, the survivor's place counts; the other is closed as taken off now."""
    open_rows = [
        row for row in _rows(ledger.session, ShortlistEntry, survivor, merged) if row.removed_at is None
    ]
    taken = {row.shortlist_id for row in open_rows if row.person_id == survivor.id}
    for row in open_rows:
        if row.person_id == merged.id and row.shortlist_id in taken:
            ledger.change(
                row,
                removed_at=max(acting.at, row.added_at),
                removed_by_id=acting.by,
                removed_batch=batch,
            )


def settle_contacts(ledger: Ledger, survivor: Person, merged: Person) -> None:
    """One of each kind stays the preferred one: the survivor's."""
    rows = _rows(ledger.session, Contact, survivor, merged)
    preferred = {row.kind for row in rows if row.is_preferred and row.person_id == survivor.id}
    for row in rows:
        if row.person_id == merged.id and row.is_preferred and row.kind in preferred:
            ledger.change(row, is_preferred=False)


_DOCUMENT = ("number_sealed", "number_digest", "country", "issued_on", "expires_on")


def exchange_documents(
    ledger: Ledger, survivor: Person, merged: Person, takes_other: Mapping[IdentityKind, bool]
) -> None:
    """Where both have a document of a kind and the other's is chosen, the two change places; both stay on record."""
    session = ledger.session
    for kind in (kind for kind, is_other in takes_other.items() if is_other):
        mine, theirs = _document(session, survivor, kind), _document(session, merged, kind)
        if mine is None or theirs is None:
            continue
        own = {name: getattr(mine, name) for name in _DOCUMENT}
        other = {name: getattr(theirs, name) for name in _DOCUMENT}
        sealed_own, _ = seal_identity(session, merged, kind, open_identity(session, survivor, mine))
        sealed_other, _ = seal_identity(session, survivor, kind, open_identity(session, merged, theirs))
        ledger.change(mine, number_digest=f"~{mine.id}")  # nobody may hold a number twice, not for a moment
        ledger.change(theirs, **(own | {"number_sealed": sealed_own}))
        ledger.change(mine, **(other | {"number_sealed": sealed_other}))


def _document(session: Session, person: Person, kind: IdentityKind) -> IdentityDocument | None:
    return session.scalar(
        select(IdentityDocument).where(IdentityDocument.person_id == person.id, IdentityDocument.kind == kind)
    )


def _rows(session: Session, model: Any, survivor: Person, merged: Person) -> Sequence[Any]:
    return session.scalars(
        select(model).where(model.person_id.in_((survivor.id, merged.id))).order_by(model.id)
    ).all()
