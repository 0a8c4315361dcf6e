"""Tables of needs: what is needed, its skills, its hard conditions and the log of its states. No queries."""

from datetime import date
from itertools import product
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, object_session, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    derive,
    enum_column,
    long_text,
    short_text,
    utc_at,
)
from registry.db.base import PUBLIC_ID_LENGTH
from registry.needs.rules import DEFAULT_LEVEL, DEFAULT_SHARES, ConditionKind, NeedKind, NeedState
from registry.organisations.models import Organisation
from registry.people.models.noting import note_other
from registry.places.models import AdministrativeUnit
from registry.skills.models import PendingTerm, Skill
from registry.text import fold, sort_key


class NeedNumber(Base):
    """The last number given in a year; its row is locked while the next one is taken, so codes have no gap."""

    __tablename__ = "need_number"

    year: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int]


class Need(Public, Stamped, Versioned, Base):
    """A post, short task, panel, secondment or training place that waits for people.

    `unit_path` and `organisation_path` are both the scope of the record and the workplace. A part of the score
    counts only when the need asks for it: experience with `experience_years`, qualification with
    `qualification_rank`, availability with `start_on` or `forms`, place with `unit_path` or `is_remote`.
    """

    __tablename__ = "need"
    __table_args__ = (
        CheckConstraint("headcount >= 1", name="headcount_positive"),
        CheckConstraint(
            "experience_years IS NULL OR experience_years BETWEEN 1 AND 15", name="experience_years_range"
        ),
        CheckConstraint(
            "qualification_rank IS NULL OR qualification_rank BETWEEN 1 AND 6",
            name="qualification_rank_range",
        ),
        CheckConstraint("estimated_days IS NULL OR estimated_days >= 1", name="estimated_days_positive"),
        CheckConstraint(
            "share_skills >= 0 AND share_experience >= 0 AND share_qualification >= 0"
            " AND share_availability >= 0 AND share_place >= 0",
            name="shares_not_negative",
        ),
        CheckConstraint(
            "share_skills + share_experience + share_qualification + share_availability + share_place = 100",
            name="shares_sum_to_100",
        ),
        Index("ix_need_unit_path", "unit_path"),
        Index("ix_need_organisation_path", "organisation_path"),
        Index("ix_need_state", "state"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    external_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    title_folded: Mapped[long_text]
    title_sort: Mapped[long_text]
    description: Mapped[long_text] = mapped_column(default="")
    kind: Mapped[NeedKind] = mapped_column(enum_column(NeedKind), default=NeedKind.POSITION)
    state: Mapped[NeedState] = mapped_column(enum_column(NeedState), default=NeedState.DRAFT)
    headcount: Mapped[int] = mapped_column(default=1)
    estimated_days: Mapped[int | None]
    deliverable: Mapped[short_text] = mapped_column(default="")

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    # What they were before is asked when they change, whether it was read or not: `_note` needs it.
    organisation_path: Mapped[str] = mapped_column(String(200), default="", active_history=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(200), default="", active_history=True)
    is_remote: Mapped[bool] = mapped_column(default=False)

    expected_on: Mapped[date | None]
    start_on: Mapped[date | None]
    forms: Mapped[list[str]] = mapped_column(JSON, default=list)
    legal_basis: Mapped[short_text] = mapped_column(default="")
    note: Mapped[long_text] = mapped_column(default="")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    experience_years: Mapped[int | None]
    experience_field: Mapped[str | None] = mapped_column(String(10))
    qualification_rank: Mapped[int | None]
    qualification_fields: Mapped[list[str]] = mapped_column(JSON, default=list)

    share_skills: Mapped[int] = mapped_column(default=DEFAULT_SHARES[0])
    share_experience: Mapped[int] = mapped_column(default=DEFAULT_SHARES[1])
    share_qualification: Mapped[int] = mapped_column(default=DEFAULT_SHARES[2])
    share_availability: Mapped[int] = mapped_column(default=DEFAULT_SHARES[3])
    share_place: Mapped[int] = mapped_column(default=DEFAULT_SHARES[4])

    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()
    skills: Mapped[list["NeedSkill"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedSkill.position"
    )
    conditions: Mapped[list["NeedCondition"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedCondition.position"
    )
    transitions: Mapped[list["NeedTransition"]] = relationship(
        back_populates="need", cascade="all, delete-orphan", order_by="NeedTransition.id"
    )

    @property
    def shares(self) -> tuple[int, int, int, int, int]:
        """The shares of skills, experience, qualification, availability and place; they sum to 100."""
        return (
            self.share_skills,
            self.share_experience,
            self.share_qualification,
            self.share_availability,
            self.share_place,
        )

    @property
    def asked(self) -> tuple[bool, bool, bool, bool, bool]:
        """Which of the five parts the need asks for; a skill that still waits for its concept asks for nothing."""
        return (
            any(row.skill_id is not None for row in self.skills),
            self.experience_years is not None,
            self.qualification_rank is not None,
            self.start_on is not None or bool(self.forms),
            bool(self.unit_path) or self.is_remote,
        )

    @property
    def put_forward_by(self) -> int | None:
        """The account that asked for approval last, by submitting or by changing what stood there; None: a command."""
        asked = [step.by for step in self.transitions if step.state is NeedState.SUBMITTED]
        return asked[-1] if asked else None


derive(Need.title, "title_folded", fold)
derive(Need.title, "title_sort", sort_key)


class NeedChange(Base):
    """The newest change of a need at a place where it stands or stood, by the counter that numbers changes of people.

    The need may be elsewhere by now, or gone: whoever follows the place is told so.
    """

    __tablename__ = "need_change"
    __table_args__ = (
        UniqueConstraint("public_id", "unit_path", "organisation_path"),
        Index(None, "n"),
    )
    KEY: ClassVar = ("public_id", "unit_path", "organisation_path")

    public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH))
    unit_path: Mapped[str] = mapped_column(String(200))
    organisation_path: Mapped[str] = mapped_column(String(200))
    n: Mapped[int] = mapped_column(BigInteger)


class NeedSkill(Base):
    """One wanted skill: a concept, or the text that still waits for one. `level` and `minimum` are ranks 1…6."""

    __tablename__ = "need_skill"
    __table_args__ = (
        CheckConstraint("(skill_id IS NULL) <> (pending_term_id IS NULL)", name="concept_or_term"),
        CheckConstraint("level BETWEEN 1 AND 6", name="level_range"),
        CheckConstraint("minimum IS NULL OR minimum BETWEEN 1 AND 6", name="minimum_range"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight_range"),
        UniqueConstraint("need_id", "skill_id"),
        Index("ix_need_skill_skill_id", "skill_id"),
        Index("ix_need_skill_pending_term_id", "pending_term_id"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    position: Mapped[int]
    typed: Mapped[str] = mapped_column(String(200))
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    pending_term_id: Mapped[int | None] = mapped_column(ForeignKey("pending_term.id"))
    level: Mapped[int] = mapped_column(default=DEFAULT_LEVEL)
    minimum: Mapped[int | None]
    weight: Mapped[int] = mapped_column(default=1)
    is_essential: Mapped[bool] = mapped_column(default=False)

    need: Mapped[Need] = relationship(back_populates="skills")
    skill: Mapped[Skill | None] = relationship()
    pending_term: Mapped[PendingTerm | None] = relationship()


class NeedCondition(Base):
    """A hard condition besides the essential skills; which columns it uses depends on its kind."""

    __tablename__ = "need_condition"
    __table_args__ = (
        CheckConstraint("rank IS NULL OR rank BETWEEN 1 AND 6", name="rank_range"),
        CheckConstraint("kind NOT IN ('degree', 'language') OR rank IS NOT NULL", name="rank_given"),
        CheckConstraint("kind <> 'language' OR language IS NOT NULL", name="language_given"),
        CheckConstraint("kind <> 'available' OR by_on IS NOT NULL", name="date_given"),
        CheckConstraint("kind <> 'scope' OR unit_path IS NOT NULL", name="unit_given"),
        CheckConstraint("kind <> 'evidence' OR evidence IN ('attached', 'verified')", name="evidence_given"),
        Index("ix_need_condition_need_id", "need_id"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[ConditionKind] = mapped_column(enum_column(ConditionKind))
    rank: Mapped[int | None]
    field_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    language: Mapped[str | None] = mapped_column(String(10))
    by_on: Mapped[date | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str | None] = mapped_column(String(200))
    evidence: Mapped[str | None] = mapped_column(String(20))

    need: Mapped[Need] = relationship(back_populates="conditions")
    unit: Mapped[AdministrativeUnit | None] = relationship()


class NeedTransition(Base):
    """A state entered: when, by whom, why. Rows are never changed; the row before says what it came from (NE-01)."""

    __tablename__ = "need_transition"
    __table_args__ = (Index("ix_need_transition_need_id", "need_id"),)

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    state: Mapped[NeedState] = mapped_column(enum_column(NeedState))
    at: Mapped[utc_at]
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[short_text] = mapped_column(default="")

    need: Mapped[Need] = relationship(back_populates="transitions")


def _note(_mapper: Mapper[Any], _connection: Connection, need: Need) -> None:
    """Every write of a need leaves its number behind, at the place it stands and, where it moved, at the one it left."""
    session = object_session(need)
    if session is None:
        return
    held = inspect(need).attrs
    units = {need.unit_path, *(held.unit_path.history.deleted or ())}
    offices = {need.organisation_path, *(held.organisation_path.history.deleted or ())}
    note_other(session, NeedChange, product([need.public_id], units, offices))


for _moment in ("after_insert", "after_update", "after_delete"):
    event.listen(Need, _moment, _note)
