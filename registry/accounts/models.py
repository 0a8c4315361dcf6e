"""Accounts, their roles on a scope, their sign-ins, what they are alerted of, and what slows guessing down."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.rules import Role
from registry.accounts.rules.links import LinkEnd, LinkPurpose
from registry.db import Base, Public, Stamped, Versioned, enum_column, name_text, short_text, utc_at


class AccountState(StrEnum):
    """Closed accounts stay: what they did must keep its author."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Account(Public, Stamped, Versioned, Base):
    """Somebody who may sign in. `email_folded` is what makes an address unique."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[name_text]
    state: Mapped[AccountState] = mapped_column(enum_column(AccountState), default=AccountState.ACTIVE)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    password_set_at: Mapped[utc_at | None]
    password_is_temporary: Mapped[bool] = mapped_column(default=False)
    # The second factor: the sealed secret of an authenticator app, since when, and the last step that was used.
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_since: Mapped[utc_at | None]
    totp_step: Mapped[int | None] = mapped_column(Integer)

    roles: Mapped[list["AccountRole"]] = relationship(
        back_populates="account", order_by="AccountRole.id", foreign_keys="AccountRole.account_id"
    )


class AccountRole(Public, Stamped, Base):
    """A role on a scope from a day to a day, both inclusive; it may be ended sooner, with a reason, never deleted."""

    __tablename__ = "account_role"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index(None, "account_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[utc_at | None]
    ended_because: Mapped[short_text] = mapped_column(default="")
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    account: Mapped[Account] = relationship(back_populates="roles", foreign_keys=[account_id])


class AccountSession(Public, Base):
    """One sign-in on one device. The cookie holds a random token; only its hash is kept here."""

    __tablename__ = "account_session"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[name_text] = mapped_column(default="")
    created_at: Mapped[utc_at]
    last_seen_at: Mapped[utc_at]
    # When whoever is signed in last proved who they are: what is dangerous asks again after a while.
    proved_at: Mapped[utc_at | None]
    expires_at: Mapped[utc_at]
    ended_at: Mapped[utc_at | None]
    ended_because: Mapped[str] = mapped_column(String(40), default="")

    account: Mapped[Account] = relationship()


class SingleUseLink(Public, Base):
    """A link or code sent by letter: good once, for one purpose, until it expires or ends before.

    Only hashes of token and code are kept. `subject_id` is the public id of what it concerns beside an account (the
    person an invitation is for); `payload_sealed` holds what is carried out when it is used, and is forgotten then.
    """

    __tablename__ = "single_use_link"
    __table_args__ = (
        Index(None, "account_id"),
        Index(None, "subject_id"),
        Index(None, "email_digest"),
        Index(None, "expires_at"),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended_with_reason"),
        CheckConstraint("used_at IS NULL OR ended_at IS NOT NULL", name="used_is_ended"),
    )

    purpose: Mapped[LinkPurpose] = mapped_column(enum_column(LinkPurpose))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_digest: Mapped[str | None] = mapped_column(String(64))
    code_tries: Mapped[int] = mapped_column(Integer, default=0)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    subject_id: Mapped[str] = mapped_column(String(26), default="")
    email_digest: Mapped[str] = mapped_column(String(64))
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[utc_at]
    expires_at: Mapped[utc_at]
    used_at: Mapped[utc_at | None]
    ended_at: Mapped[utc_at | None]
    ended_because: Mapped[LinkEnd | None] = mapped_column(enum_column(LinkEnd))


class HalfSignIn(Base):
    """A right password that still waits for the second step. It opens nothing and is gone once it is used."""

    __tablename__ = "half_sign_in"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[name_text] = mapped_column(default="")
    created_at: Mapped[utc_at]
    expires_at: Mapped[utc_at]

    account: Mapped[Account] = relationship()


class RecoveryCode(Base):
    """A code for the day the second factor is lost: hashed under the installation's key, good once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[utc_at]
    used_at: Mapped[utc_at | None]


class SecondStepTry(Base):
    """One try at the second step of an account; tries of one day are counted, by all processes together."""

    __tablename__ = "second_step_try"
    __table_args__ = (Index(None, "account_id", "tried_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    tried_at: Mapped[utc_at]


class Passkey(Public, Base):
    """A key that a device keeps and signs in with; here lies its public half."""

    __tablename__ = "passkey"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[name_text]
    created_at: Mapped[utc_at]
    last_used_at: Mapped[utc_at | None]

    account: Mapped[Account] = relationship()


class LinkedIdentity(Public, Base):
    """Somebody at an OpenID provider who may sign in as this account. Who it is there is kept as a keyed hash only."""

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject_digest"), UniqueConstraint("account_id", "issuer"))

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    issuer: Mapped[short_text]
    subject_digest: Mapped[str] = mapped_column(String(64))
    linked_at: Mapped[utc_at]
    last_used_at: Mapped[utc_at | None]

    account: Mapped[Account] = relationship()


class SpentQuestion(Base):
    """A question to a passkey that was answered: the same answer does not count a second time."""

    __tablename__ = "spent_question"

    question_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[utc_at]


class SignInThrottle(Base):
    """Failed attempts counted under a keyed hash of what is slowed: an address, a network, everybody.

    Rows are shared by all processes of the installation and hold no address in the clear.
    """

    __tablename__ = "sign_in_throttle"

    subject: Mapped[str] = mapped_column(String(64), unique=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    counted_since: Mapped[utc_at]
    blocked_until: Mapped[utc_at | None]


class Alert(Public, Base):
    """Something an account is told of once: what kind, about which record, because of which other one.

    `detail` holds counts and never a name: who may see the record is asked again when the alert is shown.
    """

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("account_id", "kind", "about_id"),
        Index(None, "account_id", "raised_at"),
        Index(None, "subject_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(26))
    about_id: Mapped[str] = mapped_column(String(26))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    raised_at: Mapped[utc_at]
    read_at: Mapped[utc_at | None]
