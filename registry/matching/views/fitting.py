"""Open needs that fit a person, told to that person: what each asks for, how much of it is there, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import EVERYWHERE, Viewer
from registry.matching.engine.facts import SkillWanted
from registry.matching.engine.names import Names
from registry.matching.engine.outcome import How, SkillScore, Verdict
from registry.matching.engine.reasons import Words
from registry.matching.queries import NeedMatch, PersonNeeds, names_of, needs_for_person
from registry.needs.models import Need
from registry.people.models import Person
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_MOST = 5
_REACHES = frozenset({How.SAME, How.NARROWER, How.NARROWER_TWICE})


@dataclass(frozen=True)
class Fit:
    """One need: what it is, how many of its requirements are met, which, and what is missing or unknown."""

    ma: str
    title: str
    organisation: str
    met: int
    of: int
    missing: tuple[str, ...]
    has: tuple[str, ...]

    @property
    def is_fit(self) -> bool:
        """Whether at least half of what is asked for is met."""
        return 2 * self.met >= self.of


@dataclass(frozen=True)
class Fitting:
    """The needs that fit, best first; none while the person takes part in no matching."""

    is_matchable: bool
    needs: tuple[Fit, ...]
    # Needs of which less than half is met: worth knowing, no fit.
    partly: tuple[Fit, ...] = ()


def fitting_needs(session: Session, person: Person, account_id: int, on: date) -> Fitting:
    """The open needs that share a skill with a person, by the same formula as for officers.

    Needs that look for people are published, so whoever registers may know of all of them.
    """
    found = needs_for_person(session, person, _everywhere(account_id), on, and_waiting=True)
    shown = _told(session, found, found.rows[:_MOST])
    fits = tuple(one for one in shown if one.is_fit)
    return Fitting(found.is_matchable, fits, tuple(one for one in shown if not one.is_fit))


def fit_of_need(session: Session, person: Person, account_id: int, need: Need, on: date) -> Fit | None:
    """How a person fits one open need, excluded or not; None where they share no skill or nothing is matched."""
    found = needs_for_person(session, person, _everywhere(account_id), on, and_waiting=True)
    wanted = [one for one in (*found.rows, *found.excluded) if one.need.id == need.id]
    return next(iter(_told(session, found, wanted)), None)


def _everywhere(account_id: int) -> Viewer:
    return Viewer(account_id, frozenset(), (EVERYWHERE,))


def _told(session: Session, found: PersonNeeds, shown: Sequence[NeedMatch]) -> tuple[Fit, ...]:
    locale = current_language()
    names = names_of(session, found.concepts, [one.plan.need for one in shown], locale)
    words = Words(names, _, locale)
    return tuple(_fit(one, words, names) for one in shown)


def _fit(one: NeedMatch, words: Words, names: Names) -> Fit:
    """Skills count when they reach the level asked for; conditions on skills are those skills and count once."""
    match = one.match
    conditions = [result for result in match.conditions if not isinstance(result.condition, SkillWanted)]
    lacking = [skill for skill in match.skills if not _is_reached(skill)]
    open_ones = [result for result in conditions if result.verdict is not Verdict.MET]
    total = len(match.skills) + len(conditions)
    missing = [_lack(skill, words, names) for skill in lacking]
    missing += [words.condition_text(result) for result in open_ones]
    has = [
        f"{names.skills.get(skill.wanted.skill, skill.wanted.skill)} ({words.level(skill)})"
        for skill in match.skills
        if _is_reached(skill)
    ]
    has += [words.condition_text(result) for result in conditions if result.verdict is Verdict.MET]
    return Fit(
        ma=one.need.public_id,
        title=one.need.title,
        organisation=one.need.organisation.name if one.need.organisation else "",
        met=total - len(missing),
        of=total,
        missing=tuple(missing),
        has=tuple(has),
    )


def _lack(skill: SkillScore, words: Words, names: Names) -> str:
    """What is missing of a skill. One that is only near is said to be that: of the level alone it would seem reached."""
    wanted = names.skills.get(skill.wanted.skill, skill.wanted.skill)
    if skill.how in _REACHES or skill.claim is None:
        return f"{wanted} ({words.level(skill)})"
    claimed = names.skills.get(skill.claim, skill.claim)
    return _("%(wanted)s (bạn có kỹ năng gần: %(claimed)s)", wanted=wanted, claimed=claimed)


def _is_reached(skill: SkillScore) -> bool:
    return skill.how in _REACHES and skill.rank is not None and skill.rank >= skill.wanted.rank
