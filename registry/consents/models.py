"""Purposes, the versions of their notices, and who agreed to what, when and how. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.consents.rules import Channel, PurposeCode
from registry.db import Base, Public, Stamped, enum_column, long_text, name_text, short_text, utc_at

_STANDING = text("withdrawn_at IS NULL")


class Purpose(Base):
    """A use of personal data that is agreed to apart.

    Consents given under a notice older than `counts_from_version` no longer count: raising it is how a
    substantial change asks everybody anew, while a small correction leaves it alone.
    """

    __tablename__ = "purpose"
    __table_args__ = (CheckConstraint("counts_from_version >= 1", name="counts_from_first"),)

    code: Mapped[PurposeCode] = mapped_column(enum_column(PurposeCode), unique=True)
    position: Mapped[int] = mapped_column(Integer)
    counts_from_version: Mapped[int] = mapped_column(Integer, default=1)

    notices: Mapped[list["Notice"]] = relationship(
        back_populates="purpose", order_by="Notice.version, Notice.language"
    )


class Notice(Public, Stamped, Base):
    """The text a person was shown, in one version and language. Never changed: a new text is a new version."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("purpose_id", "version", "language"),
        CheckConstraint("version >= 1", name="version_from_first"),
    )

    purpose_id: Mapped[int] = mapped_column(ForeignKey("purpose.id"))
    version: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(5))
    title: Mapped[name_text]
    text: Mapped[long_text]
    sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[short_text] = mapped_column(default="")
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    purpose: Mapped[Purpose] = relationship(back_populates="notices")


class Consent(Public, Stamped, Base):
    """One agreement to one purpose; it stands until `withdrawn_at`. Rows are closed, never changed or deleted.

    `given_at` is when the person agreed (for paper: the start of the day written on it), `created_at` when
    it was recorded, `recorded_by_id` by whom (null: by the person).
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_consent_standing",
            "person_id",
            "purpose_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index(None, "notice_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    purpose_id: Mapped[int] = mapped_column(ForeignKey("purpose.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    given_at: Mapped[utc_at]
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[utc_at | None]
    withdrawal_channel: Mapped[Channel | None] = mapped_column(
        enum_column(Channel, name="withdrawal_channel_known")
    )
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_because: Mapped[short_text] = mapped_column(default="")

    purpose: Mapped[Purpose] = relationship(lazy="joined", innerjoin=True)
    notice: Mapped[Notice] = relationship(lazy="joined", innerjoin=True)
