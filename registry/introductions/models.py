"""Interest in a need, requests to know a name for it, and the conversation of a person and a unit over it. No queries.

Whatever somebody wrote is sealed; rows hold ids and days alone.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, enum_column, utc_at
from registry.introductions.rules import RevealState, Side
from registry.needs.models import Need
from registry.people.models import Person

_STANDS = sql_text("withdrawn_at IS NULL")
_LIVE = sql_text("state IN ('asked', 'granted')")


class Interest(Public, Base):
    """Somebody said «Tôi quan tâm» to a need, perhaps with words; withdrawing closes the row."""

    __tablename__ = "interest"
    __table_args__ = (
        Index(
            "uq_interest_standing",
            "person_id",
            "need_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(None, "need_id"),
        Index(None, "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_at: Mapped[utc_at]
    withdrawn_at: Mapped[utc_at | None]
    closing_told_at: Mapped[utc_at | None]

    need: Mapped[Need] = relationship()
    person: Mapped[Person] = relationship()


class RevealRequest(Public, Base):
    """An officer asks an anonymous person to be known by name for one need, with a reason, until a day.

    `due_on` is the last day in Việt Nam on which it can be answered, counted when it was asked by `limits_version`.
    """

    __tablename__ = "reveal_request"
    __table_args__ = (
        Index(
            "uq_reveal_request_live",
            "person_id",
            "need_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(None, "need_id", "state"),
        Index(None, "person_id"),
        Index(None, "asked_by_id", "asked_at"),
        Index(None, "state", "due_on"),
        CheckConstraint(
            "state NOT IN ('granted', 'withdrawn') OR granted_at IS NOT NULL", name="granted_with_its_moment"
        ),
        CheckConstraint("(state IN ('asked', 'granted')) = (ended_at IS NULL)", name="ended_with_its_moment"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[utc_at]
    due_on: Mapped[date]
    limits_version: Mapped[str] = mapped_column(String(40))
    state: Mapped[RevealState] = mapped_column(enum_column(RevealState), default=RevealState.ASKED)
    granted_at: Mapped[utc_at | None]
    ended_at: Mapped[utc_at | None]

    need: Mapped[Need] = relationship()
    person: Mapped[Person] = relationship()


class Conversation(Public, Base):
    """What a person and a unit write each other over one need; the person may stop it."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("person_id", "need_id"), Index(None, "need_id"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    begun_by: Mapped[Side] = mapped_column(enum_column(Side))
    begun_at: Mapped[utc_at]
    stopped_at: Mapped[utc_at | None]

    need: Mapped[Need] = relationship()
    person: Mapped[Person] = relationship()
    messages: Mapped[list["Message"]] = relationship(
        back_populates="conversation",
        order_by="Message.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Message(Public, Base):
    """One message in plain text. `by_id` is the officer who wrote for the unit, null for the person.

    `read_at` is when the other side said it had read it.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "conversation_id", "id"),
        CheckConstraint("(side = 'unit') = (by_id IS NOT NULL)", name="officer_for_unit"),
    )

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(enum_column(Side))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[utc_at]
    read_at: Mapped[utc_at | None]

    conversation: Mapped[Conversation] = relationship(back_populates="messages")
