"""One need and five people that show every outcome of a ranking: met, unknown, excluded twice, without data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.needs.rules import ConditionKind, ConditionTerms, NeedState
from registry.people.models import Person
from registry.people.rules import EvidenceState, SkillDraft
from registry.skills.operations import keep_pending
from tests.factories import needs as make_needs
from tests.factories import people as make_people
from tests.factories.candidates import accepts, candidate, free_from, studied, worked


@dataclass(frozen=True)
class Story:
    """AI (IT15) essential at 3, SQL (IT08) at 4, GIS (IT35) at 3; a master's degree is a hard condition."""

    need: Need
    best: Person
    hidden: Person
    asked: Person
    low_degree: Person
    low_skill: Person
    empty: Person


def story(session: Session, *, backwards: bool = False) -> Story:
    """Make the need and its people, in the order of `Story` or the other way round."""
    need = make_needs.need(
        session,
        state=NeedState.OPEN,
        skills=[
            make_needs.skill(session, "IT15", 3, weight=3, is_essential=True),
            make_needs.skill(session, "IT08", 4, weight=2),
            make_needs.skill(session, "IT35", 3),
        ],
        conditions=[ConditionTerms(ConditionKind.DEGREE, rank=5)],
        experience_years=8,
        experience_field="748",
        qualification_rank=5,
        qualification_fields=("748",),
        start_on=date(2027, 1, 15),
    )
    makers = list(_MAKERS.items())
    made = {name: make(session) for name, make in (reversed(makers) if backwards else makers)}
    return Story(need, **made)


def _best(session: Session) -> Person:
    term = keep_pending(session, "Quản trị vũ trụ số", "people")
    return candidate(
        session,
        "Nguyễn Thị Minh Khuê",
        ("IT16", 4),
        ("IT08", 2),
        evidence=EvidenceState.VERIFIED,
        education=_MASTER,
        experience=(worked(2020, None),),
        availability=free_from(date(2027, 3, 1)),
        places=accepts("VN/12/"),
        skills=(SkillDraft("Quản trị vũ trụ số", pending_term_id=term.id),),
    )


_MASTER = (studied(5),)
_MAKERS: dict[str, Callable[[Session], Person]] = {
    "best": _best,
    "hidden": lambda session: candidate(
        session, "Trần Đức Phúc", ("IT15", 3), education=_MASTER, consents=make_people.ANONYMOUS
    ),
    "asked": lambda session: candidate(
        session, "Lò Văn Chiến", ("IT15", None), ("IT08", 4), education=_MASTER
    ),
    "low_degree": lambda session: candidate(session, "Vàng A Páo", ("IT15", 5), education=(studied(4),)),
    "low_skill": lambda session: candidate(
        session, "Giàng Thị Mỷ", ("IT15", 2), ("IT08", 4), education=_MASTER
    ),
    "empty": lambda session: candidate(session, "Phạm Văn Trống", ("HE01", 4), education=_MASTER),
}
