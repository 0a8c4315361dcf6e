"""The tables of the log. They only grow: triggers refuse a change or a deletion on both databases."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, long_text, utc_at


class AuditStream(Base):
    """One chain of events. Each account writes its own, so that no writer waits for another's."""

    __tablename__ = "audit_stream"

    name: Mapped[str] = mapped_column(String(60), unique=True)


class AuditEvent(Base):
    """Who did what to which record, when. `mac` covers the row and the `mac` before it.

    `by_id` is the number of an account but no foreign key: the log must take an event whatever became of
    other tables. `content` is canonical JSON without personal values; `sealed` is the same for personal
    values, under the key of `person`.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        UniqueConstraint("stream_id", "position"),
        CheckConstraint("position >= 1", name="position_positive"),
        Index(None, "at", "id"),
        Index(None, "by_id", "id"),
        Index(None, "subject_id", "id"),
        Index(None, "action", "id"),
    )

    stream_id: Mapped[int] = mapped_column(ForeignKey("audit_stream.id"))
    position: Mapped[int] = mapped_column(Integer)
    at: Mapped[utc_at]
    by_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    person: Mapped[str | None] = mapped_column(String(80))
    content: Mapped[long_text]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mac: Mapped[str] = mapped_column(String(64))

    stream: Mapped[AuditStream] = relationship()


class AuditEventPerson(Base):
    """Whom an event read or changed, to find it by the person. The event's content holds the same list."""

    __tablename__ = "audit_event_person"
    __table_args__ = (UniqueConstraint("event_id", "person"), Index(None, "person", "event_id"))

    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"))
    person: Mapped[str] = mapped_column(String(80))


class AuditEventUnlisted(Base):
    """An event whose people are not in `audit_event_person` yet: only its content names them.

    A page that shows twenty people would touch twenty places of that table's index; many events listed together touch
    each place once. The row goes when the people are listed, and lets nothing be hidden: whoever looks for a person
    looks into these events too.
    """

    __tablename__ = "audit_event_unlisted"

    event_id: Mapped[int] = mapped_column(ForeignKey("audit_event.id"), unique=True)


class PersonKey(Base):
    """The random key of one person's values in the log, wrapped by the field keys.

    Not append-only on purpose: deleting the row is what makes the values unreadable, and the chain, which
    covers ciphertext, still verifies.
    """

    __tablename__ = "person_key"

    person: Mapped[str] = mapped_column(String(80), unique=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
