"""Which concepts are of which area of the workforce, worked out once per version and process."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import Skill, SkillRelation
from registry.skills.queries.versions import KeptVersions
from registry.skills.rules import RelationKind
from registry.skills.rules.areas import FAMILIES, ROOTS, WorkforceArea, concepts_below


@dataclass(frozen=True)
class AreaConcepts:
    """The ids of the concepts of every area, under the version of the vocabulary they were worked out of."""

    version: str
    concepts: Mapping[str, frozenset[int]]


_kept = KeptVersions[AreaConcepts]()


def area_concepts(session: Session) -> AreaConcepts:
    """The concepts of the areas in the present vocabulary. Retired ones count: old claims stay on them."""
    return _kept.of(session, lambda version: _worked_out(session, version))


def _worked_out(session: Session, version: str) -> AreaConcepts:
    rows = session.execute(select(Skill.id, Skill.code, Skill.family, Skill.merged_into_id)).all()
    relations = session.execute(
        select(SkillRelation.skill_id, SkillRelation.other_id).where(
            SkillRelation.kind == RelationKind.BROADER
        )
    )
    narrower = [(one, other) for one, other in relations]
    narrower += [(key, target) for key, _code, _family, target in rows if target is not None]
    codes = {key: code for key, code, _family, _target in rows}
    found: dict[str, frozenset[int]] = {
        area.value: concepts_below(roots, codes, narrower) for area, roots in ROOTS.items()
    }
    for area, wanted in FAMILIES.items():
        found[area.value] = frozenset(key for key, _code, family, _target in rows if family is wanted)
    return AreaConcepts(version, {area.value: found[area.value] for area in WorkforceArea})
