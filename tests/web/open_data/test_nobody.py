"""No published file tells of one person: no name, no code, no id of anybody, in no set of the demonstration."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.app.demonstration.indicators import add_indicators
from registry.app.demonstration.open_data import add_open_data
from registry.app.demonstration.training import add_training
from registry.open_data.models import OpenRelease
from registry.open_data.rules.kinds import DatasetKind
from registry.open_data.rules.states import ReleaseState
from registry.people.models import Person
from registry.training.models import Participation, SessionLecturer
from tests.factories.accounts import account
from tests.factories.open_data import ON, YEAR, dataset, draft
from tests.factories.people import people
from tests.factories.programmes import demonstration

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def marks_of_people(session: Session) -> set[str]:
    """Names, codes and ids of everybody on record, of lecturers, of participants and of accounts."""
    found: set[str] = set()
    for one in session.scalars(select(Person)):
        found |= {one.full_name, one.code, one.public_id}
    found |= set(session.scalars(select(SessionLecturer.name)))
    found |= {str(one) for one in session.scalars(select(Participation.participant)) if one < -(10**6)}
    found |= set(session.scalars(select(Participation.public_id)))
    for held in session.scalars(select(Account)):
        found |= {held.email, held.display_name, held.public_id}
    return found - {""}


def told_in(content: bytes, marks: Iterable[str]) -> list[str]:
    """The marks that stand in a file, however they are cased."""
    text = content.decode().casefold()
    return [mark for mark in marks if mark.casefold() in text]


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_no_published_file_tells_of_a_person_pt2(session: Session) -> None:
    """PT2, with a control: the same look finds a name that is planted into a file."""
    officer = account(session, Role.OFFICER, "VN/12/", name="Lò Thị Hạnh Phúc")
    head = account(session, Role.CAMPAIGN_ADMIN, "VN/12/", name="Trần Minh Quang Anh")
    people(session, [f"Nguyễn Văn {letter} Khánh" for letter in "ABCDEFGHIK"], unit_path="VN/12/")
    demonstration(session, officer, on=ON)
    add_training(session, by=officer.id, seed="7", now=NOW, on=ON)
    add_indicators(session, officer.id, now=NOW)
    add_open_data(session, officer, head, unit_path="VN/12/", now=NOW, on=ON)
    for kind in DatasetKind:
        draft(session, dataset(session, kind, f"ca-nam-{kind.value}", unit_path=""), officer.id, YEAR)
    releases = session.scalars(select(OpenRelease).order_by(OpenRelease.id)).all()
    states = [one.state for one in releases[:4]]
    assert states == [*[ReleaseState.PUBLISHED] * 3, ReleaseState.WAITING]
    assert {one.dataset.kind for one in releases} == set(DatasetKind)
    marks = marks_of_people(session)
    assert len(marks) > 1_000
    for one in releases:
        for content in (one.csv, one.json, one.dictionary):
            assert told_in(content, marks) == [], one.dataset.code
        assert b"public_id" not in one.json
    planted = releases[0].csv + "Nguyễn Văn A Khánh".encode()
    assert told_in(planted, marks) == ["Nguyễn Văn A Khánh"]
