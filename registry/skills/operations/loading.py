"""Loading the vocabulary shipped with the product. What was decided in this installation wins over the files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db import new_public_id
from registry.db.bulk import plan_of, write_rows
from registry.skills.models import (
    Skill,
    SkillLabel,
    SkillRelation,
    VocabularyState,
    WithheldLabel,
    WithheldRelation,
)
from registry.skills.operations.errors import BroaderCycle
from registry.skills.operations.relations import broader_links
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
    LabelHolder,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
    Verdict,
    cycle_of,
    final_of,
    judge_label,
    would_circle,
)
from registry.text import nfc

# Each is asked of tens of thousands of rows: a look-up, where making the value anew looks at its class first.
_LANGUAGES = {one.value: one for one in LabelLanguage}
_KINDS = {one.value: one for one in LabelKind}
_ORIGINS = {one.value: one for one in LabelOrigin}


def load_vocabulary(session: Session, by: int | None = None, files: VocabularyFiles | None = None) -> bool:
    """Bring concepts, labels and relations up to the files; True when anything was written.

    Concepts keep their ids, and what was decided here stays: concepts, labels and relations added, names
    edited, merges and retirements, labels and relations taken away. Shipped rows no longer in the files go.
    Raises VocabularyRefused or BroaderCycle and writes nothing.
    """
    state = session.scalar(select(VocabularyState))
    if state is not None and state.files_sha256 == (files.sha256 if files else files_digest()):
        return False
    files = files or read_vocabulary()
    _check_acyclic(files.relations)
    concepts = _load_skills(session, files.skills)
    _load_labels(session, files.labels, concepts)
    _load_relations(session, files.relations, concepts)
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


@dataclass(frozen=True)
class _Concepts:
    """The concepts by code, and what merged ones became in the end."""

    by_code: Mapping[str, Skill]
    merged: Mapping[int, int]

    def final_id(self, code: str) -> int:
        """The id of the concept that has the code's labels now."""
        return final_of(self.by_code[code].id, self.merged)


def _load_skills(session: Session, rows: Sequence[SkillRow]) -> _Concepts:
    """Add or correct the concepts; one that was edited here keeps its names and its place."""
    known = {skill.code: skill for skill in session.scalars(select(Skill))}
    for row in rows:
        skill = known.get(row.code)
        if skill is None:
            skill = known[row.code] = Skill(code=row.code, state=SkillState.ACTIVE, is_edited=False)
            session.add(skill)
        if not skill.is_edited:
            skill.vi, skill.en = nfc(row.vi), nfc(row.en)
            skill.sector, skill.family = Sector(row.sector), SkillFamily(row.family)
        skill.scale = LevelScale(row.scale)
    session.flush()
    merged = {one.id: one.merged_into_id for one in known.values() if one.merged_into_id is not None}
    return _Concepts(known, merged)


def _load_labels(session: Session, rows: Sequence[LabelRow], concepts: _Concepts) -> None:
    """Replace the shipped labels by those of the files, leaving alone what was added or taken away here."""
    session.execute(delete(SkillLabel).where(SkillLabel.origin.in_(SHIPPED_ORIGINS)))
    values = list(_labels_to_load(session, rows, concepts))
    # Past the model: that would look at each of the tens of thousands of rows twice.
    plan = plan_of(cast("Table", SkillLabel.__table__), session.get_bind().dialect.name)
    write_rows(session, plan, plan.values(values))


def _labels_to_load(
    session: Session, rows: Sequence[LabelRow], concepts: _Concepts
) -> Iterator[dict[str, object]]:
    withheld = {(one.skill_id, one.folded) for one in session.scalars(select(WithheldLabel))}
    local = _local_holders(session)
    loaded: set[tuple[int, str]] = set()
    for row in rows:
        key, skill_id = row.folded, concepts.final_id(row.code)
        # A label of a merged concept is withheld under either of the two.
        places = {(skill_id, key), (concepts.by_code[row.code].id, key)}
        if places & withheld or (skill_id, key) in loaded:
            continue
        holders = local.get(key)
        if not holders:  # nearly all of them: nobody here has said anything about the text
            loaded.add((skill_id, key))
            yield _label_values(row, skill_id, _kind(row, concepts), is_ambiguous=row.is_ambiguous)
            continue
        verdict = judge_label(row.text, skill_id, holders, has_contexts=row.is_ambiguous)
        is_shared = verdict in (Verdict.MARKS, Verdict.DECLARED)
        if is_shared and all(one.is_ambiguous for one in holders):
            loaded.add((skill_id, key))
            yield _label_values(row, skill_id, _kind(row, concepts), is_ambiguous=True)


def _local_holders(session: Session) -> dict[str, list[LabelHolder]]:
    """The labels that stay, by folded text."""
    found: dict[str, list[LabelHolder]] = defaultdict(list)
    for label in session.scalars(select(SkillLabel)):
        found[label.folded].append(LabelHolder(label.skill_id, label.accented, label.is_ambiguous))
    return found


def _kind(row: LabelRow, concepts: _Concepts) -> LabelKind:
    """A name that names no longer, since its concept was merged or renamed here, is another name."""
    kind, skill = _KINDS[row.kind], concepts.by_code[row.code]
    if kind is not LabelKind.PREFERRED or not (skill.is_edited or skill.id in concepts.merged):
        return kind
    is_name = skill.state is not SkillState.MERGED and nfc(row.text) in (skill.vi, skill.en)
    return kind if is_name else LabelKind.ALIAS


def _label_values(row: LabelRow, skill_id: int, kind: LabelKind, *, is_ambiguous: bool) -> dict[str, object]:
    # A bulk insert bypasses the attribute events, so the keys are set here.
    return {
        "skill_id": skill_id,
        "text": nfc(row.text),
        "folded": row.folded,
        "accented": row.accented,
        "language": _LANGUAGES[row.language],
        "kind": kind,
        "origin": _ORIGINS[row.origin],
        "is_ambiguous": is_ambiguous,
        "context_sectors": row.sectors,
        "context_words": row.words,
    }


def _load_relations(session: Session, rows: Sequence[RelationRow], concepts: _Concepts) -> None:
    """Replace the shipped relations, leaving out what is withheld or contradicts a relation made here."""
    session.execute(delete(SkillRelation).where(SkillRelation.is_local.is_(False)))
    withheld = {(one.skill_id, one.other_id) for one in session.scalars(select(WithheldRelation))}
    local = session.execute(select(SkillRelation.skill_id, SkillRelation.other_id)).all()
    taken = {frozenset(pair) for pair in local}
    links = broader_links(session)
    values: list[dict[str, object]] = []
    for row in rows:
        narrow, other = concepts.by_code[row.code].id, concepts.by_code[row.other].id
        if (narrow, other) in withheld or frozenset((narrow, other)) in taken:
            continue
        if row.kind == RelationKind.BROADER:
            # Without links of our own the files were found free of circles already.
            if taken and would_circle(links, narrow, other):
                continue
            links.setdefault(narrow, []).append(other)
        values.append(
            {"skill_id": narrow, "kind": RelationKind(row.kind), "other_id": other, "is_local": False}
        )
    if values:
        session.execute(insert(SkillRelation), values)
