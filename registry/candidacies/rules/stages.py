"""The stages of a candidacy and what may follow what. Pure: no database, no clock."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a candidacy stands, in the order in which it moves; then its ends."""

    SUGGESTED = "suggested"
    INVITED = "invited"
    INTERESTED = "interested"
    SHORTLISTED = "shortlisted"
    REFERRED = "referred"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    PLACED = "placed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NOT_SELECTED = "not_selected"
    REMOVED = "removed"
    CLOSED_PLACED_ELSEWHERE = "closed_placed_elsewhere"


class Source(StrEnum):
    """How a candidacy began."""

    SUGGESTED = "suggested"
    INTEREST = "interest"
    NOMINATION = "nomination"
    SELF_NOMINATION = "self_nomination"
    CAMPAIGN = "campaign"
    OFFICER = "officer"


class NextStep(StrEnum):
    """What is to be done next; the words are the forms'."""

    CONTACT = "contact"
    ANSWER = "answer"
    REVIEW = "review"
    REFER = "refer"
    INTERVIEW = "interview"
    DECIDE = "decide"
    OFFER = "offer"
    SIGN = "sign"
    BEGIN = "begin"
    FOLLOW = "follow"


_S = Stage
CLOSED_ELSEWHERE_ALERT = "candidacy.closed_elsewhere"
"""The kind of alert that tells the owner of a candidacy that the person took another post."""
ENDS = frozenset({_S.DECLINED, _S.WITHDRAWN, _S.NOT_SELECTED, _S.REMOVED, _S.CLOSED_PLACED_ELSEWHERE})
"""Nothing comes after these but opening the candidacy again, with a reason."""

OPEN = tuple(stage for stage in Stage if stage not in ENDS)
"""The stages of an open candidacy, in order."""

TAKEN = frozenset({_S.SIGNED, _S.PLACED})
"""The person has this post: nobody has two."""

BEFORE_TAKING = tuple(stage for stage in OPEN if stage not in TAKEN)

UNSPOKEN = frozenset({_S.SUGGESTED, _S.SHORTLISTED})
"""Stages an office reaches by itself: until there was contact the person is not told of them (CA-08)."""

BY_OFFICE_ENDS = frozenset({_S.NOT_SELECTED, _S.REMOVED})

FIRST: dict[Source, Stage] = {
    Source.SUGGESTED: _S.SUGGESTED,
    Source.INTEREST: _S.INTERESTED,
    Source.NOMINATION: _S.SUGGESTED,
    Source.SELF_NOMINATION: _S.INTERESTED,
    Source.CAMPAIGN: _S.INVITED,
    Source.OFFICER: _S.SUGGESTED,
}
"""The stage a candidacy begins in, by how it began."""

_DUE: dict[Stage, tuple[NextStep, int]] = {
    _S.SUGGESTED: (NextStep.CONTACT, 7),
    _S.INVITED: (NextStep.ANSWER, 14),
    _S.INTERESTED: (NextStep.REVIEW, 7),
    _S.SHORTLISTED: (NextStep.REFER, 14),
    _S.REFERRED: (NextStep.INTERVIEW, 21),
    _S.INTERVIEWED: (NextStep.DECIDE, 14),
    _S.OFFERED: (NextStep.OFFER, 14),
    _S.ACCEPTED: (NextStep.SIGN, 30),
    _S.SIGNED: (NextStep.BEGIN, 30),
    _S.PLACED: (NextStep.FOLLOW, 365),
}


class MoveRefused(Exception):
    """The candidacy cannot go from its stage to that one."""


class ReasonMissing(Exception):
    """This move must say why."""


def order_of(stage: Stage) -> int:
    """The place of a stage in the pipeline."""
    return list(Stage).index(stage)


def is_step_back(source: Stage, target: Stage) -> bool:
    """Whether a move between open stages goes back."""
    return target not in ENDS and source not in ENDS and order_of(target) < order_of(source)


def needs_reason(source: Stage, target: Stage) -> bool:
    """Whether a move must say why: back, out again, and to an end the office decides."""
    if source in ENDS:
        return True
    return target in BY_OFFICE_ENDS or is_step_back(source, target)


def check_move(source: Stage, target: Stage, *, is_closed: bool = False) -> None:
    """Raise MoveRefused where `target` cannot follow `source`.

    Within the pipeline every step forward or back is possible, since offices skip stages and take steps back; only
    who has signed can be placed, and a post that was taken and left stays history (`is_closed`).
    """
    if target is source or (is_closed and source not in ENDS):
        raise MoveRefused(f"{source} → {target}")
    if target is Stage.PLACED and source is not Stage.SIGNED:
        raise MoveRefused(f"{source} → {target}")
    if source in ENDS and target not in BEFORE_TAKING:
        raise MoveRefused(f"{source} → {target}")
    if source is Stage.PLACED and target is not Stage.SIGNED:
        raise MoveRefused(f"{source} → {target}")
    if target is Stage.CLOSED_PLACED_ELSEWHERE and source in TAKEN:
        raise MoveRefused(f"{source} → {target}")


def targets_from(source: Stage, *, is_closed: bool = False) -> tuple[Stage, ...]:
    """All stages that can follow one, in order."""
    found: list[Stage] = []
    for target in Stage:
        try:
            check_move(source, target, is_closed=is_closed)
        except MoveRefused:
            continue
        found.append(target)
    return tuple(found)


def next_step_of(stage: Stage) -> tuple[NextStep, int] | None:
    """What is to be done after entering a stage and within how many days; None at an end."""
    return _DUE.get(stage)
