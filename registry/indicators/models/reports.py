"""A report as it was frozen: its bytes never change again. No queries."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, Public, Stamped, enum_column, name_text, utc_at
from registry.indicators.rules.snapshots import SnapshotState
from registry.places.models import PATH_LENGTH


class ReportSnapshot(Public, Stamped, Base):
    """Values, definitions, code version and data date of a report with its two files (IN-13).

    `digest` is the SHA-256 of both files; `published_by_id` is never who froze it.
    """

    __tablename__ = "report_snapshot"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="period"),
        CheckConstraint("published_by_id <> frozen_by_id", name="published_by_another"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_with_instant"),
        CheckConstraint(
            "state = 'draft' OR (pdf IS NOT NULL AND workbook IS NOT NULL)", name="frozen_with_files"
        ),
        Index(None, "unit_path"),
    )

    title: Mapped[name_text]
    starts: Mapped[date]
    ends: Mapped[date]
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    state: Mapped[SnapshotState] = mapped_column(enum_column(SnapshotState), default=SnapshotState.DRAFT)
    values: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    code_version: Mapped[str] = mapped_column(String(40))
    data_at: Mapped[utc_at]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    workbook: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(64), default="")
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    frozen_at: Mapped[utc_at | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[utc_at | None]
