"""Offer sheets: what was worked out for a person and a need on a day, kept as it was. No queries."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, utc_at
from registry.needs.models import Need
from registry.people.models import Person


class OfferSheet(Public, Base):
    """One sheet. `content_sealed` holds the question and every answer as plain data; `content_sha256` covers them.

    A sheet is never changed: what is worked out anew is a new sheet.
    """

    __tablename__ = "offer_sheet"
    __table_args__ = (Index(None, "need_id"), Index(None, "person_id"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    decided_on: Mapped[date]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_sha256: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[utc_at]

    need: Mapped[Need] = relationship()
    person: Mapped[Person] = relationship()
