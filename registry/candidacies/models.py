"""Tables of candidacies: how they moved, what was decided, said in interviews and by experts, and what became of the
post. No queries.

Whatever somebody wrote is sealed under its own row; rows hold ids, codes and days alone.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.accounts.models import Account
from registry.candidacies.rules import DecisionKind, NextStep, Outcome, Recommendation, Source, Stage
from registry.candidacies.rules.panels import CheckOutcome, NominationState, OpinionState, TieKind
from registry.db import Base, Public, Versioned, enum_column, utc_at
from registry.needs.models import Need
from registry.people.models import Person

_OPEN = sql_text("closed_at IS NULL")
_TAKEN = sql_text("closed_at IS NULL AND stage IN ('signed', 'placed')")
_STANDS = sql_text("ended_at IS NULL")
_ENDED = "stage NOT IN ('declined', 'withdrawn', 'not_selected', 'removed', 'closed_placed_elsewhere')"


class Candidacy(Public, Versioned, Base):
    """One person considered for one need. Open while `closed_at` is null; nobody holds two posts at once.

    `contacted_at` is when the person first knew: before it, the stage is the office's alone. A post that was left is
    closed in the stage it had.
    """

    __tablename__ = "candidacy"
    __table_args__ = (
        Index(
            "uq_candidacy_open",
            "person_id",
            "need_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("uq_candidacy_taken", "person_id", unique=True, sqlite_where=_TAKEN, postgresql_where=_TAKEN),
        Index(None, "person_id"),
        Index(None, "need_id", "stage"),
        Index(None, "owner_id", "next_due_on"),
        CheckConstraint(f"{_ENDED} OR closed_at IS NOT NULL", name="ended_with_its_moment"),
        CheckConstraint("closed_at IS NOT NULL OR next_due_on IS NOT NULL", name="open_with_a_day"),
        CheckConstraint("closed_at IS NOT NULL OR next_step IS NOT NULL", name="open_with_a_step"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    source: Mapped[Source] = mapped_column(enum_column(Source))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    stage_since: Mapped[utc_at]
    next_step: Mapped[NextStep | None] = mapped_column(enum_column(NextStep))
    next_due_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[utc_at]
    contacted_at: Mapped[utc_at | None]
    closed_at: Mapped[utc_at | None]

    person: Mapped[Person] = relationship()
    need: Mapped[Need] = relationship()
    owner: Mapped[Account | None] = relationship()


class CandidacyStep(Public, Base):
    """A stage entered: when, by whom, why. Rows stay; one that was undone says so and counts no more."""

    __tablename__ = "candidacy_step"
    __table_args__ = (
        Index(None, "candidacy_id", "id"),
        CheckConstraint("undone_at IS NOT NULL OR undone_by_id IS NULL", name="undone_with_its_moment"),
    )

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    stage: Mapped[Stage] = mapped_column(enum_column(Stage))
    at: Mapped[utc_at]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(40), default="")
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    shared_with_person: Mapped[bool] = mapped_column(default=False)
    undone_at: Mapped[utc_at | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    candidacy: Mapped[Candidacy] = relationship()


class CandidacyDecision(Public, Base):
    """A referral or a selection as it was decided: never edited; a newer one of its kind takes its place."""

    __tablename__ = "candidacy_decision"
    __table_args__ = (
        Index(None, "candidacy_id", "id"),
        Index(None, "by_id"),
        CheckConstraint(
            "(kind = 'referral') = (outcome IN ('referred', 'not_referred'))", name="outcome_of_its_kind"
        ),
    )

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    kind: Mapped[DecisionKind] = mapped_column(enum_column(DecisionKind))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    reason: Mapped[str] = mapped_column(String(40))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    shared_with_person: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]

    candidacy: Mapped[Candidacy] = relationship()


class InterviewNote(Public, Base):
    """What was noted of an interview. `content_sealed` is JSON: who took part, words, and points by criterion."""

    __tablename__ = "interview_note"
    __table_args__ = (Index(None, "candidacy_id", "id"),)

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    held_on: Mapped[date]
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[utc_at]

    candidacy: Mapped[Candidacy] = relationship()


class DeclaredTie(Public, Base):
    """An officer says that they are tied to a person: family, an interest, another ground. It stands until it is ended."""

    __tablename__ = "declared_tie"
    __table_args__ = (
        Index(
            "uq_declared_tie_standing",
            "account_id",
            "person_id",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        Index(None, "person_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[TieKind] = mapped_column(enum_column(TieKind))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    declared_at: Mapped[utc_at]
    ended_at: Mapped[utc_at | None]


class ConflictOverride(Public, Base):
    """Somebody else lets an officer with a tie decide on one candidacy all the same, and says why."""

    __tablename__ = "conflict_override"
    __table_args__ = (
        UniqueConstraint("candidacy_id", "account_id"),
        CheckConstraint("account_id <> allowed_by_id", name="by_another"),
    )

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    allowed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[utc_at]


class ExpertOpinion(Public, Base):
    """An expert is asked about a candidacy or a need, until a day, and answers or steps aside (CA-11)."""

    __tablename__ = "expert_opinion"
    __table_args__ = (
        Index(None, "need_id"),
        Index(None, "candidacy_id"),
        Index(None, "expert_id"),
        CheckConstraint("(state = 'requested') = (answered_at IS NULL)", name="answered_with_its_moment"),
        CheckConstraint("state <> 'submitted' OR recommendation IS NOT NULL", name="submitted_with_advice"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    candidacy_id: Mapped[int | None] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    expert_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[utc_at]
    due_on: Mapped[date]
    question_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[OpinionState] = mapped_column(enum_column(OpinionState))
    recommendation: Mapped[Recommendation | None] = mapped_column(enum_column(Recommendation))
    opinion_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[utc_at | None]

    need: Mapped[Need] = relationship()
    candidacy: Mapped[Candidacy | None] = relationship()
    expert: Mapped[Person] = relationship()


class PlacementCheck(Public, Base):
    """Whether who was placed is still there after so many months (CA-12). `outcome` is null until somebody looked."""

    __tablename__ = "placement_check"
    __table_args__ = (
        UniqueConstraint("candidacy_id", "months"),
        Index(None, "due_on"),
        CheckConstraint("months IN (12, 36, 60)", name="months_known"),
        CheckConstraint("(outcome IS NULL) = (recorded_at IS NULL)", name="recorded_with_its_moment"),
        CheckConstraint("left_on IS NULL OR outcome = 'left'", name="left_with_its_day"),
    )

    candidacy_id: Mapped[int] = mapped_column(ForeignKey("candidacy.id", ondelete="CASCADE"))
    months: Mapped[int]
    due_on: Mapped[date]
    outcome: Mapped[CheckOutcome | None] = mapped_column(enum_column(CheckOutcome))
    left_on: Mapped[date | None]
    recorded_at: Mapped[utc_at | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    candidacy: Mapped[Candidacy] = relationship()


class Nomination(Public, Base):
    """Somebody is put forward for a need, or puts themselves forward, with a ground (CA-07).

    Who is put forward agrees first; until then nothing is kept but that they were. `nominator_id` is the account that
    put forward, the person's own where it was themselves.
    """

    __tablename__ = "nomination"
    __table_args__ = (
        Index(
            "uq_nomination_waiting",
            "person_id",
            "need_id",
            unique=True,
            sqlite_where=sql_text("state IN ('proposed', 'agreed')"),
            postgresql_where=sql_text("state IN ('proposed', 'agreed')"),
        ),
        Index(None, "need_id", "state"),
        Index(None, "person_id"),
        CheckConstraint(
            "(state IN ('proposed', 'agreed')) = (ended_at IS NULL)", name="ended_with_its_moment"
        ),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey("need.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    nominator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_own: Mapped[bool]
    ground_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[NominationState] = mapped_column(enum_column(NominationState))
    proposed_at: Mapped[utc_at]
    agreed_at: Mapped[utc_at | None]
    ended_at: Mapped[utc_at | None]

    need: Mapped[Need] = relationship()
    person: Mapped[Person] = relationship()
