"""People within the place of a key: the list and one, masked as the cards on the screens are."""

from flask import Response

from registry.api.access import api_viewer, require_scope
from registry.api.queries.people import people_page, person_by_id
from registry.api.rules import ApiScope
from registry.api.schemas.base import PageAsked
from registry.api.schemas.document import Operation
from registry.api.schemas.people import DegreeHeld, PeoplePage, Person, SkillClaimed
from registry.api.views.answering import asked, keep_look, mark_after, place_after, told
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import PERSON
from registry.people.queries import PersonCard, SkillLine, may_be_named
from registry.people.views.cards import place_words
from registry.places.queries import gazetteer
from registry.places.rules import Gazetteer
from registry.skills.rules import LevelScale, level_of
from registry.web.clock import today
from registry.web.database import db_session
from registry.web.errors import NotVisible

_PEOPLE = ApiScope.PEOPLE_READ


@programs.get("/people")
@documented(
    Operation(
        "Danh sách người trong phạm vi, đang tìm được",
        PeoplePage,
        "Người",
        _PEOPLE,
        query=PageAsked,
        example={"items": [PERSON], "next": None},
        is_conditional=True,
    )
)
@require_scope(_PEOPLE)
def people() -> Response:
    """A page of people in the order of their ids."""
    page, session = asked(PageAsked), db_session()
    after = place_after(page.after)
    cards, has_more = people_page(session, api_viewer(), after=after, limit=page.limit, on=today())
    places = gazetteer(session)
    ids = [card.person.public_id for card in cards]
    answer = told(
        PeoplePage(items=[_person(card, places) for card in cards], next=mark_after(ids, has_more=has_more))
    )
    keep_look("people.listed", ids)
    return answer


@programs.get("/people/<ma>")
@documented(
    Operation(
        "Một người",
        Person,
        "Người",
        _PEOPLE,
        path={"ma": {"description": "Mã công khai"}},
        failures=(404,),
        example=PERSON,
        is_conditional=True,
    )
)
@require_scope(_PEOPLE)
def person(ma: str) -> Response:
    """One person by the opaque id."""
    session = db_session()
    card = person_by_id(session, api_viewer(), ma, on=today())
    if card is None:
        raise NotVisible
    answer = told(_person(card, gazetteer(session)))
    keep_look("person.opened", [card.person.public_id])
    return answer


def _person(card: PersonCard, places: Gazetteer) -> Person:
    """The card as a shape: who may not be named has no name, and no place but the country."""
    one = card.person
    is_named = may_be_named(one, api_viewer())
    degree = card.education
    return Person(
        id=one.public_id,
        code=one.code,
        is_anonymous=not is_named,
        name=one.full_name if is_named else None,
        headline=one.headline,
        expert_kinds=list(card.experts),
        cadre_kinds=list(card.cadres),
        is_overseas=card.is_overseas,
        place=place_words(card, places, is_named=is_named),
        education=degree
        and DegreeHeld(degree=degree.degree_code, rank=degree.degree_rank, field=degree.field_code),
        years=card.years,
        stated_years=one.stated_years,
        skills=[
            SkillClaimed(
                code=line.code,
                label=line.label,
                level=_level(line),
                scale=line.scale,
                evidence=line.evidence,
            )
            for line in card.skills
        ],
        availability=card.availability,
        evidence=card.evidence,
    )


def _level(line: SkillLine) -> int | None:
    """The level on the scale of the concept, as the screens say it."""
    rank = line.claim.level
    return None if rank is None else level_of(line.scale or LevelScale.GENERAL, rank)
