"""Organisations as a tree with dated names and successors. Facts only."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, derive, enum_column, name_text
from registry.db.types import sort_text
from registry.organisations.rules import OrganisationKind
from registry.text import accented_key, fold, sort_key

PATH_LENGTH = 200
_OPEN_WITH_PARENT = text("valid_to IS NULL AND parent_id IS NOT NULL")
_OPEN_ROOT = text("valid_to IS NULL AND parent_id IS NULL")


class Organisation(Public, Stamped, Versioned, Base):
    """An agency, enterprise, school … at its place in the tree.

    `path` is the ids from the root down ("7/19/"), `unit_path` the path of the administrative unit it
    belongs to ("" when it has none); scopes are compared with both. Open siblings have distinct names.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        Index(
            "uq_organisation_sibling_name",
            "parent_id",
            "name_key",
            unique=True,
            sqlite_where=_OPEN_WITH_PARENT,
            postgresql_where=_OPEN_WITH_PARENT,
        ),
        Index(
            "uq_organisation_root_name",
            "name_key",
            unique=True,
            sqlite_where=_OPEN_ROOT,
            postgresql_where=_OPEN_ROOT,
        ),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="period"),
    )

    name: Mapped[name_text]
    name_key: Mapped[str] = mapped_column(String(400))
    folded: Mapped[str] = mapped_column(String(400), index=True)
    sort_key: Mapped[sort_text]
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="", index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    parent: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[parent_id]
    )
    successor: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[successor_id]
    )
    names: Mapped[list["OrganisationName"]] = relationship(
        back_populates="organisation",
        cascade="all, delete-orphan",
        order_by="OrganisationName.valid_to, OrganisationName.id",
    )

    @property
    def is_open(self) -> bool:
        """Whether the organisation has no end."""
        return self.valid_to is None


class OrganisationName(Base):
    """A name the organisation had until a day (inclusive); the present name is on the organisation."""

    __tablename__ = "organisation_name"
    __table_args__ = (UniqueConstraint("organisation_id", "name_key", "valid_to"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[name_text]
    name_key: Mapped[str] = mapped_column(String(400))
    folded: Mapped[str] = mapped_column(String(400), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date]

    organisation: Mapped[Organisation] = relationship(back_populates="names")


for _named in (Organisation, OrganisationName):
    derive(_named.name, "name_key", accented_key)
    derive(_named.name, "folded", fold)
derive(Organisation.name, "sort_key", sort_key)
