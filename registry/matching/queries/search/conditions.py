"""The criteria of a search as SQL conditions by name, and the points that order the people found."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select

from registry.consents.rules import PurposeCode
from registry.matching.models import SavedSearchSeen
from registry.matching.queries.considered import considered_ids
from registry.matching.queries.search.asked import SAME, Item, Sought
from registry.matching.rules import Part, PartKind
from registry.people.models import LanguageClaim, Person, SkillClaim
from registry.people.queries import (
    comes_from,
    degree_at_least,
    has_degree,
    lives_inside,
    named_like,
    option_condition,
    studied,
    told_in_text,
    visible_condition,
    worked_between,
)
from registry.people.queries.areas import AREA_FACETS, area_condition
from registry.people.queries.narrowing import HOME_COUNTRY
from registry.people.rules import EvidenceState, degree_of_code, degree_of_rank
from registry.people.rules.full_text import asked_text
from registry.skills.models import SkillLabel
from registry.text import accented_key, fold, match_key

Condition = ColumnElement[bool]

# One item found is worth more than any proof of it, and proof more than how near the concept is. A concept that is
# only broader or related is half found: proof never lifts it above the concept itself.
MATCHED, PROVED, ATTACHED = 1_000_000, 20_000, 10_000
HEADLINE_CLOSENESS = 90
FULLY = 80


def sought_visible_condition(sought: Sought) -> Condition:
    """Whom the viewer may see."""
    return visible_condition(sought.viewer, PurposeCode.MATCHING, on=sought.on)


def conditions_of(sought: Sought) -> dict[str, Condition]:
    """All conditions, each of which must hold, by name: facets by theirs, parts of the box as «part:…»."""
    return {
        **_of_the_box(sought),
        **_of_closed_facets(sought),
        **_of_open_facets(sought),
        **_of_the_rest(sought),
    }


def _of_closed_facets(sought: Sought) -> dict[str, Condition]:
    search, on = sought.search, sought.on
    found = {
        facet: or_(false(), *(closed_condition(sought, facet, one) for one in sorted(options)))
        for facet, options in search.options.items()
        if options and facet != "residence"
    }
    homes = [option_condition("residence", one, on) for one in sorted(search.options.get("residence", ()))]
    homes += [Person.residence_country == code for code in search.countries]
    return {**found, "residence": or_(false(), *homes)} if homes else found


def closed_condition(sought: Sought, facet: str, option: str) -> Condition:
    """One option of one closed facet, an area of the workforce or another."""
    if facet in AREA_FACETS:
        return area_condition(facet, option, sought.areas.concepts[facet], sought.on)
    return option_condition(facet, option, sought.on)


def _of_open_facets(sought: Sought) -> dict[str, Condition]:
    search = sought.search
    found: dict[str, Condition] = {}
    if sought.ticked_skills:
        found["skill"] = _combined(sought.ticked_skills, needs_all=search.needs_all)
    if sought.ticked_languages:
        found["language"] = _combined(sought.ticked_languages, needs_all=search.needs_all)
    if search.fields:
        found["field"] = or_(*(studied(code) for code in search.fields))
    if search.units:
        found["unit"] = or_(*(Person.unit_path.startswith(path, autoescape=True) for path in search.units))
    return found


def _of_the_rest(sought: Sought) -> dict[str, Condition]:
    search = sought.search
    found: dict[str, Condition] = {}
    if search.years != (None, None):
        found["years"] = worked_between(*search.years, sought.on)
    if search.origin is not None:
        found["origin"] = Person.public_id.in_(search.origin.public_ids)
    if search.new_for is not None:
        found["new"] = ~seen_before(search.new_for)
    if search.considered is not None:
        found["considered"] = Person.id.not_in(considered_ids(search.considered, sought.viewer, sought.on))
    return found


def seen_before(search_id: int) -> Condition:
    """A saved search had found this person when its owner last looked."""
    return (
        exists()
        .where(SavedSearchSeen.search_id == search_id, SavedSearchSeen.person_id == Person.id)
        .correlate(Person)
    )


def points_of(sought: Sought) -> ColumnElement[int]:
    """How much of what is wanted was found: how many items, how many proved, how near. 0 where nothing is."""
    if not sought.ranked:
        return literal(0)
    return reduce(add, [_points(item, sought.on) for item in sought.ranked])


def matches(item: Item) -> Condition:
    """Whether a person has one item: by a claim on a concept that fits, a language, or the headline."""
    found: list[Condition] = [_in_headline(phrase) for phrase in item.phrases]
    if item.closeness:
        found.append(
            exists()
            .where(SkillClaim.person_id == Person.id, SkillClaim.valid_to.is_(None), *_claimed(item))
            .correlate(Person)
        )
    if item.language:
        found.append(
            exists()
            .where(LanguageClaim.person_id == Person.id, LanguageClaim.valid_to.is_(None), *_spoken(item))
            .correlate(Person)
        )
    return or_(false(), *found)


def _of_the_box(sought: Sought) -> dict[str, Condition]:
    search = sought.search
    found: dict[str, Condition] = {}
    if search.is_literal:
        return {"words": literally(sought, search.read.typed)} if search.read.typed else {}
    if sought.items and search.needs_all:
        found |= {f"part:{item.part.mark}": matches(item) for item in sought.items}
    elif sought.items:
        found["wanted"] = _combined(sought.items, needs_all=False)
        found |= {
            f"part:{item.part.mark}": matches(item) for item in sought.items if item.part.mark in search.must
        }
    for part in search.read.narrowing:
        found[f"part:{part.mark}"] = _narrowing(sought, part)
    for words in search.read.leftover:
        found[f"words:{words}"] = _left_over(sought, words)
    return found


def _combined(items: tuple[Item, ...], *, needs_all: bool) -> Condition:
    each = [matches(item) for item in items]
    return and_(*each) if needs_all else or_(*each)


def _narrowing(sought: Sought, part: Part) -> Condition:
    """A part of the box that is no skill."""
    on, viewer, key = sought.on, sought.viewer, part.key
    meanings: dict[PartKind, Callable[[], Condition]] = {
        PartKind.DEGREE: lambda: _degree(part),
        PartKind.TITLE: lambda: option_condition("title", key, on),
        PartKind.FIELD: lambda: studied(key),
        PartKind.KIND: lambda: _any_option("kind", part, on),
        PartKind.EVIDENCE: lambda: _any_option("evidence", part, on),
        PartKind.AVAILABILITY: lambda: _any_option("availability", part, on),
        PartKind.PLACE: lambda: lives_inside(viewer, key),
        PartKind.ORIGIN: lambda: comes_from(viewer, key),
        PartKind.COUNTRY: lambda: _country(key, on),
        PartKind.RESIDENCE: lambda: option_condition("residence", key, on),
        PartKind.YEARS: lambda: worked_between(part.rank, part.most, on),
    }
    return meanings[part.kind]()


def _any_option(facet: str, part: Part, on: date) -> Condition:
    """One of the options the part names."""
    return or_(*(option_condition(facet, code, on) for code in (part.key, *part.also)))


def _country(code: str, on: date) -> Condition:
    if code == HOME_COUNTRY:
        return option_condition("residence", "home", on)
    return Person.residence_country == code


def _degree(part: Part) -> Condition:
    """A general degree means it or a higher one; a specialist one means itself."""
    rank = general_degree(part)
    return has_degree(part.key) if rank is None else degree_at_least(rank)


def general_degree(part: Part) -> int | None:
    """The rank of a general degree, None of a specialist one."""
    degree = degree_of_code(part.key)
    general = None if degree is None else degree_of_rank(degree.rank)
    return (
        general.rank if degree is not None and general is not None and general.code == degree.code else None
    )


def _left_over(sought: Sought, words: str) -> Condition:
    """Words nobody understood: a name of somebody who may be named, a code, or words of the full text."""
    asked = asked_text(words)
    return or_(named_so(sought, words), told_in_text(sought.viewer, asked) if asked else false())


def named_so(sought: Sought, words: str) -> Condition:
    """A name of somebody who may be named, one much like it, or a code."""
    found = [named_like(sought.viewer, words), Person.code == words.strip().upper()]
    likely = sought.likely.get(words, ())
    if likely:
        found.append(Person.id.in_(likely))
    return or_(*found)


def literally(sought: Sought, typed: str) -> Condition:
    """Exactly the words typed: in a name, a code, the full text, or a label of a concept that is claimed."""
    folded = fold(typed)
    if not folded:
        return false()
    is_label = SkillLabel.accented == accented_key(typed)
    if typed.isascii():
        is_label = SkillLabel.folded == match_key(typed)
    labelled = (
        select(SkillClaim.id)
        .join(SkillLabel, SkillLabel.skill_id == SkillClaim.skill_id)
        .where(SkillClaim.person_id == Person.id, SkillClaim.valid_to.is_(None), is_label)
        .correlate(Person)
        .exists()
    )
    asked = asked_text(typed, is_phrase=True)
    in_text = told_in_text(sought.viewer, asked) if asked else false()
    return or_(named_like(sought.viewer, typed), Person.code == typed.upper(), in_text, labelled)


def _in_headline(phrase: str) -> Condition:
    return (" " + Person.folded_headline + " ").contains(f" {phrase} ", autoescape=True)


def _claimed(item: Item) -> list[Condition]:
    found: list[Condition] = [SkillClaim.skill_id.in_(sorted(item.closeness))]
    # «0» says the person has it not.
    found.append(
        or_(SkillClaim.level.is_(None), SkillClaim.level != 0)
        if item.rank is None
        else SkillClaim.level >= item.rank
    )
    return found


def _spoken(item: Item) -> list[Condition]:
    found: list[Condition] = [LanguageClaim.language == item.language]
    found.append(
        or_(LanguageClaim.rank.is_(None), LanguageClaim.rank != 0)
        if item.rank is None
        else LanguageClaim.rank >= item.rank
    )
    return found


def _points(item: Item, on: date) -> ColumnElement[int]:
    """The points of one item: the best of claim, language and headline, in that order of trust."""
    told: list[ColumnElement[int]] = []
    if item.language:
        told.append(
            select(func.max(_proved(LanguageClaim, on) + MATCHED + SAME))
            .where(LanguageClaim.person_id == Person.id, LanguageClaim.valid_to.is_(None), *_spoken(item))
            .correlate(Person)
            .scalar_subquery()
        )
    if item.closeness:
        told.append(
            select(func.max(_proved(SkillClaim, on) + _nearness(item)))
            .where(SkillClaim.person_id == Person.id, SkillClaim.valid_to.is_(None), *_claimed(item))
            .correlate(Person)
            .scalar_subquery()
        )
    if item.phrases:
        said = or_(*(_in_headline(phrase) for phrase in item.phrases))
        told.append(case((said, MATCHED + HEADLINE_CLOSENESS)))
    return func.coalesce(*told, 0)


def _nearness(item: Item) -> ColumnElement[int]:
    by_closeness: dict[int, list[int]] = {}
    for skill_id, closeness in item.closeness.items():
        by_closeness.setdefault(closeness, []).append(skill_id)
    whens = [
        (SkillClaim.skill_id.in_(sorted(ids)), closeness + (MATCHED if closeness >= FULLY else MATCHED // 2))
        for closeness, ids in sorted(by_closeness.items())
    ]
    return case(*whens, else_=0)


def _proved(model: type[SkillClaim] | type[LanguageClaim], on: date) -> ColumnElement[int]:
    counts = or_(model.evidence_until.is_(None), model.evidence_until >= on)
    return case(
        (and_(model.evidence_state == EvidenceState.VERIFIED, counts), PROVED),
        (and_(model.evidence_state == EvidenceState.ATTACHED, counts), ATTACHED),
        else_=0,
    )
