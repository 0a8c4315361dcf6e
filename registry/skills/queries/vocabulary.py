"""The immutable `Vocabulary` the resolver uses, built from the tables once per version and process."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from registry.skills.models import Skill, SkillLabel, SkillRelation
from registry.skills.queries.versions import KeptVersions
from registry.skills.readers import VocabularyFiles, read_vocabulary
from registry.skills.resolver import Concept, Label, Vocabulary
from registry.skills.rules import RelationKind, SkillState

_kept = KeptVersions[Vocabulary]()


def vocabulary(session: Session) -> Vocabulary:
    """The present vocabulary, ready to resolve; built once per version and process."""
    return _kept.of(session, lambda version: _built(session, version))


def recent_vocabulary(session: Session) -> Vocabulary:
    """The vocabulary last built in this process, else the present one: for suggestions, which a change of a moment ago hardly alters.

    A curator changes the vocabulary with every click; building it anew each time would take seconds.
    """
    return _kept.latest() or vocabulary(session)


def kept_versions() -> list[str]:
    """The versions this process holds in memory."""
    return _kept.versions()


def _built(session: Session, version: str) -> Vocabulary:
    skills = session.execute(
        select(Skill.code, Skill.vi, Skill.en, Skill.sector, Skill.scale)
        .where(Skill.state == SkillState.ACTIVE)
        .order_by(Skill.id)
    )
    concepts = [Concept(code, vi, en, str(sector), str(scale)) for code, vi, en, sector, scale in skills]
    labels = session.execute(
        select(
            Skill.code,
            SkillLabel.text,
            SkillLabel.kind,
            SkillLabel.folded,
            SkillLabel.accented,
            SkillLabel.is_ambiguous,
            SkillLabel.context_sectors,
            SkillLabel.context_words,
        )
        .join(Skill, Skill.id == SkillLabel.skill_id)
        .where(Skill.state == SkillState.ACTIVE)
        .order_by(SkillLabel.id)
    )
    return Vocabulary.build(
        version,
        concepts,
        [
            Label(
                code,
                text,
                str(kind),
                folded,
                accented,
                is_ambiguous,
                _listed(sectors),
                _listed(words),
            )
            for code, text, kind, folded, accented, is_ambiguous, sectors, words in labels
        ],
        _broader(session),
    )


def _broader(session: Session) -> list[tuple[str, str]]:
    """Pairs of codes, the second more general."""
    general = aliased(Skill)
    pairs = session.execute(
        select(Skill.code, general.code)
        .join(SkillRelation, SkillRelation.skill_id == Skill.id)
        .join(general, general.id == SkillRelation.other_id)
        .where(SkillRelation.kind == RelationKind.BROADER)
        .order_by(SkillRelation.id)
    )
    return [(special, broader) for special, broader in pairs]


def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of the files shipped with the product, without a database, for measuring."""
    return vocabulary_of(read_vocabulary())


def vocabulary_of(files: VocabularyFiles) -> Vocabulary:
    """The vocabulary that these files say, without a database."""
    return Vocabulary.build(
        files.sha256,
        [Concept(row.code, row.vi, row.en, row.sector, row.scale) for row in files.skills],
        [
            Label(
                row.code,
                row.text,
                row.kind,
                row.folded,
                row.accented,
                row.is_ambiguous,
                _listed(row.sectors),
                _listed(row.words),
            )
            for row in files.labels
        ],
        [(row.code, row.other) for row in files.relations if row.kind == RelationKind.BROADER],
    )


def _listed(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined.split("|"))) if joined else ()
