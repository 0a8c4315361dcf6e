"""Kept rankings, saved searches, shortlists, selections, and searches in vain. No queries.

A ranking is kept with what was asked, on which day, by which formula, and the rows as they stood. A kept row
holds public ids, codes, ranks and points, never a name, so that a person's record may change or be erased
without the decision that was taken losing its ground.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, enum_column, name_text, short_text, utc_at
from registry.matching.rules.pools import LONGEST_NUMBER, LONGEST_TERM, PoolKind
from registry.needs.models import Need

SEARCH_LENGTH = 2_000
_ON_THE_LIST = sql_text("removed_at IS NULL")


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


class SavedSearch(Public, Stamped, Base):
    """A search kept under a name by its owner: the criteria as they stand in an address, never a page of it.

    `seen_at` is when the owner last looked; who was found then is in `SavedSearchSeen`.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[name_text]
    address: Mapped[str] = mapped_column(String(SEARCH_LENGTH))
    seen_at: Mapped[utc_at]


class SavedSearchSeen(Base):
    """Somebody a saved search had found when its owner last looked."""

    __tablename__ = "saved_search_seen"
    __table_args__ = (UniqueConstraint("search_id", "person_id"), Index(None, "person_id"))

    search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class Shortlist(Public, Stamped, Base):
    """People set aside, for a need or standing alone. One of a need is open to whoever sees the need.

    What it is kept for is its kind; the pipeline of leaders, and no other, has a term, a position and a decision.
    """

    __tablename__ = "shortlist"
    __table_args__ = (
        Index(None, "owner_id"),
        Index(None, "need_id"),
        CheckConstraint(
            "kind = 'pipeline' AND term <> '' AND position <> '' AND decision_number <> '' "
            "AND decided_on IS NOT NULL "
            "OR kind <> 'pipeline' AND term = '' AND position = '' AND decision_number = '' "
            "AND decided_on IS NULL",
            name="pipeline_decided",
        ),
    )

    name: Mapped[name_text]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    kind: Mapped[PoolKind] = mapped_column(
        enum_column(PoolKind), default=PoolKind.TALENT, server_default="talent"
    )
    term: Mapped[str] = mapped_column(String(LONGEST_TERM), default="", server_default="")
    position: Mapped[name_text] = mapped_column(default="", server_default="")
    decision_number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="", server_default="")
    decided_on: Mapped[date | None]

    need: Mapped[Need | None] = relationship()


class ShortlistEntry(Base):
    """A person on a shortlist. Removing closes the row, so the list tells who put whom on and off, and when.

    Rows of one act share a batch, by which the act is undone. A row taken off by the batch that put it on was
    undone: that person was never considered.
    """

    __tablename__ = "shortlist_entry"
    __table_args__ = (
        Index(
            "uq_shortlist_entry_open",
            "shortlist_id",
            "person_id",
            unique=True,
            sqlite_where=_ON_THE_LIST,
            postgresql_where=_ON_THE_LIST,
        ),
        Index(None, "person_id"),
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removed_by_somebody"),
    )

    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    note: Mapped[short_text] = mapped_column(default="")
    added_at: Mapped[utc_at]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_batch: Mapped[str] = mapped_column(String(26))
    removed_at: Mapped[utc_at | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    removed_batch: Mapped[str | None] = mapped_column(String(26))


class Selection(Public, Base):
    """People picked for an export, with the purpose it serves. What leaves the registry is made from it later."""

    __tablename__ = "selection"
    __table_args__ = (Index(None, "owner_id"),)

    purpose: Mapped[short_text]
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[utc_at]


class SelectionPerson(Base):
    """Somebody in a selection."""

    __tablename__ = "selection_person"
    __table_args__ = (UniqueConstraint("selection_id", "person_id"), Index(None, "person_id"))

    selection_id: Mapped[int] = mapped_column(ForeignKey("selection.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class SearchDemand(Public, Base):
    """A search that found nobody, kept as demand: what was asked, when, by whom, and how many it found."""

    __tablename__ = "search_demand"
    __table_args__ = (Index(None, "asked_on"),)

    address: Mapped[str] = mapped_column(String(SEARCH_LENGTH))
    words: Mapped[short_text]
    found: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
