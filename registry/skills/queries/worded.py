"""Concepts whose names hold the words somebody typed: whole words, in any order, marks or not."""

from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from registry.skills.models import Skill, SkillLabel
from registry.skills.rules import LabelKind, SkillState
from registry.text import match_key

# More words than any name has; the rest of a longer text is not looked at.
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Worded:
    """A concept (code) and the best of its names with the words, which may stand together and in a main name."""

    code: str
    text: str
    is_together: bool
    is_main: bool


def concepts_worded(session: Session, text: str) -> list[Worded]:
    """The active concepts with a name that holds all words of a text: side by side first, then in main names, short names first."""
    words = match_key(text).split()[:_MOST_WORDS]
    if not words:
        return []
    padded = literal(" ") + SkillLabel.folded + literal(" ")
    rows = session.execute(
        select(Skill.code, SkillLabel.text, SkillLabel.kind, SkillLabel.folded)
        .join(Skill, Skill.id == SkillLabel.skill_id)
        .where(
            Skill.state == SkillState.ACTIVE,
            *(padded.contains(f" {word} ", autoescape=True) for word in words),
        )
        .order_by(Skill.sort, Skill.id, SkillLabel.id)
    )
    phrase = f" {' '.join(words)} "
    named = [
        Worded(code, name, phrase in f" {folded} ", kind is LabelKind.PREFERRED)
        for code, name, kind, folded in rows
    ]
    found: dict[str, Worded] = {}
    for one in sorted(named, key=lambda one: (not one.is_together, not one.is_main, len(one.text.split()))):
        found.setdefault(one.code, one)
    return list(found.values())
