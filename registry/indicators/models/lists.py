"""Lists behind figures: each line one thing that counts. Nobody is named in them. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, code_text, name_text, short_text
from registry.places.models import PATH_LENGTH, AdministrativeUnit


class FigureList(Public, Stamped, Base):
    """A list that comes with a report («danh sách kèm theo»), such as people given jobs, by number and never by name.

    What other rooms keep (participants, organisations, members) is counted there, not here.
    """

    __tablename__ = "figure_list"

    code: Mapped[code_text] = mapped_column(unique=True)
    name: Mapped[name_text]
    source: Mapped[short_text] = mapped_column(default="")
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")


class FigureListRow(Base):
    """One line. `subject` is a number or the name of a thing; equal subjects of a list are one thing counted twice.

    `starts` is the day it happened or began, `ends` its last day where it lasts; `way` is a code of the list's own kinds.
    """

    __tablename__ = "figure_list_row"
    __table_args__ = (
        CheckConstraint("ends IS NULL OR ends >= starts", name="period"),
        Index(None, "list_id", "starts"),
    )

    list_id: Mapped[int] = mapped_column(ForeignKey("figure_list.id", ondelete="CASCADE"))
    subject: Mapped[name_text]
    starts: Mapped[date]
    ends: Mapped[date | None]
    way: Mapped[str] = mapped_column(String(40), default="")
    country: Mapped[str | None] = mapped_column(String(2))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    list: Mapped[FigureList] = relationship()


class ServiceAssignment(Public, Stamped, Base):
    """Somebody serves a unit so many days a week (IN-22). `subject` is a number: who it is stands in the unit's own files."""

    __tablename__ = "service_assignment"
    __table_args__ = (
        UniqueConstraint("unit_id", "role", "subject", "starts"),
        CheckConstraint("days_a_week BETWEEN 1 AND 7", name="days_a_week_range"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="period"),
        Index(None, "role", "starts"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("administrative_unit.id"))
    role: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    days_a_week: Mapped[int] = mapped_column(SmallInteger)
    starts: Mapped[date]
    ends: Mapped[date | None]
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    unit: Mapped[AdministrativeUnit] = relationship()
