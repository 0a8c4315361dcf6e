"""Imports: the batch, the file while it is needed, what became of each row, what is to be mended. No queries.

A file holds personal data of people who are not in the registry yet, so all of it is sealed: the file
itself, its headers and the values quoted in issues. They go when the batch is finished with them
(everything committed, undone or discarded, or after `rules.batches.KEPT_DAYS`); counts and public ids stay.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, code_text, enum_column, name_text, utc_at
from registry.exchange.rules.batches import BatchState, CommitMode, ImportKind, RowState
from registry.exchange.rules.cvs import CvState
from registry.jobs.models import Job
from registry.people.rules import LegalBasis


class ImportBatch(Public, Stamped, Versioned, Base):
    """One file on its way into the registry.

    `unit_path` and `organisation_path` are the scope its records belong to and by which it is seen.
    `mapping` is {column index: column key}. `basis` is the legal basis of rows that name none; None
    until somebody states it. The counts are those of the newest check or commit: `errors` of cells, the others of rows.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(
            "rows >= 0 AND valid >= 0 AND warnings >= 0 AND errors >= 0", name="counts_not_negative"
        ),
        Index(None, "unit_path"),
        Index(None, "organisation_path"),
    )

    kind: Mapped[ImportKind] = mapped_column(enum_column(ImportKind))
    state: Mapped[BatchState] = mapped_column(enum_column(BatchState), default=BatchState.UPLOADED)
    mode: Mapped[CommitMode | None] = mapped_column(enum_column(CommitMode))
    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)
    file_name: Mapped[name_text] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    sheet: Mapped[name_text] = mapped_column(default="")
    header_row: Mapped[int] = mapped_column(Integer, default=1)
    headers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    rows: Mapped[int] = mapped_column(Integer, default=0)
    valid: Mapped[int] = mapped_column(Integer, default=0)
    warnings: Mapped[int] = mapped_column(Integer, default=0)
    errors: Mapped[int] = mapped_column(Integer, default=0)
    created: Mapped[int] = mapped_column(Integer, default=0)
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    committed_at: Mapped[utc_at | None]
    basis: Mapped[LegalBasis | None] = mapped_column(enum_column(LegalBasis))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    job: Mapped[Job | None] = relationship(lazy="joined")

    @property
    def error_rows(self) -> int:
        """Rows that errors keep out; `errors` counts cells, and a row may have several."""
        return self.rows - self.valid

    @property
    def unreached(self) -> int:
        """Valid rows that a stopped commit neither made nor skipped."""
        return max(0, self.valid - self.created - self.skipped)


class ImportFile(Base):
    """A sealed file of a batch: what was uploaded, or the workbook that goes back with the column «Lỗi»."""

    __tablename__ = "import_file"
    __table_args__ = (UniqueConstraint("batch_id", "role"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    role: Mapped[code_text]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Base):
    """What became of one row. `subject_version` is the record's version when the import made it, at `created_at`."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("batch_id", "row"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    row: Mapped[int] = mapped_column(Integer)
    state: Mapped[RowState] = mapped_column(enum_column(RowState))
    subject_id: Mapped[str | None] = mapped_column(String(26), index=True)
    subject_version: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[utc_at]


class ImportIssue(Base):
    """Something to mend in a cell (`is_error`) or to look at. What is said may quote the value, so it is sealed."""

    __tablename__ = "import_issue"
    __table_args__ = (Index(None, "batch_id", "row"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    row: Mapped[int] = mapped_column(Integer)
    column_index: Mapped[int] = mapped_column(Integer)
    column_header: Mapped[name_text]
    code: Mapped[code_text]
    is_error: Mapped[bool] = mapped_column(Boolean)
    said_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class CvFile(Public, Stamped, Base):
    """The CV somebody fills their own profile from: one an account, a later one takes its place.

    Name, file and what was found in it are sealed. The file is forgotten once it was read, what was found once it
    was confirmed or after `rules.cvs.KEPT_DAYS`. `refusal` is a key of `rules.cvs.CV_REFUSALS`.
    """

    __tablename__ = "cv_file"
    __table_args__ = (
        CheckConstraint("state = 'waiting' OR content_sealed IS NULL", name="file_gone_once_read"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    state: Mapped[CvState] = mapped_column(enum_column(CvState), default=CvState.WAITING)
    refusal: Mapped[code_text] = mapped_column(default="")
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    found_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))

    job: Mapped[Job | None] = relationship(lazy="joined")
