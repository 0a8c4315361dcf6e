"""Kept rankings: what was asked, on which day, by which formula, and the rows as they stood. No queries.

A kept row holds public ids, codes, ranks and points, never a name, so that a person's record may change or be
erased without the decision that was taken losing its ground.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, utc_at
from registry.needs.models import Need


class MatchRun(Public, Base):
    """One ranking of people for a need, frozen with everything that decided it.

    `need_inputs` and `similarities` are what the formula was given of the need and of the vocabulary;
    `inputs_hash` covers them, the date, the formula, the facts of the kept rows and every count. `scopes` are the
    [unit path, organisation path] pairs whose people the viewer may see.
    """

    __tablename__ = "match_run"
    __table_args__ = (
        Index(None, "need_id", "computed_at"),
        CheckConstraint("considered >= 0 AND excluded_people >= 0", name="counts_not_negative"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    as_of: Mapped[date]
    formula_version: Mapped[int]
    vocabulary_version: Mapped[str] = mapped_column(String(64))
    index_version: Mapped[str | None] = mapped_column(String(64))
    scopes: Mapped[list[list[str]]] = mapped_column(JSON)
    inputs_hash: Mapped[str] = mapped_column(String(64))
    need_inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    similarities: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    considered: Mapped[int]
    not_enough_data: Mapped[int]
    excluded_people: Mapped[int]
    ranked: Mapped[int]
    excluded: Mapped[dict[str, int]] = mapped_column(JSON)
    relaxations: Mapped[dict[str, int]] = mapped_column(JSON)
    computed_at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    need: Mapped[Need] = relationship()
    rows: Mapped[list["MatchRow"]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="MatchRow.rank"
    )


class MatchRow(Base):
    """One person's place in a kept ranking. `content` is the row of the contract, `inputs` the facts it came from.

    Erasing a person blanks `person`, `content` and `inputs`; rank and points stay, so counts hold.
    """

    __tablename__ = "match_row"
    __table_args__ = (
        UniqueConstraint("run_id", "rank"),
        Index(None, "person"),
        CheckConstraint("certain BETWEEN 0 AND potential AND potential <= 10000", name="points_range"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"))
    rank: Mapped[int]
    person: Mapped[str | None] = mapped_column(String(26))
    state: Mapped[str] = mapped_column(String(20))
    certain: Mapped[int]
    potential: Mapped[int]
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    inputs: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    run: Mapped[MatchRun] = relationship(back_populates="rows")


class MatchSnapshot(Base):
    """A snapshot of everybody's facts that was made into files: `change` is the newest change it knows of.

    Files without a row here belong to another time of this database, as after an older copy was restored, and
    are not used.
    """

    __tablename__ = "match_snapshot"

    version: Mapped[str] = mapped_column(String(64), unique=True)
    as_of: Mapped[date]
    change: Mapped[int] = mapped_column(BigInteger)
    people: Mapped[int]
    built_at: Mapped[utc_at]
