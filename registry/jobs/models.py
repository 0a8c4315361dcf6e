"""The job row: what is to be done, who works on it until when, how far it is. Holds ids, never names."""

from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, Public, Stamped, code_text, enum_column, short_text, utc_at
from registry.jobs.rules import JobState


class Job(Public, Stamped, Base):
    """One piece of work.

    `claim_token` names the claim that holds the lease: every later write of that worker carries it, so
    a worker that slept past its lease cannot overwrite the one that took over (fencing).
    `error` is a sentence for people; it never repeats what was being worked on.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("steps_done >= 0", name="steps_done_not_negative"),
        CheckConstraint("state <> 'running' OR claim_token IS NOT NULL", name="running_is_claimed"),
        Index(None, "state", "due_at"),
    )

    kind: Mapped[code_text]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(enum_column(JobState), default=JobState.QUEUED)
    due_at: Mapped[utc_at]
    lease_until: Mapped[utc_at | None]
    claim_token: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    steps_done: Mapped[int] = mapped_column(Integer, default=0)
    steps_total: Mapped[int | None] = mapped_column(Integer)
    cancel_requested: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    started_at: Mapped[utc_at | None]
    finished_at: Mapped[utc_at | None]
    error: Mapped[short_text | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
