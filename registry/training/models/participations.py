"""Who took part in a session, with what result, and what a result gave. No queries.

`participant` is the person's row id; of whoever is not in the registry a negative number, the keyed hash of the identity
the list gave. No name and no number of theirs is kept: count(distinct participant) is người, count(*) is lượt.
"""

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.db import Base, Public, Stamped, Versioned, enum_column, name_text, utc_at
from registry.organisations.models import Organisation
from registry.people.models import CadreFacet, Evidence, Person, SkillClaim
from registry.people.rules import Sex
from registry.training.models.courses import PATH_LENGTH
from registry.training.models.sessions import TrainingSession
from registry.training.rules import LONGEST_CODE, LONGEST_NUMBER, CreditKind, ParticipationState, Result

_IN_REGISTRY = text("person_id IS NOT NULL")


class Participation(Public, Stamped, Versioned, Base):
    """One participation (lượt) of one participant in one session.

    `category`, the two paths and `happened_on` repeat the session's, so that a million rows are counted from one index;
    `happened_on` is null for whoever did not take part: what is counted is what has a day. The breakdown is only as the
    list gave it, null where it said nothing. `grade_tenths` is a mark of 0…10 in tenths.
    """

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("session_id", "participant"),
        CheckConstraint("person_id IS NOT NULL OR participant < 0", name="stranger_negative"),
        CheckConstraint("person_id IS NULL OR participant = person_id", name="person_is_participant"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours_not_negative"),
        CheckConstraint("grade_tenths IS NULL OR grade_tenths BETWEEN 0 AND 100", name="grade_range"),
        CheckConstraint(
            "result IS NULL OR result = 'revoked' OR state = 'completed'", name="result_of_completed"
        ),
        Index("ix_participation_counted", "category", "happened_on", "participant", "unit_path"),
        # Once a class for each person; merging two records looks for unique keys that name the person.
        Index(
            "uq_participation_person",
            "person_id",
            "session_id",
            unique=True,
            sqlite_where=_IN_REGISTRY,
            postgresql_where=_IN_REGISTRY,
        ),
        Index("ix_participation_by_participant", "participant", "category", "happened_on", "unit_path"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    participant: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[ParticipationState] = mapped_column(
        enum_column(ParticipationState), default=ParticipationState.REGISTERED
    )
    result: Mapped[Result | None] = mapped_column(enum_column(Result))
    result_on: Mapped[date | None]
    hours: Mapped[int | None]
    grade_tenths: Mapped[int | None] = mapped_column(SmallInteger)
    certificate_number: Mapped[str] = mapped_column(String(LONGEST_NUMBER), default="")
    certificate_on: Mapped[date | None]
    committed_until: Mapped[date | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    sex: Mapped[Sex | None] = mapped_column(enum_column(Sex))
    is_rural: Mapped[bool | None]
    is_minority: Mapped[bool | None]
    is_vulnerable: Mapped[bool | None]
    is_teacher: Mapped[bool | None]
    category: Mapped[str] = mapped_column(String(LONGEST_CODE))
    happened_on: Mapped[date | None]
    unit_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    organisation_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")

    session: Mapped[TrainingSession] = relationship()
    person: Mapped[Person | None] = relationship()
    sent_by: Mapped[Organisation | None] = relationship()
    credits: Mapped[list["ParticipationCredit"]] = relationship(
        cascade="all, delete-orphan", order_by="ParticipationCredit.id", back_populates="participation"
    )


class ParticipationCredit(Base):
    """What a passed result gave the profile, so that revoking the result takes exactly that away again (TR-03).

    `was_made`: the claim was opened by it (in place of `earlier_claim`, of a lower level), or the standard raised from
    `earlier_rank`; otherwise what was there already is only supported.
    """

    __tablename__ = "participation_credit"
    __table_args__ = (Index(None, "participation_id"), Index(None, "skill_claim_id"))

    participation_id: Mapped[int] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"))
    kind: Mapped[CreditKind] = mapped_column(enum_column(CreditKind))
    evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence.id", ondelete="SET NULL"), index=True
    )
    skill_claim_id: Mapped[int | None] = mapped_column(ForeignKey("skill_claim.id", ondelete="SET NULL"))
    cadre_facet_id: Mapped[int | None] = mapped_column(
        ForeignKey("cadre_facet.id", ondelete="SET NULL"), index=True
    )
    earlier_claim_id: Mapped[int | None] = mapped_column(
        ForeignKey("skill_claim.id", ondelete="SET NULL"), index=True
    )
    was_made: Mapped[bool]
    earlier_rank: Mapped[int | None] = mapped_column(SmallInteger)
    rank: Mapped[int | None] = mapped_column(SmallInteger)
    what: Mapped[name_text] = mapped_column(default="")
    made_at: Mapped[utc_at]
    withdrawn_at: Mapped[utc_at | None]

    participation: Mapped[Participation] = relationship(back_populates="credits")
    evidence: Mapped[Evidence | None] = relationship()
    skill_claim: Mapped[SkillClaim | None] = relationship(foreign_keys=[skill_claim_id])
    earlier_claim: Mapped[SkillClaim | None] = relationship(foreign_keys=[earlier_claim_id])
    cadre_facet: Mapped[CadreFacet | None] = relationship()
