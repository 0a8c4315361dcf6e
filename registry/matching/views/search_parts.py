"""The parts of the search page around the people: what was understood, conditions to take away, facets, advice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from registry.formats import number
from registry.matching.queries.search import CLOSED_FACETS, FacetCounts, Item, Removal, Sought
from registry.matching.views import considered
from registry.matching.views import search_address as address
from registry.matching.views import search_words as say
from registry.matching.views.search_address import href
from registry.people.queries.areas import AREA_FACETS
from registry.people.queries.narrowing import FACETS
from registry.skills.rules import LevelScale, highest_level
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_OPEN_AT_FIRST = frozenset({"skill", "degree", "residence", "kind"})
_NEAR_NAMED = 4
_REMOVALS_SHOWN = 4
# Counts of offices below this are not told exactly: they would tell where an anonymous person is kept.
FEWEST_TOLD = 5
_SHOWN_FOLDED = 8
_POINTS = ",;:.()[]«»\"'"


def understood(sought: Sought, args: address.Args) -> list[dict[str, Any]]:
    """Every part of the box in words, with the way to take it out and, for skills, to make it a must."""
    read = sought.search.read
    items = {item.part.mark: item for item in sought.items}
    found: list[dict[str, Any]] = []
    for part, rest in zip(read.parts, read.rests, strict=True):
        is_must = part.mark in sought.search.must
        others = [mark for mark in args.getlist(address.MUST) if mark != part.mark]
        item = items.get(part.mark)
        found.append(
            {
                "words": say.part_words(item.part if item else part),
                "typed": part.words,
                "step": say.step_words(part.how),
                "near": _near(item) if item else [],
                "without": href(args, q=rest or None, bat_buoc=others or None),
                "is_must": is_must,
                "must_href": href(args, bat_buoc=others if is_must else [*others, part.mark]) if item else "",
            }
        )
    return found


def _near(item: Item) -> list[str]:
    """The nearest other concepts that also count, nearest first."""
    locale = 1 if current_language() == "en" else 0
    near = sorted(item.closeness.items(), key=lambda one: (-one[1], one[0]))[1 : _NEAR_NAMED + 1]
    return [
        item.names[skill_id][locale] or item.names[skill_id][0]
        for skill_id, _closeness in near
        if skill_id in item.names
    ]


def chips(sought: Sought, args: address.Args, units: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(words, address without it) of every condition in force."""
    search = sought.search
    found = [
        (say.part_words(item.part), _less(args, address.SKILL, item.part.key))
        for item in sought.ticked_skills
    ]
    found += [
        (say.part_words(item.part), _less(args, address.LANGUAGE, item.part.key))
        for item in sought.ticked_languages
    ]
    if search.origin is not None:
        found.append((search.origin.words, href(args, dot_nhap=None)))
    for facet, param in address.PARAMS.items():
        chosen = [one for one in CLOSED_FACETS[facet] if one in search.options.get(facet, ())]
        chosen += list(search.countries) if facet == "residence" else []
        found += [(_named(facet, one), _less(args, param, one)) for one in chosen]
    found += [(_named("field", code), _less(args, address.FIELD, code)) for code in search.fields]
    found += [(str(units[path]), _less(args, address.UNIT, path)) for path in search.units]
    if search.years != (None, None):
        found.append((say.years_words(*search.years), href(args, kn_tu=None, kn_den=None)))
    return found + considered.chips(search.considered, args, href)


def left_over(sought: Sought, args: address.Args) -> list[tuple[str, str]]:
    """(words, address without them) of what nobody understood and profiles are searched for."""
    words = () if sought.search.is_literal else sought.search.read.leftover
    return [
        (_("Từ trong hồ sơ: %(words)s", words=one), _without(sought, args, f"words:{one}")) for one in words
    ]


def _named(facet: str, option: str) -> str:
    return _("%(facet)s: %(option)s", facet=say.TITLES[facet], option=say.option_words(facet, option))


def _less(args: address.Args, param: str, value: str) -> str:
    return href(args, **{param: [one for one in args.getlist(param) if one != value] or None})


def facets(sought: Sought, counts: FacetCounts, units: Sequence[tuple[str, Any]]) -> list[dict[str, Any]]:
    """All facets in the order of the panel."""
    search = sought.search
    locale = 1 if current_language() == "en" else 0
    skills = [
        (code, counts.named[code][locale] or counts.named[code][0], count)
        for code, count in counts.open["skill"].items()
    ]
    return [
        {
            **_facet("skill", address.SKILL, skills, search.skills),
            "rank": _ranks(address.SKILL_RANK, search.skill_rank),
        },
        _facet("field", address.FIELD, _told("field", counts.open["field"]), search.fields),
        _closed("degree", sought, counts),
        {
            **_facet(
                "language", address.LANGUAGE, _told("language", counts.open["language"]), search.languages
            ),
            "rank": _ranks(address.LANGUAGE_RANK, search.language_rank),
        },
        *(_closed(area, sought, counts) for area in AREA_FACETS),
        _residence(sought, counts),
        _closed("kind", sought, counts),
        _closed("evidence", sought, counts),
        _closed("availability", sought, counts),
        _closed("title", sought, counts),
        _closed("freshness", sought, counts),
        *([_units(sought, counts, units)] if counts.units else []),
    ]


