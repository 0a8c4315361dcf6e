"""Decisions on who receives what, and the steps each went through. No queries.

What was asked and answered is sealed with the fingerprint of its text; words people wrote are sealed too.
"""

from datetime import date

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Versioned, enum_column, name_text, utc_at
from registry.grants.rules import LONGEST_NUMBER, DecisionState
from registry.needs.models import Need
from registry.people.models import Person
from registry.policies.models import PolicyVersion


class EligibilityDecision(Public, Versioned, Base):
    """A named person's act: these groups of this version of a policy for this person, perhaps for this need.

    `decided_on` is the day of the decision, by which amounts are computed; `decided_by_id` approved or refused it and
    is never who proposed it. `frozen_sealed` is forgotten when the person is erased; its fingerprint stays.
    """

    __tablename__ = "eligibility_decision"
    __table_args__ = (
        CheckConstraint("decided_by_id <> proposed_by_id", name="decided_by_another"),
        CheckConstraint(
            "state NOT IN ('approved', 'expired') OR (number <> '' AND decided_by_id IS NOT NULL)",
            name="approved_with_number",
        ),
        CheckConstraint("expires_on IS NULL OR expires_on >= decided_on", name="expires_later"),
        Index(None, "person_id"),
        Index(None, "need_id"),
        Index(None, "version_id"),
        Index(None, "state", "expires_on"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    groups: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[DecisionState] = mapped_column(enum_column(DecisionState))
    applied_on: Mapped[date]
    decided_on: Mapped[date]
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    signer_name: Mapped[name_text] = mapped_column(default="")
    signer_post: Mapped[name_text] = mapped_column(default="")
    is_against_answer: Mapped[bool] = mapped_column(Boolean)
    ground_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    frozen_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    frozen_sha256: Mapped[str] = mapped_column(String(64))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[utc_at]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[utc_at | None]

    person: Mapped[Person] = relationship()
    need: Mapped[Need | None] = relationship()
    policy_version: Mapped[PolicyVersion] = relationship()
    steps: Mapped[list["DecisionStep"]] = relationship(
        back_populates="decision", cascade="all, delete-orphan", order_by="DecisionStep.id"
    )


class DecisionStep(Public, Base):
    """Into which state a decision came, by whom (null: a last day passed), when, and why."""

    __tablename__ = "decision_step"
    __table_args__ = (Index(None, "decision_id"),)

    decision_id: Mapped[int] = mapped_column(ForeignKey("eligibility_decision.id"))
    state: Mapped[DecisionState] = mapped_column(enum_column(DecisionState))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    decision: Mapped[EligibilityDecision] = relationship(back_populates="steps")
