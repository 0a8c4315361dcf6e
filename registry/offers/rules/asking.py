"""What versions of policies ask for: facts of their conditions and amounts, levels the office chooses. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.policies.rules import CATALOGUE, AllOf, AnyOf, Fact, FactKind, Leaf, Not, Rule, Source, Version
from registry.policies.rules.benefits import Benefit, ByFact, Levels, Percent, PercentUpTo
from registry.policies.rules.facts import LANGUAGES, YEARLY_LIST, fact_of

_OPEN_KINDS = frozenset({FactKind.CODES, FactKind.CHOICE, FactKind.UNIT})
_ORDER = {key: place for place, key in enumerate(CATALOGUE)}
# Filled from the yearly lists of the law, not by anybody who answers.
_NOT_ASKED = frozenset({YEARLY_LIST, "rule"})


RECORDED = frozenset(
    {
        *(
            "degree_rank",
            "academic_title",
            "professional_degree",
            "field_code",
            "classification",
            "study_mode",
        ),
        *("age_on", "gender", "years_experience:any", "nationality", "residence_country", "origin_unit"),
        *("award", "initiative", *(f"language_level:{one}" for one in LANGUAGES)),
    }
)
"""Facts that the record of a person has a place for: they are written there, with their papers, not on a sheet."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One fact that something depends on; `of` its argument, `codes` what conditions compare an open list with."""

    fact: Fact
    of: str | None = None
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """«degree_rank», «years_experience:any», «training:months»."""
        return self.fact.key if self.of is None else f"{self.fact.key}:{self.of}"

    @property
    def values(self) -> Mapping[str, str]:
        """Codes to choose from with their Vietnamese words; of an open list those alone that matter."""
        return dict(self.fact.values) or {code: code for code in self.codes}


@dataclass(frozen=True, slots=True)
class Level:
    """A benefit whose amount the office chooses: its code, words, and (code, words) of each step."""

    benefit: str
    text: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Everything some versions ask for, in the order of the catalogue."""

    facts: tuple[Wanted, ...] = ()
    levels: tuple[Level, ...] = ()
    may_choose_instalments: bool = False

    def of_source(self, *sources: Source) -> tuple[Wanted, ...]:
        """The facts that come from there."""
        return tuple(one for one in self.facts if one.fact.source in sources)


@dataclass
class _Found:
    codes: dict[tuple[str, str | None], dict[str, None]] = field(
        default_factory=dict[tuple[str, str | None], dict[str, None]]
    )

    def add(self, key: str, of: str | None, value: bool | int | str | tuple[str, ...] = ()) -> None:
        """A fact, and the codes a condition compares it with."""
        kept = self.codes.setdefault((key, of), {})
        some = (value,) if isinstance(value, str) else value
        kept.update(dict.fromkeys(some if isinstance(some, tuple) else ()))


def asking(versions: Iterable[Version]) -> Asking:
    """What these versions ask for."""
    found, levels, may_choose = _Found(), dict[str, Level](), False
    for version in versions:
        for leaf in leaves_of(version):
            if leaf.fact not in _NOT_ASKED:
                found.add(leaf.fact, leaf.of, leaf.value)
        for benefit in version.benefits:
            _look_at(benefit, found, levels)
            may_choose |= benefit.instalments is not None and benefit.instalments.is_optional
        if any(group.commitment and group.commitment.times_training for group in version.groups):
            found.add("training", "months")
    return Asking(_in_order(found), tuple(levels.values()), may_choose)


def _look_at(benefit: Benefit, found: _Found, levels: dict[str, Level]) -> None:
    match benefit.amount:
        case ByFact(fact, steps):
            found.add(fact, None, tuple(sorted({one for values, _span in steps for one in values})))
        case Percent(of=of) | PercentUpTo(of=of):
            found.add(of, None)
        case Levels(steps):
            said = tuple((step.code, step.text) for step in steps)
            levels[benefit.code] = Level(benefit.code, benefit.text, said)
        case _:
            pass


def _in_order(found: _Found) -> tuple[Wanted, ...]:
    wanted: list[Wanted] = []
    for (key, of), codes in found.codes.items():
        fact = fact_of(key, of)
        if fact is not None:
            own = None if ":" in fact.key else of
            wanted.append(Wanted(fact, own, tuple(codes) if fact.kind in _OPEN_KINDS else ()))
    return tuple(sorted(wanted, key=lambda one: (_ORDER[one.fact.key], one.of or "")))


def leaves_of(version: Version) -> Iterator[Leaf]:
    """Every condition of a version: of groups, of all groups together, of exclusions, benefits and modifiers."""
    if version.common is not None:
        yield from _leaves(version.common)
    for group in version.groups:
        if group.rule is not None:
            yield from _leaves(group.rule)
        if group.min_remaining_years is not None:
            yield Leaf("remaining_working_years", ">=", group.min_remaining_years)
    for ruled in (*version.exclusions, *version.modifiers):
        yield from _leaves(ruled.rule)
    for benefit in version.benefits:
        if benefit.rule is not None:
            yield from _leaves(benefit.rule)


def _leaves(rule: Rule) -> Iterator[Leaf]:
    match rule:
        case Leaf():
            yield rule
        case Not(part):
            yield from _leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part)


def put(found: dict[str, Any], wanted: Wanted, value: Any) -> None:
    """A value at its place in the data form: named parts lie together under the fact they are parts of."""
    key, _colon, part = wanted.name.partition(":")
    if isinstance(value, dict):
        found[key] = {**found.get(key, {}), **value}
    elif part:
        found.setdefault(key, {})[part] = value
    else:
        found[key] = value


def most_asked(versions: Sequence[Version], most: int, sources: frozenset[Source]) -> tuple[Wanted, ...]:
    """The facts of these sources that most versions ask for, at most so many, in the order of the catalogue."""
    asked = [asking([version]).of_source(*sources) for version in versions]
    counted = Counter(one.name for some in asked for one in some if one.fact.operators)
    wanted = {one.name: one for one in asking(versions).of_source(*sources)}
    ranked = sorted(counted, key=lambda name: (-counted[name], list(wanted).index(name)))
    kept = set(ranked[:most])
    return tuple(one for name, one in wanted.items() if name in kept)
