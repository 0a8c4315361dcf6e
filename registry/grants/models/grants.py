"""What a decision gives: lines, their payments, and what happened to it. Money is whole đồng. No queries."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Versioned, enum_column, short_text, utc_at
from registry.grants.models.decisions import EligibilityDecision
from registry.grants.rules import LONGEST_NUMBER, CommitmentState, EventKind, GrantState, PaymentState
from registry.policies.rules import LineKind, Period
from registry.policies.rules.states import LONGEST_CODE


class Grant(Public, Versioned, Base):
    """What is given by one approved decision, under the version and the answer that it froze.

    `starts_on` is the first day of what is paid by the month.
    """

    __tablename__ = "policy_grant"
    __table_args__ = (Index(None, "state"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("eligibility_decision.id"), unique=True)
    state: Mapped[GrantState] = mapped_column(enum_column(GrantState))
    starts_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[utc_at]

    decision: Mapped[EligibilityDecision] = relationship()
    lines: Mapped[list["GrantLine"]] = relationship(
        back_populates="grant", cascade="all, delete-orphan", order_by="GrantLine.position"
    )
    events: Mapped[list["GrantEvent"]] = relationship(
        back_populates="grant", cascade="all, delete-orphan", order_by="GrantEvent.id"
    )
    commitment: Mapped["GrantCommitment | None"] = relationship(
        back_populates="grant", cascade="all, delete-orphan"
    )


class GrantLine(Public, Base):
    """One benefit as the decision froze it: bounds, clause and formula of the text.

    `amount_vnd` is what is paid once, each month or each year; of a range or a ceiling nothing until an officer fixed
    it. `months` is how long a periodical line is paid; nothing until somebody set an end to one that has none.
    """

    __tablename__ = "grant_line"
    __table_args__ = (
        UniqueConstraint("grant_id", "position"),
        CheckConstraint("amount_vnd >= 0", name="amount_not_negative"),
        CheckConstraint(
            "amount_vnd IS NULL OR low_vnd IS NULL OR amount_vnd >= low_vnd", name="at_least_low"
        ),
        CheckConstraint(
            "amount_vnd IS NULL OR high_vnd IS NULL OR amount_vnd <= high_vnd", name="at_most_high"
        ),
    )

    grant_id: Mapped[int] = mapped_column(ForeignKey("policy_grant.id"))
    position: Mapped[int] = mapped_column(Integer)
    benefit: Mapped[str] = mapped_column(String(LONGEST_CODE))
    group_code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    text: Mapped[str] = mapped_column(Text)
    clause: Mapped[short_text]
    formula: Mapped[str] = mapped_column(Text)
    kind: Mapped[LineKind] = mapped_column(enum_column(LineKind))
    period: Mapped[Period] = mapped_column(enum_column(Period))
    low_vnd: Mapped[int | None] = mapped_column(BigInteger)
    high_vnd: Mapped[int | None] = mapped_column(BigInteger)
    amount_vnd: Mapped[int | None] = mapped_column(BigInteger)
    months: Mapped[int | None] = mapped_column(Integer)
    years: Mapped[int | None] = mapped_column(Integer)
    is_verified: Mapped[bool] = mapped_column(Boolean)
    fixed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    fixed_at: Mapped[utc_at | None]
    ground_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    grant: Mapped[Grant] = relationship(back_populates="lines")
    payments: Mapped[list["GrantPayment"]] = relationship(
        back_populates="line", cascade="all, delete-orphan", order_by="GrantPayment.due_on, GrantPayment.id"
    )


class GrantPayment(Public, Base):
    """One part of a line that falls due on a day; paid in full under a voucher.

    What is paid in part is split: the paid part and the rest, so that the parts of a line always sum to the line.
    """

    __tablename__ = "grant_payment"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="positive"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_with_its_day"),
        CheckConstraint("state <> 'paid' OR voucher <> ''", name="paid_with_voucher"),
        Index(None, "line_id"),
        Index(None, "state", "due_on"),
    )

    line_id: Mapped[int] = mapped_column(ForeignKey("grant_line.id"))
    due_on: Mapped[date]
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[PaymentState] = mapped_column(enum_column(PaymentState))
    paid_on: Mapped[date | None]
    voucher: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at | None]

    line: Mapped[GrantLine] = relationship(back_populates="payments")


class GrantCommitment(Public, Versioned, Base):
    """The time somebody promised to stay for a grant.

    `first_until` is the end of the terms, `until` the end with all that happened up to now; what a breach costs is
    kept as it was found: the amount, its formula, and until when it is to be paid back.
    """

    __tablename__ = "grant_commitment"
    __table_args__ = (
        CheckConstraint("first_until >= starts_on", name="in_order"),
        CheckConstraint("repayable_vnd >= 0", name="repayable_not_negative"),
        CheckConstraint("repaid_vnd >= 0", name="repaid_not_negative"),
        Index(None, "state", "until"),
    )

    grant_id: Mapped[int] = mapped_column(ForeignKey("policy_grant.id"), unique=True)
    state: Mapped[CommitmentState] = mapped_column(enum_column(CommitmentState))
    starts_on: Mapped[date]
    first_until: Mapped[date]
    until: Mapped[date]
    alert_sent: Mapped[int | None] = mapped_column(Integer)
    breached_on: Mapped[date | None]
    breach_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    repayable_vnd: Mapped[int | None] = mapped_column(BigInteger)
    repayable_formula: Mapped[str] = mapped_column(Text, default="")
    repay_by: Mapped[date | None]
    repaid_vnd: Mapped[int] = mapped_column(BigInteger, default=0)

    grant: Mapped[Grant] = relationship(back_populates="commitment")


class GrantEvent(Public, Base):
    """What happened to a grant: on which day, until when where it lasts, how much, by whom, and why (sealed)."""

    __tablename__ = "grant_event"
    __table_args__ = (
        CheckConstraint("to_day IS NULL OR to_day >= on_day", name="in_order"),
        Index(None, "grant_id"),
    )

    grant_id: Mapped[int] = mapped_column(ForeignKey("policy_grant.id"))
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind))
    on_day: Mapped[date]
    to_day: Mapped[date | None]
    amount_vnd: Mapped[int | None] = mapped_column(BigInteger)
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    grant: Mapped[Grant] = relationship(back_populates="events")