def _told(facet: str, counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [(code, say.option_words(facet, code), count) for code, count in counts.items()]


def _closed(facet: str, sought: Sought, counts: FacetCounts) -> dict[str, Any]:
    told = [(one, say.option_words(facet, one), counts.closed[facet][one]) for one in CLOSED_FACETS[facet]]
    return _facet(facet, address.PARAMS[facet], told, sought.search.options.get(facet, ()))


def _residence(sought: Sought, counts: FacetCounts) -> dict[str, Any]:
    told = [
        (one, say.option_words("residence", one), counts.closed["residence"][one])
        for one in FACETS["residence"]
    ]
    told += _told("residence", counts.open["country"])
    chosen = {*sought.search.options.get("residence", ()), *sought.search.countries}
    return _facet("residence", address.RESIDENCE, told, chosen)


def _units(sought: Sought, counts: FacetCounts, units: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    chosen = sought.search.units
    told = sorted(
        ((path, str(text), counts.units[path]) for path, text in units),
        key=lambda one: (one[0] not in chosen, -one[2], one[0]),
    )[:20]
    return _facet("unit", address.UNIT, told, chosen, _roughly)


def _roughly(count: int) -> str:
    return f"< {FEWEST_TOLD}" if 0 < count < FEWEST_TOLD else number(count)


class Option(NamedTuple):
    """One option of a facet, as the panel shows it."""

    value: str
    label: str
    told: str
    checked: bool
    disabled: bool


def _facet(
    facet: str,
    param: str,
    told: Sequence[tuple[str, str, int]],
    chosen: Any,
    counted: Callable[[int], str] = number,
) -> dict[str, Any]:
    options = [
        Option(value, label, counted(count), value in chosen, not count and value not in chosen)
        for value, label, count in told
    ]
    more = options[_SHOWN_FOLDED:]
    checked = sum(one.checked for one in options)
    return {
        "name": facet,
        "title": say.TITLES[facet],
        "param": param,
        "options": options[:_SHOWN_FOLDED],
        "more": more,
        "more_chosen": any(one.checked for one in more),
        "chosen": checked,
        "open": facet in _OPEN_AT_FIRST or bool(checked),
    }


def _ranks(param: str, chosen: int | None) -> dict[str, Any]:
    """The list «từ bậc …» of a facet of levels."""
    most = highest_level(LevelScale.LANGUAGE if param == address.LANGUAGE_RANK else LevelScale.GENERAL)
    return {"param": param, "chosen": chosen, "levels": list(range(1, most + 1))}


def removals(sought: Sought, args: address.Args, found: Sequence[Removal]) -> list[dict[str, Any]]:
    """When nobody fits: the conditions whose removal helps most, in words, with the way and the count."""
    return [
        {
            "words": say.condition_words(sought, one.name),
            "count": one.count,
            "href": _without(sought, args, one.name),
        }
        for one in found[:_REMOVALS_SHOWN]
    ]


def _without(sought: Sought, args: address.Args, name: str) -> str:
    read = sought.search.read
    kind, _colon, rest = name.partition(":")
    if kind == "part":
        marks = [part.mark for part in read.parts]
        return href(args, q=read.rests[marks.index(rest)] or None)
    if kind == "words":
        pieces = {one.strip(_POINTS) for one in rest.split(" ")}
        kept = (one for one in read.typed.split(" ") if one.strip(_POINTS) not in pieces)
        return href(args, q=" ".join(kept) or None)
    if name == "wanted":
        wanted = {piece for part in read.wanted for piece in part.words.split(" ")}
        return href(args, q=" ".join(one for one in read.typed.split(" ") if one not in wanted) or None)
    params: Mapping[str, tuple[str, ...]] = {
        "skill": (address.SKILL, address.SKILL_RANK),
        "language": (address.LANGUAGE, address.LANGUAGE_RANK),
        "field": (address.FIELD,),
        "unit": (address.UNIT,),
        "years": (address.YEARS_FROM, address.YEARS_TO),
        "origin": (address.ORIGIN,),
        "new": (address.NEW,),
        "considered": tuple(considered.NOBODY),
        **{facet: (param,) for facet, param in address.PARAMS.items()},
    }
    return href(args, **dict.fromkeys(params[name]))
