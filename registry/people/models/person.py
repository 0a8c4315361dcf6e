"""The person: one row, whatever facets it has; its names, nationalities, contacts and documents. No queries."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from registry.consents.models import Consent, Notice, Purpose
from registry.consents.rules import PURPOSE_BITS, PurposeCode
from registry.db import (
    Base,
    Public,
    Stamped,
    Versioned,
    derive,
    enum_column,
    long_text,
    name_text,
    sort_text,
    utc_at,
)
from registry.people.rules import (
    AuthorKind,
    ContactKind,
    DatePrecision,
    IdentityKind,
    LegalBasis,
    NameKind,
    PartialDate,
    PersonState,
    Sex,
)
from registry.people.rules.full_text import headline_words
from registry.text import fold, person_sort_key

PATH_LENGTH = 200


class Person(Public, Stamped, Versioned, Base):
    """A single human being in the registry.

    `code` («HS-20418») is what stands for the name where it may not be shown. `unit_path` and
    `organisation_path` say which office keeps the record; they are the scope, never a wish of the person.
    Origin (gốc), birthplace, residence and nationality are four different facts.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index(None, "unit_path", "state"),
        Index(None, "organisation_path"),
        Index(None, "folded_name", "birth_on"),
        Index(None, "birth_on"),
        Index(None, "merged_into_id"),
        Index(None, "name_sort_key", "id"),
        Index(None, "external_id"),
        CheckConstraint("(birth_on IS NULL) = (birth_precision IS NULL)", name="birth_with_precision"),
        CheckConstraint("stated_years IS NULL OR stated_years BETWEEN 0 AND 60", name="stated_years_range"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_somebody"),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(200))
    submission_key: Mapped[str | None] = mapped_column(String(26), unique=True)
    state: Mapped[PersonState] = mapped_column(enum_column(PersonState), default=PersonState.ACTIVE)
    legal_basis: Mapped[LegalBasis] = mapped_column(enum_column(LegalBasis))
    author: Mapped[AuthorKind] = mapped_column(enum_column(AuthorKind), default=AuthorKind.OFFICER)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    full_name: Mapped[name_text]
    folded_name: Mapped[sort_text]
    name_sort_key: Mapped[sort_text]
    birth_on: Mapped[date | None]
    birth_precision: Mapped[DatePrecision | None] = mapped_column(enum_column(DatePrecision))
    sex: Mapped[Sex | None] = mapped_column(enum_column(Sex))

    origin_unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    origin_text: Mapped[name_text] = mapped_column(default="")
    birthplace_unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    birthplace_text: Mapped[name_text] = mapped_column(default="")
    residence_unit_id: Mapped[int | None] = mapped_column(ForeignKey("administrative_unit.id"))
    residence_unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="", index=True)
    residence_country: Mapped[str | None] = mapped_column(String(2))
    residence_text: Mapped[name_text] = mapped_column(default="")

    stated_years: Mapped[int | None] = mapped_column(SmallInteger)
    headline: Mapped[name_text] = mapped_column(default="")
    folded_headline: Mapped[sort_text] = mapped_column(default="")
    summary: Mapped[long_text] = mapped_column(default="")
    confirmed_on: Mapped[date | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # Uses the person had closed, by restriction or objection: the bits of their purposes.
    closed_purposes: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")

    names: Mapped[list["PersonName"]] = relationship(
        cascade="all, delete-orphan", order_by="PersonName.id", back_populates="person"
    )
    nationalities: Mapped[list["Nationality"]] = relationship(
        cascade="all, delete-orphan", order_by="Nationality.country", back_populates="person"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        cascade="all, delete-orphan", order_by="Contact.id", back_populates="person"
    )
    identities: Mapped[list["IdentityDocument"]] = relationship(
        cascade="all, delete-orphan", order_by="IdentityDocument.id", back_populates="person"
    )
    consents: Mapped[list[Consent]] = relationship(
        cascade="save-update, merge, delete", order_by=Consent.id, passive_deletes=True
    )

    if TYPE_CHECKING:
        agrees_to_be_named: Mapped[bool]

    @property
    def birth(self) -> PartialDate | None:
        """The birth date as far as it is known."""
        return PartialDate.of(self.birth_on, self.birth_precision)

    @birth.setter
    def birth(self, value: PartialDate | None) -> None:
        self.birth_on = None if value is None else value.earliest
        self.birth_precision = None if value is None else value.precision


derive(Person.full_name, "folded_name", fold)
derive(Person.full_name, "name_sort_key", person_sort_key)
derive(Person.headline, "folded_headline", headline_words)


class PersonName(Base):
    """Another name of the person: at birth, former, in common use, in a foreign passport."""

    __tablename__ = "person_name"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NameKind] = mapped_column(enum_column(NameKind))
    full_name: Mapped[name_text]
    folded_name: Mapped[sort_text]

    person: Mapped[Person] = relationship(back_populates="names")


