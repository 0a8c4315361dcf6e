"""Requests about one's own data, what happened to them, and who was erased. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.consents.rules import Channel, PurposeCode
from registry.db import Base, Public, Stamped, Versioned, enum_column, utc_at
from registry.people.models import Person
from registry.privacy.rules import IdentityCheck, RequestState, RightKind, StepKind


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
