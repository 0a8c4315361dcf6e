"""Administrative units with their validity and successors. Facts only; matching is in rules, reading in queries.

The key is (code, valid_from): seven province codes of 2025-07-01 were another province's before.
"""

from datetime import date

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, enum_column, name_text, utc_at
from registry.db.types import sort_text
from registry.places.rules import UnitKind, UnitLevel

CODE_LENGTH = 80
PATH_LENGTH = 200


class AdministrativeUnit(Base):
    """A country, province, district or commune during one validity.

    `path` of a unit valid from 2025-07-01 is made of its codes ("VN/86/29110/") and is what scopes are
    compared with. Units that ended have paths of their own ("VN-63/83/…") that no scope contains.
    `kind` and `full_name` are the newest ones known; earlier kinds are in `UnitKindSeen`.
    """

    __tablename__ = "administrative_unit"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        UniqueConstraint("path"),
        Index(None, "level", "folded"),
    )

    code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    kind: Mapped[UnitKind] = mapped_column(enum_column(UnitKind))
    level: Mapped[UnitLevel] = mapped_column(enum_column(UnitLevel))
    name: Mapped[name_text]
    full_name: Mapped[name_text]
    folded: Mapped[name_text]
    sort_key: Mapped[sort_text]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(PATH_LENGTH))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    parent: Mapped["AdministrativeUnit | None"] = relationship(remote_side="AdministrativeUnit.id")

    @property
    def is_current(self) -> bool:
        """Whether the unit has no known end."""
        return self.valid_to is None

    @property
    def heading(self) -> str:
        """The full name at the beginning of a line: «Xã Ba Tri»."""
        return self.full_name[:1].upper() + self.full_name[1:]


class UnitKindSeen(Base):
    """The kind a unit was seen to have on a date; the day it changed is not always known."""

    __tablename__ = "unit_kind_seen"
    __table_args__ = (UniqueConstraint("unit_id", "seen_on"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("administrative_unit.id"))
    kind: Mapped[UnitKind] = mapped_column(enum_column(UnitKind))
    seen_on: Mapped[date]


class Succession(Base):
    """An old unit went, wholly or in part, to a new one. `share_bp` is in hundredths of a percent, if known."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("old_id", "new_id"),)

    old_id: Mapped[int] = mapped_column(ForeignKey("administrative_unit.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("administrative_unit.id"), index=True)
    share_bp: Mapped[int | None]
    on_date: Mapped[date]


class AreaClassification(Public, Stamped, Base):
    """What a document says of a unit from a day on: `kinds` is the whole list of `AreaKind` values, none when it ended.

    A newer one of the same unit follows it. Units that ended keep theirs, which go on for what their land became.
    """

    __tablename__ = "area_classification"
    __table_args__ = (UniqueConstraint("unit_id", "valid_from"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("administrative_unit.id"))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    valid_from: Mapped[date]
    document: Mapped[name_text]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    unit: Mapped[AdministrativeUnit] = relationship()


class PlaceEdition(Public, Base):
    """Which data files were loaded: one row. Its public id changes with every load and keys caches."""

    __tablename__ = "place_edition"

    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[utc_at]
