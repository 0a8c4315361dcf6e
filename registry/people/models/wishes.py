"""What the person said about being free, where they accept work, and their ties to places."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, name_text, short_text
from registry.people.models.claims import Period
from registry.people.models.person import PATH_LENGTH, Person
from registry.people.rules import (
    AffinityKind,
    AvailabilityState,
    PlaceKind,
    Willingness,
    WorkForm,
)

_CURRENT = text("ended_on IS NULL")


class Availability(Public, Stamped, Base):
    """One statement about being free. A new statement ends the one before; none is changed.

    `from_on` is the first day the person could start (null: not said). A pause runs to `paused_until`
    inclusive and ends by itself; without that day it lasts until the next statement.
    """

    __tablename__ = "availability"
    __table_args__ = (
        CheckConstraint("paused_until IS NULL OR state = 'paused'", name="only_pauses_end"),
        Index(
            "uq_availability_current",
            "person_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index(None, "person_id", "stated_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    state: Mapped[AvailabilityState] = mapped_column(enum_column(AvailabilityState))
    from_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    reason: Mapped[short_text] = mapped_column(default="")
    stated_on: Mapped[date]
    ended_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    form_rows: Mapped[list["AvailabilityForm"]] = relationship(
        cascade="all, delete-orphan", order_by="AvailabilityForm.form", lazy="selectin"
    )

    @property
    def forms(self) -> frozenset[WorkForm]:
        """The forms of work accepted; empty when not said."""
        return frozenset(row.form for row in self.form_rows)


class AvailabilityForm(Base):
    """One form of work in a statement."""

    __tablename__ = "availability_form"
    __table_args__ = (UniqueConstraint("availability_id", "form"),)

    availability_id: Mapped[int] = mapped_column(ForeignKey("availability.id", ondelete="CASCADE"))
    form: Mapped[WorkForm] = mapped_column(enum_column(WorkForm))


class AcceptedPlace(Base):
    """A unit the person said they accept work in, or anywhere, or remote. Never origin, never residence."""

    __tablename__ = "accepted_place"
    __table_args__ = (
        CheckConstraint("(kind = 'unit') = (unit_path <> '')", name="unit_with_path"),
        UniqueConstraint("person_id", "kind", "unit_path"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[PlaceKind] = mapped_column(enum_column(PlaceKind))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    stated_on: Mapped[date]

    person: Mapped[Person] = relationship()


class Affinity(Public, Period, Stamped, Versioned, Base):
    """A tie to a place the person told of: origin, studies, family, work, an association."""

    __tablename__ = "affinity"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[AffinityKind] = mapped_column(enum_column(AffinityKind))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    place_text: Mapped[name_text] = mapped_column(default="")
    organisation_text: Mapped[name_text] = mapped_column(default="")
    note: Mapped[short_text] = mapped_column(default="")
    willingness: Mapped[Willingness | None] = mapped_column(enum_column(Willingness))

    person: Mapped[Person] = relationship()
