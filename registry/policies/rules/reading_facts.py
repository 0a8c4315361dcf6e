"""Facts and circumstances from their data form: sample people of the test bench, forms, stored applications. Pure.

Sets are lists (`[]` says that there is nothing), days are texts, facts with parts are rows; an absent key is unknown.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.policies.rules.answers import Asked, Evidence, EvidenceState, ExistingGrant, Facts
from registry.policies.rules.facts import CATALOGUE, Fact, FactKind, FactValue
from registry.policies.rules.money import MOST_VND
from registry.policies.rules.reading_rules import is_unit
from registry.policies.rules.refusals import LONGEST_CODE, Place, PolicyRefused, Row

_CIRCUMSTANCES = frozenset({"trial", "instalments", "steps", "existing_grant", "yearly_lists"})
_SETS = frozenset({FactKind.CODES, FactKind.FIELDS, FactKind.LADDER, FactKind.UNIT})
_PARTS = frozenset({"training"})


def read_facts(person: Row, post: Row, application: Row, evidence: Row) -> Facts:
    """The facts of one application. Raises `PolicyRefused` for a fact nobody knows and for a value of a wrong type."""
    problems = Place({}).problems
    values: dict[str, FactValue] = {}
    for where, row in (("người", person), ("vị trí", post), ("hồ sơ", application)):
        place = Place(row, where, problems)
        for key in row:
            if key not in _CIRCUMSTANCES and key != "units":
                value = _read_fact(place, key)
                if value is not None:
                    values[key] = value
    units = Place(post, "vị trí", problems).codes("units") if "units" in post else None
    papers = {key: _read_evidence(Place(evidence, "giấy tờ", problems), key) for key in evidence}
    if problems:
        raise PolicyRefused(problems)
    return Facts(values, papers, None if units is None else frozenset(units))


def _read_fact(place: Place, key: str) -> FactValue | None:
    if key == "born":
        return place.day(key)
    if key in _PARTS:
        return _read_parts(place, key)
    fact = CATALOGUE.get(key)
    if fact is None or key == "age_on":
        place.refuse(f"không có dữ kiện «{key}»")
        return None
    if fact.needs_argument or fact.kind is FactKind.RANKING:
        return _read_by_argument(place, fact)
    return _read_value(place, key, fact)


def _read_value(place: Place, key: str, fact: Fact) -> FactValue | None:
    if fact.kind in _SETS:
        return _read_set(place, key, fact)
    if fact.kind is FactKind.YES_NO:
        return None if place.row.get(key) is None else place.flag(key)
    if fact.kind is FactKind.NUMBER:
        return place.whole(key, fact.lowest, fact.highest)
    if fact.kind is FactKind.MONEY:
        return place.whole(key, 0, MOST_VND)
    code = place.words(key, limit=LONGEST_CODE)
    if code and fact.is_closed and code not in fact.values:
        place.refuse(f"«{fact.vi}» không có giá trị «{code}»; dùng một trong: {', '.join(fact.values)}")
        return None
    return code or None


def _read_set(place: Place, key: str, fact: Fact) -> frozenset[str] | None:
    if place.row.get(key) is None:
        return None
    one = place.row[key]
    codes = (one,) if fact.kind is FactKind.UNIT and isinstance(one, str) else place.codes(key)
    for code in codes:
        if fact.is_closed and code not in fact.values:
            place.refuse(f"«{fact.vi}» không có giá trị «{code}»; dùng một trong: {', '.join(fact.values)}")
        if fact.kind is FactKind.UNIT and not is_unit(code):
            place.refuse(f"«{fact.vi}» phải viết như 83@2025-06-30 (mã@ngày còn hiệu lực)")
    return frozenset(codes)


def _read_by_argument(place: Place, fact: Fact) -> Mapping[str, int] | None:
    part = place.part(fact.key, fact.vi)
    if part is None:
        return None
    if not fact.any_argument:
        part.only(frozenset(fact.arguments))
    read = {key: part.whole(key, fact.lowest, fact.highest) for key in part.row}
    return {key: value for key, value in read.items() if value is not None}


def _read_parts(place: Place, key: str) -> Mapping[str, Any] | None:
    part = place.part(key, key)
    if part is None:
        return None
    facts = {name.partition(":")[2]: fact for name, fact in CATALOGUE.items() if name.startswith(f"{key}:")}
    part.only(frozenset(facts))
    read = {name: _read_value(part, name, fact) for name, fact in facts.items() if name in part.row}
    return {name: value for name, value in read.items() if value is not None}


def _read_evidence(place: Place, key: str) -> Evidence:
    part = place.inside(place.row[key], key)
    part.only(frozenset({"state", "expiry"}))
    state = part.choice("state", EvidenceState, EvidenceState.DECLARED) or EvidenceState.DECLARED
    return Evidence(state, part.day("expiry"))


def read_asked(application: Row, applied_on: date, decided_on: date, starts_on: date | None = None) -> Asked:
    """The circumstances an application states beside facts. Raises `PolicyRefused`."""
    place = Place(application, "hồ sơ")
    grant = place.part("existing_grant", "quyết định đang hưởng")
    levels = place.part("steps", "mức đã xếp")
    asked = Asked(
        applied_on=applied_on,
        decided_on=decided_on,
        starts_on=starts_on,
        trial=place.flag("trial"),
        instalments=place.flag("instalments"),
        levels={} if levels is None else {key: levels.words(key, limit=LONGEST_CODE) for key in levels.row},
        existing_grant=None if grant is None else _read_grant(grant),
    )
    if place.problems:
        raise PolicyRefused(place.problems)
    return asked


def _read_grant(place: Place) -> ExistingGrant | None:
    decided_on = place.day("decided_on")
    if decided_on is None:
        place.refuse("thiếu ngày quyết định")
        return None
    return ExistingGrant(place.words("policy", limit=LONGEST_CODE), decided_on, place.day("until"))
