"""Who compared which figure with its source, and when it is to be looked at again. No queries."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, short_text, utc_at
from registry.policies.rules.states import LONGEST_CODE

_OWNERS = ("version_id", "document_id", "parameter_value_id", "list_year_id")
_ONE_OWNER = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in _OWNERS) + " = 1"


class FigureVerification(Base):
    """One figure of one row, compared with its source by somebody. What has no row here is «chưa kiểm chứng».

    `figure` names it within its owner («groups/ts/benefits/ts-mot-lan»); `figure_sha256` is what it said then, so that a
    changed figure is unverified again. The newest row of a figure counts, earlier ones stay.
    """

    __tablename__ = "figure_verification"
    __table_args__ = (
        CheckConstraint(_ONE_OWNER, name="of_one_owner"),
        Index(None, "version_id"),
        Index(None, "document_id"),
        Index(None, "parameter_value_id"),
        Index(None, "list_year_id"),
        Index(None, "review_on"),
    )

    version_id: Mapped[int | None] = mapped_column(ForeignKey("policy_version.id", ondelete="CASCADE"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("legal_document.id", ondelete="CASCADE"))
    parameter_value_id: Mapped[int | None] = mapped_column(
        ForeignKey("parameter_value.id", ondelete="CASCADE")
    )
    list_year_id: Mapped[int | None] = mapped_column(ForeignKey("yearly_list_year.id", ondelete="CASCADE"))
    figure: Mapped[str] = mapped_column(String(3 * LONGEST_CODE + 40))
    figure_sha256: Mapped[str] = mapped_column(String(64))
    source: Mapped[short_text]
    checked_on: Mapped[date]
    review_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]
