"""Sessions (lớp) of a course: when, where, how, by whom, with whom, and for whom its seats are. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, code_text, enum_column, name_text, short_text
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.places.models import AdministrativeUnit
from registry.training.models.courses import PATH_LENGTH, TrainingCourse, TrainingProgramme
from registry.training.rules import Mode, PartnerRole, SessionState


class TrainingSession(Public, Stamped, Versioned, Base):
    """One class of a course. Planned and actual days are both kept; `owner_name` answers for its beginning on time."""

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint(
            "planned_end IS NULL OR planned_start IS NULL OR planned_end >= planned_start",
            name="planned_in_order",
        ),
        CheckConstraint(
            "actual_end IS NULL OR (actual_start IS NOT NULL AND actual_end >= actual_start)",
            name="actual_in_order",
        ),
        CheckConstraint("state <> 'finished' OR actual_end IS NOT NULL", name="finished_with_its_day"),
        CheckConstraint("seats IS NULL OR seats >= 1", name="seats_positive"),
        Index(None, "course_id"),
        Index(None, "unit_path"),
        Index(None, "organisation_path"),
        Index(None, "state", "planned_start"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    code: Mapped[code_text] = mapped_column(unique=True)
    state: Mapped[SessionState] = mapped_column(enum_column(SessionState), default=SessionState.PLANNED)
    planned_start: Mapped[date | None]
    planned_end: Mapped[date | None]
    actual_start: Mapped[date | None]
    actual_end: Mapped[date | None]
    mode: Mapped[Mode] = mapped_column(enum_column(Mode))
    site: Mapped[name_text] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    seats: Mapped[int | None]
    owner_name: Mapped[name_text] = mapped_column(default="")
    note: Mapped[short_text] = mapped_column(default="")

    course: Mapped[TrainingCourse] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()
    partners: Mapped[list["SessionPartner"]] = relationship(
        cascade="all, delete-orphan", order_by="SessionPartner.id", back_populates="session"
    )
    lecturers: Mapped[list["SessionLecturer"]] = relationship(
        cascade="all, delete-orphan", order_by="SessionLecturer.id", back_populates="session"
    )
    seat_plans: Mapped[list["SeatPlan"]] = relationship(
        cascade="all, delete-orphan", order_by="SeatPlan.id", back_populates="session"
    )


class SessionPartner(Public, Base):
    """An institution beside a session, or a whole programme: its role, country and period (TR-08)."""

    __tablename__ = "session_partner"
    __table_args__ = (
        CheckConstraint("(session_id IS NULL) <> (programme_id IS NULL)", name="session_or_programme"),
        CheckConstraint(
            "period_end IS NULL OR period_start IS NULL OR period_end >= period_start", name="period"
        ),
        UniqueConstraint("session_id", "organisation_id", "role"),
        UniqueConstraint("programme_id", "organisation_id", "role"),
        Index(None, "organisation_id"),
    )

    session_id: Mapped[int | None] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("training_programme.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[PartnerRole] = mapped_column(enum_column(PartnerRole))
    country: Mapped[str | None] = mapped_column(String(2))
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]

    session: Mapped[TrainingSession | None] = relationship(back_populates="partners")
    programme: Mapped[TrainingProgramme | None] = relationship()
    organisation: Mapped[Organisation] = relationship()


class SessionLecturer(Public, Base):
    """Who teaches in a session: a person of the registry, or a name alone. Never counted among the learners."""

    __tablename__ = "session_lecturer"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("(person_id IS NULL) = (name <> '')", name="person_or_name"),
        CheckConstraint("hours IS NULL OR hours >= 1", name="hours_positive"),
        Index(None, "person_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[name_text] = mapped_column(default="")
    topic: Mapped[name_text] = mapped_column(default="")
    hours: Mapped[int | None]

    session: Mapped[TrainingSession] = relationship(back_populates="lecturers")
    person: Mapped[Person | None] = relationship()


class SeatPlan(Public, Base):
    """How many seats of a session are for one organisation; used ones are counted by who sent people (TR-12)."""

    __tablename__ = "training_seat_plan"
    __table_args__ = (
        UniqueConstraint("session_id", "organisation_id"),
        CheckConstraint("seats >= 1", name="seats_positive"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    seats: Mapped[int]

    session: Mapped[TrainingSession] = relationship(back_populates="seat_plans")
    organisation: Mapped[Organisation] = relationship()
