"""The facets of one person, each with dates: expert, cadre, overseas. A person may have several at once."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, long_text, name_text
from registry.people.models.person import Person
from registry.people.rules import AcademicTitle, CadreKind, ExpertKind, ReturnIntent, RightToStay

_PERIOD = "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from"


class ExpertFacet(Public, Stamped, Versioned, Base):
    """The person as an expert. Professor titles are a fact of their own, beside the degrees."""

    __tablename__ = "expert_facet"
    __table_args__ = (CheckConstraint(_PERIOD, name="period"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ExpertKind] = mapped_column(enum_column(ExpertKind))
    academic_title: Mapped[AcademicTitle | None] = mapped_column(enum_column(AcademicTitle))
    expertise: Mapped[long_text] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()


class CadreFacet(Public, Stamped, Versioned, Base):
    """The person as cán bộ, công chức or viên chức, with office, rank and training ranks.

    `coefficient_hundredths` is the salary coefficient × 100 (4,98 → 498). `political_theory_rank` 1…4 and
    `state_management_rank` 1…3 follow the vocabularies of the room.
    """

    __tablename__ = "cadre_facet"
    __table_args__ = (
        CheckConstraint(_PERIOD, name="period"),
        CheckConstraint(
            "political_theory_rank IS NULL OR political_theory_rank BETWEEN 1 AND 4",
            name="political_theory_range",
        ),
        CheckConstraint(
            "state_management_rank IS NULL OR state_management_rank BETWEEN 1 AND 3",
            name="state_management_range",
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CadreKind] = mapped_column(enum_column(CadreKind))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    organisation_text: Mapped[name_text] = mapped_column(default="")
    office: Mapped[name_text] = mapped_column(default="")
    position: Mapped[name_text] = mapped_column(default="")
    rank_code: Mapped[str] = mapped_column(String(20), default="")
    rank_name: Mapped[name_text] = mapped_column(default="")
    step: Mapped[int | None] = mapped_column(SmallInteger)
    coefficient_hundredths: Mapped[int | None]
    political_theory_rank: Mapped[int | None] = mapped_column(SmallInteger)
    state_management_rank: Mapped[int | None] = mapped_column(SmallInteger)
    recruited_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()


class OverseasFacet(Public, Stamped, Versioned, Base):
    """The person as somebody who lives abroad: where, on what ground, and what return they think of."""

    __tablename__ = "overseas_facet"
    __table_args__ = (CheckConstraint(_PERIOD, name="period"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    country: Mapped[str] = mapped_column(String(2))
    right_to_stay: Mapped[RightToStay | None] = mapped_column(enum_column(RightToStay))
    return_intent: Mapped[ReturnIntent | None] = mapped_column(enum_column(ReturnIntent))
    time_zone: Mapped[str] = mapped_column(String(40), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship()
