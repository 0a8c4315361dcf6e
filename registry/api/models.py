"""Keys of other systems, and what they wrote lately. No queries."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.models import Account
from registry.db import Base, Public, long_text, short_text, utc_at

NAME_LIMIT = 120


class ApiToken(Public, Base):
    """The key of one system. Only its hash is kept; it is dead once its maker could not make it any more.

    `scopes` are words of `ApiScope`; `unit_path` is where they count, at most where its maker administers.
    """

    __tablename__ = "api_token"
    __table_args__ = (
        Index(None, "made_by_id"),
        Index(None, "unit_path"),
        CheckConstraint("expires_at > made_at", name="period"),
    )

    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[utc_at]
    expires_at: Mapped[utc_at]
    last_used_at: Mapped[utc_at | None]
    ended_at: Mapped[utc_at | None]
    ended_because: Mapped[short_text] = mapped_column(default="")

    made_by: Mapped[Account] = relationship(lazy="joined")


class ApiWrite(Base):
    """A write under an Idempotency-Key with what was answered; forgotten after a day."""

    __tablename__ = "api_write"
    __table_args__ = (UniqueConstraint("token_id", "key"), Index(None, "made_at"))

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))
    request_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[utc_at]
    status: Mapped[int | None]
    body: Mapped[long_text] = mapped_column(default="")
    etag: Mapped[str] = mapped_column(String(80), default="")
    location: Mapped[str] = mapped_column(String(200), default="")
