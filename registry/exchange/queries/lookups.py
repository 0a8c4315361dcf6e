"""The registry as a reader of rows sees it: places, countries and skills, each distinct text looked up once."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Viewer
from registry.exchange.rules.lookups import Lookups, SkillAnswer
from registry.organisations.rules import Office
from registry.places.queries import gazetteer, places_edition, resolve_country
from registry.places.rules import PlaceAnswer
from registry.skills.models import Skill
from registry.skills.queries import vocabulary, vocabulary_version
from registry.skills.resolver import Context, Resolution, resolve
from registry.skills.rules import SkillState
from registry.text import match_key

_REMEMBERED = 50_000


def lookups_for(
    session: Session, viewer: Viewer, permission: Permission, office: Office, today: date
) -> Lookups:
    """Lookups for rows that `viewer` imports into `office`; `permission` is the one to write such records."""
    places = gazetteer(session)

    @lru_cache(_REMEMBERED)
    def place(text: str) -> PlaceAnswer:
        return places.resolve(text, on=today)

    @lru_cache(_REMEMBERED)
    def is_old_name_too(text: str) -> bool:
        return places.resolve(text).unit is None and place(text).unit is not None

    return Lookups(
        place=place,
        is_old_name_too=is_old_name_too,
        country=lru_cache(_REMEMBERED)(resolve_country),
        skill=_skill_lookup(session),
        is_in_scope=lambda path: viewer.can(permission, at=(path, office.organisation_path)),
        today=today,
        office=office,
    )


def lookups_mark(session: Session) -> tuple[str, str]:
    """Which places and which vocabulary the lookups answer by."""
    return places_edition(session) or "", vocabulary_version(session)


def _skill_lookup(session: Session) -> Callable[[str, tuple[str, ...]], SkillAnswer]:
    words = vocabulary(session)
    rows = session.execute(
        select(Skill.code, Skill.id, Skill.vi, Skill.scale).where(Skill.state == SkillState.ACTIVE)
    ).all()
    skills = {code: (skill_id, vi, scale) for code, skill_id, vi, scale in rows}

    telling = {match_key(word) for label in words.labels for word in label.words} - {""}

    @lru_cache(_REMEMBERED)
    def alone(text: str) -> tuple[Resolution, bool]:
        asked: list[str] = []
        return resolve(text, words, context=Context(asked=asked)), bool(asked)

    @lru_cache(_REMEMBERED)
    def beside(text: str, neighbours: tuple[str, ...]) -> Resolution:
        return resolve(text, words, context=Context(neighbours=neighbours))

    def answer(found: Resolution) -> SkillAnswer:
        rank = found.level.rank if found.level else None
        if found.skill is None or found.skill not in skills:
            return SkillAnswer(rank=rank, how=found.how)
        skill_id, vi, scale = skills[found.skill]
        return SkillAnswer(skill_id, vi, scale, rank, found.needs_confirmation, found.how)

    def look_up(text: str, neighbours: tuple[str, ...]) -> SkillAnswer:
        """The other words of the row are only asked when the text alone is not clear and they may make it so, and only
        those that tell readings apart: a file has thousands of rows around the same few of them."""
        found, has_readings = alone(text)
        if neighbours and has_readings and not found.is_accepted:
            around = f" {match_key(' ; '.join(neighbours))} "
            found = beside(text, tuple(sorted(word for word in telling if f" {word} " in around)))
        return answer(found)

    return look_up