derive(PersonName.full_name, "folded_name", fold)


class Nationality(Base):
    """One of the nationalities (ISO 3166 alpha-2)."""

    __tablename__ = "nationality"
    __table_args__ = (UniqueConstraint("person_id", "country"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    country: Mapped[str] = mapped_column(String(2))

    person: Mapped[Person] = relationship(back_populates="nationalities")


class Contact(Base):
    """An e-mail address or an E.164 number: encrypted, with a keyed hash to find who else has it."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("person_id", "kind", "value_digest"), Index(None, "value_digest"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[ContactKind] = mapped_column(enum_column(ContactKind))
    value_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    value_digest: Mapped[str] = mapped_column(String(64))
    is_preferred: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[utc_at | None]

    person: Mapped[Person] = relationship(back_populates="contacts")


class IdentityDocument(Base):
    """An identity number: encrypted, with a keyed hash by which no two people hold the same one."""

    __tablename__ = "identity_document"
    __table_args__ = (UniqueConstraint("kind", "number_digest"), UniqueConstraint("person_id", "kind"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[IdentityKind] = mapped_column(enum_column(IdentityKind))
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    number_digest: Mapped[str] = mapped_column(String(64))
    country: Mapped[str] = mapped_column(String(2), default="VN")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="identities")


class SensitiveTraits(Base):
    """Ethnicity, religion and Party membership: apart, encrypted, behind a permission of their own.

    A null says nothing was stated. Nothing in search, lists or scoring reads this table.
    """

    __tablename__ = "sensitive_traits"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    ethnicity_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    religion_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    party_member_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_at: Mapped[utc_at]
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


def has_agreed(purpose: PurposeCode) -> ColumnElement[bool]:
    """SQL: the person of this row has a consent to the purpose that stands and still counts."""
    return (
        select(Consent.id)
        .join(Purpose, Consent.purpose_id == Purpose.id)
        .join(Notice, Consent.notice_id == Notice.id)
        .where(
            Consent.person_id == Person.id,
            Consent.withdrawn_at.is_(None),
            Purpose.code == purpose,
            Notice.version >= Purpose.counts_from_version,
        )
        .correlate(Person)
        .exists()
    )


def has_withdrawn(purpose: PurposeCode) -> ColumnElement[bool]:
    """SQL: the person of this row took back a consent to the purpose; another may stand since."""
    return (
        select(Consent.id)
        .join(Purpose, Consent.purpose_id == Purpose.id)
        .where(Consent.person_id == Person.id, Consent.withdrawn_at.is_not(None), Purpose.code == purpose)
        .correlate(Person)
        .exists()
    )


def is_open_for(purpose: PurposeCode) -> ColumnElement[bool]:
    """SQL: the person of this row has not had this use of the record closed.

    Nearly nobody has; said first, PostgreSQL expects as many rows as there are. Of a bit it would expect a handful.
    """
    is_closed = Person.closed_purposes.bitwise_and(PURPOSE_BITS[purpose])
    return or_(Person.closed_purposes == 0, is_closed == 0)


# Whether an officer in scope may see name, contacts, employers and papers. Read with the row itself, so a
# withdrawal is seen by the very next read, and no list needs a query of its own for it.
Person.agrees_to_be_named = column_property(
    and_(
        is_open_for(PurposeCode.CONTACT),
        or_(
            Person.legal_basis == LegalBasis.LAW,
            and_(has_agreed(PurposeCode.REGISTRY), has_agreed(PurposeCode.CONTACT)),
        ),
    )
)
