"""The one predicate: scope, state, consent or law, availability; and under which name people appear."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.rules import Permission, Scope, Viewer
from registry.consents.models import Purpose
from registry.consents.rules import Channel, PurposeCode
from registry.people.models import Person
from registry.people.operations import set_availability, withdraw_consent
from registry.people.queries import (
    anonymous_name,
    display_name,
    get_visible,
    may_be_named,
    named_condition,
    people_for,
)
from registry.people.rules import AvailabilityDraft, AvailabilityState, PersonState
from tests.factories import people as make
from tests.factories.people import ANONYMOUS, AT, KEPT_ONLY, NAMED, TODAY


def viewer(*scopes: Scope) -> Viewer:
    return Viewer(None, frozenset(Permission), scopes)


LAI_CHAU = viewer(Scope("VN/12/"))
SON_LA = viewer(Scope("VN/14/"))


def seen(session: Session, who: Viewer, purpose: PurposeCode | str, on: date = TODAY) -> set[int]:
    return {person.id for person in session.scalars(people_for(who, purpose, on=on))}


def test_a_person_is_seen_for_the_purposes_agreed_to_and_no_other(session: Session) -> None:
    person = make.person(session, consents=ANONYMOUS)
    found = {purpose for purpose in PurposeCode if person.id in seen(session, LAI_CHAU, purpose)}
    assert found == {PurposeCode.REGISTRY, PurposeCode.MATCHING}


def test_a_record_the_law_orders_needs_no_consent_but_for_campaigns_and_other_provinces(
    session: Session,
) -> None:
    person = make.person(session, by_law=True)
    missing = {purpose for purpose in PurposeCode if person.id not in seen(session, LAI_CHAU, purpose)}
    assert missing == {PurposeCode.CAMPAIGNS, PurposeCode.OTHER_PROVINCES, PurposeCode.POOL}


def test_a_scope_sees_its_own_people_only(session: Session) -> None:
    person = make.person(session, unit_path="VN/12/03150/")
    assert person.id in seen(session, LAI_CHAU, "registry")
    assert person.id in seen(session, Viewer.installation(), "registry")
    assert person.id not in seen(session, SON_LA, "registry")
    assert person.id not in seen(session, viewer(), "registry")
    assert get_visible(session, SON_LA, person.public_id, on=TODAY) is None


def test_withdrawing_the_registry_consent_hides_the_person_everywhere_at_once(session: Session) -> None:
    person = make.person(session, consents=NAMED)
    withdraw_consent(session, person, PurposeCode.REGISTRY, channel=Channel.PHONE, reason="", by=None, at=AT)
    assert all(person.id not in seen(session, LAI_CHAU, purpose) for purpose in PurposeCode)
    assert not may_be_named(person, LAI_CHAU)


def test_withdrawing_contact_turns_the_name_into_a_code_at_once(session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến", consents=NAMED)
    assert display_name(person, LAI_CHAU) == "Lò Văn Chiến"
    withdraw_consent(session, person, PurposeCode.CONTACT, channel=Channel.PAPER, reason="", by=None, at=AT)
    assert display_name(person, LAI_CHAU) == f"Hồ sơ ẩn danh {person.code}" == anonymous_name(person)
    assert person.id in seen(session, LAI_CHAU, "matching")


def test_a_substantial_new_notice_asks_anew_and_old_answers_no_longer_count(session: Session) -> None:
    person = make.person(session, consents=ANONYMOUS)
    session.scalars(select(Purpose).where(Purpose.code == PurposeCode.MATCHING)).one().counts_from_version = 2
    session.flush()
    assert person.id not in seen(session, LAI_CHAU, "matching")
    assert person.id in seen(session, LAI_CHAU, "registry")


@pytest.mark.parametrize("state", [PersonState.WITHDRAWN, PersonState.ERASED])
def test_people_who_left_are_in_no_list(session: Session, state: PersonState) -> None:
    person = make.person(session, state=state)
    assert all(person.id not in seen(session, LAI_CHAU, purpose) for purpose in PurposeCode)


def test_a_draft_is_kept_but_not_matched(session: Session) -> None:
    person = make.person(session, state=PersonState.DRAFT)
    assert person.id in seen(session, LAI_CHAU, "registry")
    assert person.id not in seen(session, LAI_CHAU, "matching")


def test_a_pause_hides_from_matching_until_its_last_day_and_ends_by_itself(session: Session) -> None:
    until = TODAY + timedelta(days=30)
    person = make.person(session)
    pause = AvailabilityDraft(TODAY, AvailabilityState.PAUSED, paused_until=until)
    set_availability(session, person, pause, by=None, at=AT)
    assert person.id not in seen(session, LAI_CHAU, "matching", on=until)
    assert person.id in seen(session, LAI_CHAU, "matching", on=until + timedelta(days=1))
    assert person.id in seen(session, LAI_CHAU, "registry")


def test_not_available_people_stay_in_matching_where_they_score_nothing_for_it(session: Session) -> None:
    person = make.person(session)
    statement = AvailabilityDraft(TODAY, AvailabilityState.NOT_AVAILABLE)
    set_availability(session, person, statement, by=None, at=AT)
    assert person.id in seen(session, LAI_CHAU, "matching")


@pytest.mark.parametrize("consents", [KEPT_ONLY, ANONYMOUS, NAMED])
@pytest.mark.parametrize("who", [LAI_CHAU, SON_LA, Viewer.installation(), viewer()])
def test_the_rule_in_python_and_the_rule_in_sql_agree(session: Session, consents: Any, who: Viewer) -> None:
    person = make.person(session, consents=consents)
    in_sql = session.scalar(select(Person.id).where(Person.id == person.id, named_condition(who)))
    assert may_be_named(person, who) == (in_sql is not None)
