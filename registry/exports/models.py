"""Files asked for, and whom they hold. No queries.

An export lives for hours: what was asked, for what and by whom stays in the log, the row goes with the file.
"""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, enum_column, long_text, short_text, utc_at
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportList, ExportPurpose, list_of
from registry.jobs.models import Job

ADDRESS_LENGTH = 2_000


class Export(Public, Base):
    """A list on its way out, for its owner alone.

    `subject` is the public id of the need, shortlist or selection, the name of a list with columns of its
    own (`rules.kinds`), "" for none; `need` that of the need for which
    its owner looks, whose introductions count. `address` are the filters as they stand in an address, `told` the
    same in words. `rows` is how many were asked for; `written` how many the file holds. `file` is the name of a file
    the worker made, without it the rows are written when they are taken.
    """

    __tablename__ = "export"
    __table_args__ = (
        Index(None, "owner_id"),
        Index(None, "expires_at"),
        CheckConstraint("rows >= 0", name="rows_not_negative"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[ExportKind] = mapped_column(enum_column(ExportKind))
    subject: Mapped[str] = mapped_column(String(26), default="")
    need: Mapped[str] = mapped_column(String(26), default="")
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    told: Mapped[list[str]] = mapped_column(JSON, default=list)
    columns: Mapped[list[str]] = mapped_column(JSON, default=list)
    format: Mapped[ExportFormat] = mapped_column(enum_column(ExportFormat))
    purpose: Mapped[ExportPurpose] = mapped_column(enum_column(ExportPurpose))
    purpose_text: Mapped[short_text]
    rows: Mapped[int] = mapped_column(default=0)
    written: Mapped[int | None]
    made_at: Mapped[utc_at]
    expires_at: Mapped[utc_at]
    file: Mapped[str | None] = mapped_column(String(60))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))

    job: Mapped[Job | None] = relationship(lazy="joined")

    @property
    def listed(self) -> ExportList:
        """The list it is."""
        return list_of(self.kind, self.subject)

    @property
    def parameters(self) -> dict[str, Any]:
        """What the log keeps of it. Words typed into the box of a search may be a name: the log keeps that there were some."""
        pairs = [pair for pair in self.address.split("&") if pair]
        kept = [pair if not pair.startswith(("q=", "tim=")) else pair.split("=")[0] for pair in pairs]
        return {
            "kind": self.kind.value,
            "list": self.subject,
            "filters": "&".join(kept),
            "columns": list(self.columns),
            "format": self.format.value,
            "purpose": self.purpose.value,
            "purpose_text": self.purpose_text,
            "rows": self.rows,
        }


class ExportPerson(Base):
    """Somebody in an export, in the order of the ids. `rank` and points (hundredths) are those of a ranking, `why`
    says them in words where that column was chosen: what stands there speaks of the same facts as the points.

    `is_named` says how the file made by the worker shows them: by name, by code, or (None) not at all.
    """

    __tablename__ = "export_person"
    __table_args__ = (UniqueConstraint("export_id", "person_id"), Index(None, "person_id"))

    export_id: Mapped[int] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    rank: Mapped[int | None]
    certain: Mapped[int | None]
    potential: Mapped[int | None]
    why: Mapped[long_text] = mapped_column(default="")
    is_named: Mapped[bool | None]
