"""Records that may be of one person, who has to be looked at again, and merges with what undoes them. No queries.

The rows say which records and why, never what is equal; the words that undo a merge are sealed and end with it.
"""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from registry.db import Base, Public, enum_column, utc_at
from registry.people.rules import PairState

_STANDING = text("undone_at IS NULL")


class DuplicateWaiting(Base):
    """Somebody whose names, birth, contacts or papers changed: the worker looks for likenesses.

    Found later and elsewhere on purpose: how long a save takes must not tell what others have on record.
    `times` makes every writer hold the row until its own words are committed.
    """

    __tablename__ = "duplicate_waiting"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    times: Mapped[int] = mapped_column(default=1)


class DuplicatePair(Public, Base):
    """Two records that may be of one person; nothing merges by itself.

    `reasons` are the bits of `registry.duplicates.rules.Reason`. «Different people» is remembered for good with the
    reasons known then: the row stays and never returns to the queue.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        CheckConstraint("reasons > 0", name="for_a_reason"),
        Index(None, "second_id"),
        Index(None, "state", "strength"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reasons: Mapped[int]
    strength: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[PairState] = mapped_column(enum_column(PairState), default=PairState.OPEN)
    found_at: Mapped[utc_at]
    seen_at: Mapped[utc_at]
    decided_at: Mapped[utc_at | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_reasons: Mapped[int] = mapped_column(default=0)


class DuplicateMerge(Public, Base):
    """One record merged into another; `material_sealed` is what every changed row was before and after.

    `undo_until` is the last day on which it can be taken back; the material is forgotten afterwards, and when either
    of the two is erased. `moved` counts rows by table, for the page.
    """

    __tablename__ = "duplicate_merge"
    __table_args__ = (
        Index(None, "survivor_id"),
        Index(
            "uq_duplicate_merge_standing",
            "merged_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        CheckConstraint("survivor_id <> merged_id", name="of_two"),
        CheckConstraint("(undone_at IS NULL) OR (material_sealed IS NULL)", name="undone_once"),
    )

    survivor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    unit_path: Mapped[str] = mapped_column(String(200))
    organisation_path: Mapped[str] = mapped_column(String(200))
    merged_at: Mapped[utc_at]
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undo_until: Mapped[date]
    undone_at: Mapped[utc_at | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    material_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
