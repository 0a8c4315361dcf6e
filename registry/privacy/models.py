"""Requests about one's own data, who was erased, and what is kept how long, by which notices. No queries."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.consents.rules import Channel, PurposeCode
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
from registry.needs.models import Need
from registry.people.models import Person
from registry.privacy.rules import IdentityCheck, RequestState, RightKind, StepKind
from registry.privacy.rules.retention import NoticeOutcome, NoticeReach


class RightsRequest(Public, Stamped, Versioned, Base):
    """One request of one person, with the last days of both clocks as they were counted when it came.

    `purpose` narrows a withdrawal or an objection; null: every one. `recorded_by_id` null: the person wrote it in their
    own account. What was written stands in the steps, sealed; the row itself holds nothing personal.
    """

    __tablename__ = "rights_request"
    __table_args__ = (
        Index(None, "person_id", "received_at"),
        Index(None, "state", "answer_due_on"),
        CheckConstraint("extended_days IS NULL OR extended_days > 0", name="extended_by_something"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[RightKind] = mapped_column(enum_column(RightKind))
    purpose: Mapped[PurposeCode | None] = mapped_column(enum_column(PurposeCode))
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.RECEIVED)
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    identity_check: Mapped[IdentityCheck] = mapped_column(enum_column(IdentityCheck))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[utc_at]
    has_third_party: Mapped[bool] = mapped_column(default=False)
    answer_due_on: Mapped[date]
    done_due_on: Mapped[date]
    limits_version: Mapped[str] = mapped_column(String(40))
    calendar_version: Mapped[str] = mapped_column(String(40))
    is_limit_confirmed: Mapped[bool]
    answered_at: Mapped[utc_at | None]
    closed_at: Mapped[utc_at | None]
    extended_days: Mapped[int | None] = mapped_column(SmallInteger)
    lifted_at: Mapped[utc_at | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list["RightsStep"]] = relationship(
        back_populates="request", order_by="RightsStep.id", cascade="all, delete-orphan"
    )


class RightsStep(Base):
    """What happened to a request, when, by whom (null: the person), and the words that went with it, sealed."""

    __tablename__ = "rights_step"
    __table_args__ = (Index(None, "request_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("rights_request.id", ondelete="CASCADE"))
    kind: Mapped[StepKind] = mapped_column(enum_column(StepKind))
    at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    request: Mapped[RightsRequest] = relationship(back_populates="steps")


class ErasedPerson(Base):
    """Who was erased and when, by public id alone: the list by which a restored backup is erased again."""

    __tablename__ = "erased_person"

    person: Mapped[str] = mapped_column(String(26), unique=True)
    erased_at: Mapped[utc_at]


class RetentionNotice(Public, Base):
    """That somebody was told that some of their data will go, when, and what came of it.

    Told are a person or, where nothing was sent yet, the account that began to register. The row holds no personal
    value: it stays as proof that notice was given. `token_hash` is of the link in the letter, good for one answer.
    """

    __tablename__ = "retention_notice"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (account_id IS NULL)", name="told_one"),
        CheckConstraint("(outcome = 'waiting') = (settled_at IS NULL)", name="settled_with_its_moment"),
        Index(None, "person_id", "rule"),
        Index(None, "account_id", "rule"),
        Index(None, "outcome", "gone_on"),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    rule: Mapped[code_text]
    rules_version: Mapped[str] = mapped_column(String(40))
    is_rule_confirmed: Mapped[bool]
    counted_from: Mapped[date]
    gone_on: Mapped[date]
    noticed_at: Mapped[utc_at]
    reach: Mapped[NoticeReach] = mapped_column(enum_column(NoticeReach))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    outcome: Mapped[NoticeOutcome] = mapped_column(enum_column(NoticeOutcome), default=NoticeOutcome.WAITING)
    settled_at: Mapped[utc_at | None]

    person: Mapped[Person | None] = relationship()


class GivenForNeed(Public, Stamped, Base):
    """That a record was given for one need only, as an officer noted from what the person said.

    While every such need is over, nobody chose the person and no consent to stay in the pool stands, the record is
    due. `is_chosen`: the office took the person for that need, so that the record goes on serving it.
    """

    __tablename__ = "given_for_need"
    __table_args__ = (UniqueConstraint("person_id", "need_id"), Index(None, "need_id"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id"))
    given_on: Mapped[date]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_chosen: Mapped[bool] = mapped_column(default=False)

    need: Mapped[Need] = relationship(lazy="joined", innerjoin=True)


class ConfirmedRow(Public, Base):
    """That somebody compared a row of the files of limits, days or lengths with its source.

    The row is known by its content: when the file changes it, it is unconfirmed again.
    """

    __tablename__ = "confirmed_row"

    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[name_text]
    source: Mapped[short_text]
    checked_on: Mapped[date]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[utc_at]
