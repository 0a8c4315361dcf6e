"""«Chính sách áp dụng» on the cards of a ranking: what each person qualifies for, may qualify for, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.accounts.access import current_viewer, whole_viewer
from registry.accounts.rules import Permission
from registry.matching.queries.policy_answers import policy_answers
from registry.needs.models import Need
from registry.policies.rules.frozen import frozen_answer
from registry.policies.rules.withheld import NOTHING, UNNAMED, conditions_on
from registry.policies.views.answered import ToldAnswer, page_law, told_answer
from registry.web.database import db_session

_MOST_SETS_SAID = 2


@dataclass(frozen=True)
class PersonPolicies:
    """The policies of one card: those met, those that may be met, and how many are for others."""

    met: tuple[ToldAnswer, ...]
    open: tuple[ToldAnswer, ...]
    others: tuple[ToldAnswer, ...]
    most_said: int = _MOST_SETS_SAID


@dataclass(frozen=True)
class PoliciesBeside:
    """What the page says of policies: whether any holds there and then, and what of each person."""

    has_place: bool
    held: tuple[str, ...]
    people: Mapping[str, PersonPolicies]
    on: date


def policies_beside(need: Need, people: Mapping[str, dict[str, Any]], on: date) -> PoliciesBeside | None:
    """The policies for the people of a page, as `cards.who` shows them; None for whoever may not read policies.

    Of somebody who is not named, what would tell who they are is kept from the engine.
    """
    if not whole_viewer().can(Permission.POLICIES_READ):
        return None
    law = page_law()
    withheld = {ma: UNNAMED if who["anonymous"] else NOTHING for ma, who in people.items()}
    found = policy_answers(
        db_session(), current_viewer(), need, list(people), law=law, on=on, withheld=withheld
    )
    told = {
        ma: tuple(
            told_answer(frozen_answer(ready, one), law.words, conditions_on(withheld[ma]))
            for ready, one in zip(found.versions, answers, strict=True)
        )
        for ma, answers in found.answers.items()
    }
    return PoliciesBeside(
        found.has_place,
        tuple(one.version.title for one in found.versions),
        {ma: _sorted(answers) for ma, answers in told.items()},
        on,
    )


def _sorted(answers: tuple[ToldAnswer, ...]) -> PersonPolicies:
    def of(state: str) -> tuple[ToldAnswer, ...]:
        return tuple(one for one in answers if one.state == state)

    return PersonPolicies(of("met"), of("unknown"), of("not_met"))
