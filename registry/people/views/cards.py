"""People as the card macro wants them: words for codes, and nothing that an anonymous profile hides."""

from functools import lru_cache
from typing import Any

from flask import request, url_for

from registry.accounts.rules import Viewer
from registry.people import queries
from registry.people.forms import words
from registry.people.queries import PersonCard
from registry.people.rules import AvailabilityState, degree_of_code, field_of_code
from registry.people.views.claim_words import skill_words_in
from registry.places.queries import country_name
from registry.places.rules import Gazetteer
from registry.web.i18n import current_language, ngettext
from registry.web.i18n import gettext as _

_MOST_SKILLS = 4
_COLOURS = 5


def card_of(card: PersonCard, viewer: Viewer, places: Gazetteer, why: str = "") -> dict[str, Any]:
    """The values of one card. `places` is asked for once a page, so that cards cost no queries."""
    person = card.person
    is_named = queries.may_be_named(person, viewer)
    skills = [line for line in card.skills if line.claim.level != 0]
    language = current_language()
    return {
        "href": _before_id(request.script_root) + person.public_id,
        "name": person.full_name if is_named else queries.anonymous_name(person),
        "anonymous": not is_named,
        "code": person.code if is_named else "",
        "seed": sum(person.code.encode()) % _COLOURS,
        "evidence": card.evidence,
        "tags": kind_words(card),
        "headline": person.headline,
        "place": place_words(card, places, is_named=is_named),
        "education": _highest(card, language),
        "years": _years(card.years, person.stated_years, language),
        "why": why,
        "skills": [skill_words_in(line, language) for line in skills[:_MOST_SKILLS]],
        "more_skills": max(0, len(skills) - _MOST_SKILLS),
        "notes": [_availability(card.availability, language)],
    }


@lru_cache(maxsize=8)
def _before_id(_root: str) -> str:
    """What stands before the public id in the address of every person; ids need no quoting."""
    return url_for("people.show", ma="0").removesuffix("0")


def kind_words(card: PersonCard) -> list[str]:
    """The facets in words, each once."""
    found = [str(words.EXPERT[kind]) for kind in card.experts]
    found += [str(words.CADRE[kind]) for kind in card.cadres]
    found += [str(words.OVERSEAS_WORDS)] if card.is_overseas else []
    return list(dict.fromkeys(found))


def place_words(card: PersonCard, places: Gazetteer, *, is_named: bool) -> str:
    """Where the person lives: the province for named people, only inside or outside the country for others."""
    person = card.person
    abroad = person.residence_country not in (None, "VN")
    if abroad and person.residence_country:
        return country_name(person.residence_country, current_language())
    if not is_named:
        return _("Trong nước") if person.residence_country or person.residence_unit_path else ""
    if person.residence_unit_path:
        province = "/".join(person.residence_unit_path.split("/")[:2]) + "/"
        found = places.by_path(province)
        return person.residence_text if found is None else found.words(current_language())
    return person.residence_text


def availability_words(card: PersonCard) -> str:
    """When the person could start, as last said."""
    return _availability(card.availability, current_language())


# --- the same words stand on many cards: each is kept by the language and all else it is made of ---------------


def _highest(card: PersonCard, language: str) -> str:
    row = card.education
    return "" if row is None else _education(row.degree_code, row.field_code or "", language)


@lru_cache(maxsize=4_096)
def _education(degree: str, field: str, _language: str) -> str:
    """«Thạc sĩ, Máy tính và công nghệ thông tin»."""
    parts = (words.term(degree_of_code(degree)), words.term(field_of_code(field)))
    return ", ".join(part for part in parts if part)


@lru_cache(maxsize=512)
def _years(worked: int | None, stated: int | None, _language: str) -> str:
    """Years worked by the dated posts; else the years the person stated, said to be so."""
    if worked is not None:
        return ngettext("%(num)s năm", "%(num)s năm", worked) if worked else _("dưới 1 năm")
    return "" if stated is None else _("%(years)s năm (tự khai)", years=stated)


@lru_cache(maxsize=16)
def _availability(state: AvailabilityState | None, _language: str) -> str:
    return _("Chưa nói khi nào nhận việc được") if state is None else str(words.AVAILABILITY[state])
