"""Referral, then selection: what each may say, how the two stand together, and the stage that follows. Pure."""

from enum import StrEnum

from registry.candidacies.rules.stages import Stage


class DecisionKind(StrEnum):
    """The two decisions of a candidacy (CA-02)."""

    REFERRAL = "referral"
    SELECTION = "selection"


class Outcome(StrEnum):
    """What a decision says."""

    REFERRED = "referred"
    NOT_REFERRED = "not_referred"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


class Standing(StrEnum):
    """How the two decisions stand together; derived, never stored."""

    PENDING = "pending"
    REFERRED = "referred"
    NOT_REFERRED = "not_referred"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


class Recommendation(StrEnum):
    """What an expert advises."""

    FOR = "for"
    CONDITIONAL = "conditional"
    AGAINST = "against"


_OUTCOMES = {
    DecisionKind.REFERRAL: (Outcome.REFERRED, Outcome.NOT_REFERRED),
    DecisionKind.SELECTION: (Outcome.SELECTED, Outcome.NOT_SELECTED),
}


def outcomes_of(kind: DecisionKind) -> tuple[Outcome, Outcome]:
    """What a decision of this kind may say: yes, then no."""
    return _OUTCOMES[kind]


def standing_of(referral: Outcome | None, selection: Outcome | None) -> Standing:
    """The newest decisions together: a selection supersedes the referral, which is then history."""
    said = selection or referral
    return Standing.PENDING if said is None else Standing(said)


def stage_after(outcome: Outcome) -> Stage:
    """The stage a decision leads to."""
    if outcome is Outcome.REFERRED:
        return Stage.REFERRED
    return Stage.OFFERED if outcome is Outcome.SELECTED else Stage.NOT_SELECTED
