"""What the vocabulary is made of and how it may be changed: closed lists, levels, nearness, labels, codes. Pure."""

from registry.skills.rules.changes import (
    UNDO_SHOWN,
    ChangeKind,
    ChangeState,
    moves_claims,
)
from registry.skills.rules.codes import LOCAL_PREFIX, is_local_code, next_local_code
from registry.skills.rules.external import (
    ExternalMatch,
    ExternalScheme,
    ExternalState,
    match_external,
)
from registry.skills.rules.labels import (
    LabelHolder,
    Verdict,
    guess_kind,
    guess_language,
    judge_label,
    listed_words,
)
from registry.skills.rules.levels import ANCHORS, LevelScale, highest_level, level_of, rank_of
from registry.skills.rules.lists import (
    SHIPPED_ORIGINS,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
)
from registry.skills.rules.nearness import (
    BROADER_ONE_HOP,
    NARROWER,
    RELATED,
    SAME,
    Relation,
    cycle_of,
    final_of,
    similarities,
    would_circle,
)
from registry.skills.rules.typed import TypedSkill, parse_skill_list

__all__ = [
    "ANCHORS",
    "BROADER_ONE_HOP",
    "LOCAL_PREFIX",
    "NARROWER",
    "RELATED",
    "SAME",
    "SHIPPED_ORIGINS",
    "UNDO_SHOWN",
    "ChangeKind",
    "ChangeState",
    "ExternalMatch",
    "ExternalScheme",
    "ExternalState",
    "LabelHolder",
    "LabelKind",
    "LabelLanguage",
    "LabelOrigin",
    "LevelScale",
    "PendingState",
    "Relation",
    "RelationKind",
    "Sector",
    "SkillFamily",
    "SkillState",
    "TypedSkill",
    "Verdict",
    "cycle_of",
    "final_of",
    "guess_kind",
    "guess_language",
    "highest_level",
    "is_local_code",
    "judge_label",
    "level_of",
    "listed_words",
    "match_external",
    "moves_claims",
    "next_local_code",
    "parse_skill_list",
    "rank_of",
    "similarities",
    "would_circle",
]
