"""Labels a curator adds and takes away: checked against what the text names already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import PendingTerm, Skill, SkillChange, SkillLabel, WithheldLabel
from registry.skills.operations.changes import keep_change, lock_vocabulary
from registry.skills.operations.errors import LabelOwned, LabelTaken, LabelWordless, NameNeeded, NotActive
from registry.skills.operations.ledger import Ledger
from registry.skills.rules import (
    SHIPPED_ORIGINS,
    ChangeKind,
    LabelHolder,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    PendingState,
    Sector,
    SkillState,
    Verdict,
    guess_kind,
    guess_language,
    judge_label,
    listed_words,
)
from registry.text import match_key, nfc


@dataclass(frozen=True)
class NewLabel:
    """A label as wanted. Contexts declare it ambiguous; language and kind are guessed where they are left out."""

    text: str
    language: LabelLanguage | None = None
    kind: LabelKind | None = None
    sectors: Sequence[Sector] = ()
    words: Sequence[str] = ()
    origin: LabelOrigin = LabelOrigin.OFFICER

    @property
    def has_contexts(self) -> bool:
        """Whether it is said when the text means this concept."""
        return bool(self.sectors or any(word.strip() for word in self.words))


def add_label(session: Session, skill: Skill, new: NewLabel, *, by: int | None, at: datetime) -> SkillChange:
    """Add a name. Raises NotActive, LabelWordless, LabelOwned, and LabelTaken when another concept has it.

    A waiting text that is this name is labelled with it.
    """
    lock_vocabulary(session)
    check_active(skill)
    ledger = Ledger(session)
    put_label(ledger, skill, new)
    term = label_waiting(ledger, skill, new.text)
    return keep_change(
        session, ChangeKind.LABEL_ADDED, ledger, skill=skill, term=term, words=nfc(new.text), by=by, at=at
    )


def remove_label(
    session: Session, skill: Skill, label: SkillLabel, *, by: int | None, at: datetime
) -> SkillChange:
    """Take a name away, for upgrades too. Raises NameNeeded for the name the concept is shown by.

    A text that had been labelled with it waits again.
    """
    lock_vocabulary(session)
    if label.kind is LabelKind.PREFERRED:
        raise NameNeeded
    ledger = Ledger(session)
    text = label.text
    drop_label(ledger, label)
    term = session.scalar(
        select(PendingTerm).where(PendingTerm.folded == match_key(text), PendingTerm.skill_id == skill.id)
    )
    if term is not None:
        ledger.change(term, state=PendingState.WAITING, skill_id=None)
    return keep_change(
        session, ChangeKind.LABEL_REMOVED, ledger, skill=skill, term=term, words=text, by=by, at=at
    )


def check_active(*skills: Skill) -> None:
    """Raise NotActive for a concept that is retired or merged."""
    if any(skill.state is not SkillState.ACTIVE for skill in skills):
        raise NotActive


def put_label(ledger: Ledger, skill: Skill, new: NewLabel) -> SkillLabel:
    """Write a label, and mark the others with its folded text ambiguous where they may stay beside it."""
    session = ledger.session
    holders = holders_of(session, new.text)
    verdict = judge_label(new.text, skill.id, _plain(holders), has_contexts=new.has_contexts)
    refuse_label(session, new.text, verdict, holders)
    for holder in holders:
        if not holder.is_ambiguous:
            ledger.change(holder, is_ambiguous=True, origin=_kept_origin(holder))
    label = SkillLabel(
        skill_id=skill.id,
        text=nfc(new.text),
        language=new.language or guess_language(new.text),
        kind=new.kind or guess_kind(new.text),
        origin=new.origin,
        is_ambiguous=verdict in (Verdict.MARKS, Verdict.DECLARED) or new.has_contexts,
        context_sectors="|".join(sector.value for sector in new.sectors),
        context_words=listed_words(new.words),
    )
    ledger.add(label)
    return label


def refuse_label(session: Session, text: str, verdict: Verdict, holders: Sequence[SkillLabel]) -> None:
    """Raise what a verdict forbids."""
    if verdict is Verdict.WORDLESS:
        raise LabelWordless(text)
    if verdict is Verdict.OWN:
        raise LabelOwned(text)
    if verdict is Verdict.TAKEN:
        raise LabelTaken(text, session.get_one(Skill, holders[0].skill_id))


def drop_label(ledger: Ledger, label: SkillLabel) -> None:
    """Delete a label; a shipped one is withheld from upgrades."""
    withhold(ledger, label)
    ledger.remove(label)


def withhold(ledger: Ledger, label: SkillLabel) -> None:
    """Keep a shipped label from coming back to its concept."""
    if label.origin not in SHIPPED_ORIGINS:
        return
    known = select(WithheldLabel.id).where(
        WithheldLabel.skill_id == label.skill_id, WithheldLabel.folded == label.folded
    )
    if ledger.session.scalar(known) is None:
        ledger.add(WithheldLabel(skill_id=label.skill_id, folded=label.folded))


def label_waiting(ledger: Ledger, skill: Skill, text: str) -> PendingTerm | None:
    """Say of the kept text that is this name what it names now."""
    term = ledger.session.scalar(select(PendingTerm).where(PendingTerm.folded == match_key(text)))
    if term is not None and term.state is not PendingState.LABELLED:
        ledger.change(term, state=PendingState.LABELLED, skill_id=skill.id)
        return term
    return None


def holders_of(session: Session, text: str) -> Sequence[SkillLabel]:
    """The labels with the folded text, in a fixed order."""
    return session.scalars(
        select(SkillLabel).where(SkillLabel.folded == match_key(text)).order_by(SkillLabel.id)
    ).all()


def _plain(labels: Iterable[SkillLabel]) -> list[LabelHolder]:
    return [LabelHolder(label.skill_id, label.accented, label.is_ambiguous) for label in labels]


def _kept_origin(label: SkillLabel) -> LabelOrigin:
    """A shipped label that is changed here is ours from then on, so that an upgrade leaves it."""
    return LabelOrigin.OFFICER if label.origin in SHIPPED_ORIGINS else label.origin
