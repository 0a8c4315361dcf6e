"""Records entered many at once are the records that are entered one by one, in every table and in the log."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent, AuditEventPerson
from registry.audit.queries import private_part, verify
from registry.db import Base
from registry.people.models import Availability, DuplicateWaiting, Person, PersonChange
from registry.people.operations import ConsentMissing, register_people, register_person
from registry.people.operations.many import free_codes
from registry.people.queries import contacts_in_clear, identities_in_clear
from registry.people.rules import (
    AcceptedPlaceDraft,
    AchievementDraft,
    AchievementKind,
    AvailabilityDraft,
    CadreDraft,
    CadreKind,
    ContactDraft,
    ContactKind,
    EducationDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    OverseasDraft,
    PartialDate,
    PersonDraft,
    PlaceDraft,
    PlaceKind,
    SelfDraft,
    Sex,
    SkillDraft,
    WorkForm,
)
from registry.skills.models import Skill
from registry.skills.operations import keep_pending, keep_pending_terms
from tests.factories.people import ANONYMOUS, AT, TODAY, agreed, draft

OWN = frozenset(
    [
        "id",
        "public_id",
        "code",
        "created_at",
        "updated_at",
        "number_sealed",
        "value_sealed",
        "number_digest",
        "availability_id",
        "subject_id",
    ]
)
"""What differs between two records of equal words."""


def drafts(session: Session) -> list[PersonDraft]:
    """Everything a record can hold, and one that holds nothing but a name."""
    skill = session.scalars(select(Skill.id)).first()
    about = SelfDraft(
        "Đỗ Thị Ngân",
        PartialDate(1988),
        Sex.FEMALE,
        ("VN", "JP", "VN"),
        origin=PlaceDraft("Huế"),
        residence=PlaceDraft("Osaka", country="JP"),
        headline="Kỹ sư cầu đường",
        summary="Hai dòng\nchữ",
        stated_years=12,
    )
    full = draft(
        "Đỗ Thị Ngân",
        about=about,
        external_id="LC-1",
        contacts=(
            ContactDraft(ContactKind.EMAIL, "ngan@vidu.vn"),
            ContactDraft(ContactKind.EMAIL, "ngan@vidu.vn", is_preferred=True),
            ContactDraft(ContactKind.PHONE, "+84912345678"),
        ),
        identities=(IdentityDraft(IdentityKind.CCCD, "012188000001"),),
        experts=(ExpertDraft(ExpertKind.EXPERT),),
        cadres=(CadreDraft(CadreKind.PUBLIC_EMPLOYEE, position="Giảng viên", political_theory_rank=2),),
        overseas=(OverseasDraft("JP"),),
        education=(EducationDraft(5, "master", major="Cầu đường", ended=PartialDate(2012)),),
        experience=(ExperienceDraft("Kỹ sư", started=PartialDate(2015), is_ongoing=True),),
        languages=(LanguageDraft("ja", 5, "N1"),),
        skills=(
            SkillDraft("Hàn", skill, level=3, how="label"),
            SkillDraft("Việc lạ", None, keep_pending(session, "Việc lạ", "people").id),
        ),
        achievements=(AchievementDraft(AchievementKind.AWARD, "Giải nhất", when=PartialDate(2020)),),
        availability=AvailabilityDraft(TODAY, forms=frozenset({WorkForm.ADVICE, WorkForm.PROJECT})),
        places=(AcceptedPlaceDraft(PlaceKind.UNIT, None, "VN/12/"), AcceptedPlaceDraft(PlaceKind.ANYWHERE)),
    )
    return [full, draft("Lò A Páo", by_law=True), draft("Vàng Thị Mỷ", consents=ANONYMOUS)]


def stored(session: Session, public_id: str) -> dict[str, Any]:
    """All rows that hang on a record, without what is each record's own, and its events."""
    session.expire_all()
    person = session.scalars(select(Person).where(Person.public_id == public_id)).one()
    tables = [
        table
        for table in Base.metadata.sorted_tables
        if "person_id" in table.c or table.name == "person_text"
    ]
    found: dict[str, Any] = {"person": _plain(session, Person.__table__, Person.id == person.id)}
    for table in tables:
        owner = table.c["person_id" if "person_id" in table.c else "id"]
        found[table.name] = sorted(_plain(session, table, owner == person.id))
    found["forms"] = [
        one.forms for one in session.scalars(select(Availability).where(Availability.person_id == person.id))
    ]
    found["clear"] = sorted(contacts_in_clear(session, person).values())
    found["numbers"] = [one[-3:] for one in identities_in_clear(session, person).values()]
    found["named"] = person.agrees_to_be_named
    found["events"] = [
        (
            event.action,
            event.subject_kind,
            event.at,
            event.by_id,
            sorted((private_part(session, event) or {}).items()),
        )
        for event in session.scalars(
            select(AuditEvent).where(AuditEvent.person == public_id).order_by(AuditEvent.position)
        )
    ]
    found["listed"] = len(
        session.scalars(select(AuditEventPerson).where(AuditEventPerson.person == public_id)).all()
    )
    return found


