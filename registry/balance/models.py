"""Tables of the balance: forecasts of demand, people who came and went, shortages and what was done about them. No queries.

Supply and demand themselves are kept nowhere: they are counted from people and needs whenever they are asked.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.balance.rules import Direction, Horizon, MoveReason, ShortageState, Subject, SubjectKind
from registry.campaigns.models import Campaign
from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    enum_column,
    name_text,
    short_text,
    utc_at,
)
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.places.models import AdministrativeUnit

PATH_LENGTH = 200
_NOT_MET = text("state <> 'met'")


class _Kept:
    """Which office keeps the row, which is its scope; `submission_key` makes a second sending of a form harmless."""

    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")


class ShortageNumber(Base):
    """The last number given in a year; its row is locked while the next one is taken, so codes have no gap."""

    __tablename__ = "shortage_number"

    year: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int]


class DemandForecast(Public, Stamped, _Kept, Base):
    """So many posts on a subject foreseen to be opened from `made_on` to `due_on` (IN-20). Never changed, only withdrawn.

    `author` and `method` are words, as the paper gives them. `withdrawn_on` takes a forecast out of every comparison; it
    still stands in the list.
    """

    __tablename__ = "demand_forecast"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("due_on > made_on", name="due_later"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_because = '')", name="withdrawn_with_reason"),
        Index(None, "unit_path"),
        Index(None, "due_on"),
    )

    subject_kind: Mapped[SubjectKind] = mapped_column(enum_column(SubjectKind))
    subject_code: Mapped[code_text]
    amount: Mapped[int]
    made_on: Mapped[date]
    due_on: Mapped[date]
    author: Mapped[name_text]
    method: Mapped[short_text]
    document: Mapped[short_text] = mapped_column(default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[short_text] = mapped_column(default="")

    unit: Mapped[AdministrativeUnit | None] = relationship(foreign_keys="DemandForecast.unit_id")
    organisation: Mapped[Organisation | None] = relationship(foreign_keys="DemandForecast.organisation_id")

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return Subject(self.subject_kind, self.subject_code)


class Movement(Public, Stamped, _Kept, Base):
    """A qualified person who came to the office's place or left it (PE-19, IN-21). One row is one person.

    `person_id` is null for who is not in the registry, or was erased. Where from or to: a province (`place_path`) or a
    country; neither: nobody recorded it. `reason` null: nobody recorded it, which differs from `none_given`.
    """

    __tablename__ = "movement"
    __table_args__ = (
        CheckConstraint(
            "qualification_rank IS NULL OR qualification_rank BETWEEN 1 AND 6",
            name="qualification_rank_range",
        ),
        CheckConstraint("place_path = '' OR place_country IS NULL", name="one_place"),
        Index(None, "unit_path", "moved_on"),
        Index(None, "person_id"),
    )

    direction: Mapped[Direction] = mapped_column(enum_column(Direction))
    moved_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    last_post: Mapped[name_text] = mapped_column(default="")
    qualification_rank: Mapped[int | None] = mapped_column(SmallInteger)
    occupation: Mapped[str] = mapped_column(String(10), default="")
    place_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    place_country: Mapped[str | None] = mapped_column(String(2))
    reason: Mapped[MoveReason | None] = mapped_column(enum_column(MoveReason))
    reason_text: Mapped[short_text] = mapped_column(default="")

    person: Mapped[Person | None] = relationship()


class Shortage(Public, Stamped, Versioned, _Kept, Base):
    """People missing on a subject in a place, as counted on a day, with what was opened to bring them (N7).

    `size` are the people asked for; `demand` and `supply` what was counted on `found_on`. Placements on the subject from
    `credits_from`, when the next day begins, are credited whenever they are asked for; nothing is stored of them.
    """

    __tablename__ = "shortage"
    __table_args__ = (
        CheckConstraint("size >= 1", name="size_positive"),
        CheckConstraint("(state = 'met') = (met_on IS NOT NULL)", name="met_with_its_day"),
        Index(None, "unit_path"),
        Index(None, "campaign_id"),
        Index(
            "uq_shortage_not_met",
            "subject_kind",
            "subject_code",
            "unit_path",
            "organisation_path",
            unique=True,
            sqlite_where=_NOT_MET,
            postgresql_where=_NOT_MET,
        ),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    state: Mapped[ShortageState] = mapped_column(enum_column(ShortageState), default=ShortageState.OPEN)
    subject_kind: Mapped[SubjectKind] = mapped_column(enum_column(SubjectKind))
    subject_code: Mapped[code_text]
    horizon: Mapped[Horizon] = mapped_column(enum_column(Horizon))
    size: Mapped[int]
    demand: Mapped[int | None]
    supply: Mapped[int | None]
    found_on: Mapped[date]
    credits_from: Mapped[utc_at]
    note: Mapped[short_text] = mapped_column(default="")
    order_code: Mapped[str | None] = mapped_column(String(40))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id", ondelete="SET NULL"))
    met_on: Mapped[date | None]
    met_note: Mapped[short_text] = mapped_column(default="")

    campaign: Mapped[Campaign | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship(foreign_keys="Shortage.unit_id")
    organisation: Mapped[Organisation | None] = relationship(foreign_keys="Shortage.organisation_id")

    @property
    def subject(self) -> Subject:
        """What is missing."""
        return Subject(self.subject_kind, self.subject_code)
