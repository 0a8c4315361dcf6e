"""How near two concepts are by their relations, and whether broader links lead round in a circle. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.skills.rules.lists import RelationKind

# Hundredths of likeness of a claimed concept to a required one (formula version 1).
SAME = 100
NARROWER = {1: 90, 2: 80}
BROADER_ONE_HOP = 60
RELATED = 50


@dataclass(frozen=True)
class Relation:
    """One relation between two concepts, named by their ids."""

    skill_id: int
    kind: RelationKind
    other_id: int


def similarities(
    relations: Iterable[Relation], merged: Mapping[int, int] | None = None
) -> dict[int, dict[int, int]]:
    """How like a claim is to a requirement: {required id: {claimed id: hundredths}}, the highest of all paths.

    A narrower claim counts 90 by one hop and 80 by two, a broader one 60, a related one 50, the concept
    itself is not listed (100). `merged` maps merged concepts to the concept they became: a claim on either
    counts as the other.
    """
    found: dict[int, dict[int, int]] = defaultdict(dict)
    narrower: dict[int, set[int]] = defaultdict(set)
    for relation in relations:
        if relation.kind is RelationKind.RELATED:
            _keep(found, relation.skill_id, relation.other_id, RELATED)
            _keep(found, relation.other_id, relation.skill_id, RELATED)
        else:
            narrower[relation.other_id].add(relation.skill_id)
            _keep(found, relation.skill_id, relation.other_id, BROADER_ONE_HOP)
    for general, specific in narrower.items():
        for one_hop in specific:
            _keep(found, general, one_hop, NARROWER[1])
            for two_hops in narrower.get(one_hop, ()):
                _keep(found, general, two_hops, NARROWER[2])
    _redirect(found, merged or {})
    return {required: dict(claimed) for required, claimed in found.items()}


def _keep(found: dict[int, dict[int, int]], required: int, claimed: int, likeness: int) -> None:
    if required != claimed:
        found[required][claimed] = max(likeness, found[required].get(claimed, 0))


def _redirect(found: dict[int, dict[int, int]], merged: Mapping[int, int]) -> None:
    """Let every merged concept stand for the one it became, as requirement and as claim."""
    for old in merged:
        new = final_of(old, merged)
        for claimed, likeness in list(found.get(new, {}).items()):
            _keep(found, old, claimed, likeness)
        _keep(found, old, new, SAME)
    for old in merged:
        new = final_of(old, merged)
        for required, claimed in list(found.items()):
            if new in claimed:
                _keep(found, required, old, claimed[new])
        _keep(found, new, old, SAME)


def final_of(skill_id: int, merged: Mapping[int, int]) -> int:
    """What a concept became in the end, by all merges; itself when it was never merged."""
    seen: set[int] = set()
    while skill_id in merged and skill_id not in seen:
        seen.add(skill_id)
        skill_id = merged[skill_id]
    return skill_id


def cycle_of(broader: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """A cycle of broader links as the names along it, empty when there is none."""
    done: set[str] = set()
    for start in broader:
        path: list[str] = []
        if found := _walk(start, broader, path, done):
            return found
    return ()


def would_circle(broader: Mapping[int, Iterable[int]], narrow: int, broad: int) -> bool:
    """Whether a link from `narrow` to the broader `broad` would lead round: `narrow` lies above `broad` already."""
    seen: set[int] = set()
    ahead = [broad]
    while ahead:
        one = ahead.pop()
        if one == narrow:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(broader.get(one, ()))
    return False


def _walk(
    name: str, broader: Mapping[str, Iterable[str]], path: list[str], done: set[str]
) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done:
        return ()
    path.append(name)
    for general in broader.get(name, ()):
        if found := _walk(general, broader, path, done):
            return found
    path.pop()
    done.add(name)
    return ()
