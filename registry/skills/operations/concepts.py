"""Concepts of this installation: new ones with codes of their own, other names for shipped ones, retiring."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import PendingTerm, Skill, SkillChange, SkillLabel, SkillRelation
from registry.skills.operations.changes import keep_change, lock_vocabulary
from registry.skills.operations.errors import NotActive, NotWaiting
from registry.skills.operations.labels import NewLabel, check_active, label_waiting, put_label
from registry.skills.operations.ledger import Ledger
from registry.skills.rules import (
    LOCAL_PREFIX,
    SHIPPED_ORIGINS,
    ChangeKind,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
    next_local_code,
)
from registry.text import match_key, nfc


@dataclass(frozen=True)
class ConceptTerms:
    """What a concept is called and where it belongs; English may be missing."""

    vi: str
    en: str
    family: SkillFamily
    sector: Sector


def create_concept(
    session: Session,
    terms: ConceptTerms,
    scale: LevelScale,
    *,
    broader: Skill | None = None,
    term: PendingTerm | None = None,
    by: int | None,
    at: datetime,
) -> tuple[Skill, SkillChange]:
    """A new concept with the next local code; `term` is the kept text it was made for, which becomes its name too.

    Raises LabelTaken when a name names another concept, NotActive for a broader one that is no longer used,
    NotWaiting when somebody has decided about the text.
    """
    lock_vocabulary(session)
    check_waiting(session, term)
    ledger = Ledger(session)
    skill = put_concept(ledger, terms, scale)
    if broader is not None:
        check_active(broader)
        ledger.add(
            SkillRelation(skill_id=skill.id, kind=RelationKind.BROADER, other_id=broader.id, is_local=True)
        )
    label_waiting(ledger, skill, terms.vi)
    if term is not None:
        _name_by_term(ledger, skill, term)
    kind = ChangeKind.CONCEPT_CREATED if term is None else ChangeKind.TERM_CREATED
    change = keep_change(session, kind, ledger, skill=skill, term=term, words=skill.vi, by=by, at=at)
    return skill, change


def check_waiting(session: Session, term: PendingTerm | None) -> None:
    """Raise NotWaiting when the text got a concept since it was shown."""
    if term is None:
        return
    session.refresh(term, ["state", "skill_id"])
    if term.state is PendingState.LABELLED:
        raise NotWaiting


def put_concept(ledger: Ledger, terms: ConceptTerms, scale: LevelScale) -> Skill:
    """Write a concept with its names as labels."""
    session = ledger.session
    codes = session.scalars(select(Skill.code).where(Skill.code.startswith(LOCAL_PREFIX)))
    skill = Skill(
        code=next_local_code(codes),
        vi=nfc(terms.vi),
        en=nfc(terms.en),
        family=terms.family,
        sector=terms.sector,
        scale=scale,
        state=SkillState.ACTIVE,
    )
    ledger.add(skill)
    for text, language in ((terms.vi, LabelLanguage.VI), (terms.en, LabelLanguage.EN)):
        if match_key(text) and not (language is LabelLanguage.EN and match_key(text) == match_key(terms.vi)):
            put_label(ledger, skill, NewLabel(text, language, LabelKind.PREFERRED))
    return skill


def edit_concept(
    session: Session, skill: Skill, terms: ConceptTerms, *, by: int | None, at: datetime
) -> SkillChange | None:
    """Change names and place; the former names stay as other names. None when nothing differs.

    Shipped files decide these no longer. Raises LabelTaken when a new name names another concept.
    """
    lock_vocabulary(session)
    check_active(skill)
    ledger = Ledger(session)
    if terms.vi != skill.vi:
        _rename(ledger, skill, terms.vi, LabelLanguage.VI)
    if terms.en != skill.en:
        _rename(ledger, skill, terms.en, LabelLanguage.EN)
    ledger.change(skill, vi=nfc(terms.vi), en=nfc(terms.en), family=terms.family, sector=terms.sector)
    if not ledger.entries:
        return None
    ledger.change(skill, is_edited=True)
    return keep_change(session, ChangeKind.CONCEPT_EDITED, ledger, skill=skill, words=skill.vi, by=by, at=at)


def retire_concept(session: Session, skill: Skill, *, by: int | None, at: datetime) -> SkillChange:
    """Take a concept out of use: its names resolve no longer, claims and needs stay readable. Raises NotActive."""
    lock_vocabulary(session)
    session.refresh(skill)
    check_active(skill)
    ledger = Ledger(session)
    ledger.change(skill, state=SkillState.RETIRED)
    return keep_change(session, ChangeKind.RETIRED, ledger, skill=skill, words=skill.vi, by=by, at=at)


def restore_concept(session: Session, skill: Skill, *, by: int | None, at: datetime) -> SkillChange:
    """Use a retired concept again. Raises NotActive when it is not retired."""
    lock_vocabulary(session)
    session.refresh(skill)
    if skill.state is not SkillState.RETIRED:
        raise NotActive
    ledger = Ledger(session)
    ledger.change(skill, state=SkillState.ACTIVE)
    return keep_change(session, ChangeKind.RESTORED, ledger, skill=skill, words=skill.vi, by=by, at=at)


def _name_by_term(ledger: Ledger, skill: Skill, term: PendingTerm) -> None:
    """The kept text names the new concept, whether or not the curator wrote the name otherwise."""
    named = select(SkillLabel.id).where(
        SkillLabel.skill_id == skill.id, SkillLabel.folded == match_key(term.text)
    )
    if match_key(term.text) and ledger.session.scalar(named) is None:
        put_label(ledger, skill, NewLabel(term.text))
    ledger.change(term, state=PendingState.LABELLED, skill_id=skill.id)


def _rename(ledger: Ledger, skill: Skill, text: str, language: LabelLanguage) -> None:
    """Make the text the preferred label of a language; the one before stays as another name."""
    labels = ledger.session.scalars(
        select(SkillLabel).where(SkillLabel.skill_id == skill.id).order_by(SkillLabel.id)
    ).all()
    for label in labels:
        if label.kind is LabelKind.PREFERRED and label.language is language:
            ledger.change(label, kind=LabelKind.ALIAS, origin=_ours(label))
    own = next((label for label in labels if label.folded == match_key(text)), None)
    if own is not None:
        ledger.change(own, text=nfc(text), kind=LabelKind.PREFERRED, language=language, origin=_ours(own))
    elif match_key(text):
        put_label(ledger, skill, NewLabel(text, language, LabelKind.PREFERRED))


def _ours(label: SkillLabel) -> LabelOrigin:
    return LabelOrigin.OFFICER if label.origin in SHIPPED_ORIGINS else label.origin
