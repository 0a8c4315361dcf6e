"""Reads of the vocabulary: what the resolver uses, concepts, kept texts, what curators changed, other catalogues."""

from registry.skills.queries.changes import (
    change_named,
    history,
    last_change,
    placement_count,
    placements,
    term_texts,
    who_changed,
)
from registry.skills.queries.concepts import (
    Branch,
    Relations,
    SkillRow,
    active_skills,
    find_concept,
    ids_with_merged,
    relations_of,
    sector_counts,
    sector_tree,
    skill_by_code,
    skill_list,
    skill_merged_into,
    skill_named,
    skills_by_code,
)
from registry.skills.queries.external import (
    external_codes,
    external_counts,
    external_list,
    external_named,
)
from registry.skills.queries.holders import Acting, HeldText, Holder, Move, Touched, Wanted
from registry.skills.queries.named import ConceptNames, Named, concept_names
from registry.skills.queries.pending import pending_count, pending_list, term_named
from registry.skills.queries.similar import Similarities, similarity_of
from registry.skills.queries.vocabulary import (
    kept_versions,
    recent_vocabulary,
    shipped_vocabulary,
    vocabulary,
    vocabulary_version,
)
from registry.skills.queries.worded import Worded, concepts_worded

__all__ = [
    "Acting",
    "Branch",
    "ConceptNames",
    "HeldText",
    "Holder",
    "Move",
    "Named",
    "Relations",
    "Similarities",
    "SkillRow",
    "Touched",
    "Wanted",
    "Worded",
    "active_skills",
    "change_named",
    "concept_names",
    "concepts_worded",
    "external_codes",
    "external_counts",
    "external_list",
    "external_named",
    "find_concept",
    "history",
    "ids_with_merged",
    "kept_versions",
    "last_change",
    "pending_count",
    "pending_list",
    "placement_count",
    "placements",
    "recent_vocabulary",
    "relations_of",
    "sector_counts",
    "sector_tree",
    "shipped_vocabulary",
    "similarity_of",
    "skill_by_code",
    "skill_list",
    "skill_merged_into",
    "skill_named",
    "skills_by_code",
    "term_named",
    "term_texts",
    "vocabulary",
    "vocabulary_version",
    "who_changed",
]
