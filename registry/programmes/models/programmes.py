"""A programme, the chain of its documents, its tree, its working group and what is printed of it. No queries."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    code_text,
    enum_column,
    long_text,
    name_text,
    short_text,
)
from registry.organisations.models import Organisation
from registry.places.models import AdministrativeUnit
from registry.programmes.rules.words import (
    ChainLink,
    DocumentRole,
    FactKind,
    MemberRole,
    NodeKind,
    ProgrammeState,
)

LONGEST_NAME = 500


class Programme(Public, Stamped, Versioned, Base):
    """A programme (đề án, nghị quyết, kế hoạch). `organisation_id` is its standing agency (cơ quan thường trực).

    `unit_path` and `organisation_path` are its scope: who reaches them sees the whole of it, others what is theirs.
    `horizons` are the years its targets look to; `source` is where its printed facts were read.
    """

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="period"),
        Index(None, "unit_path"),
        Index(None, "organisation_path"),
    )

    code: Mapped[code_text] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME), default="")
    about: Mapped[long_text] = mapped_column(default="")
    state: Mapped[ProgrammeState] = mapped_column(enum_column(ProgrammeState), default=ProgrammeState.DRAFT)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    horizons: Mapped[list[int]] = mapped_column(JSON, default=list)
    source: Mapped[short_text] = mapped_column(default="")

    organisation: Mapped[Organisation | None] = relationship()
    unit: Mapped[AdministrativeUnit | None] = relationship()


class ProgrammeDocument(Public, Stamped, Base):
    """A document of a programme. `parent_id` is the one it comes from, `link` how; an amendment is a row of its own."""

    __tablename__ = "programme_document"
    __table_args__ = (
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own"),
        CheckConstraint(
            "effective_to IS NULL OR effective_from IS NULL OR effective_to >= effective_from", name="period"
        ),
        Index(None, "programme_id"),
        Index(None, "parent_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("programme_document.id"))
    link: Mapped[ChainLink | None] = mapped_column(enum_column(ChainLink))
    role: Mapped[DocumentRole] = mapped_column(enum_column(DocumentRole))
    number: Mapped[str] = mapped_column(String(80), default="")
    issuer: Mapped[name_text] = mapped_column(default="")
    title: Mapped[str] = mapped_column(String(LONGEST_NAME))
    signed_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    note: Mapped[short_text] = mapped_column(default="")

    programme: Mapped[Programme] = relationship()


class ProgrammeNode(Public, Stamped, Base):
    """A place in the tree of a programme, on which indicators hang.

    `owner_id` answers for it and `source` is where its figures come from; `is_printed` tells a title that stands in
    the document from one that was given here.
    """

    __tablename__ = "programme_node"
    __table_args__ = (
        UniqueConstraint("programme_id", "code"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own"),
        Index(None, "parent_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("programme_node.id"))
    kind: Mapped[NodeKind] = mapped_column(enum_column(NodeKind))
    code: Mapped[code_text]
    title: Mapped[str] = mapped_column(String(LONGEST_NAME))
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    source: Mapped[short_text] = mapped_column(default="")
    is_printed: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[Programme] = relationship()
    owner: Mapped[Organisation | None] = relationship()


class ProgrammeMember(Public, Stamped, Base):
    """Somebody in the working group (Tổ công tác) of a programme, from one day to another."""

    __tablename__ = "programme_member"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="period"),
        Index(None, "programme_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    name: Mapped[name_text]
    office: Mapped[name_text] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[MemberRole] = mapped_column(enum_column(MemberRole))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    organisation: Mapped[Organisation | None] = relationship()


class ProgrammeFact(Public, Base):
    """A printed figure that is no quantity: as printed, with the words and the paragraph it stands in.

    `code` is its id in the list of published figures («BT-19»).
    """

    __tablename__ = "programme_fact"
    __table_args__ = (
        CheckConstraint("paragraph IS NULL OR paragraph >= 1", name="paragraph_positive"),
        Index(None, "programme_id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    code: Mapped[code_text] = mapped_column(unique=True)
    kind: Mapped[FactKind] = mapped_column(enum_column(FactKind))
    name: Mapped[name_text]
    name_en: Mapped[name_text] = mapped_column(default="")
    value: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(80), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    quote: Mapped[short_text] = mapped_column(default="")
    paragraph: Mapped[int | None]
    source: Mapped[short_text] = mapped_column(default="")
