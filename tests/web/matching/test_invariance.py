"""Who a person is changes nothing: neither the document, byte by byte, nor the page. A leaking formula is caught."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.matching.engine.facts import PersonFacts
from registry.matching.queries import match_document, rankings
from registry.matching.queries.people import person_facts
from registry.needs.models import Need
from registry.people.models import Person
from registry.people.operations import set_sensitive_traits
from registry.people.rules import PartialDate, Sex
from tests.conftest import Client
from tests.factories import accounts
from tests.factories.people import AT
from tests.factories.ranked_needs import Story, story

EVERYBODY = Viewer.installation()
TODAY = date(2026, 11, 25)


@pytest.fixture
def told(session: Session) -> Story:
    made = story(session)
    for place, person in enumerate(session.scalars(select(Person).order_by(Person.id))):
        person.birth = PartialDate(1970 + 4 * place, 5, 1)
    session.flush()
    return made


def become_somebody_else(session: Session) -> None:
    """Another name, sex, birth date, ethnicity, religion, party membership and origin for everyone."""
    people = session.scalars(select(Person).order_by(Person.id)).all()
    for place, person in enumerate(people):
        person.full_name = f"Đặng Văn Khác {place}"
        person.sex = Sex.MALE if person.sex is Sex.FEMALE else Sex.FEMALE
        person.birth = PartialDate(2003 - 3 * place, 1, 31)
        person.origin_text = person.birthplace_text = "Hải Phòng"
        person.residence_text, person.residence_country = "Osaka", "JP"
        traits = {"ethnicity": "Mông", "religion": "Phật giáo", "party_member": "yes"}
        set_sensitive_traits(session, person, traits, by=None, at=AT)
    session.flush()
    session.expire_all()


def ranking_bytes(session: Session, need: Need) -> str:
    made = match_document(session, need, EVERYBODY, TODAY)
    return json.dumps([made["rows"], made["excluded"]], ensure_ascii=False)


def is_invariant(session: Session, need: Need, shown: Callable[[Session, Need], str]) -> bool:
    before = shown(session, need)
    become_somebody_else(session)
    return shown(session, need) == before


def test_rows_and_excluded_keep_every_byte(session: Session, told: Story) -> None:
    assert is_invariant(session, told.need, ranking_bytes)


def test_a_formula_that_reads_the_birth_year_is_caught(
    session: Session, told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaking(session: Session, *rest: Any) -> list[PersonFacts]:
        years = dict(session.execute(select(Person.public_id, Person.birth_on)).all())  # pyright: ignore[reportArgumentType, reportUnknownVariableType, reportCallIssue]
        return [_younger_is_better(one, years[one.public_id]) for one in person_facts(session, *rest)]

    monkeypatch.setattr(rankings, "person_facts", leaking)
    assert not is_invariant(session, told.need, ranking_bytes)


def _younger_is_better(facts: PersonFacts, born: date | None) -> PersonFacts:
    lowered = tuple(replace(one, rank=1) if born and born.year < 1980 else one for one in facts.skills)
    return replace(facts, skills=lowered)


def test_order_and_points_of_the_page_stay(session: Session, client: Client, told: Story) -> None:
    accounts.sign_in(client, accounts.account(session, Role.OFFICER))

    def page(_session: Session, need: Need) -> str:
        html = client.get(f"/nhu-cau/{need.public_id}/xep-hang").get_data(as_text=True)
        points = re.findall(r'(?:href="[^"]*/ung-vien/(\w+)"|data-(?:score|points|max)="(\d+)")', html)
        assert len(points) > 10
        return repr(points)

    assert is_invariant(session, told.need, page)
