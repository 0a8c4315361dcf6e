"""An incident with personal data, what was done about it, and whom it affected. No queries."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, utc_at
from registry.incidents.rules import FoundBy, IncidentStepKind
from registry.people.models import Person


class Incident(Public, Stamped, Versioned, Base):
    """One incident. What is told of it stands sealed, since it may name people.

    `report_due_at` is kept as it was counted when the incident was recorded; `reported_at` is when the authority had
    the report, `told_at` when the letters to the people affected were handed over.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("happened_at <= discovered_at", name="happened_before_discovered"),
        Index(None, "discovered_at"),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    happened_at: Mapped[utc_at]
    discovered_at: Mapped[utc_at]
    report_due_at: Mapped[utc_at]
    limits_version: Mapped[str] = mapped_column(String(40))
    told_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[utc_at | None]
    told_at: Mapped[utc_at | None]
    closed_at: Mapped[utc_at | None]

    steps: Mapped[list["IncidentStep"]] = relationship(
        back_populates="incident", order_by="IncidentStep.id", cascade="all, delete-orphan"
    )


class IncidentStep(Base):
    """What happened to an incident, when, by whom (null: a command), with how many people, in which words (sealed).

    `person_id`: the one person whom the step is about; its words are sealed under their name and go with them.
    """

    __tablename__ = "incident_step"
    __table_args__ = (Index(None, "incident_id"), Index(None, "person_id"))

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"))
    kind: Mapped[IncidentStepKind] = mapped_column(enum_column(IncidentStepKind))
    at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    people: Mapped[int | None] = mapped_column(Integer)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    incident: Mapped[Incident] = relationship(back_populates="steps")
    person: Mapped[Person | None] = relationship()


class IncidentPerson(Base):
    """Somebody affected: found in the log in so many events or added by hand; `removed_at`: taken off again.

    `written_at`: when a letter to them was queued. Nothing personal stands here, so the row outlives an erasure.
    """

    __tablename__ = "incident_person"
    __table_args__ = (UniqueConstraint("incident_id", "person_id"), Index(None, "person_id"))

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    found_by: Mapped[FoundBy] = mapped_column(enum_column(FoundBy))
    events: Mapped[int] = mapped_column(Integer, default=0)
    added_at: Mapped[utc_at]
    removed_at: Mapped[utc_at | None]
    written_at: Mapped[utc_at | None]

    incident: Mapped[Incident] = relationship()
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
