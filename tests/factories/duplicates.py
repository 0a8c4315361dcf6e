"""Pairs of records of one person for tests: found, merged, taken back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import LetterPaper
from registry.duplicates.operations import Acting, Choices, Undone, merge_people, undo_merge
from registry.duplicates.operations.finding import compare_people
from registry.duplicates.operations.ledger import plain, values_of
from registry.duplicates.operations.merging import pair_between
from registry.duplicates.operations.tables import MOVED
from registry.people.models import Contact, DuplicateMerge, DuplicatePair, Person, SkillClaim
from registry.people.operations import replace_contacts, set_sensitive_traits
from registry.people.queries import contacts_in_clear
from registry.people.rules import (
    AvailabilityDraft,
    AvailabilityState,
    ContactDraft,
    ContactKind,
    EducationDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    PartialDate,
    SelfDraft,
    SkillDraft,
)
from registry.privacy.models import RightsStep
from registry.privacy.operations import Asked, receive_request
from registry.privacy.rules import RightKind
from registry.skills.models import Skill
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.people import AT, TODAY

PAPER = LetterPaper(
    "vi",
    "Sở Nội vụ",
    {"home": "/", "sign_in": "/", "register": "/", "forgot": "/"},
    lambda _purpose, _token: "/",
)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests of rules that no database changes."""

BECAUSE = Choices(reason="cùng một người")
LATER = AT + timedelta(hours=1)
BORN = PartialDate(1985, 3, 7)


def told(name: str, born: PartialDate | None = BORN, **traits: Any) -> SelfDraft:
    """The section «Bản thân» of somebody."""
    return SelfDraft(name, birth=born, **traits)


def pair(session: Session, one: Person, other: Person) -> DuplicatePair:
    """The pair of two people that comparing them finds."""
    session.flush()
    compare_people(session, [one.id, other.id], at=AT, on=TODAY)
    found = pair_between(session, one.id, other.id)
    assert found is not None
    return found


def acting(session: Session, by: Account | None = None, at: datetime = LATER, on: date = TODAY) -> Acting:
    """An officer at work."""
    return Acting((by or account(session)).id, at, on)


def merged(
    session: Session,
    survivor: Person,
    other: Person,
    choices: Choices = BECAUSE,
    **at: Any,
) -> DuplicateMerge:
    """The second record merged into the first."""
    return merge_people(
        session,
        pair(session, survivor, other),
        survivor,
        other,
        choices,
        acting=acting(session, **at),
        paper=PAPER,
    )


def undone(session: Session, merge: DuplicateMerge, **at: Any) -> Undone:
    """A merge taken back."""
    return undo_merge(session, merge, acting=acting(session, **at), paper=PAPER)


def rich_pair(session: Session, *, is_paused: bool = True, **second: Any) -> tuple[Person, Person]:
    """Two records of one person that have something, alike and not, in nearly every table.

    The second one `is_paused`: then the pair opens and stands in no queue.
    """
    skills = session.scalars(select(Skill).order_by(Skill.id).limit(3)).all()
    first_skills = tuple(SkillDraft(one.vi, one.id, level=2) for one in skills[:2])
    second_skills = tuple(SkillDraft(one.vi, one.id, level=3) for one in skills[1:])
    email = ContactDraft(ContactKind.EMAIL, "hoa@vidu.vn", is_preferred=True)
    one = make.person(
        session,
        "Nguyễn Thị Hoà",
        about=told("", headline="Kỹ sư", nationalities=("VN",)),
        contacts=(email, ContactDraft(ContactKind.PHONE, "+84912345678")),
        identities=(IdentityDraft(IdentityKind.CCCD, "012185000111"),),
        education=(EducationDraft(degree_code="DH", school="Đại học Tây Bắc"),),
        languages=(LanguageDraft("en", rank=3),),
        skills=first_skills,
        availability=AvailabilityDraft(TODAY),
        external_id="A-1",
    )
    other = make.person(
        session,
        "Nguyễn Thị Hòa",
        about=told("", headline="Kỹ sư thủy lợi", summary="Mười năm ở Nậm Nhùn", nationalities=("VN", "FR")),
        contacts=(email, ContactDraft(ContactKind.PHONE, "+84987654321")),
        identities=(
            IdentityDraft(IdentityKind.CCCD, "012185000112"),
            IdentityDraft(IdentityKind.PASSPORT, "B1234567"),
        ),
        education=(
            EducationDraft(degree_code="DH", school="Đại học Tây Bắc"),
            EducationDraft(school="INSA Lyon"),
        ),
        languages=(LanguageDraft("en", rank=4), LanguageDraft("fr", rank=5)),
        skills=second_skills,
        availability=AvailabilityDraft(
            TODAY, AvailabilityState.PAUSED if is_paused else AvailabilityState.NOT_AVAILABLE
        ),
        **second,
    )
    set_sensitive_traits(session, other, {"ethnicity": "Thái"}, by=None, at=AT)
    asked = Asked(RightKind.CORRECTION, AT, words="Trường ghi sai")
    receive_request(session, other, asked, by=None, recorded_by=None, at=AT)
    session.flush()
    return one, other


def share_address(session: Session, one: Person, other: Person) -> None:
    """Give two people whom nothing else makes alike one address more."""
    for person in (one, other):
        kept = [
            ContactDraft(row.kind, text)
            for row in person.contacts
            for text in [_in_clear(session, person, row)]
        ]
        shared = ContactDraft(ContactKind.EMAIL, "chung@vidu.vn")
        replace_contacts(session, person, [*kept, shared], by=None, at=AT)


def save_contacts_again(session: Session, person: Person) -> None:
    """Save the contacts as they are: each is sealed anew."""
    drafts = [ContactDraft(row.kind, _in_clear(session, person, row)) for row in person.contacts]
    replace_contacts(session, person, drafts, by=None, at=LATER)


def _in_clear(session: Session, person: Person, row: Contact) -> str:
    return contacts_in_clear(session, person)[row.id]


def prefer_phone(session: Session, *people: Person) -> None:
    """Make the telephone number of each the preferred one."""
    for person in people:
        for row in person.contacts:
            row.is_preferred = row.kind is ContactKind.PHONE
    session.flush()


def open_skills(session: Session, person: Person) -> dict[int | None, SkillClaim]:
    """The current claims of somebody by concept."""
    rows = session.scalars(
        select(SkillClaim).where(SkillClaim.person_id == person.id, SkillClaim.valid_to.is_(None))
    )
    return {row.skill_id: row for row in rows}


_NOT_WRITTEN = {"version", "updated_at"}


def canonical(session: Session, *people: Person) -> list[Any]:
    """Every row of these people in every table that a merge touches, ready to be compared."""
    session.flush()
    session.expire_all()
    ids = [one.id for one in people]
    rows: list[Any] = list(session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))
    for table in MOVED:
        model: Any = table.model
        rows += session.scalars(select(model).where(model.person_id.in_(ids)).order_by(model.id))
    rows += session.scalars(select(RightsStep).order_by(RightsStep.id))
    return [
        (
            row.__tablename__,
            {name: plain(value) for name, value in values_of(row).items() if name not in _NOT_WRITTEN},
        )
        for row in rows
    ]
