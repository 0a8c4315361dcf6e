"""Searches drawn at random, people with everything a search asks of, and the roll beside the database's own answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.consents.models import Consent
from registry.consents.rules import PURPOSE_BITS, PurposeCode
from registry.matching.models import SavedSearch, SavedSearchSeen
from registry.matching.queries.search import (
    CLOSED_FACETS,
    FacetCounts,
    Place,
    Search,
    Sought,
    best_removals,
    facet_counts,
    found_total,
    left_out_total,
    made_ready,
    page_of,
    visible_total,
)
from registry.matching.queries.search.on_roll import on_rolls
from registry.matching.rules import Part, PartKind, Read
from registry.people.models import (
    Availability,
    CadreFacet,
    Education,
    Experience,
    ExpertFacet,
    LanguageClaim,
    OverseasFacet,
    Person,
    PersonName,
    SkillClaim,
)
from registry.people.queries.narrowing import FACETS
from registry.people.rules import (
    AcademicTitle,
    AvailabilityState,
    CadreKind,
    EvidenceState,
    ExpertKind,
    LegalBasis,
    NameKind,
    PersonState,
    availability_on,
)
from registry.skills.models import Skill
from registry.skills.operations import keep_pending
from registry.web.origins import Origin
from tests.factories import acts
from tests.factories.accounts import account
from tests.factories.considering import owner_of_lists, some_considered
from tests.factories.crowds import LANGUAGES
from tests.factories.worlds import World

NAMES = ("Lò Văn Chiến", "Vàng A Páo", "Nguyễn Thị Hà", "Đỗ Hà", "Trần Ánh", "Lò Thị Hà", "Hà")
HEADLINES = (
    "",
    "Kỹ sư dữ liệu",
    "kỹ sư, dữ liệu y tế",
    "Bác sĩ",
    "Giáo viên tiếng Anh",
    "dữ liệu",
    "100% dữ_liệu",
)
TEXTS = ("", "Vận hành kho dữ liệu", "Lò Văn Chiến, kỹ sư trưởng", "hồ sơ dược liệu", "làm được 100% dữ_liệu")
LEFTOVERS = (
    "ha", "lo van", "du lieu", "vang a paoo", "bac si", "%", "chien lo", "khong ai", "dữ liệu", "dư liệu", "dược",
    '"kỹ sư dữ liệu"', "kho lieu", '"ky su"', "%_ 100",
)  # fmt: skip
COUNTRIES = (None, None, "VN", "VN", "DE", "JP")
HOMES = ("", "", "VN/12/", "VN/12/03388/", "VN/01/")
PATHS = ("VN/12/", "VN/01/", "VN/12/03388/", "VN/14/")
FIELD_CODES = ("748", "772", "7480109", "734")
DEGREES = ("DH", "THS", "TS", "CKI", "BSNT", "SC")
PAGE = 4
_MOST_PAGES = 60


@dataclass
class ComparedSearches:
    """How many searches were compared, how many the roll answered (with changes, with people found, leaving people
    out who were considered), and differences."""

    cases: int = 0
    by_roll: int = 0
    with_changes: int = 0
    with_people: int = 0
    leaving_out: int = 0
    differences: list[str] = field(default_factory=list[str])


# --- what happens to people beside `acts` -------------------------------------------------------------------


def dress(world: World, person: Person) -> None:
    """Everything a search asks of that `acts` leaves out."""
    chance = world.chance
    person.full_name, person.headline = chance.choice(NAMES), chance.choice(HEADLINES)
    person.summary = chance.choice(TEXTS)
    for post in world.session.scalars(select(Experience).where(Experience.person_id == person.id)):
        post.title, post.organisation_text = chance.choice(TEXTS), chance.choice(TEXTS)
    person.residence_country, person.residence_unit_path = chance.choice(COUNTRIES), chance.choice(HOMES)
    person.stated_years = chance.choice((None, 0, 1, 5, 12))
    person.confirmed_on = chance.choice(
        (None, world.day(-800, 0), _anniversary(world, 12), _anniversary(world, 6))
    )
    for kind in (ExpertFacet, CadreFacet, OverseasFacet):
        world.session.execute(delete(kind).where(kind.person_id == person.id))
        if world.perhaps(0.4):
            world.session.add(_facet(world, kind, person))
    for row in _proved(world, person):
        row.evidence_state = chance.choice(list(EvidenceState))
        row.evidence_until = world.day(-2, 2) if world.perhaps(0.5) else None
    if world.perhaps(0.1):
        term = keep_pending(world.session, "nghề lạ", "hồ sơ")
        world.session.add(
            SkillClaim(person_id=person.id, pending_term_id=term.id, typed="x", valid_from=world.today)
        )
    if world.perhaps(0.3):
        world.session.add(
            PersonName(person_id=person.id, kind=NameKind.FORMER, full_name=chance.choice(NAMES))
        )


def _proved(world: World, person: Person) -> list[Any]:
    """Rows with evidence that `acts` leaves plain; degrees get codes."""
    studies = world.session.scalars(select(Education).where(Education.person_id == person.id)).all()
    for one in studies:
        one.degree_code = world.chance.choice(("", *DEGREES))
    mine = (LanguageClaim.person_id == person.id, LanguageClaim.valid_to.is_(None))
    return [*studies, *world.session.scalars(select(LanguageClaim).where(*mine))]


def _anniversary(world: World, months: int) -> date:
    """A day so many months ago, or its neighbour."""
    year, month = divmod(world.today.year * 12 + world.today.month - 1 - months, 12)
    return date(year, month + 1, min(world.today.day + world.chance.choice((0, 0, 1)), 28))


def _facet(world: World, kind: Any, person: Person) -> Any:
    chance = world.chance
    until = world.day(-1, 3) if world.perhaps(0.3) else None
    if kind is ExpertFacet:
        title = chance.choice((None, *AcademicTitle))
        return ExpertFacet(
            person_id=person.id, kind=chance.choice(list(ExpertKind)), academic_title=title, valid_to=until
        )
    if kind is CadreFacet:
        return CadreFacet(person_id=person.id, kind=chance.choice(list(CadreKind)), valid_to=until)
    return OverseasFacet(person_id=person.id, country="DE", valid_to=until)


def add_dressed(world: World) -> None:
    """Somebody new, who often may be named."""
    acts.add_person(world)
    person = world.session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).one()
    dress(world, person)
    if world.perhaps(0.6):
        world.consent(person, PurposeCode.CONTACT)
    world.session.commit()


def dress_again(world: World) -> None:
    """Somebody changes what was dressed."""
    person = world.someone()
    if person is not None:
        dress(world, person)
        world.session.commit()


def turn_facet(world: World) -> None:
    """One facet of somebody gets another kind or ends; the row of the person stays as it is."""
    kind: Any = world.chance.choice((ExpertFacet, CadreFacet, OverseasFacet))
    rows = world.session.scalars(select(kind).order_by(kind.id)).all()
    if rows:
        row = world.chance.choice(rows)
        row.valid_to = world.chance.choice((None, world.day(-2, 2)))
        if isinstance(row, ExpertFacet):
            row.kind = world.chance.choice(list(ExpertKind))
        world.session.commit()


SEARCH_ACTS: dict[str, tuple[Callable[[World], None], int]] = {
    **acts.ACTS,
    "add_person": (add_dressed, 4),
    "dress_again": (dress_again, 4),
    "turn_facet": (turn_facet, 2),
    "tick": (acts.tick, 1),
    "end_build": (acts.end_build, 8),
    "ask_everybody_anew": (acts.ask_everybody_anew, 0),
}
"""Everything that can happen, with what searches alone ask of."""


def begin_search_world(session: Session, folder: Any, seed: int, people: int = 14) -> World:
    """A registry of some people with all their facets and an index of them."""
    world = acts.begin_world(session, folder, seed, people=0)
    for _ in range(people):
        add_dressed(world)
    acts.end_build(world)
    return world


# --- searches ---------------------------------------------------------------------------------------------


def a_search(world: World) -> Search:
    """From asking for nothing to asking for a bit of everything."""
    chance, share = world.chance, world.chance.choice((0, 0.05, 0.1, 0.25))
    parts = tuple({part.mark: part for part in _parts(world, share)}.values())
    leftover = (chance.choice(LEFTOVERS),) if world.perhaps(share) else ()
    read = Read(
        chance.choice((*LEFTOVERS, "Dữ liệu", "kho dữ liệu")), parts, tuple("" for _ in parts), leftover
    )
    options = {
        facet: frozenset(chance.sample(kinds, chance.randint(1, len(kinds))))
        for facet, kinds in CLOSED_FACETS.items()
        if world.perhaps(share)
    }
    return Search(
        read,
        is_literal=world.perhaps(share / 2),
        skills=_some(world, share, list(world.skills.values())),
        skill_rank=chance.choice((None, None, 1, 3, 5)),
        languages=_some(world, share, LANGUAGES),
        language_rank=chance.choice((None, None, 1, 4)),
        options=options,
        fields=_some(world, share, FIELD_CODES),
        countries=("DE",) if world.perhaps(share) else (),
        units=_some(world, share, PATHS),
        years=chance.choice(((3, None), (None, 2), (1, 8))) if world.perhaps(share) else (None, None),
        must=frozenset(part.mark for part in parts if part.is_wanted and world.perhaps(share)),
        needs_all=world.perhaps(0.2),
        origin=_origin(world) if world.perhaps(share / 2) else None,
        new_for=_saved(world) if world.perhaps(share / 2) else None,
        considered=some_considered(world) if world.perhaps(0.15) else None,
    )


def _some(world: World, share: float, kinds: Sequence[str]) -> tuple[str, ...]:
    """Now and then one or more."""
    return tuple(world.chance.sample(kinds, world.chance.randint(1, 2))) if world.perhaps(share) else ()


def _parts(world: World, share: float) -> list[Part]:
    """Skills and languages in half of all searches, as other words as often as other criteria."""
    chance = world.chance
    skills = world.session.scalars(select(Skill).where(Skill.id.in_(world.skills)).order_by(Skill.id)).all()
    wanted = [
        Part(
            PartKind.SKILL,
            one.code,
            one.vi,
            chance.choice(("du lieu", "x", "x")),
            english=one.en,
            rank=chance.choice((None, None, 2, 4)),
        )
        for one in chance.sample(skills, chance.choice((0, 0, 1, 2, 3)))
    ]
    spoken = [
        Part(PartKind.LANGUAGE, code, code, "tieng anh", rank=chance.choice((None, 3)))
        for code in chance.sample(LANGUAGES, chance.choice((0, 0, 0, 1)))
    ]
    return [*wanted, *spoken, *(_narrowing(world) for _ in range(2) if world.perhaps(share))]


def _narrowing(world: World) -> Part:
    chance = world.chance
    keys: dict[PartKind, tuple[str, ...]] = {
        PartKind.DEGREE: DEGREES,
        PartKind.TITLE: tuple(AcademicTitle),
        PartKind.FIELD: FIELD_CODES,
        PartKind.KIND: FACETS["kind"],
        PartKind.PLACE: PATHS,
        PartKind.ORIGIN: PATHS,
        PartKind.COUNTRY: ("VN", "DE", "FR"),
        PartKind.RESIDENCE: FACETS["residence"],
        PartKind.EVIDENCE: FACETS["evidence"],
        PartKind.AVAILABILITY: FACETS["availability"],
        PartKind.YEARS: ("years",),
    }
    kind = chance.choice(list(keys))
    also = ("cadre",) if kind is PartKind.KIND and world.perhaps(0.3) else ()
    least, most = chance.choice(((0, 3), (2, None), (5, 12), (None, None)))
    return Part(kind, chance.choice(keys[kind]), "x", rank=least, most=most, also=also)


def _origin(world: World) -> Origin:
    last = world.session.scalar(select(func.max(Person.id))) or 0
    return Origin("x", "x", select(Person.public_id).where(Person.id > last - 6))


def _saved(world: World) -> int:
    """A saved search whose owner has seen some people."""
    made = SavedSearch(owner_id=account(world.session).id, name="x", address="", seen_at=world.at())
    world.session.add(made)
    world.session.flush()
    ids = world.session.scalars(select(Person.id).order_by(Person.id)).all()
    seen = world.chance.sample(ids, len(ids) // 2)
    world.session.add_all(SavedSearchSeen(search_id=made.id, person_id=one) for one in seen)
    world.session.commit()
    return made.id


# --- the roll beside the database -------------------------------------------------------------------------


def compare_searches(world: World, compared: ComparedSearches, searches: int = 2) -> None:
    """Ask some searches for some viewers, with the roll and without it."""
    for _ in range(searches):
        search = a_search(world)
        viewer = owner_of_lists(world, search, world.viewer())
        anchors = [one.public_id for one in (world.someone() for _ in range(2)) if one is not None]
        ready = made_ready(world.session, search, viewer, on=world.today)
        rolls = on_rolls(world.session, ready)
        compared.cases += 1
        if not rolls:
            continue
        compared.by_roll += 1
        compared.with_changes += len(rolls) > 1
        ours = told(world.session, ready, anchors)
        compared.with_people += ours["total"] > 0
        compared.leaving_out += ours["left out"] > 0
        if ours["visible"] != may_be_searched(world, viewer):
            compared.differences.append(f"{viewer.scopes} may search {ours['visible']} people")
        del world.session.info["folder"]
        theirs = told(world.session, made_ready(world.session, search, viewer, on=world.today), anchors)
        world.session.info["folder"] = world.folder
        compared.differences += [
            f"{name} {viewer.scopes} {search}\n{value}\n{theirs[name]}"
            for name, value in ours.items()
            if value != theirs[name]
        ]


def may_be_searched(world: World, viewer: Viewer) -> int:
    """How many people the viewer may search, said once more without the predicate of the product."""
    session, on = world.session, world.today
    agreed: dict[int, set[PurposeCode]] = {}
    for consent in session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))):
        if consent.notice.version >= consent.purpose.counts_from_version:
            agreed.setdefault(consent.person_id, set()).add(consent.purpose.code)
    current = session.scalars(select(Availability).where(Availability.ended_on.is_(None)))
    paused = {
        said.person_id
        for said in current
        if availability_on(said.state, said.paused_until, on) is AvailabilityState.PAUSED
    }
    both = {PurposeCode.REGISTRY, PurposeCode.MATCHING}
    return sum(
        person.id not in paused
        and person.state is PersonState.ACTIVE
        and not person.closed_purposes & PURPOSE_BITS[PurposeCode.MATCHING]
        and (person.legal_basis is LegalBasis.LAW or both <= agreed.get(person.id, set()))
        and any(scope.covers(person.unit_path, person.organisation_path) for scope in viewer.scopes)
        for person in session.scalars(select(Person).execution_options(populate_existing=True))
    )


def told(session: Session, sought: Sought, anchors: list[str]) -> dict[str, Any]:
    """All that a search answers, in the order in which it answers."""
    return {
        "total": found_total(session, sought),
        "left out": left_out_total(session, sought),
        "visible": visible_total(session, sought),
        "removals": best_removals(session, sought),
        "facets": _listed(facet_counts(session, sought, PATHS)),
        "walk": _walk(session, sought),
        "elsewhere": [
            _page(session, sought, place)
            for one in anchors
            for place in (Place(after=one), Place(before=one))
        ],
    }


def _listed(counts: FacetCounts) -> list[Any]:
    """Counts in the order in which they stand."""
    return [
        [(facet, list(options.items())) for facet, options in counts.closed.items()],
        [(facet, list(options.items())) for facet, options in counts.open.items()],
        counts.units,
        counts.named,
    ]


def _page(session: Session, sought: Sought, place: Place) -> tuple[Any, ...]:
    found = page_of(session, sought, place, rows=PAGE)
    return [one.public_id for one in found.people], list(found.points), found.earlier, found.later


def _walk(session: Session, sought: Sought) -> list[Any]:
    """All pages forwards, then all back from the last; no more than any world has, for a spoiled order leads round."""
    pages = [_page(session, sought, Place())]
    while pages[-1][3] and pages[-1][0] and len(pages) < _MOST_PAGES:
        pages.append(_page(session, sought, Place(after=pages[-1][0][-1])))
    while pages[-1][2] and pages[-1][0] and len(pages) < 2 * _MOST_PAGES:
        pages.append(_page(session, sought, Place(before=pages[-1][0][0])))
    return pages
