"""What a search asks for, and the same made ready for the database: concepts with their neighbours, likely names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.queries.considered import Considered
from registry.matching.queries.search.names import likely_names
from registry.matching.rules import Part, PartKind, Read, nothing_read
from registry.people.rules import language_by_name, language_of_code
from registry.skills.queries import AreaConcepts, area_concepts, concept_names, similarity_of
from registry.text import accented_key
from registry.web.origins import Origin

SAME = 100


@dataclass(frozen=True)
class Search:
    """Everything an address says: the box as it was read, the facets, how skills combine.

    `skills` and `languages` are codes ticked in facets, each list with one lowest rank. `must` holds marks of
    parts of the box. `new_for` narrows to people a saved search (its id) had not found when last looked at.
    `considered` leaves out people of shortlists; None when it names nobody.
    """

    read: Read = field(default_factory=lambda: nothing_read(""))
    is_literal: bool = False
    skills: tuple[str, ...] = ()
    skill_rank: int | None = None
    languages: tuple[str, ...] = ()
    language_rank: int | None = None
    options: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    fields: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    must: frozenset[str] = frozenset()
    needs_all: bool = False
    origin: Origin | None = None
    new_for: int | None = None
    considered: Considered | None = None


@dataclass(frozen=True)
class Item:
    """A skill or language wanted: which claimed concepts fit it and how closely (hundredths).

    `phrases` say the same in a headline, with the marks that were typed; none when a level is asked, which no
    headline says.
    """

    part: Part
    closeness: Mapping[int, int]
    language: str
    phrases: tuple[str, ...]
    names: Mapping[int, tuple[str, str]]

    @property
    def rank(self) -> int | None:
        """The lowest rank that counts."""
        return self.part.rank


@dataclass(frozen=True)
class Sought:
    """A search made ready: the items of the box, those ticked, and for leftover words the people likely meant."""

    search: Search
    viewer: Viewer
    on: date
    items: tuple[Item, ...]
    ticked_skills: tuple[Item, ...]
    ticked_languages: tuple[Item, ...]
    likely: Mapping[str, tuple[int, ...]]
    areas: AreaConcepts

    @cached_property
    def ranked(self) -> tuple[Item, ...]:
        """All items that order the people, each once."""
        found = {item.part.mark: item for item in (*self.ticked_skills, *self.ticked_languages, *self.items)}
        return tuple(found.values())


def made_ready(session: Session, search: Search, viewer: Viewer, *, on: date) -> Sought:
    """Look up what the criteria name: a constant number of statements, however many they are."""
    ticked_skills = [Part(PartKind.SKILL, code, code, rank=search.skill_rank) for code in search.skills]
    ticked_languages = [
        Part(PartKind.LANGUAGE, code, _language_name(code), rank=search.language_rank)
        for code in search.languages
    ]
    parts = [*search.read.wanted, *ticked_skills, *ticked_languages]
    concepts = _Concepts(session, parts) if parts else None
    likely = {
        words: likely_names(session, viewer, words, on=on)
        for words in search.read.leftover
        if not search.is_literal
    }
    return Sought(
        search,
        viewer,
        on,
        _items(concepts, search.read.wanted),
        tuple(_itself(item) for item in _items(concepts, ticked_skills)),
        tuple(_itself(item) for item in _items(concepts, ticked_languages)),
        likely,
        area_concepts(session),
    )


def _itself(item: Item) -> Item:
    """An option that is ticked means itself: what its count counts, no neighbours and no headlines."""
    near = {} if item.language else {one: near for one, near in item.closeness.items() if near == SAME}
    return replace(item, closeness=near, phrases=())


def _language_name(code: str) -> str:
    language = language_of_code(code)
    return code if language is None else language.vi


class _Concepts:
    """The concepts of some parts and those near them."""

    def __init__(self, session: Session, parts: Sequence[Part]) -> None:
        codes = {part.concept or part.key for part in parts}
        names = {part.name for part in parts if part.kind is PartKind.LANGUAGE and not part.concept}
        known = concept_names(session)
        own = [known.by_code[code] for code in codes if code in known.by_code]
        if names:
            own += [one for one in known.by_id.values() if one.vi in names and one.code not in codes]
        self.ids = {row.code: row.id for row in own}
        self.by_language = {
            language.code: row.id for row in own if (language := language_by_name(row.vi)) is not None
        }
        similar = similarity_of(session)
        self.near = {row.id: {row.id: SAME, **similar.get(row.id, {})} for row in own}
        all_ids = {one for near in self.near.values() for one in near}
        rows = (known.by_id[one] for one in sorted(all_ids) if one in known.by_id)
        self.names = {row.id: (row.vi, row.en) for row in rows}

    def item(self, part: Part) -> Item:
        """One part with the concepts that fit it."""
        is_language = part.kind is PartKind.LANGUAGE
        own = self.ids.get(part.concept or part.key)
        if is_language and own is None:
            own = self.by_language.get(part.key)
        # A language is that language: a neighbour of it is another one.
        near = {} if own is None else {own: SAME} if is_language else self.near[own]
        named = (
            self.names.get(own, (part.name, part.english)) if own is not None else (part.name, part.english)
        )
        phrases = (
            {accented_key(part.words), accented_key(named[0])} - {""} if part.rank is None else set[str]()
        )
        return Item(
            part if part.kind is PartKind.LANGUAGE else _renamed(part, named),
            near,
            part.key if is_language else "",
            tuple(sorted(phrases)),
            {one: self.names[one] for one in near if one in self.names},
        )


def _renamed(part: Part, named: tuple[str, str]) -> Part:
    return Part(
        part.kind,
        part.key,
        named[0],
        part.words,
        part.how,
        named[1],
        part.rank,
        part.most,
        part.concept,
        part.also,
    )


def _items(concepts: _Concepts | None, parts: Sequence[Part]) -> tuple[Item, ...]:
    return () if concepts is None else tuple(concepts.item(part) for part in parts)
