"""Merging one record into another as an officer chose, field by field. Flushes, never commits.

The record that is merged keeps its row, its code and whatever could not move; it leads to the survivor. Everything
that was written is kept sealed, so that it can be taken back.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.operations import LetterPaper
from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.keys import keyring_of
from registry.duplicates.operations.errors import AlreadyDecided, ReasonWanted
from registry.duplicates.operations.ledger import Ledger, values_of
from registry.duplicates.operations.moving import Counts, move_rows
from registry.duplicates.operations.owning import end_account, settle_accounts
from registry.duplicates.operations.settling import (
    Acting,
    exchange_documents,
    settle_claims,
    settle_consents,
    settle_contacts,
    settle_shortlists,
    settle_statements,
)
from registry.duplicates.operations.tables import MOVED
from registry.duplicates.rules import strictest_state, undo_until
from registry.matching.models import MatchRow, MatchRun, Shortlist, ShortlistEntry
from registry.needs.models import Need
from registry.people.models import DuplicateMerge, DuplicatePair, IdentityDocument, Person
from registry.people.operations.traces import differences
from registry.people.rules import KEPT_STATES, IdentityKind, LegalBasis, PairState, PersonState

FIELDS: Mapping[str, tuple[str, ...]] = {
    "full_name": ("full_name",),
    "birth": ("birth_on", "birth_precision"),
    "sex": ("sex",),
    "headline": ("headline",),
    "summary": ("summary",),
    "stated_years": ("stated_years",),
    "origin": ("origin_unit_id", "origin_text"),
    "birthplace": ("birthplace_unit_id", "birthplace_text"),
    "residence": ("residence_unit_id", "residence_unit_path", "residence_country", "residence_text"),
    "external_id": ("external_id",),
    "office": ("unit_id", "unit_path", "organisation_id", "organisation_path"),
}
"""What an officer chooses, and the columns that go together."""

_MOST_NEEDS = 200


@dataclass(frozen=True)
class Choices:
    """What was chosen: fields whose value the survivor takes from the other, kinds of documents and the account too."""

    from_other: frozenset[str] = frozenset()
    documents_from_other: frozenset[IdentityKind] = frozenset()
    account_from_other: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Differences:
    """What needs a reason: kinds of documents with different numbers, and two accounts."""

    documents: Sequence[IdentityKind] = field(default=())
    has_two_accounts: bool = False

    @property
    def needs_reason(self) -> bool:
        """Whether merging must be explained."""
        return bool(self.documents) or self.has_two_accounts


def differences_of(session: Session, survivor: Person, merged: Person) -> Differences:
    """What two records disagree in that a mistake would make worst."""
    held: dict[IdentityKind, set[str]] = {}
    for row in session.scalars(
        select(IdentityDocument).where(IdentityDocument.person_id.in_((survivor.id, merged.id)))
    ):
        held.setdefault(row.kind, set()).add(row.number_digest)
    documents = [kind for kind in IdentityKind if len(held.get(kind, ())) > 1]
    return Differences(documents, survivor.account_id is not None and merged.account_id is not None)


def merge_people(
    session: Session,
    pair: DuplicatePair,
    survivor: Person,
    merged: Person,
    choices: Choices,
    *,
    acting: Acting,
    paper: LetterPaper,
) -> DuplicateMerge:
    """Merge. Pair and records must be held (`pair_of(to_write=True)`). Raises AlreadyDecided and ReasonWanted."""
    _check(session, pair, survivor, merged, choices)
    before = values_of(survivor)
    made = DuplicateMerge(
        public_id=new_public_id(),
        survivor_id=survivor.id,
        merged_id=merged.id,
        unit_path=merged.unit_path,
        organisation_path=merged.organisation_path,
        merged_at=acting.at,
        merged_by_id=acting.by,
        undo_until=undo_until(acting.on),
    )
    needs = needs_of(session, merged)
    ledger, counts, loser = _write(session, survivor, merged, choices, acting, made.public_id)
    ended = None if loser is None else end_account(session, loser, choices.reason, paper, acting=acting)
    material = {
        "entries": ledger.entries,
        "account": ended,
        "closed": [before["closed_purposes"], survivor.closed_purposes],
        "newest": newest_rows(session),
    }
    made.material_sealed = keyring_of(session).seal(json.dumps(material), material_place(made))
    session.add(made)
    pair.state, pair.decided_at, pair.decided_by_id = PairState.MERGED, acting.at, acting.by
    pair.decided_reasons = pair.reasons
    session.flush()
    _record(session, survivor, merged, before, counts, choices, acting)
    record_on_needs(session, needs, "need.people_merged", survivor, merged, acting)
    return made


def newest_rows(session: Session) -> dict[str, int]:
    """The last row number of every table that moves: what is newer came after the merge."""
    models: dict[str, Any] = {table.name: table.model for table in MOVED}
    return {name: session.scalar(select(func.max(model.id))) or 0 for name, model in models.items()}


def material_place(merge: DuplicateMerge) -> str:
    """Where what undoes a merge belongs: moved elsewhere, it does not open."""
    return f"duplicate_merge.material:{merge.public_id}"


def preview_merge(
    session: Session, survivor: Person, merged: Person, choices: Choices, *, acting: Acting
) -> Counts:
    """What would move and what would stay: the merge itself, taken back at once."""
    tried = session.begin_nested()
    try:
        _ledger, counts, _loser = _write(session, survivor, merged, choices, acting, new_public_id())
    finally:
        tried.rollback()
        session.expire_all()
    return counts


def _check(session: Session, pair: DuplicatePair, survivor: Person, merged: Person, choices: Choices) -> None:
    if (
        pair.state is not PairState.OPEN
        or survivor.state not in KEPT_STATES
        or merged.state not in KEPT_STATES
    ):
        raise AlreadyDecided
    if differences_of(session, survivor, merged).needs_reason and not choices.reason:
        raise ReasonWanted


def _write(
    session: Session, survivor: Person, merged: Person, choices: Choices, acting: Acting, batch: str
) -> tuple[Ledger, Counts, int | None]:
    """All that is written to rows, and the account (row id) that is left without its record."""
    ledger = Ledger(session)
    values = _values(survivor, merged, choices)
    loser = settle_accounts(ledger, survivor, merged, takes_other=choices.account_from_other)
    exchange_documents(ledger, survivor, merged, dict.fromkeys(choices.documents_from_other, True))
    settle_consents(ledger, survivor, merged, acting)
    settle_claims(ledger, survivor, merged, acting)
    settle_statements(ledger, survivor, merged, acting)
    settle_shortlists(ledger, survivor, merged, acting, batch)
    settle_contacts(ledger, survivor, merged)
    counts = move_rows(ledger, survivor, merged)
    ledger.change(merged, state=PersonState.MERGED, merged_into_id=survivor.id)
    for earlier in session.scalars(
        select(Person).where(Person.merged_into_id == merged.id).order_by(Person.id)
    ).all():
        ledger.change(earlier, merged_into_id=survivor.id)
    ledger.change(survivor, **values)
    return ledger, counts, loser


def _values(survivor: Person, merged: Person, choices: Choices) -> dict[str, Any]:
    """The survivor's columns: what was chosen of the other, and what is stricter of the two."""
    chosen = {
        column: getattr(merged, column)
        for name in FIELDS
        if name in choices.from_other
        for column in FIELDS[name]
    }
    both = (survivor, merged)
    is_by_law = any(one.legal_basis is LegalBasis.LAW for one in both)
    confirmed = [one.confirmed_on for one in both if one.confirmed_on is not None]
    return chosen | {
        "state": strictest_state(one.state for one in both),
        "closed_purposes": survivor.closed_purposes | merged.closed_purposes,
        "legal_basis": LegalBasis.LAW if is_by_law else LegalBasis.CONSENT,
        "confirmed_on": max(confirmed) if confirmed else None,
    }


