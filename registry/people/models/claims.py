"""What a person can do and has done: education, experience, languages, skills, achievements, and the evidence.

A level is never overwritten: a change closes the row (`valid_to`) and opens a new one.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    enum_column,
    long_text,
    name_text,
    short_text,
    utc_at,
)
from registry.people.models.person import Person
from registry.people.rules import (
    AchievementKind,
    Classification,
    DatePrecision,
    EvidenceResult,
    EvidenceState,
    PartialDate,
    StudyMode,
    VerificationMethod,
    evidence_on,
)

_OPEN_CONCEPT = text("valid_to IS NULL AND skill_id IS NOT NULL")


class Evidenced:
    """A claim with the state of its evidence; `evidence_until` is the last day the evidence counts."""

    evidence_state: Mapped[EvidenceState] = mapped_column(
        enum_column(EvidenceState), default=EvidenceState.SELF_DECLARED
    )
    evidence_until: Mapped[date | None]

    def evidence_on(self, day: date) -> EvidenceState:
        """The state on a day: evidence that ran out is «expired» from the day after, without any job."""
        return evidence_on(self.evidence_state, self.evidence_until, day)


class Period:
    """From and to, each as far as known; an open end with `is_ongoing` goes on."""

    from_on: Mapped[date | None]
    from_precision: Mapped[DatePrecision | None] = mapped_column(
        enum_column(DatePrecision, name="from_precision_known")
    )
    to_on: Mapped[date | None]
    to_precision: Mapped[DatePrecision | None] = mapped_column(
        enum_column(DatePrecision, name="to_precision_known")
    )

    @property
    def started(self) -> PartialDate | None:
        """When it began, as far as known."""
        return PartialDate.of(self.from_on, self.from_precision)

    @started.setter
    def started(self, value: PartialDate | None) -> None:
        self.from_on = None if value is None else value.earliest
        self.from_precision = None if value is None else value.precision

    @property
    def ended(self) -> PartialDate | None:
        """When it ended, as far as known."""
        return PartialDate.of(self.to_on, self.to_precision)

    @ended.setter
    def ended(self, value: PartialDate | None) -> None:
        self.to_on = None if value is None else value.earliest
        self.to_precision = None if value is None else value.precision


class Education(Public, Evidenced, Period, Stamped, Versioned, Base):
    """A course of study that leads to a degree. `degree_rank` 1…6; `field_code` from the fields of study."""

    __tablename__ = "education"
    __table_args__ = (
        CheckConstraint("degree_rank IS NULL OR degree_rank BETWEEN 1 AND 6", name="degree_rank_range"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    degree_rank: Mapped[int | None] = mapped_column(SmallInteger)
    degree_code: Mapped[str] = mapped_column(String(10), default="")
    field_code: Mapped[str | None] = mapped_column(String(10))
    major: Mapped[name_text] = mapped_column(default="")
    school: Mapped[name_text] = mapped_column(default="")
    school_country: Mapped[str | None] = mapped_column(String(2))
    is_completed: Mapped[bool] = mapped_column(default=True)
    mode: Mapped[StudyMode | None] = mapped_column(enum_column(StudyMode))
    classification: Mapped[Classification | None] = mapped_column(enum_column(Classification))
    recognition_number: Mapped[name_text] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class Experience(Public, Evidenced, Period, Stamped, Versioned, Base):
    """A post or an assignment with organisation, place and role. `field_code` from the fields of study."""

    __tablename__ = "experience"
    __table_args__ = (Index(None, "person_id", "from_on"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    title: Mapped[name_text] = mapped_column(default="")
    organisation_text: Mapped[name_text] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    field_code: Mapped[str | None] = mapped_column(String(10))
    place_text: Mapped[name_text] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    country: Mapped[str | None] = mapped_column(String(2))
    is_ongoing: Mapped[bool] = mapped_column(default=False)
    description: Mapped[long_text] = mapped_column(default="")

    person: Mapped[Person] = relationship()


class LanguageClaim(Public, Evidenced, Stamped, Versioned, Base):
    """A foreign language (ISO 639-1) with a rank 1…6 (A1–C2), 0 «không biết», null not stated."""

    __tablename__ = "language_claim"
    __table_args__ = (
        CheckConstraint("rank IS NULL OR rank BETWEEN 0 AND 6", name="rank_range"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index(
            "uq_language_claim_open",
            "person_id",
            "language",
            unique=True,
            sqlite_where=text("valid_to IS NULL"),
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(3))
    rank: Mapped[int | None] = mapped_column(SmallInteger)
    certificate: Mapped[name_text] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()


class SkillClaim(Public, Evidenced, Stamped, Versioned, Base):
    """A skill a person claims: a concept, or the words of a pending term until a curator places them.

    `level` is the rank 0…6 on the concept's own scale; 0 says «không có», null says nothing about the level.
    One current row per person and concept.
    """

    __tablename__ = "skill_claim"
    __table_args__ = (
        CheckConstraint("(skill_id IS NULL) <> (pending_term_id IS NULL)", name="concept_or_pending"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 6", name="level_range"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index(
            "uq_skill_claim_open",
            "person_id",
            "skill_id",
            unique=True,
            sqlite_where=_OPEN_CONCEPT,
            postgresql_where=_OPEN_CONCEPT,
        ),
        Index(None, "skill_id", "valid_to"),
        Index(None, "pending_term_id"),
        Index(None, "person_id", "valid_to"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    pending_term_id: Mapped[int | None] = mapped_column(ForeignKey("pending_term.id"))
    typed: Mapped[name_text]
    level: Mapped[int | None] = mapped_column(SmallInteger)
    since_year: Mapped[int | None] = mapped_column(SmallInteger)
    needs_confirmation: Mapped[bool] = mapped_column(default=False)
    how: Mapped[str] = mapped_column(String(40), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()


class Achievement(Public, Evidenced, Stamped, Versioned, Base):
    """An award, a recognised initiative, a patent, a publication or a scientific task."""

    __tablename__ = "achievement"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AchievementKind] = mapped_column(enum_column(AchievementKind))
    title: Mapped[short_text]
    level: Mapped[name_text] = mapped_column(default="")
    role: Mapped[name_text] = mapped_column(default="")
    decision_number: Mapped[name_text] = mapped_column(default="")
    doi: Mapped[name_text] = mapped_column(default="")
    on_date: Mapped[date | None]
    on_precision: Mapped[DatePrecision | None] = mapped_column(enum_column(DatePrecision))

    person: Mapped[Person] = relationship()

    @property
    def when(self) -> PartialDate | None:
        """When it was given or recognised, as far as known."""
        return PartialDate.of(self.on_date, self.on_precision)

    @when.setter
    def when(self, value: PartialDate | None) -> None:
        self.on_date = None if value is None else value.earliest
        self.on_precision = None if value is None else value.precision


class Evidence(Public, Stamped, Versioned, Base):
    """A paper or a link that supports claims, and what an officer found when checking it.

    `result` stays null until somebody verified or rejected it. No copies of identity cards are kept.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "result", "id"),
        CheckConstraint("(result IS NULL) = (checked_at IS NULL)", name="result_with_time"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    title: Mapped[name_text]
    reference: Mapped[short_text] = mapped_column(default="")
    issuer: Mapped[name_text] = mapped_column(default="")
    number: Mapped[name_text] = mapped_column(default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    result: Mapped[EvidenceResult | None] = mapped_column(enum_column(EvidenceResult))
    method: Mapped[VerificationMethod | None] = mapped_column(enum_column(VerificationMethod))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[utc_at | None]
    verified_until: Mapped[date | None]
    reason: Mapped[short_text] = mapped_column(default="")

    person: Mapped[Person] = relationship()
    links: Mapped[list["EvidenceLink"]] = relationship(
        cascade="all, delete-orphan", order_by="EvidenceLink.id", back_populates="evidence"
    )


class EvidenceLink(Base):
    """One claim that a piece of evidence supports; exactly one of the columns is set."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN education_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN experience_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN language_claim_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN skill_claim_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN achievement_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_claim",
        ),
    )

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"), index=True)
    education_id: Mapped[int | None] = mapped_column(
        ForeignKey("education.id", ondelete="CASCADE"), index=True
    )
    experience_id: Mapped[int | None] = mapped_column(
        ForeignKey("experience.id", ondelete="CASCADE"), index=True
    )
    language_claim_id: Mapped[int | None] = mapped_column(
        ForeignKey("language_claim.id", ondelete="CASCADE"), index=True
    )
    skill_claim_id: Mapped[int | None] = mapped_column(
        ForeignKey("skill_claim.id", ondelete="CASCADE"), index=True
    )
    achievement_id: Mapped[int | None] = mapped_column(
        ForeignKey("achievement.id", ondelete="CASCADE"), index=True
    )

    evidence: Mapped[Evidence] = relationship(back_populates="links")

    @property
    def claims(self) -> list[tuple[str, int]]:
        """The one column that is set, as (name, row id)."""
        named = ("education_id", "experience_id", "language_claim_id", "skill_claim_id", "achievement_id")
        return [(name, getattr(self, name)) for name in named if getattr(self, name) is not None]
