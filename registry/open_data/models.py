"""Sets of open data and their releases: the bytes of a release never change again. No queries."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    enum_column,
    name_text,
    short_text,
    utc_at,
)
from registry.open_data.rules.kinds import DatasetKind, Licence, Theme
from registry.open_data.rules.states import ReleaseState
from registry.places.models import PATH_LENGTH, AdministrativeUnit


class OpenDataset(Public, Stamped, Versioned, Base):
    """What is published under one address, whatever its releases (EX-08). Its scope is a place, never one organisation.

    `code` is the address; `programme` the code of the one programme whose indicators it tells, "" for all of the place.
    """

    __tablename__ = "open_dataset"
    __table_args__ = (CheckConstraint("publisher <> ''", name="with_publisher"), Index(None, "unit_path"))

    code: Mapped[code_text] = mapped_column(unique=True)
    kind: Mapped[DatasetKind] = mapped_column(enum_column(DatasetKind))
    title: Mapped[name_text]
    title_en: Mapped[name_text]
    description: Mapped[short_text]
    description_en: Mapped[short_text]
    licence: Mapped[Licence] = mapped_column(enum_column(Licence), default=Licence.CC_BY)
    theme: Mapped[Theme] = mapped_column(enum_column(Theme))
    publisher: Mapped[name_text]
    programme: Mapped[str] = mapped_column(String(40), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[AdministrativeUnit | None] = relationship()
    releases: Mapped[list["OpenRelease"]] = relationship(
        back_populates="dataset", order_by="OpenRelease.number.desc()"
    )


class OpenRelease(Public, Stamped, Versioned, Base):
    """One release, frozen when it was prepared: three files, and the counts behind them that nobody outside sees.

    `starts` is null for what was counted as it stood on `as_of`. `tables` are the grids with what was hidden and why: a
    later release is held against them. Whoever prepared it does not decide about it.
    """

    __tablename__ = "open_release"
    __table_args__ = (
        UniqueConstraint("dataset_id", "number"),
        CheckConstraint("starts IS NULL OR ends >= starts", name="period"),
        CheckConstraint("decided_by_id <> prepared_by_id", name="decided_by_another"),
        CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL)",
            name="published_with_instant",
        ),
        CheckConstraint("(state IN ('refused', 'withdrawn')) = (reason <> '')", name="ended_with_reason"),
    )

    dataset_id: Mapped[int] = mapped_column(ForeignKey("open_dataset.id"))
    number: Mapped[int]
    state: Mapped[ReleaseState] = mapped_column(enum_column(ReleaseState), default=ReleaseState.DRAFT)
    as_of: Mapped[date]
    starts: Mapped[date | None]
    ends: Mapped[date]
    note: Mapped[short_text] = mapped_column(default="")
    rows: Mapped[int]
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON, deferred=True)
    csv: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    json: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    dictionary: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    csv_bytes: Mapped[int]
    json_bytes: Mapped[int]
    csv_digest: Mapped[str] = mapped_column(String(64))
    json_digest: Mapped[str] = mapped_column(String(64))
    code_version: Mapped[str] = mapped_column(String(40), default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    prepared_at: Mapped[utc_at]
    sent_at: Mapped[utc_at | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[utc_at | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[utc_at | None]
    reason: Mapped[short_text] = mapped_column(default="")

    dataset: Mapped[OpenDataset] = relationship(back_populates="releases")
