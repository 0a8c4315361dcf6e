"""Taking a merge back: every row returns as it was, but for what somebody changed since, which is told. Never commits."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.operations import LetterPaper
from registry.audit.operations import record
from registry.consents.models import Consent
from registry.db.keys import keyring_of
from registry.duplicates.operations.errors import DONE, ERASED, MERGED_ON, OVER, NotUndoable
from registry.duplicates.operations.finding import reopen_pair
from registry.duplicates.operations.ledger import Entry, put_back
from registry.duplicates.operations.merging import material_place, needs_of, record_on_needs
from registry.duplicates.operations.owning import open_account_again
from registry.duplicates.operations.sealing import seal_anew, sealed_since
from registry.duplicates.operations.settling import CLOSED_BY_MERGE, Acting
from registry.duplicates.operations.tables import MOVED
from registry.people.models import DuplicateMerge, Person, look_again
from registry.people.rules import KEPT_STATES, PersonState
from registry.privacy.models import RightsStep


@dataclass(frozen=True)
class Undone:
    """What did not simply return, rows by table: changed since (the newer value stays), gone since, new since."""

    changed: Counter[str] = field(default_factory=Counter[str])
    gone: Counter[str] = field(default_factory=Counter[str])
    added: Counter[str] = field(default_factory=Counter[str])


_MODELS: dict[str, Any] = {
    "person": Person,
    "rights_step": RightsStep,
    **{table.name: table.model for table in MOVED},
}


def hindrance(merge: DuplicateMerge, survivor: Person, merged: Person, acting: Acting) -> str:
    """Why the merge cannot be taken back; "" when it can."""
    if merge.undone_at is not None:
        return DONE
    if PersonState.ERASED in {survivor.state, merged.state}:
        return ERASED
    if survivor.state not in KEPT_STATES or merged.merged_into_id != survivor.id:
        return MERGED_ON
    return OVER if acting.on > merge.undo_until or merge.material_sealed is None else ""


def hindrance_now(session: Session, merge: DuplicateMerge, acting: Acting) -> str:
    """The same for a merge as it stands now."""
    survivor, merged = session.get_one(Person, merge.survivor_id), session.get_one(Person, merge.merged_id)
    return hindrance(merge, survivor, merged, acting)


def undo_merge(
    session: Session, merge: DuplicateMerge, *, acting: Acting, paper: LetterPaper, reason: str = ""
) -> Undone:
    """Take a merge back. Merge and records must be held (`merge_of(to_write=True)`). Raises NotUndoable."""
    survivor, merged = session.get_one(Person, merge.survivor_id), session.get_one(Person, merge.merged_id)
    why = hindrance(merge, survivor, merged, acting)
    if why:
        raise NotUndoable(why)
    needs = needs_of(session, merged)
    sealed = merge.material_sealed or b""
    material: dict[str, Any] = json.loads(keyring_of(session).open(sealed, material_place(merge)))
    entries = _without_consents_ended_since(session, material["entries"], merge, survivor)
    closed = survivor.closed_purposes
    later = sealed_since(session, entries, survivor, merged)
    told = put_back(session, entries, _MODELS)
    seal_anew(session, later, merged)
    _close_for_both(material, closed, survivor, merged)
    merge.undone_at, merge.undone_by_id, merge.material_sealed = acting.at, acting.by, None
    session.flush()
    if material["account"] is not None:
        open_account_again(session, material["account"], reason, paper, acting=acting)
    undone = Undone(told.changed, told.gone, _added_since(session, material["newest"], survivor))
    reopen_pair(session, survivor.id, merged.id)
    look_again(session, [survivor.id, merged.id])
    _record(session, survivor, merged, undone, acting, reason)
    needs = sorted({*needs, *needs_of(session, merged)})
    record_on_needs(session, needs, "need.people_parted", survivor, merged, acting)
    session.expire_all()
    return undone


def _without_consents_ended_since(
    session: Session, entries: list[Entry], merge: DuplicateMerge, survivor: Person
) -> list[Entry]:
    """Without opening again what the merge had closed for a purpose that the person withdrew since."""
    ended = set(
        session.scalars(
            select(Consent.purpose_id).where(
                Consent.person_id == survivor.id,
                Consent.withdrawn_at >= merge.merged_at,
                Consent.withdrawn_because != CLOSED_BY_MERGE,
            )
        )
    )
    if not ended:
        return entries
    of_ended = set(
        session.scalars(
            select(Consent.id).where(Consent.purpose_id.in_(ended), Consent.person_id == survivor.id)
        )
    )
    return [
        one
        for one in entries
        if not (one["table"] == "consent" and one["id"] in of_ended and "withdrawn_at" in one["after"])
    ]


def _close_for_both(material: Mapping[str, Any], now: int, survivor: Person, merged: Person) -> None:
    """What the person had closed since the merge is closed in both records; what the merge had joined is parted."""
    before, joined = material["closed"]
    since = now & ~joined
    survivor.closed_purposes = (before & now) | since
    merged.closed_purposes |= since


def _added_since(session: Session, newest: Mapping[str, int], survivor: Person) -> Counter[str]:
    """Rows the survivor got after the merge: they stay with the survivor."""
    added: Counter[str] = Counter()
    for table in MOVED:
        model: Any = table.model
        newer = select(func.count(model.id)).where(
            model.person_id == survivor.id, model.id > newest.get(table.name, 0)
        )
        added[table.name] += session.scalar(newer) or 0
    return +added


def _record(
    session: Session, survivor: Person, merged: Person, undone: Undone, acting: Acting, reason: str
) -> None:
    told: dict[str, object] = {
        "merged": merged.public_id,
        "code": merged.code,
        "kept_newer": dict(undone.changed),
        "gone": dict(undone.gone),
        "added": dict(undone.added),
    }
    for person, detail in ((survivor, told), (merged, {"from": survivor.code})):
        record(
            session,
            acting.by,
            "person.merge_undone",
            "person",
            person.public_id,
            person=person.public_id,
            detail=detail,
            reason=reason,
            at=acting.at,
        )
