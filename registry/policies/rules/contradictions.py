"""Rules that nobody can ever meet, found before they are saved: «dưới 30 tuổi» beside «trên 40 tuổi». Pure.

Conditions on one fact that must hold together are tried on the values that could tell them apart, with the same
judges that judge people; where no value passes, the rule contradicts itself.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from registry.policies.rules.comparing import judge
from registry.policies.rules.conditions import AllOf, AnyOf, AsOf, Leaf, Not, Rule
from registry.policies.rules.facts import Fact, FactKind, fact_of
from registry.policies.rules.logic import MET, NOT_MET, State, negated
from registry.policies.rules.words import Words

Ladder = tuple[tuple[str, ...], ...]
Wanted = tuple[Leaf, State]
_SOMETHING_ELSE = "~"
"""A code no text uses: what is not named in a rule."""


def contradictions(rule: Rule, ladder: Ladder) -> list[str]:
    """What can never hold together, in words; a branch of «any» that is dead counts too."""
    return list(dict.fromkeys(_found(rule, MET, (), ladder)))


def can_be_met(rule: Rule, ladder: Ladder) -> bool:
    """Whether one way through the rule is left; dead branches beside it do not matter."""
    return _is_open(rule, MET, (), ladder)


def _found(rule: Rule, want: State, outer: tuple[Wanted, ...], ladder: Ladder) -> Iterator[str]:
    together, choices = _split(rule, want)
    wanted = (*outer, *together)
    clash = _clash(wanted, ladder) if together else ()
    if clash:
        words = Words()
        said = " và ".join(
            f"«{words.condition(one)}»{'' if state is MET else ' (phủ định)'}" for one, state in clash
        )
        yield f"{said} không thể cùng đạt"
        return
    for parts, inner in choices:
        for part in parts:
            yield from _found(part, inner, wanted, ladder)


def _is_open(rule: Rule, want: State, outer: tuple[Wanted, ...], ladder: Ladder) -> bool:
    together, choices = _split(rule, want)
    wanted = (*outer, *together)
    if together and _clash(wanted, ladder):
        return False
    return all(any(_is_open(part, inner, wanted, ladder) for part in parts) for parts, inner in choices)


def _split(rule: Rule, want: State) -> tuple[list[Wanted], list[tuple[tuple[Rule, ...], State]]]:
    """Conditions that must come out together, and what leaves a choice, for a rule that must come out so."""
    match rule:
        case Leaf():
            return [(rule, want)], []
        case Not(part):
            return _split(part, negated(want))
        case AllOf(parts) | AnyOf(parts):
            if len(parts) > 1 and isinstance(rule, AllOf) != (want is MET):
                return [], [(parts, want)]
    together: list[Wanted] = []
    choices: list[tuple[tuple[Rule, ...], State]] = []
    for part in parts:
        inner, left = _split(part, want)
        together += inner
        choices += left
    return together, choices


def _clash(wanted: Sequence[Wanted], ladder: Ladder) -> tuple[Wanted, ...]:
    """The fewest conditions on one fact that no value passes."""
    by_fact: dict[tuple[str, AsOf], list[Wanted]] = {}
    for leaf, state in dict.fromkeys(wanted):
        by_fact.setdefault((leaf.name, leaf.as_of), []).append((leaf, state))
    for together in by_fact.values():
        fact = fact_of(together[0][0].fact, together[0][0].of)
        if fact is None or _passes(together, fact, ladder):
            continue
        pairs = (pair for pair in combinations(together, 2) if not _passes(pair, fact, ladder))
        return next(pairs, tuple(together))
    return ()


def _passes(wanted: Sequence[Wanted], fact: Fact, ladder: Ladder) -> bool:
    judges = [(judge(leaf, ladder), state) for leaf, state in wanted]
    return any(
        all(one(value) is state for one, state in judges) for value in _candidates(wanted, fact, ladder)
    )


def _candidates(wanted: Sequence[Wanted], fact: Fact, ladder: Ladder) -> Iterator[Any]:
    """Values of a fact that could tell the conditions apart: where one is met, all others have had their chance."""
    match fact.kind:
        case FactKind.YES_NO:
            yield from (True, False)
        case FactKind.NUMBER | FactKind.RANKING:
            yield from _numbers(wanted, fact)
        case FactKind.SCALE | FactKind.CHOICE:
            yield from fact.values
            if not fact.is_closed:
                yield from sorted({code for leaf, _ in wanted for code in _codes(leaf)} | {_SOMETHING_ELSE})
        case FactKind.LADDER:
            yield from _degrees(wanted, fact, ladder)
        case _:
            yield _most_codes(wanted, fact)


def _numbers(wanted: Sequence[Wanted], fact: Fact) -> Iterator[int]:
    """Each value, and its neighbours; for a ranking also 0, which stands in no table."""
    if fact.kind is FactKind.RANKING:
        yield 0
    for leaf, _ in wanted:
        number = leaf.value if isinstance(leaf.value, int) else 0
        yield from (one for one in (number - 1, number, number + 1) if fact.lowest <= one <= fact.highest)


def _codes(leaf: Leaf) -> tuple[str, ...]:
    return leaf.value if isinstance(leaf.value, tuple) else (str(leaf.value),)


def _most_codes(wanted: Sequence[Wanted], fact: Fact) -> frozenset[str]:
    """Everything that is wished for and nothing that is refused: if any set passes, this one does.

    A field of study is taken one level deeper than it is named, so that a narrower one that is refused is no part of it.
    """
    deeper = _SOMETHING_ELSE if fact.kind is FactKind.FIELDS else ""
    wished = {code for leaf, state in wanted if _wishes(leaf, state) for code in _codes(leaf)}
    refused = {code for leaf, state in wanted if not _wishes(leaf, state) for code in _codes(leaf)}
    if fact.kind is FactKind.FIELDS:
        return frozenset(code + deeper for code in wished if not code.startswith(tuple(refused)))
    return frozenset(wished - refused)


def _wishes(leaf: Leaf, state: State) -> bool:
    return (leaf.op == "!=") == (state is NOT_MET)


def _degrees(wanted: Sequence[Wanted], fact: Fact, ladder: Ladder) -> Iterator[frozenset[str]]:
    """For each step of the ladder all degrees up to it, with those that stand outside it, less the refused ones."""
    refused = {
        code for leaf, state in wanted if leaf.op == "has_any" and state is NOT_MET for code in _codes(leaf)
    }
    named = {code for step in ladder for code in step}
    held = set(fact.values) - named - refused
    yield frozenset(held)
    for step in ladder:
        held |= set(step) - refused
        yield frozenset(held)
