"""The criteria of a search as sets of rows of a roll, under the names that `conditions_of` gives them.

What a roll cannot say (names, origins, codes of degrees, who was seen before) is asked of the database and becomes
a set of rows like the rest.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.matching.engine.search import masks
from registry.matching.engine.search.masks import Mask
from registry.matching.engine.search.points import Points, Wanted, Worth, points_of
from registry.matching.engine.search.roll import RANKS, Roll
from registry.matching.models import SavedSearchSeen
from registry.matching.queries.considered import considered_ids
from registry.matching.queries.search.area_sets import area_sets, kept_set
from registry.matching.queries.search.asked import SAME, Item, Sought
from registry.matching.queries.search.conditions import (
    ATTACHED,
    FULLY,
    HEADLINE_CLOSENESS,
    MATCHED,
    PROVED,
    Condition,
    general_degree,
    literally,
    named_so,
)
from registry.matching.rules import Part, PartKind
from registry.people.models import Person
from registry.people.queries import comes_from, has_degree, ids_with_text
from registry.people.queries.areas import AREA_FACETS
from registry.people.queries.narrowing import HOME_COUNTRY
from registry.people.rules import add_months
from registry.people.rules.full_text import AskedText, asked_text

_DAYS = (1, 1 << 30)
_YEARS = (0, 1 << 7)


def within(roll: Roll, sought: Sought) -> Mask:
    """Who is in the scope of the viewer."""
    scopes = tuple(sorted((one.unit_path, one.organisation_path) for one in sought.viewer.scopes))
    return kept_set(roll, scopes, lambda: roll.within(scopes))


class Answers:
    """What the database was asked for one search: row ids of people, each question asked once for all rolls."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: dict[str, NDArray[np.int64]] = {}

    def to(self, name: str, ids: Select[Any]) -> NDArray[np.int64]:
        """The ids selected under the name of a condition."""
        if name not in self._told:
            self._told[name] = np.array(self._session.scalars(ids).all(), np.int64)
        return self._told[name]

    def in_texts(self, asked: AskedText, *, only_open: bool = False) -> NDArray[np.int64]:
        """The ids of those whose full text, or what everybody may read of it, holds the words."""
        name = f"{asked}{only_open}"
        if name not in self._told:
            self._told[name] = ids_with_text(self._session, asked, only_open=only_open)
        return self._told[name]


