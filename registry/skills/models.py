"""Tables of the vocabulary: concepts, labels, relations, texts that named none, and what curators changed.

What is shipped and what was decided here stand side by side: an upgrade replaces shipped rows, leaves rows of
other origins, and respects `is_edited`, merges, retirements and what is withheld.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    event,
    false,
    inspect,
    select,
)
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    code_text,
    derive,
    enum_column,
    name_text,
    new_public_id,
    short_text,
    sort_text,
    utc_at,
)
from registry.jobs.models import Job
from registry.skills.rules import (
    ChangeKind,
    ChangeState,
    ExternalScheme,
    ExternalState,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
)
from registry.text import accented_key, match_key, sort_key


class Skill(Public, Stamped, Base):
    """A concept. Claims and needs hold its id; what people call it is in its labels."""

    __tablename__ = "skill"

    code: Mapped[code_text] = mapped_column(unique=True)
    vi: Mapped[name_text]
    en: Mapped[name_text]
    folded: Mapped[name_text] = mapped_column(index=True)
    sort: Mapped[sort_text]
    family: Mapped[SkillFamily] = mapped_column(enum_column(SkillFamily), index=True)
    sector: Mapped[Sector] = mapped_column(enum_column(Sector), index=True)
    scale: Mapped[LevelScale] = mapped_column(enum_column(LevelScale))
    state: Mapped[SkillState] = mapped_column(enum_column(SkillState), default=SkillState.ACTIVE)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    # Names, sector and family were changed here: the shipped files no longer decide them.
    is_edited: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    labels: Mapped[list["SkillLabel"]] = relationship(
        back_populates="skill", cascade="all, delete-orphan", order_by="SkillLabel.id"
    )

    __table_args__ = (
        CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)",
            name="merged_says_into_what",
        ),
    )


derive(Skill.vi, "folded", match_key)
derive(Skill.vi, "sort", sort_key)


class SkillLabel(Stamped, Base):
    """One way people write a concept. A folded text names one concept, unless it is marked ambiguous."""

    __tablename__ = "skill_label"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"))
    text: Mapped[name_text]
    folded: Mapped[name_text]
    accented: Mapped[name_text]
    language: Mapped[LabelLanguage] = mapped_column(enum_column(LabelLanguage))
    kind: Mapped[LabelKind] = mapped_column(enum_column(LabelKind))
    origin: Mapped[LabelOrigin] = mapped_column(enum_column(LabelOrigin))
    is_ambiguous: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # In which sectors, or beside which words («|» between them), an ambiguous label means this concept.
    context_sectors: Mapped[str] = mapped_column(String(200), default="", server_default="")
    context_words: Mapped[str] = mapped_column(String(500), default="", server_default="")

    skill: Mapped[Skill] = relationship(back_populates="labels")

    __table_args__ = (
        UniqueConstraint("skill_id", "folded", name="uq_skill_label_skill_id_folded"),
        Index(
            "uq_skill_label_folded",
            "folded",
            unique=True,
            sqlite_where=sql_text("NOT is_ambiguous"),
            postgresql_where=sql_text("NOT is_ambiguous"),
        ),
    )


derive(SkillLabel.text, "folded", match_key)
derive(SkillLabel.text, "accented", accented_key)


class SkillRelation(Base):
    """From a concept to a broader or a related one; related pairs are kept in both directions."""

    __tablename__ = "skill_relation"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"))
    kind: Mapped[RelationKind] = mapped_column(enum_column(RelationKind))
    other_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), index=True)
    # Made here: an upgrade leaves it, and leaves out shipped relations that contradict it.
    is_local: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    __table_args__ = (
        UniqueConstraint("skill_id", "other_id", name="uq_skill_relation_skill_id_other_id"),
        CheckConstraint("skill_id <> other_id", name="not_to_itself"),
    )


class PendingTerm(Public, Stamped, Base):
    """A text that named no concept, kept as first typed until somebody makes a label of it."""

    __tablename__ = "pending_term"

    text: Mapped[name_text]
    folded: Mapped[name_text] = mapped_column(unique=True)
    count: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[PendingState] = mapped_column(enum_column(PendingState), default=PendingState.WAITING)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)

    sightings: Mapped[list["PendingSighting"]] = relationship(
        cascade="all, delete-orphan", order_by="PendingSighting.place"
    )

    __table_args__ = (
        CheckConstraint("(state = 'labelled') = (skill_id IS NOT NULL)", name="labelled_says_as_what"),
    )


derive(PendingTerm.text, "folded", match_key)


class PendingSighting(Base):
    """How often a pending text was seen in one kind of place (people, needs)."""

    __tablename__ = "pending_sighting"

    pending_term_id: Mapped[int] = mapped_column(ForeignKey("pending_term.id", ondelete="CASCADE"))
    place: Mapped[code_text]
    count: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        UniqueConstraint("pending_term_id", "place", name="uq_pending_sighting_pending_term_id_place"),
    )


class VocabularyState(Base):
    """The one row that names the present vocabulary: its version changes with every change of it."""

    __tablename__ = "vocabulary_state"

    version: Mapped[code_text]
    # Of the files last loaded, so that starting again with the same files does nothing.
    files_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")


class WithheldLabel(Base):
    """A shipped label that was taken from its concept here and must not come back with an upgrade."""

    __tablename__ = "withheld_label"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"))
    folded: Mapped[name_text]

    __table_args__ = (UniqueConstraint("skill_id", "folded"),)


class WithheldRelation(Base):
    """A shipped relation that was removed here and must not come back with an upgrade."""

    __tablename__ = "withheld_relation"

    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"))
    kind: Mapped[RelationKind] = mapped_column(enum_column(RelationKind))
    other_id: Mapped[int] = mapped_column(ForeignKey("skill.id", ondelete="CASCADE"), index=True)

    __table_args__ = (UniqueConstraint("skill_id", "other_id"),)


class SkillChange(Public, Base):
    """One act of a curator. `entries` are the rows of the vocabulary it touched, before and after, in order.

    An undo puts the befores back, and is possible while every row still is as the act left it. `placed` and
    `kept` count the claims and wanted skills its job moved and had to leave.
    """

    __tablename__ = "skill_change"

    kind: Mapped[ChangeKind] = mapped_column(enum_column(ChangeKind))
    state: Mapped[ChangeState] = mapped_column(enum_column(ChangeState), default=ChangeState.DONE)
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)
    pending_term_id: Mapped[int | None] = mapped_column(ForeignKey("pending_term.id"), index=True)
    words: Mapped[short_text] = mapped_column(default="")
    entries: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[utc_at | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    placed: Mapped[int] = mapped_column(Integer, default=0)
    kept: Mapped[int] = mapped_column(Integer, default=0)

    skill: Mapped[Skill | None] = relationship(foreign_keys=[skill_id])
    other: Mapped[Skill | None] = relationship(foreign_keys=[other_id])
    job: Mapped[Job | None] = relationship()

    __table_args__ = (
        Index("ix_skill_change_by_at", "by", "at"),
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_has_time"),
    )


class SkillPlacement(Base):
    """A record of another room that a change gave another concept; numbers and marks only, never what was typed."""

    __tablename__ = "skill_placement"

    change_id: Mapped[int] = mapped_column(ForeignKey("skill_change.id", ondelete="CASCADE"))
    place: Mapped[code_text]
    row_id: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("change_id", "place", "row_id"),)


class ExternalConcept(Stamped, Public, Base):
    """A concept of another catalogue: its code, address and English label, and the local concept it is, if any."""

    __tablename__ = "external_concept"

    scheme: Mapped[ExternalScheme] = mapped_column(enum_column(ExternalScheme))
    code: Mapped[name_text]
    uri: Mapped[short_text] = mapped_column(default="")
    label: Mapped[short_text]
    folded: Mapped[short_text] = mapped_column(index=True)
    state: Mapped[ExternalState] = mapped_column(enum_column(ExternalState))
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"), index=True)

    skill: Mapped[Skill | None] = relationship()

    __table_args__ = (
        UniqueConstraint("scheme", "code"),
        Index("ix_external_concept_scheme_state", "scheme", "state", "folded"),
        CheckConstraint(
            "(state IN ('matched', 'accepted')) = (skill_id IS NOT NULL)", name="concept_when_matched"
        ),
    )


derive(ExternalConcept.label, "folded", match_key)


def _changes_likeness(row: object) -> bool:
    """Whether saving this row changes how like concepts are: a relation, or what a concept became."""
    if isinstance(row, Skill):
        return bool(inspect(row).attrs.merged_into_id.history.has_changes())
    return isinstance(row, SkillRelation)


def _name_anew(session: Session, *_: object) -> None:
    """Relations and merges that are about to be written give the vocabulary another version, whoever writes them.

    The acts of curators do so themselves, at their end; what is asked between the two must not pass for the old.
    """
    if any(_changes_likeness(row) for rows in (session.new, session.dirty, session.deleted) for row in rows):
        state = session.scalar(select(VocabularyState))
        if state is not None:
            state.version = new_public_id()


event.listen(Session, "before_flush", _name_anew)
