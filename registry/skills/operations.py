"""Writes of the vocabulary: loading the files shipped with the product, and keeping texts that named nothing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.skills.models import (
    PendingSighting,
    PendingTerm,
    Skill,
    SkillLabel,
    SkillRelation,
    VocabularyState,
)
from registry.skills.readers import (
    LabelRow,
    RelationRow,
    SkillRow,
    VocabularyFiles,
    files_digest,
    read_vocabulary,
)
from registry.skills.rules import (
    SHIPPED_ORIGINS,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
    cycle_of,
)
from registry.text import accented_key, match_key, nfc

LONGEST_TERM = 200


class BroaderCycle(ValueError):
    """Broader links lead round in a circle; the message names the codes along it."""


def load_vocabulary(session: Session, by: int | None = None, files: VocabularyFiles | None = None) -> bool:
    """Bring concepts, labels and relations up to the files; True when anything was written.

    Concepts keep their ids. Labels somebody added here stay, and win over a shipped label of the same text;
    shipped labels no longer in the files go. Raises VocabularyRefused or BroaderCycle and writes nothing.
    """
    state = session.scalar(select(VocabularyState))
    if state is not None and state.files_sha256 == (files.sha256 if files else files_digest()):
        return False
    files = files or read_vocabulary()
    _check_acyclic(files.relations)
    ids = _load_skills(session, files.skills)
    _load_labels(session, files.labels, ids)
    _load_relations(session, files.relations, ids)
    if state is None:
        state = VocabularyState(version=new_public_id())
        session.add(state)
    state.version = new_public_id()
    state.files_sha256 = files.sha256
    detail = {"skills": len(files.skills), "labels": len(files.labels), "files": files.sha256}
    record(session, by, "vocabulary.loaded", "vocabulary", state.version, detail=detail)
    session.flush()
    return True


def _check_acyclic(relations: Sequence[RelationRow]) -> None:
    broader: dict[str, list[str]] = {}
    for row in relations:
        if row.kind == RelationKind.BROADER:
            broader.setdefault(row.code, []).append(row.other)
    if cycle := cycle_of(broader):
        raise BroaderCycle(" → ".join(cycle))


def _load_skills(session: Session, rows: Sequence[SkillRow]) -> dict[str, int]:
    """Add or correct the concepts; answers their ids by code."""
    known = {skill.code: skill for skill in session.scalars(select(Skill))}
    for row in rows:
        skill = known.get(row.code)
        if skill is None:
            skill = known[row.code] = Skill(code=row.code, state=SkillState.ACTIVE)
            session.add(skill)
        skill.vi, skill.en = nfc(row.vi), nfc(row.en)
        skill.sector, skill.family = Sector(row.sector), SkillFamily(row.family)
        skill.scale = LevelScale(row.scale)
    session.flush()
    return {code: skill.id for code, skill in known.items()}


def _load_labels(session: Session, rows: Sequence[LabelRow], ids: Mapping[str, int]) -> None:
    """Replace the shipped labels by those of the files, leaving alone what was added here."""
    session.execute(delete(SkillLabel).where(SkillLabel.origin.in_(SHIPPED_ORIGINS)))
    kept = {
        (folded, asks) for folded, asks in session.execute(select(SkillLabel.folded, SkillLabel.is_ambiguous))
    }
    taken = {folded for folded, is_ambiguous in kept if not is_ambiguous}
    shared = {folded for folded, _ in kept}
    values = [
        _label_values(row, ids[row.code])
        for row in rows
        if (key := match_key(row.text)) not in taken and (row.is_ambiguous or key not in shared)
    ]
    session.execute(insert(SkillLabel), values)


def _label_values(row: LabelRow, skill_id: int) -> dict[str, object]:
    # A bulk insert bypasses the attribute events, so the keys are set here.
    return {
        "skill_id": skill_id,
        "text": nfc(row.text),
        "folded": match_key(row.text),
        "accented": accented_key(row.text),
        "language": LabelLanguage(row.language),
        "kind": LabelKind(row.kind),
        "origin": LabelOrigin(row.origin),
        "is_ambiguous": row.is_ambiguous,
        "context_sectors": row.sectors,
        "context_words": row.words,
    }


def _load_relations(session: Session, rows: Sequence[RelationRow], ids: Mapping[str, int]) -> None:
    session.execute(delete(SkillRelation))
    values = [
        {"skill_id": ids[row.code], "kind": RelationKind(row.kind), "other_id": ids[row.other]}
        for row in rows
    ]
    session.execute(insert(SkillRelation), values)


def keep_pending(session: Session, text: str, where: str) -> PendingTerm:
    """Keep a text that named no concept, or count it once more; `where` says what kind of record it stood in.

    The text is expected to be clean already (`registry.text.clean`); it is cut at 200 characters. Two
    importers that meet the same text at once add up. The write is part of the record that held the text,
    which is what the audit tells of.
    """
    folded = match_key(text)[:LONGEST_TERM] or nfc(text).casefold()[:LONGEST_TERM]
    term_id = _count_term(session, nfc(text)[:LONGEST_TERM], folded)
    _count_sighting(session, term_id, where)
    term = session.get_one(PendingTerm, term_id, populate_existing=True)
    session.expire(term, ["sightings"])
    return term


def _count_term(session: Session, text: str, folded: str) -> int:
    values = {
        "public_id": new_public_id(),
        "text": text,
        "folded": folded,
        "count": 1,
        "state": PendingState.WAITING,
    }
    table = PendingTerm.__table__
    added = _upsert(session)(PendingTerm).values(values)
    added = added.on_conflict_do_update(index_elements=["folded"], set_={"count": table.c.count + 1})
    return session.execute(added.returning(PendingTerm.id)).scalar_one()


def _count_sighting(session: Session, term_id: int, where: str) -> None:
    table = PendingSighting.__table__
    added = _upsert(session)(PendingSighting).values(pending_term_id=term_id, place=where, count=1)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["pending_term_id", "place"], set_={"count": table.c.count + 1}
        )
    )


def _upsert(session: Session) -> type[postgresql.Insert] | type[sqlite.Insert]:
    dialect = session.get_bind().dialect.name
    return postgresql.Insert if dialect == "postgresql" else sqlite.Insert