def _plain(session: Session, table: Any, condition: Any) -> list[str]:
    columns = [column for column in table.c if column.name not in OWN and column.name != "person_id"]
    return [repr(tuple(row)) for row in session.execute(select(*columns).where(condition))]


def test_many_at_once_are_as_if_entered_one_by_one(session: Session) -> None:
    wanted = drafts(session)
    singly = [register_person(session, one, by=None, at=AT, on=TODAY).public_id for one in wanted]
    session.commit()
    other = replace(wanted[0], identities=(IdentityDraft(IdentityKind.CCCD, "012188000002"),))
    made = register_people(session, [other, *wanted[1:]], by=None, at=AT, on=TODAY)
    session.commit()
    together = [one.public_id for one in made if one is not None]
    assert [one and one.version for one in made] == [1, 1, 1]
    for first, second in zip(singly, together, strict=True):
        one, many = stored(session, first), stored(session, second)
        assert repr(many).replace("•002", "•001").replace("'002'", "'001'") == repr(one)
    people = {one.id for one in session.scalars(select(Person).where(Person.public_id.in_(together)))}
    assert people <= set(session.scalars(select(PersonChange.id)))
    assert people <= set(session.scalars(select(DuplicateWaiting.person_id)))
    assert verify(session).broken is None


def test_a_number_that_somebody_has_makes_nobody(session: Session) -> None:
    def numbered(*numbers: str) -> list[PersonDraft]:
        return [
            draft(f"Người {place}", by_law=True, identities=(IdentityDraft(IdentityKind.CCCD, number),))
            for place, number in enumerate(numbers)
        ]

    register_people(session, numbered("012090000001"), by=None, at=AT, on=TODAY)
    made = register_people(
        session, numbered("012090000001", "012090000002", "012090000002"), by=None, at=AT, on=TODAY
    )
    assert [one is not None for one in made] == [False, True, False]
    with pytest.raises(ConsentMissing):
        register_people(session, [replace(draft(), consents=agreed())], by=None, at=AT, on=TODAY)
    assert register_people(session, [], by=None, at=AT, on=date(2026, 1, 1)) == []


def test_many_codes_are_free_and_distinct_and_grow_when_short_ones_are_taken(session: Session) -> None:
    register_person(session, draft(by_law=True), by=None, at=AT, on=TODAY, code="HS-10001")
    drawn = iter([1, 2, 2, 1, 1, 7])
    assert free_codes(session, 2, lambda _most: next(drawn)) == ["HS-10002", "HS-100007"]
    assert len(set(free_codes(session, 50))) == 50


def test_unknown_words_of_a_page_are_counted_as_often_as_they_stand_there(session: Session) -> None:
    keep_pending(session, "Việc Lạ", "people")
    found = keep_pending_terms(session, ["việc lạ", "VIỆC LẠ", "Nghề khác"], "people")
    assert found["việc lạ"] == found["VIỆC LẠ"] != found["Nghề khác"]
    term = keep_pending(session, "việc lạ", "people")
    assert (term.text, term.count, [one.count for one in term.sightings]) == ("Việc Lạ", 4, [4])
