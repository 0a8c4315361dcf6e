"""Tables of the room: associations with terms and members, ordered tasks, speaking to people from here, visits, awards. No queries."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.campaigns.rules.words import OutreachWay
from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    enum_column,
    name_text,
    short_text,
    utc_at,
)
from registry.networks.rules import (
    AwardKind,
    MemberRole,
    OriginKind,
    OutreachAnswer,
    TaskKind,
    TaskLevel,
    TaskState,
    TaskWay,
    VisitKind,
)
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.places.models import PATH_LENGTH

_PERIOD = "ends IS NULL OR ends >= starts"


class _Kept:
    """Which office keeps the row, which is its scope."""

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")


class _Sent:
    """`submission_key` makes a second sending of a form harmless."""

    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)


class Association(Public, Stamped, Versioned, Base):
    """What makes an organisation an association: the decision that founded it (PL-05). Its scope is the organisation's.

    `founded_on` is null where the decision's day is not known; the year is then all there is.
    """

    __tablename__ = "association"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), unique=True)
    decision: Mapped[name_text]
    decided_by: Mapped[name_text] = mapped_column(default="")
    founded_year: Mapped[int] = mapped_column(SmallInteger)
    founded_on: Mapped[date | None]
    note: Mapped[short_text] = mapped_column(default="")

    subject: Mapped[Organisation] = relationship()


class AssociationTerm(Public, Stamped, Base):
    """A term of office of an association; `ends` null: it runs."""

    __tablename__ = "association_term"
    __table_args__ = (
        UniqueConstraint("association_id", "number"),
        CheckConstraint(_PERIOD, name="period"),
        CheckConstraint("number >= 1", name="number_positive"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey("association.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(SmallInteger)
    starts: Mapped[date]
    ends: Mapped[date | None]

    association: Mapped[Association] = relationship()


class AssociationMember(Public, Stamped, _Sent, Base):
    """Somebody was in an association from a day to a last day. Rows are ended, not taken away: the count of a day stays.

    `person_id` is null for who is not in the registry or was erased; no name is kept, only the number of the card.
    """

    __tablename__ = "association_member"
    __table_args__ = (
        CheckConstraint(_PERIOD, name="period"),
        Index(None, "association_id", "starts"),
        Index(None, "person_id"),
    )

    association_id: Mapped[int] = mapped_column(ForeignKey("association.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    card: Mapped[str] = mapped_column(String(40), default="")
    role: Mapped[MemberRole] = mapped_column(enum_column(MemberRole), default=MemberRole.MEMBER)
    starts: Mapped[date]
    ends: Mapped[date | None]

    association: Mapped[Association] = relationship()
    person: Mapped[Person | None] = relationship()


class OrderedTask(Public, Stamped, Versioned, _Sent, _Kept, Base):
    """A task an agency orders from an organisation, or assigns to it (PL-10): document, money, deliverable, acceptance.

    Kept by the ordering office. An organisation that is in no list stands as words.
    """

    __tablename__ = "ordered_task"
    __table_args__ = (
        CheckConstraint("budget_vnd IS NULL OR budget_vnd >= 0", name="budget_not_negative"),
        CheckConstraint("due_on IS NULL OR due_on >= ordered_on", name="due_later"),
        CheckConstraint("(state = 'approved') = (approved_on IS NOT NULL)", name="approved_with_its_day"),
        CheckConstraint("(state = 'refused') = (refused_because <> '')", name="refused_with_reason"),
        Index(None, "unit_path"),
        Index(None, "performer_id"),
    )

    way: Mapped[TaskWay] = mapped_column(enum_column(TaskWay))
    kind: Mapped[TaskKind] = mapped_column(enum_column(TaskKind))
    level: Mapped[TaskLevel] = mapped_column(enum_column(TaskLevel))
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState), default=TaskState.ASKED)
    title: Mapped[short_text]
    document: Mapped[short_text] = mapped_column(default="")
    orderer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    performer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    performer_text: Mapped[name_text] = mapped_column(default="")
    budget_line: Mapped[short_text] = mapped_column(default="")
    budget_vnd: Mapped[int | None] = mapped_column(BigInteger)
    deliverable: Mapped[short_text] = mapped_column(default="")
    ordered_on: Mapped[date]
    due_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    approved_by: Mapped[name_text] = mapped_column(default="")
    result: Mapped[short_text] = mapped_column(default="")
    refused_because: Mapped[short_text] = mapped_column(default="")

    orderer: Mapped[Organisation | None] = relationship(foreign_keys=[orderer_id])
    performer: Mapped[Organisation | None] = relationship(foreign_keys=[performer_id])


class OriginNote(Base):
    """An officer noted that somebody belongs to one of the four kinds, which the record alone does not tell."""

    __tablename__ = "origin_note"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[OriginKind] = mapped_column(enum_column(OriginKind))
    noted_at: Mapped[utc_at]


class OriginOutreach(Public, Base):
    """An attempt to speak to somebody from here outside any campaign (CP-09): how, the answer, the role, when next."""

    __tablename__ = "origin_outreach"
    __table_args__ = (Index(None, "person_id", "on"), Index(None, "next_on"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    way: Mapped[OutreachWay] = mapped_column(enum_column(OutreachWay))
    on: Mapped[date]
    answer: Mapped[OutreachAnswer] = mapped_column(enum_column(OutreachAnswer))
    role: Mapped[short_text] = mapped_column(default="")
    next_on: Mapped[date | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    noted_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    person: Mapped[Person] = relationship()


class ExpertVisit(Public, Stamped, _Sent, _Kept, Base):
    """A visiting expert with country, what for, period, host and days a week (PE-21).

    `person_id` is null for who is not in the registry or was erased: `mark` is then a number of the office's own list,
    never a name. `country` null: not recorded, and never guessed.
    """

    __tablename__ = "expert_visit"
    __table_args__ = (
        CheckConstraint(_PERIOD, name="period"),
        CheckConstraint("days_a_week IS NULL OR days_a_week BETWEEN 1 AND 7", name="days_a_week_range"),
        Index(None, "unit_path", "starts"),
        Index(None, "person_id"),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    mark: Mapped[str] = mapped_column(String(40), default="")
    country: Mapped[str | None] = mapped_column(String(2))
    kind: Mapped[VisitKind] = mapped_column(enum_column(VisitKind))
    starts: Mapped[date]
    ends: Mapped[date | None]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    host_text: Mapped[name_text] = mapped_column(default="")
    days_a_week: Mapped[int | None] = mapped_column(SmallInteger)

    person: Mapped[Person | None] = relationship()
    host: Mapped[Organisation | None] = relationship(foreign_keys=[host_id])


class CollectiveAward(Public, Stamped, _Sent, Base):
    """An award, a recognised initiative or a scientific task of a collective (PE-20). Its scope is the organisation's."""

    __tablename__ = "collective_award"
    __table_args__ = (Index(None, "organisation_id", "given_on"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[AwardKind] = mapped_column(enum_column(AwardKind))
    title: Mapped[short_text]
    level: Mapped[name_text] = mapped_column(default="")
    decision: Mapped[name_text] = mapped_column(default="")
    decided_by: Mapped[name_text] = mapped_column(default="")
    given_on: Mapped[date | None]

    subject: Mapped[Organisation] = relationship()