class Criteria:
    """One search against one roll."""

    def __init__(self, answers: Answers, sought: Sought, roll: Roll) -> None:
        self.answers, self.sought, self.roll = answers, sought, roll
        self._points: dict[int, Points] = {}

    def points(self, item: Item) -> Points:
        """What one item gives to everybody."""
        found = self._points.get(id(item))
        if found is None:
            headed = masks.any_of(map(self._headed, item.phrases), len(self.roll))
            found = self._points[id(item)] = points_of(self.roll, _wanted(item), headed)
        return found

    def all(self) -> dict[str, Mask]:
        """All conditions, each of which must hold, by name."""
        return dict(
            (*self._of_the_box(), *self._of_closed_facets(), *self._of_open_facets(), *self._of_the_rest())
        )

    # --- the box --------------------------------------------------------------------------------------

    def _of_the_box(self) -> Iterator[tuple[str, Mask]]:
        sought, search = self.sought, self.sought.search
        if search.is_literal:
            if search.read.typed:
                yield "words", self._asked("words", literally(sought, search.read.typed))
            return
        if sought.items and not search.needs_all:
            yield "wanted", self._combined(sought.items, needs_all=False)
        for item in sought.items:
            if search.needs_all or item.part.mark in search.must:
                yield f"part:{item.part.mark}", self._matching(item)
        for part in search.read.narrowing:
            yield f"part:{part.mark}", self._narrowing(part)
        for words in search.read.leftover:
            yield f"words:{words}", self._left_over(words)

    def _matching(self, item: Item) -> Mask:
        return masks.of_flags(self.points(item).given)

    def _combined(self, items: tuple[Item, ...], *, needs_all: bool) -> Mask:
        each = [self._matching(item) for item in items]
        return masks.all_of(each[0], each[1:]) if needs_all else masks.any_of(each, len(self.roll))

    def _narrowing(self, part: Part) -> Mask:
        """A part of the box that is no skill."""
        roll, key = self.roll, part.key
        meanings: dict[PartKind, Callable[[], Mask]] = {
            PartKind.DEGREE: lambda: self._degree(part),
            PartKind.TITLE: lambda: roll.option("title", key),
            PartKind.FIELD: lambda: roll.studied(key),
            PartKind.KIND: lambda: self._any_option("kind", (key, *part.also)),
            PartKind.EVIDENCE: lambda: self._any_option("evidence", (key, *part.also)),
            PartKind.AVAILABILITY: lambda: self._any_option("availability", (key, *part.also)),
            PartKind.PLACE: lambda: roll.living_in(key) & roll.arrays.named,
            PartKind.ORIGIN: lambda: self._asked(part.mark, comes_from(self.sought.viewer, key)),
            PartKind.COUNTRY: lambda: self._home(key),
            PartKind.RESIDENCE: lambda: roll.option("residence", key),
            PartKind.YEARS: lambda: self._years(part.rank, part.most),
        }
        return meanings[part.kind]()

    def _degree(self, part: Part) -> Mask:
        rank = general_degree(part)
        if rank is None:
            return self._asked(part.mark, has_degree(part.key))
        return self._any_option("degree", map(str, range(rank, RANKS - 1)))

    def _home(self, code: str) -> Mask:
        return self.roll.option("residence", "home") if code == HOME_COUNTRY else self.roll.in_country(code)

    def _any_option(self, facet: str, options: Any) -> Mask:
        return masks.any_of((self.roll.option(facet, one) for one in options), len(self.roll))

    def _any_of_facet(self, facet: str, options: Any) -> Mask:
        if facet not in AREA_FACETS:
            return self._any_option(facet, options)
        sets, places = area_sets(self.roll, self.sought.areas)[facet], AREA_FACETS[facet]
        return masks.any_of((sets[places.index(one)] for one in options), len(self.roll))

    def _years(self, least: int | None, most: int | None) -> Mask:
        """Whole years since the first dated post; where no post has a date, the years the person stated."""
        (first, last), (fewest, greatest) = _DAYS, _YEARS
        if not least and most is None:
            return masks.of_flags(np.ones(len(self.roll), np.bool_))
        if least:
            last, fewest = add_months(self.sought.on, -12 * least).toordinal(), least
        if most is not None:
            first, greatest = add_months(self.sought.on, -12 * (most + 1)).toordinal() + 1, most
        return self.roll.worked((first, last), (fewest, greatest))

    def _left_over(self, words: str) -> Mask:
        """Words nobody understood: names, codes and full texts, all asked of the database."""
        found, asked = self._asked(f"words:{words}", named_so(self.sought, words)), asked_text(words)
        return found if asked is None else found | self._told(asked)

    def _told(self, asked: AskedText) -> Mask:
        """Whose profile holds the words; what anonymous ones do not show finds only people who may be named."""
        everywhere = self._rows(self.answers.in_texts(asked))
        if not everywhere.any():
            return everywhere
        return everywhere & (
            self.roll.arrays.named | self._rows(self.answers.in_texts(asked, only_open=True))
        )

    def _headed(self, phrase: str) -> Mask:
        return kept_set(self.roll, phrase, lambda: self.roll.headed(phrase))

    # --- facets and the rest --------------------------------------------------------------------------

    def _of_closed_facets(self) -> Iterator[tuple[str, Mask]]:
        search = self.sought.search
        for facet, options in search.options.items():
            if options and facet != "residence":
                yield facet, self._any_of_facet(facet, options)
        homes = [self.roll.option("residence", one) for one in search.options.get("residence", ())]
        homes += [self.roll.in_country(code) for code in search.countries]
        if homes:
            yield "residence", masks.any_of(homes, len(self.roll))

    def _of_open_facets(self) -> Iterator[tuple[str, Mask]]:
        sought, search, count = self.sought, self.sought.search, len(self.roll)
        if sought.ticked_skills:
            yield "skill", self._combined(sought.ticked_skills, needs_all=search.needs_all)
        if sought.ticked_languages:
            yield "language", self._combined(sought.ticked_languages, needs_all=search.needs_all)
        if search.fields:
            yield "field", masks.any_of(map(self.roll.studied, search.fields), count)
        if search.units:
            yield "unit", masks.any_of(map(self.roll.in_unit, search.units), count)

    def _of_the_rest(self) -> Iterator[tuple[str, Mask]]:
        search = self.sought.search
        if search.years != (None, None):
            yield "years", self._years(*search.years)
        if search.origin is not None:
            yield "origin", self._asked("origin", Person.public_id.in_(search.origin.public_ids))
        if search.new_for is not None:
            seen = select(SavedSearchSeen.person_id).where(SavedSearchSeen.search_id == search.new_for)
            yield "new", ~self._listed("new", seen)
        if search.considered is not None:
            before = considered_ids(search.considered, self.sought.viewer, self.sought.on)
            yield "considered", ~self._listed("considered", before)

    def _asked(self, name: str, condition: Condition) -> Mask:
        """Who is inside the scope and fits. Of these a roll holds whoever may be searched: to ask the database for that
        once more, of half a million people of one surname, would take longer than all the rest.
        """
        inside = scope_condition(self.sought.viewer, Person.unit_path, Person.organisation_path)
        return self._listed(name, select(Person.id).where(inside, condition))

    def _listed(self, name: str, ids: Select[Any]) -> Mask:
        """The rows of people whose ids are selected."""
        return self._rows(self.answers.to(name, ids))

    def _rows(self, ids: NDArray[np.int64]) -> Mask:
        return masks.of_rows(self.roll.rows_of(ids), len(self.roll))


def _wanted(item: Item) -> Wanted:
    """An item with the points that `points_of` gives in SQL."""
    return Wanted(
        concepts=tuple((skill_id, _worth(_near(near))) for skill_id, near in item.closeness.items()),
        language=item.language,
        spoken=_worth(MATCHED + SAME),
        phrases=item.phrases,
        said=MATCHED + HEADLINE_CLOSENESS,
        rank=item.rank,
    )


def _near(closeness: int) -> int:
    return closeness + (MATCHED if closeness >= FULLY else MATCHED // 2)


def _worth(points: int) -> Worth:
    """By proof: none, attached, verified."""
    return points, points + ATTACHED, points + PROVED
