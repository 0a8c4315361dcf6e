"""How like concepts are to each other: worked out from the relations once per version and process."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import Skill, SkillRelation
from registry.skills.queries.versions import KeptVersions
from registry.skills.rules import Relation, similarities

Similarities = Mapping[int, Mapping[int, int]]
"""Required concept (row id) → claimed concept → hundredths. Shared by all who ask: nobody may change it."""

_kept = KeptVersions[Similarities]()


def similarity_of(session: Session) -> Similarities:
    """How like a claim is to a requirement: {required skill id: {claimed skill id: hundredths}}.

    The concept itself (100) is not listed; narrower by one hop 90, by two 80, broader 60, related 50.
    What this session has written and not committed counts: it has given the vocabulary another version.
    """
    return _kept.of(session, lambda _version: _worked_out(session))


def _worked_out(session: Session) -> Similarities:
    relations = session.execute(
        select(SkillRelation.skill_id, SkillRelation.kind, SkillRelation.other_id).order_by(SkillRelation.id)
    )
    merged = session.execute(select(Skill.id, Skill.merged_into_id).where(Skill.merged_into_id.is_not(None)))
    return similarities(
        (Relation(skill_id, kind, other_id) for skill_id, kind, other_id in relations),
        {old: new for old, new in merged if new is not None},
    )
