"""Concepts of other catalogues beside ours. They never change what a text means unless a curator accepts them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.skills.models import ExternalConcept, Skill, SkillChange, SkillLabel
from registry.skills.operations.changes import keep_change, lock_vocabulary, new_version
from registry.skills.operations.labels import NewLabel, check_active, holders_of, label_waiting, put_label
from registry.skills.operations.ledger import Ledger
from registry.skills.rules import (
    ChangeKind,
    ExternalScheme,
    ExternalState,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    SkillState,
    match_external,
)
from registry.skills.rules.external_rows import ExternalRow
from registry.text import match_key

ORIGINS: Mapping[ExternalScheme, LabelOrigin] = {
    ExternalScheme.ESCO: LabelOrigin.ESCO,
    ExternalScheme.ONET: LabelOrigin.ONET,
}
_DECIDED = frozenset({ExternalState.ACCEPTED, ExternalState.REFUSED})


@dataclass(frozen=True)
class Imported:
    """What an import found and wrote."""

    rows: int
    new: int
    by_state: Mapping[ExternalState, int]
    labels: int


def import_external(
    session: Session, scheme: ExternalScheme, rows: Iterable[ExternalRow], *, by: int | None, at: datetime
) -> Imported:
    """Keep the concepts of a file; the same file again changes nothing.

    A concept is tied to ours only where its English label equals, folded, one English label of ours. The other
    labels of tied ones are added where nothing has the text. What a curator decided stays.
    """
    lock_vocabulary(session)
    read = list(rows)
    english = _english(session)
    known = {
        one.code: one
        for one in session.scalars(select(ExternalConcept).where(ExternalConcept.scheme == scheme))
    }
    new = 0
    for row in read:
        external = known.get(row.code)
        if external is None:
            external = known[row.code] = ExternalConcept(
                scheme=scheme, code=row.code, state=ExternalState.UNMATCHED
            )
            session.add(external)
            new += 1
        _write(external, row, english)
    session.flush()
    labels = _add_labels(session, scheme, read, known)
    states = Counter(known[row.code].state for row in read)
    if new or labels:
        detail = {"scheme": scheme.value, "rows": len(read), "created": new, "labels": labels}
        version = new_version(session) if labels else lock_vocabulary(session).version
        record(session, by, "vocabulary.external_imported", "vocabulary", version, detail=detail, at=at)
    session.flush()
    return Imported(len(read), new, states, labels)


def _write(external: ExternalConcept, row: ExternalRow, english: Mapping[str, frozenset[int]]) -> None:
    external.label, external.uri = row.label, row.uri
    if external.state not in _DECIDED:
        match = match_external(row.label, english)
        external.state, external.skill_id = match.state, match.skill_id


def _english(session: Session) -> dict[str, frozenset[int]]:
    """Our own English labels of concepts in use: folded text → concepts. What other catalogues lent does not count."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = session.execute(
        select(SkillLabel.folded, SkillLabel.skill_id)
        .join(Skill, Skill.id == SkillLabel.skill_id)
        .where(
            SkillLabel.language == LabelLanguage.EN,
            SkillLabel.origin.not_in(ORIGINS.values()),
            Skill.state == SkillState.ACTIVE,
        )
    )
    for folded, skill_id in rows:
        found[folded].add(skill_id)
    return {folded: frozenset(ids) for folded, ids in found.items()}


def _add_labels(
    session: Session,
    scheme: ExternalScheme,
    rows: Sequence[ExternalRow],
    known: Mapping[str, ExternalConcept],
) -> int:
    """Add the other English labels of tied concepts; how many. A text that two concepts of the file claim is nobody's."""
    claimed = Counter(
        key for row in rows for key in {match_key(text) for text in (row.label, *row.alternatives)}
    )
    taken = set(session.scalars(select(SkillLabel.folded)))
    added = 0
    for row in rows:
        skill_id = known[row.code].skill_id
        for text in row.alternatives if skill_id is not None else ():
            key = match_key(text)
            if key in taken or claimed[key] > 1:
                continue
            taken.add(key)
            added += 1
            session.add(
                SkillLabel(
                    skill_id=skill_id,
                    text=text,
                    language=LabelLanguage.EN,
                    kind=LabelKind.ALIAS,
                    origin=ORIGINS[scheme],
                )
            )
    return added


def accept_external(
    session: Session, external: ExternalConcept, skill: Skill, *, by: int | None, at: datetime
) -> SkillChange:
    """Say that a concept of another catalogue is ours; its English label is added when nothing has the text.

    Raises NotActive.
    """
    lock_vocabulary(session)
    check_active(skill)
    ledger = Ledger(session)
    ledger.change(external, state=ExternalState.ACCEPTED, skill_id=skill.id)
    if not holders_of(session, external.label):
        put_label(
            ledger,
            skill,
            NewLabel(external.label, LabelLanguage.EN, origin=ORIGINS[external.scheme]),
        )
        label_waiting(ledger, skill, external.label)
    return keep_change(
        session,
        ChangeKind.EXTERNAL_ACCEPTED,
        ledger,
        skill=skill,
        words=f"{external.scheme.value}: {external.label}",
        by=by,
        at=at,
    )


def refuse_external(
    session: Session, external: ExternalConcept, *, by: int | None, at: datetime
) -> SkillChange:
    """Say that a concept of another catalogue is none of ours, or not this one; imports tie it no more."""
    lock_vocabulary(session)
    skill = external.skill
    ledger = Ledger(session)
    ledger.change(external, state=ExternalState.REFUSED, skill_id=None)
    return keep_change(
        session,
        ChangeKind.EXTERNAL_REFUSED,
        ledger,
        skill=skill,
        words=f"{external.scheme.value}: {external.label}",
        by=by,
        at=at,
    )
