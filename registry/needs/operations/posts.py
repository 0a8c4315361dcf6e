"""Job posts from elsewhere become draft needs: once, with nothing of the post's text lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.operations.writing import create_need
from registry.needs.queries import need_by_external_id
from registry.needs.rules import DEFAULT_LEVEL, MAX_SKILLS, NeedTerms, SkillTerms, read_post
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.queries import find_organisation, sibling_named
from registry.organisations.rules import OrganisationKind
from registry.places.queries import resolve_place
from registry.places.rules import Place
from registry.skills.queries import skills_by_code, vocabulary
from registry.skills.resolver import Context, resolve


@dataclass(frozen=True)
class Drafted:
    """The need of a post, and whether this call made it."""

    need: Need
    is_new: bool


def draft_need_from_post(
    session: Session, post: Mapping[str, object], *, by: int | None, at: datetime
) -> Drafted:
    """The draft need of a job post. A slug seen before returns its need unchanged. Raises PostRefused.

    Each tag and skill stands once, at level 3, weight 1, desirable; texts that resolve to no concept wait for
    one. Only the first place counts, since a need has one workplace; the others and what else the need has no
    field for are kept in its note.
    """
    read = read_post(post)
    existing = need_by_external_id(session, read.slug)
    if existing is not None:
        return Drafted(existing, is_new=False)
    unit = _first_unit(session, read.places)
    organisation = _company(session, read.company, by=by)
    skills = _skills(session, read.skills)
    terms = NeedTerms(
        title=read.title,
        description=read.text,
        organisation_id=organisation.id if organisation else None,
        organisation_path=organisation.path if organisation else "",
        unit_id=unit.id if unit else None,
        unit_path=unit.path if unit else "",
        is_remote=read.is_remote,
        note=read.note(skills_left_out=[row.typed for row in skills[MAX_SKILLS:]]),
    )
    need = create_need(session, terms, skills=skills[:MAX_SKILLS], by=by, at=at, external_id=read.slug)
    return Drafted(need, is_new=True)


def _first_unit(session: Session, places: tuple[str, ...]) -> Place | None:
    """The unit of the first place, when nothing has to be guessed."""
    return resolve_place(session, places[0]).unit if places else None


def _company(session: Session, name: str, *, by: int | None) -> Organisation | None:
    """The organisation of this name, made when there is none. A post does not say where its seat is."""
    if not name:
        return None
    found = sibling_named(session, name, None) or find_organisation(session, name)
    return found or create_organisation(
        session, name=name, kind=OrganisationKind.ENTERPRISE, parent=None, unit=None, by=by
    )


def _skills(session: Session, texts: tuple[str, ...]) -> list[SkillTerms]:
    """Each concept and each unresolved text once, in the order of the post."""
    words = vocabulary(session)
    answers = [
        resolve(text, words, context=Context(neighbours=tuple(other for other in texts if other != text)))
        for text in texts
    ]
    accepted = [answer.skill if answer.is_accepted else None for answer in answers]
    known = skills_by_code(session, [code for code in accepted if code])
    found: dict[str, SkillTerms] = {}
    for text, code in zip(texts, accepted, strict=True):
        skill = known.get(code or "")
        row = SkillTerms(text, skill.id if skill else None, level=DEFAULT_LEVEL)
        if row.concept:
            found.setdefault(row.concept, row)
    return list(found.values())
