"""What a person does not want to be written to about."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, enum_column, utc_at
from registry.people.rules.letters import LetterTopic, StopWay


class LetterStop(Base):
    """Such letters are not to be sent. No row: they may be, as far as consents go."""

    __tablename__ = "letter_stop"
    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    topic: Mapped[LetterTopic] = mapped_column(enum_column(LetterTopic))
    way: Mapped[StopWay] = mapped_column(enum_column(StopWay))
    stopped_at: Mapped[utc_at]
