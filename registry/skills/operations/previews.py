"""What a merge or a split would touch, before it is done. Writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.skills.models import ExternalConcept, Skill, SkillLabel
from registry.skills.operations.relations import relations_around
from registry.skills.queries import HeldText, Holder, Wanted
from registry.skills.resolver import Concept, Context, Label, Vocabulary, resolve
from registry.skills.rules import LabelKind

_READ_AT_ONCE = 500
_MOST_READ = 5_000
"""So many records are read for a preview; with more it is said that there are more."""

_OLD, _NEW = "old", "new"


@dataclass(frozen=True)
class MergePreview:
    """What goes over to the other concept."""

    labels: int
    relations: int
    codes: int


def preview_merge(session: Session, skill: Skill) -> MergePreview:
    """How many names, relations and codes of other catalogues the merge would move."""
    labels = select(func.count()).select_from(SkillLabel).where(SkillLabel.skill_id == skill.id)
    codes = select(func.count()).select_from(ExternalConcept).where(ExternalConcept.skill_id == skill.id)
    around = {frozenset((one.skill_id, one.other_id)) for one in relations_around(session, skill)}
    return MergePreview(session.scalar(labels) or 0, len(around), session.scalar(codes) or 0)


@dataclass(frozen=True)
class SplitPreview:
    """How many records of a kind hold the concept, and how many of them would move; `is_part` when only some were read."""

    place: str
    held: int
    moving: int
    is_part: bool


def preview_split(
    session: Session, skill: Skill, name: str, chosen: Collection[int], holders: Sequence[Holder]
) -> list[SplitPreview]:
    """How many records would go with these labels (ids) and this name.

    Their words are read against the names of the two concepts alone, which is what decides between the two.
    """
    words = _both(session, skill, name, chosen)
    wanted = Wanted(skill_ids=frozenset({skill.id}))
    return [_of_holder(session, holder, wanted, words) for holder in holders]


def _of_holder(session: Session, holder: Holder, wanted: Wanted, words: Vocabulary) -> SplitPreview:
    held, moving, after = holder.count_rows(session, wanted), 0, 0
    read = 0
    while read < _MOST_READ:
        rows = holder.rows(session, wanted, after, _READ_AT_ONCE)
        if not rows:
            break
        moving += sum(_goes_along(row, words) for row in rows)
        after, read = rows[-1].row_id, read + len(rows)
    return SplitPreview(holder.place, held, moving, read < held)


def _goes_along(row: HeldText, words: Vocabulary) -> bool:
    answer = resolve(row.typed, words, Context(neighbours=row.neighbours))
    return answer.is_accepted and answer.skill == _NEW


def _both(session: Session, skill: Skill, name: str, chosen: Collection[int]) -> Vocabulary:
    """A vocabulary of the two concepts as they would be."""
    rows = session.scalars(
        select(SkillLabel).where(SkillLabel.skill_id == skill.id).order_by(SkillLabel.id)
    ).all()
    labels = [
        Label(
            _NEW if row.id in chosen and row.kind is not LabelKind.PREFERRED else _OLD,
            row.text,
            row.kind.value,
            row.folded,
            row.accented,
        )
        for row in rows
    ]
    concepts = [
        Concept(_OLD, skill.vi, skill.en, skill.sector.value, skill.scale.value),
        Concept(_NEW, name, name, skill.sector.value, skill.scale.value),
    ]
    return Vocabulary.build("preview", concepts, labels)
