"""A registration of one account, and what was typed so far, encrypted. No queries."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, enum_column, name_text, utc_at
from registry.registrations.rules import Audience, RegistrationState, Task, TaskState


class Registration(Public, Stamped, Base):
    """The journey of one account. `public_id` is the submission key of the record it ends in.

    `code` is the code of the record («HS-20418»); a held registration has it before there is a record.
    `unit_path` is the office that keeps the record or is to decide about it; "" until it is sent.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (submitted_at IS NULL)", name="sent_with_its_moment"),
        Index(None, "state", "unit_path"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    audience: Mapped[Audience] = mapped_column(enum_column(Audience))
    state: Mapped[RegistrationState] = mapped_column(
        enum_column(RegistrationState), default=RegistrationState.OPEN
    )
    code: Mapped[str] = mapped_column(String(20), default="")
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    submitted_at: Mapped[utc_at | None]

    drafts: Mapped[list["RegistrationDraft"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="RegistrationDraft.id"
    )


class RegistrationDraft(Base):
    """What was typed for one task, or for one entry (`row`) of a task that has several.

    Kept also when it is incomplete or wrong. `version` is counted up by every save: who saves over another
    version sees both. `sign_in` and `device` say where it was saved last.
    """

    __tablename__ = "registration_draft"
    __table_args__ = (UniqueConstraint("registration_id", "task", "row"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    task: Mapped[Task] = mapped_column(enum_column(Task))
    row: Mapped[str] = mapped_column(String(26), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState))
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[utc_at]
    sign_in: Mapped[str] = mapped_column(String(26), default="")
    device: Mapped[name_text] = mapped_column(default="")

    registration: Mapped[Registration] = relationship(back_populates="drafts")