def _record(
    session: Session,
    survivor: Person,
    merged: Person,
    before: Mapping[str, Any],
    counts: Counts,
    choices: Choices,
    acting: Acting,
) -> None:
    changes = differences(before, values_of(survivor))
    told = {"merged": merged.public_id, "code": merged.code, "moved": dict(counts.moved)}
    by, at = acting.by, acting.at
    about = ("person", survivor.public_id)
    record(
        session,
        by,
        "person.merged",
        *about,
        person=about[1],
        changes=changes,
        detail=told,
        reason=choices.reason,
        at=at,
    )
    gone = ("person", merged.public_id)
    record(session, by, "person.merged_into", *gone, person=gone[1], detail={"into": survivor.code}, at=at)


def needs_of(session: Session, person: Person) -> list[str]:
    """The public ids of the needs on whose shortlists or kept rankings somebody stands."""
    listed = (
        select(Shortlist.need_id)
        .join(ShortlistEntry, ShortlistEntry.shortlist_id == Shortlist.id)
        .where(ShortlistEntry.person_id == person.id, Shortlist.need_id.is_not(None))
    )
    ranked = (
        select(MatchRun.need_id)
        .join(MatchRow, MatchRow.run_id == MatchRun.id)
        .where(MatchRow.person == person.public_id)
    )
    wanted = select(Need.public_id).where(or_(Need.id.in_(listed), Need.id.in_(ranked)))
    return list(session.scalars(wanted.order_by(Need.id).limit(_MOST_NEEDS)))


def record_on_needs(
    session: Session, needs: Sequence[str], action: str, survivor: Person, merged: Person, acting: Acting
) -> None:
    """Leave a line in the log of every need that is touched; codes name nobody."""
    for need in needs:
        told = {"code": merged.code, "into": survivor.code}
        record(session, acting.by, action, "need", need, detail=told, at=acting.at)


def mark_different(session: Session, pair: DuplicatePair, *, acting: Acting) -> None:
    """«Không phải một người»: remembered for good, with the reasons known now. Raises AlreadyDecided."""
    if pair.state is not PairState.OPEN:
        raise AlreadyDecided
    _decide(session, pair, PairState.DIFFERENT, "duplicates.marked_different", acting)


def ask_again(session: Session, pair: DuplicatePair, *, acting: Acting) -> None:
    """Take «không phải một người» back. Raises AlreadyDecided."""
    if pair.state is not PairState.DIFFERENT:
        raise AlreadyDecided
    _decide(session, pair, PairState.OPEN, "duplicates.asked_again", acting)


def _decide(session: Session, pair: DuplicatePair, state: PairState, action: str, acting: Acting) -> None:
    is_open = state is PairState.OPEN
    pair.state = state
    pair.decided_at, pair.decided_by_id = (None, None) if is_open else (acting.at, acting.by)
    pair.decided_reasons = 0 if is_open else pair.reasons
    session.flush()
    record(session, acting.by, action, "duplicate_pair", pair.public_id, at=acting.at)


def pair_between(session: Session, one: int, other: int) -> DuplicatePair | None:
    """The pair of two people (row ids), if it is still kept."""
    first, second = min(one, other), max(one, other)
    return session.scalar(
        select(DuplicatePair).where(and_(DuplicatePair.first_id == first, DuplicatePair.second_id == second))
    )
