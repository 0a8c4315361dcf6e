"""Job posts from elsewhere become draft needs: once, with nothing of the post's text lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.operations.writing import create_need
from registry.needs.queries import need_by_external_id
from registry.needs.rules import MAX_SKILLS, NeedTerms, read_post


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
