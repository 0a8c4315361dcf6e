"""The states of a recommendation and its age. Pure."""

from datetime import date

from registry.programmes.rules.words import RecommendationState

_S = RecommendationState
NEXT: dict[RecommendationState, tuple[RecommendationState, ...]] = {
    _S.RAISED: (_S.FORWARDED, _S.ANSWERED),
    _S.FORWARDED: (_S.ANSWERED,),
    _S.ANSWERED: (_S.DONE, _S.FORWARDED),
    _S.DONE: (),
}
"""What may follow; an answer that does not settle it sends it on again."""


def age_days(raised_on: date, done_on: date | None, on: date) -> int:
    """Days since it was raised until it was done, or until today."""
    return max(0, ((done_on or on) - raised_on).days)
