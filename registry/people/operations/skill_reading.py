"""From skills as typed to drafts of claims: concepts where the resolver is sure, questions and pending terms else."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.people.rules import N_, Problem, SkillDraft
from registry.skills.models import Skill
from registry.skills.operations import keep_pending
from registry.skills.queries import skills_by_code, vocabulary
from registry.skills.resolver import Context, Resolution, resolve
from registry.skills.rules import LevelScale, TypedSkill, highest_level, rank_of

PEOPLE = "people"


@dataclass(frozen=True)
class ReadSkill:
    """A typed skill and what it was understood as; `skill` is the concept, None when it is pending."""

    typed: TypedSkill
    resolution: Resolution
    skill: Skill | None


def read_skills(session: Session, typed: Sequence[TypedSkill]) -> list[ReadSkill]:
    """Resolve several skills of one person, each beside the others; writes nothing."""
    words = vocabulary(session)
    texts = tuple(one.text for one in typed)
    found = [
        resolve(one.text, words, Context(neighbours=texts[:index] + texts[index + 1 :]))
        for index, one in enumerate(typed)
    ]
    skills = skills_by_code(session, [one.skill for one in found if one.skill is not None])
    return [
        ReadSkill(one, resolution, skills.get(resolution.skill or ""))
        for one, resolution in zip(typed, found, strict=True)
    ]


def level_problem(read: ReadSkill) -> Problem | None:
    """A level that the scale of the concept does not have."""
    scale = LevelScale.GENERAL if read.skill is None else read.skill.scale
    if read.typed.level is None or read.typed.level <= highest_level(scale):
        return None
    return Problem(
        "level_out_of_scale",
        N_("Bậc của «%(skill)s» là số từ 0 đến %(highest)d"),
        {"skill": read.typed.text[:60], "highest": highest_level(scale)},
    )


def skill_drafts(session: Session, read: Sequence[ReadSkill]) -> list[SkillDraft]:
    """Drafts of claims, one per concept; a text that named none is kept as a pending term."""
    drafts: dict[tuple[int | None, int | None], SkillDraft] = {}
    for one in read:
        draft = skill_draft(session, one)
        drafts.setdefault((draft.skill_id, draft.pending_term_id), draft)
    return list(drafts.values())


def skill_draft(session: Session, read: ReadSkill, *, since_year: int | None = None) -> SkillDraft:
    """The draft of one claim; the level in the text counts where none was given beside it."""
    skill, resolution = read.skill, read.resolution
    if skill is None:
        term = keep_pending(session, read.typed.text, PEOPLE)
        level = None if read.typed.level is None else rank_of(LevelScale.GENERAL, read.typed.level)
        return SkillDraft(
            read.typed.text, None, term.id, level, since_year, needs_confirmation=True, how=resolution.how
        )
    return SkillDraft(
        read.typed.text,
        skill.id,
        None,
        _rank(read, skill),
        since_year,
        needs_confirmation=resolution.needs_confirmation,
        how=resolution.how,
    )


def _rank(read: ReadSkill, skill: Skill) -> int | None:
    if read.typed.level is not None:
        return rank_of(skill.scale, read.typed.level)
    written = read.resolution.level
    return written.rank if written is not None and written.scale == skill.scale else None
