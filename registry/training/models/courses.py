"""Programmes, their courses, what a passed course gives, and which office requires which course. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    derive,
    enum_column,
    long_text,
    name_text,
    short_text,
    sort_text,
)
from registry.organisations.models import Organisation
from registry.places.models import AdministrativeUnit
from registry.skills.models import Skill
from registry.text import fold
from registry.training.rules import LONGEST_CODE, CourseKind, Field, Tier

PATH_LENGTH = 200


class TrainingProgramme(Public, Stamped, Versioned, Base):
    """A programme of several courses under one document, for a period (both days inclusive)."""

    __tablename__ = "training_programme"
    __table_args__ = (
        CheckConstraint(
            "period_end IS NULL OR period_start IS NULL OR period_end >= period_start", name="period"
        ),
        Index(None, "unit_path"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    name: Mapped[name_text]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    document: Mapped[short_text] = mapped_column(default="")
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]

    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()


class TrainingCourse(Public, Stamped, Versioned, Base):
    """What is taught: category, tier, hours, curriculum, and what passing it gives.

    `political_theory_rank` 1…4 and `state_management_rank` 1…3 are the standards of cadres that a pass meets, as on
    `cadre_facet`; `certificate` is what its paper is called.
    """

    __tablename__ = "training_course"
    __table_args__ = (
        CheckConstraint("hours IS NULL OR hours >= 1", name="hours_positive"),
        CheckConstraint(
            "political_theory_rank IS NULL OR political_theory_rank BETWEEN 1 AND 4",
            name="political_theory_range",
        ),
        CheckConstraint(
            "state_management_rank IS NULL OR state_management_rank BETWEEN 1 AND 3",
            name="state_management_range",
        ),
        Index(None, "programme_id"),
        Index(None, "category"),
        Index(None, "unit_path"),
    )

    programme_id: Mapped[int | None] = mapped_column(ForeignKey("training_programme.id"))
    code: Mapped[code_text] = mapped_column(unique=True)
    name: Mapped[name_text]
    name_folded: Mapped[sort_text]
    kind: Mapped[CourseKind] = mapped_column(enum_column(CourseKind))
    category: Mapped[str] = mapped_column(String(LONGEST_CODE))
    tier: Mapped[Tier | None] = mapped_column(enum_column(Tier))
    field: Mapped[Field | None] = mapped_column(enum_column(Field))
    quota_level: Mapped[str | None] = mapped_column(String(LONGEST_CODE))
    hours: Mapped[int | None]
    curriculum: Mapped[long_text] = mapped_column(default="")
    certificate: Mapped[name_text] = mapped_column(default="")
    political_theory_rank: Mapped[int | None] = mapped_column(SmallInteger)
    state_management_rank: Mapped[int | None] = mapped_column(SmallInteger)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    programme: Mapped[TrainingProgramme | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()
    skills: Mapped[list["CourseSkill"]] = relationship(
        back_populates="course", cascade="all, delete-orphan", order_by="CourseSkill.id"
    )


derive(TrainingCourse.name, "name_folded", fold)


class CourseSkill(Base):
    """A skill that whoever passes the course has, at a rank 1…6 of its concept; no rank says nothing of the level."""

    __tablename__ = "training_course_skill"
    __table_args__ = (
        UniqueConstraint("course_id", "skill_id"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 6", name="level_range"),
        Index(None, "skill_id"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id", ondelete="CASCADE"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int | None] = mapped_column(SmallInteger)

    course: Mapped[TrainingCourse] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()


class TrainingRequirement(Public, Stamped, Base):
    """Whoever holds this office (or this position) must have passed this course (TR-07)."""

    __tablename__ = "training_requirement"
    __table_args__ = (
        UniqueConstraint("course_id", "office_folded", "unit_path", "organisation_path"),
        Index(None, "unit_path"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id", ondelete="CASCADE"))
    office: Mapped[name_text]
    office_folded: Mapped[sort_text]
    due_on: Mapped[date | None]
    document: Mapped[short_text] = mapped_column(default="")
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    course: Mapped[TrainingCourse] = relationship()


derive(TrainingRequirement.office, "office_folded", fold)
