"""The letters that wait, are on their way or went, and the addresses that take none. Nothing personal in the clear."""

from datetime import UTC, datetime

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, Public, code_text, enum_column, utc_at
from registry.db.base import PUBLIC_ID_LENGTH
from registry.mail.rules import LetterState

ONCE_LENGTH = 200


class MailOutbox(Public, Base):
    """One letter. Its Message-ID is made of its public id, so a second copy is known as the same letter.

    `claim_token` names the claim that holds the lease; every later write of that worker carries it (fencing).
    `once_key` names the occasion: the database takes one letter for each.
    Recipient and content are sealed and forgotten once the letter went; `fault` is a code, never a server's words.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        CheckConstraint("state <> 'sending' OR claim_token IS NOT NULL", name="sending_is_claimed"),
        CheckConstraint(
            "state NOT IN ('queued', 'sending') OR (recipient_sealed IS NOT NULL AND content_sealed IS NOT NULL)",
            name="waiting_can_be_sent",
        ),
        Index(None, "state", "next_try_at"),
        Index(None, "account_public_id"),
        Index(None, "person_public_id"),
        Index(None, "recipient_digest"),
    )

    kind: Mapped[code_text]
    once_key: Mapped[str | None] = mapped_column(String(ONCE_LENGTH), unique=True)
    is_bulk: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    language: Mapped[str] = mapped_column(String(2))
    recipient_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recipient_digest: Mapped[str] = mapped_column(String(64))
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[LetterState] = mapped_column(enum_column(LetterState), default=LetterState.QUEUED)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease_until: Mapped[utc_at | None]
    claim_token: Mapped[str | None] = mapped_column(String(32))
    next_try_at: Mapped[utc_at]
    good_until: Mapped[utc_at | None]
    fault: Mapped[str] = mapped_column(String(40), default="")
    account_public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), default="")
    person_public_id: Mapped[str] = mapped_column(String(PUBLIC_ID_LENGTH), default="")
    created_at: Mapped[utc_at] = mapped_column(default=lambda: datetime.now(UTC))
    sent_at: Mapped[utc_at | None]
    cancelled_at: Mapped[utc_at | None]


class MailSuppression(Base):
    """An address whose server said that it takes no letters: kept as a keyed hash, lifted by an administrator."""

    __tablename__ = "mail_suppression"

    recipient_digest: Mapped[str] = mapped_column(String(64), unique=True)
    fault: Mapped[str] = mapped_column(String(40))
    since: Mapped[utc_at]
