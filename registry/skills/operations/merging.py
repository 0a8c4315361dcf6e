"""Two concepts become one, or one becomes two. Claims keep their concept when it is merged: matching redirects it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.skills.models import (
    ExternalConcept,
    PendingTerm,
    Skill,
    SkillChange,
    SkillLabel,
    SkillRelation,
)
from registry.skills.operations.changes import keep_change, lock_vocabulary
from registry.skills.operations.concepts import ConceptTerms
from registry.skills.operations.errors import NothingChosen, SameConcept, ScaleFixed
from registry.skills.operations.labels import NewLabel, check_active, put_label, withhold
from registry.skills.operations.ledger import Ledger
from registry.skills.operations.relations import broader_links, relations_around
from registry.skills.rules import (
    LOCAL_PREFIX,
    SHIPPED_ORIGINS,
    ChangeKind,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    RelationKind,
    SkillState,
    next_local_code,
    would_circle,
)
from registry.text import match_key, nfc


def merge_concepts(
    session: Session, skill: Skill, into: Skill, *, by: int | None, at: datetime
) -> SkillChange:
    """Let `skill` be `into` from now on: its names, relations, codes and waiting texts go over.

    Raises SameConcept, NotActive, and ScaleFixed when the levels of the two are on different scales.
    """
    lock_vocabulary(session)
    check_mergeable(skill, into)
    ledger = Ledger(session)
    _move_labels(ledger, skill, into)
    _copy_relations(ledger, skill, into)
    _hand_over(ledger, skill, into)
    ledger.change(skill, state=SkillState.MERGED, merged_into_id=into.id)
    return keep_change(
        session, ChangeKind.MERGED, ledger, skill=skill, other=into, words=skill.vi, by=by, at=at
    )


def check_mergeable(skill: Skill, into: Skill) -> None:
    """Raise what forbids the merge."""
    if skill.id == into.id:
        raise SameConcept
    check_active(skill, into)
    if skill.scale is not into.scale:
        raise ScaleFixed


def _move_labels(ledger: Ledger, skill: Skill, into: Skill) -> None:
    """The names go over; a name becomes another name, and one that `into` has already goes."""
    session = ledger.session
    known = set(session.scalars(select(SkillLabel.folded).where(SkillLabel.skill_id == into.id)))
    labels = session.scalars(
        select(SkillLabel).where(SkillLabel.skill_id == skill.id).order_by(SkillLabel.id)
    ).all()
    for label in labels:
        if label.folded in known:
            ledger.remove(label)
        else:
            kind = LabelKind.ALIAS if label.kind is LabelKind.PREFERRED else label.kind
            ledger.change(label, skill_id=into.id, kind=kind)
    session.expire(skill, ["labels"])
    session.expire(into, ["labels"])


def _copy_relations(ledger: Ledger, skill: Skill, into: Skill) -> None:
    """What the concept was related to, `into` is too, unless it is already or the link would lead round."""
    session = ledger.session
    around = {(one.skill_id, one.other_id): one.kind for one in relations_around(session, into)}
    for relation in relations_around(session, skill):
        ends = _ends(relation, skill, into)
        # Only a related pair stands in both directions.
        back = around.get((ends[1], ends[0]))
        contradicts = back is not None and RelationKind.BROADER in (back, relation.kind)
        if ends[0] == ends[1] or ends in around or contradicts:
            continue
        if relation.kind is RelationKind.BROADER and would_circle(broader_links(session), *ends):
            continue
        around[ends] = relation.kind
        ledger.add(SkillRelation(skill_id=ends[0], kind=relation.kind, other_id=ends[1], is_local=True))


def _ends(relation: SkillRelation, skill: Skill, into: Skill) -> tuple[int, int]:
    """The two concepts of a relation, with `into` in the place of `skill`."""
    return (
        into.id if relation.skill_id == skill.id else relation.skill_id,
        into.id if relation.other_id == skill.id else relation.other_id,
    )


def _hand_over(ledger: Ledger, skill: Skill, into: Skill) -> None:
    """What led to the concept leads to `into`: earlier merges, waiting texts, codes of other catalogues."""
    session = ledger.session
    for earlier in session.scalars(select(Skill).where(Skill.merged_into_id == skill.id).order_by(Skill.id)):
        ledger.change(earlier, merged_into_id=into.id)
    for model in (PendingTerm, ExternalConcept):
        for row in session.scalars(select(model).where(model.skill_id == skill.id).order_by(model.id)):
            ledger.change(row, skill_id=into.id)


def split_concept(
    session: Session,
    skill: Skill,
    terms: ConceptTerms,
    chosen: Collection[int],
    *,
    by: int | None,
    at: datetime,
) -> tuple[Skill, SkillChange]:
    """Make a new concept of some labels (ids) of one; it is on the same scale and narrower or beside as before.

    Claims and needs whose words then mean the new concept are moved by the job. Raises NotActive,
    NothingChosen, and LabelTaken when the new name names a third concept.
    """
    lock_vocabulary(session)
    check_active(skill)
    labels = _chosen_labels(session, skill, chosen)
    ledger = Ledger(session)
    made = _new_concept(ledger, skill, terms)
    for label in labels:
        withhold(ledger, label)
        origin = LabelOrigin.OFFICER if label.origin in SHIPPED_ORIGINS else label.origin
        ledger.change(label, skill_id=made.id, origin=origin)
    _name(ledger, made, terms.vi, LabelLanguage.VI)
    _name(ledger, made, terms.en, LabelLanguage.EN)
    for relation in relations_around(session, skill):
        if relation.kind is RelationKind.BROADER and relation.skill_id == skill.id:
            ledger.add(
                SkillRelation(skill_id=made.id, kind=relation.kind, other_id=relation.other_id, is_local=True)
            )
    session.expire(skill, ["labels"])
    return made, keep_change(
        session, ChangeKind.SPLIT, ledger, skill=made, other=skill, words=made.vi, by=by, at=at
    )


def _chosen_labels(session: Session, skill: Skill, chosen: Collection[int]) -> list[SkillLabel]:
    """The labels to move, in their order; the preferred names stay with the concept they name."""
    found = session.scalars(
        select(SkillLabel)
        .where(
            SkillLabel.skill_id == skill.id,
            SkillLabel.id.in_(sorted(chosen)),
            SkillLabel.kind != LabelKind.PREFERRED,
        )
        .order_by(SkillLabel.id)
    )
    labels = list(found)
    if not labels:
        raise NothingChosen
    return labels


def _new_concept(ledger: Ledger, skill: Skill, terms: ConceptTerms) -> Skill:
    codes = ledger.session.scalars(select(Skill.code).where(Skill.code.startswith(LOCAL_PREFIX)))
    made = Skill(
        code=next_local_code(codes),
        vi=nfc(terms.vi),
        en=nfc(terms.en),
        family=terms.family,
        sector=terms.sector,
        scale=skill.scale,
        state=SkillState.ACTIVE,
    )
    ledger.add(made)
    return made


def _name(ledger: Ledger, skill: Skill, text: str, language: LabelLanguage) -> None:
    """The name is a moved label, or a new one."""
    if not match_key(text):
        return
    own = ledger.session.scalar(
        select(SkillLabel).where(SkillLabel.skill_id == skill.id, SkillLabel.folded == match_key(text))
    )
    if own is None:
        put_label(ledger, skill, NewLabel(text, language, LabelKind.PREFERRED))
    elif own.kind is not LabelKind.PREFERRED:
        ledger.change(own, kind=LabelKind.PREFERRED, language=language)
