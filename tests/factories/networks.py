"""The network of a province for tests: an association, a task, somebody from here who lives elsewhere, a visit, an award."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.campaigns.rules.words import OutreachWay
from registry.networks.models import (
    Association,
    AssociationMember,
    CollectiveAward,
    ExpertVisit,
    OrderedTask,
    OriginOutreach,
)
from registry.networks.operations import (
    AssociationTerms,
    AttemptTerms,
    AwardTerms,
    MemberTerms,
    TaskTerms,
    VisitTerms,
    add_member,
    award_collective,
    enter_task,
    enter_visit,
    found_association,
    note_contact,
)
from registry.networks.rules import (
    AwardKind,
    MemberRole,
    OutreachAnswer,
    TaskKind,
    TaskLevel,
    TaskWay,
    VisitKind,
)
from registry.organisations.models import Organisation
from registry.organisations.rules import Office, OrganisationKind
from registry.people.models import Person
from registry.people.operations import add_entry
from registry.people.rules import AffinityDraft, AffinityKind
from tests.factories import people as make
from tests.factories.organisations import organisation

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
HERE, THERE = "VN/12/", "VN/01/"


def association(
    session: Session,
    name: str = "Hội Trí thức",
    *,
    unit_path: str = HERE,
    subject: Organisation | None = None,
    decision: str = "86/QĐ-UBND",
) -> Association:
    """An association founded in 2012."""
    known = subject or organisation(session, name, unit_path=unit_path, kind=OrganisationKind.ASSOCIATION)
    return found_association(session, known, AssociationTerms(decision, "UBND", 2012), by=None, at=AT)


def member(
    session: Session,
    of: Association,
    card: str = "T-01",
    person: Person | None = None,
    *,
    starts: date = date(2012, 5, 1),
    ends: date | None = None,
) -> AssociationMember:
    """Somebody in an association."""
    terms = MemberTerms(person, card, MemberRole.MEMBER, starts, ends)
    return add_member(session, of, terms, by=None, at=AT)


def task(
    session: Session,
    title: str = "Đề tài nhân lực số",
    *,
    unit_path: str = HERE,
    performer: Organisation | None = None,
    **other: Any,
) -> OrderedTask:
    """A task a province ordered."""
    known: dict[str, Any] = {
        "way": TaskWay.ORDERED,
        "kind": TaskKind.STUDY,
        "level": TaskLevel.PROVINCE,
        "document": "12/QĐ-UBND",
        "orderer_id": None,
        "performer_id": None if performer is None else performer.id,
        "performer_text": "" if performer is not None else "Viện nghiên cứu",
        "budget_line": "Sự nghiệp KH&CN",
        "budget_vnd": 450_000_000,
        "deliverable": "Báo cáo",
        "ordered_on": date(2026, 1, 5),
        "due_on": date(2026, 12, 31),
    }
    terms = TaskTerms(title=title, **(known | other))
    return enter_task(session, terms, Office(None, unit_path), by=None, at=AT)


def told_origin(session: Session, person: Person, unit_path: str = HERE, *, lives: str = "FR") -> Person:
    """Let somebody have told of an origin in a place; they live abroad, or (with a path) in another place."""
    draft = AffinityDraft(AffinityKind.ORIGIN, place_text="Quê", unit_path=unit_path)
    add_entry(session, person, draft, by=None, at=AT)
    if "/" in lives:
        person.residence_unit_path = lives
    elif lives:
        person.residence_country = lives
    session.flush()
    return person


def from_here(session: Session, name: str, *, lives: str = "FR", **traits: Any) -> Person:
    """Somebody of the province who lives elsewhere and said where they come from."""
    made = make.person(session, name, **traits)
    return told_origin(session, made, made.unit_path, lives=lives)


def spoken(session: Session, person: Person, words: str = "Hẹn sau Tết") -> OriginOutreach:
    """An attempt to speak to somebody."""
    terms = AttemptTerms(
        OutreachWay.PHONE, date(2026, 11, 20), OutreachAnswer.LATER, words, "Cố vấn", date(2026, 12, 20)
    )
    return note_contact(session, person, terms, by=None, at=AT)


def visit(
    session: Session,
    mark: str = "CG-1",
    *,
    person: Person | None = None,
    country: str | None = "KR",
    kind: VisitKind = VisitKind.TEACHING,
    starts: date = date(2026, 3, 1),
    unit_path: str = HERE,
) -> ExpertVisit:
    """A visiting expert."""
    terms = VisitTerms(
        person, mark, country, kind, starts, None, None, "Trường Cao đẳng", 3, Office(None, unit_path)
    )
    return enter_visit(session, terms, by=None, at=AT)


def award(session: Session, subject: Organisation, title: str = "Bằng khen") -> CollectiveAward:
    """An award of a collective."""
    terms = AwardTerms(AwardKind.AWARD, title, "cấp tỉnh", "15/QĐ-UBND", "UBND tỉnh", date(2025, 12, 20))
    return award_collective(session, subject, terms, by=None, at=AT)
