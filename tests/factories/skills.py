"""A small vocabulary for tests of the resolver, and records of the skills room."""

from functools import cache

from sqlalchemy.orm import Session

from registry.skills import operations, queries
from registry.skills.models import PendingTerm, Skill, SkillLabel
from registry.skills.readers import VocabularyFiles, read_vocabulary
from registry.skills.resolver import Concept, Label, Vocabulary
from registry.skills.rules import LabelKind, LabelLanguage, LabelOrigin
from registry.text import accented_key, match_key


@cache
def shipped() -> Vocabulary:
    """The vocabulary of the product's own files, built once."""
    return queries.vocabulary_of(shipped_files())


@cache
def shipped_files() -> VocabularyFiles:
    """All the rows of the product's own files, read once: that takes a second."""
    return read_vocabulary()


def label(code: str, text: str, kind: str = "alias", **context: tuple[str, ...]) -> Label:
    """A label as the resolver sees it; a context makes it ambiguous."""
    return Label(
        code,
        text,
        kind,
        match_key(text),
        accented_key(text),
        bool(context),
        context.get("sectors", ()),
        context.get("words", ()),
    )


def vocabulary(*labels: Label, scales: dict[str, str] | None = None) -> Vocabulary:
    """A vocabulary of just these labels; the first label of a code is its name."""
    scales = scales or {}
    names: dict[str, str] = {}
    for one in labels:
        names.setdefault(one.code, one.text)
    concepts = [Concept(code, name, name, "it", scales.get(code, "general")) for code, name in names.items()]
    return Vocabulary.build("test", concepts, labels)


def skill(session: Session, code: str = "FI01") -> Skill:
    """One of the shipped concepts."""
    found = queries.skill_by_code(session, code)
    assert found is not None
    return found


def officer_label(session: Session, text: str, code: str = "FI01") -> SkillLabel:
    """A label somebody added in this installation."""
    made = SkillLabel(
        skill=skill(session, code),
        text=text,
        language=LabelLanguage.VI,
        kind=LabelKind.ALIAS,
        origin=LabelOrigin.OFFICER,
        is_ambiguous=False,
    )
    session.add(made)
    session.flush()
    return made


def pending_term(session: Session, text: str = "thổi thủy tinh", where: str = "people") -> PendingTerm:
    """A text that named no concept."""
    return operations.keep_pending(session, text, where)
