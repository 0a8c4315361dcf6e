"""The verbs of people on both databases: what they keep, what they refuse, what they leave in the log."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.queries import private_part
from registry.consents import operations as consents
from registry.consents.operations import AlreadyGiven, Given, NotGiven
from registry.consents.queries import consent_history, current_notices
from registry.consents.rules import Channel, PurposeCode
from registry.people import operations
from registry.people.models import (
    AcceptedPlace,
    Availability,
    Education,
    Person,
    SkillClaim,
)
from registry.people.operations import (
    AlreadyClaimed,
    AlreadySubmitted,
    ConsentMissing,
    EditedMeanwhile,
    IdentityTaken,
    claims,
    identity,
    wishes,
)
from registry.people.queries import contacts_in_clear, identities_in_clear, traits_in_clear
from registry.people.rules import (
    AcceptedPlaceDraft,
    AvailabilityDraft,
    AvailabilityState,
    ContactDraft,
    ContactKind,
    EducationDraft,
    IdentityDraft,
    IdentityKind,
    LanguageDraft,
    PlaceKind,
    SelfDraft,
    WorkForm,
)
from tests.factories import people as make
from tests.factories.claims import CCCD, claim, events, last_event
from tests.factories.people import AT, TODAY


def test_registering_leaves_one_event_with_sealed_values_and_one_for_the_consents(session: Session) -> None:
    before = len(events(session))
    person = make.person(session, "Đặng Thị Hòa", identities=(CCCD,))
    made = events(session)[before:]
    assert [event.action for event in made] == ["person.registered", "consent.given"]
    assert all(event.person == person.public_id for event in made)
    assert "Đặng" not in made[0].content
    private = private_part(session, made[0])
    assert private is not None
    assert private["changes"]["self"][1]["full_name"] == "Đặng Thị Hòa"
    assert "001188456789" not in str(private)


def test_a_record_on_consent_needs_the_consent_to_keep_it(session: Session) -> None:
    with pytest.raises(ConsentMissing):
        make.person(session, consents=("matching",))


def test_codes_are_random_and_distinct(session: Session) -> None:
    people = make.people(session, ["A Một", "B Hai", "C Ba"])
    codes = {person.code for person in people}
    assert len(codes) == 3
    assert all(code.startswith("HS-") and code[3:].isdigit() for code in codes)


def test_two_people_cannot_hold_one_identity_number(session: Session) -> None:
    make.person(session, identities=(CCCD,))
    with pytest.raises(IdentityTaken):
        make.person(session, "Người Khác", identities=(CCCD,))


def test_identity_numbers_and_contacts_are_encrypted_at_rest_and_open_again(session: Session) -> None:
    email = ContactDraft(ContactKind.EMAIL, "hoa@vidu.vn", is_preferred=True)
    person = make.person(session, identities=(CCCD,), contacts=(email,))
    assert list(identities_in_clear(session, person).values()) == ["001188456789"]
    assert list(contacts_in_clear(session, person).values()) == ["hoa@vidu.vn"]
    assert b"001188456789" not in person.identities[0].number_sealed
    assert b"hoa@vidu.vn" not in person.contacts[0].value_sealed


def test_a_second_document_of_a_kind_replaces_the_first_and_can_be_removed(session: Session) -> None:
    person = make.person(session, identities=(CCCD,))
    newer = IdentityDraft(IdentityKind.CCCD, "012090000001")
    operations.add_identity(session, person, newer, by=None, at=AT)
    assert list(identities_in_clear(session, person).values()) == ["012090000001"]
    operations.remove_identity(session, person, person.identities[0], by=None, at=AT)
    assert last_event(session).action == "person.identity_removed"
    make.person(session, "Người Khác", identities=(CCCD,))


def test_replacing_contacts_keeps_equal_ones_and_tells_what_changed(session: Session) -> None:
    old = ContactDraft(ContactKind.EMAIL, "Hoa@vidu.vn")
    person = make.person(session, contacts=(old, ContactDraft(ContactKind.PHONE, "+84912345678")))
    kept = person.contacts[0].id
    operations.replace_contacts(
        session, person, [ContactDraft(ContactKind.EMAIL, "hoa@vidu.vn")], by=None, at=AT
    )
    assert [row.id for row in person.contacts] == [kept]
    count = len(events(session))
    operations.replace_contacts(
        session, person, [ContactDraft(ContactKind.EMAIL, "hoa@vidu.vn")], by=None, at=AT
    )
    assert len(events(session)) == count


def test_revising_records_only_what_changed(session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến")
    draft = SelfDraft("Lò Văn Chiến", headline="Kỹ sư dữ liệu")
    operations.revise_person(session, person, draft, expected_version=person.version, by=None, at=AT)
    private = private_part(session, last_event(session))
    assert private is not None
    assert set(private["changes"]) == {"headline"}
    count = len(events(session))
    operations.revise_person(session, person, draft, expected_version=person.version, by=None, at=AT)
    assert len(events(session)) == count


def test_revising_an_older_version_is_refused(session: Session) -> None:
    person = make.person(session)
    opened = person.version
    operations.revise_person(session, person, SelfDraft("Tên Mới"), expected_version=opened, by=None, at=AT)
    with pytest.raises(EditedMeanwhile):
        operations.revise_person(
            session, person, SelfDraft("Tên Khác"), expected_version=opened, by=None, at=AT
        )
    assert person.full_name == "Tên Mới"


def test_names_keep_their_sort_and_search_keys(session: Session) -> None:
    person = make.person(session, "Đặng Thị Ánh")
    assert person.folded_name == "dang thi anh"
    operations.revise_person(
        session, person, SelfDraft("Nguyễn Ân"), expected_version=person.version, by=None, at=AT
    )
    assert person.folded_name == "nguyen an"


def test_rows_are_added_revised_and_removed_with_one_event_each(session: Session) -> None:
    person = make.person(session)
    row = operations.add_entry(session, person, EducationDraft(5, "THS", "748"), by=None, at=AT)
    assert isinstance(row, Education)
    assert last_event(session).action == "education.added"
    better = EducationDraft(6, "TS", "748")
    operations.revise_entry(session, person, row, better, expected_version=row.version, by=None, at=AT)
    assert (row.degree_rank, last_event(session).action) == (6, "education.revised")
    count = len(events(session))
    operations.revise_entry(session, person, row, better, expected_version=row.version, by=None, at=AT)
    assert len(events(session)) == count
    with pytest.raises(EditedMeanwhile):
        operations.remove_entry(session, person, row, expected_version=row.version + 1, by=None, at=AT)
    operations.remove_entry(session, person, row, expected_version=row.version, by=None, at=AT)
    assert last_event(session).action == "education.removed"


def test_a_new_statement_ends_the_one_before(session: Session) -> None:
    person = make.person(session)
    first = AvailabilityDraft(TODAY, forms=frozenset({WorkForm.REMOTE}))
    operations.set_availability(session, person, first, by=None, at=AT)
    operations.set_availability(
        session, person, AvailabilityDraft(TODAY, AvailabilityState.NOT_AVAILABLE), by=None, at=AT
    )
    rows = session.scalars(select(Availability).where(Availability.person_id == person.id)).all()
    assert [(row.state, row.ended_on) for row in rows] == [
        (AvailabilityState.AVAILABLE, TODAY),
        (AvailabilityState.NOT_AVAILABLE, None),
    ]


def test_accepted_places_are_set_as_a_whole(session: Session) -> None:
    person = make.person(session)
    drafts = [AcceptedPlaceDraft(PlaceKind.UNIT, None, "VN/12/"), AcceptedPlaceDraft(PlaceKind.REMOTE)]
    operations.set_accepted_places(session, person, drafts, on=TODAY, by=None, at=AT)
    operations.set_accepted_places(session, person, drafts[:1], on=TODAY, by=None, at=AT)
    rows = session.scalars(select(AcceptedPlace).where(AcceptedPlace.person_id == person.id)).all()
    assert [(row.kind, row.unit_path) for row in rows] == [(PlaceKind.UNIT, "VN/12/")]
    count = len(events(session))
    operations.set_accepted_places(session, person, drafts[:1], on=TODAY, by=None, at=AT)
    assert len(events(session)) == count


def test_sensitive_traits_are_sealed_apart(session: Session) -> None:
    person = make.person(session)
    values = {"ethnicity": "Thái", "religion": None, "party_member": "yes"}
    operations.set_sensitive_traits(session, person, values, by=None, at=AT)
    assert traits_in_clear(session, person) == values
    assert "Thái" not in last_event(session).content
    count = len(events(session))
    operations.set_sensitive_traits(session, person, values, by=None, at=AT)
    assert len(events(session)) == count


def test_confirming_makes_the_profile_fresh(session: Session) -> None:
    person = make.person(session)
    operations.confirm_profile(session, person, on=TODAY + timedelta(days=1), by=None, at=AT)
    assert person.confirmed_on == TODAY + timedelta(days=1)


def test_taking_a_registration_back_leaves_nothing_but_the_event(session: Session) -> None:
    person = make.person(session, identities=(CCCD,))
    claim(session, person)
    operations.take_back_registration(session, person, by=None, at=AT, reason="Hoàn tác lô")
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    assert session.scalar(select(func.count()).select_from(SkillClaim)) == 0
    assert last_event(session).action == "person.registration_taken_back"


def test_a_consent_is_given_once_and_withdrawn_once(session: Session) -> None:
    person = make.person(session, consents=("registry",))
    notice = next(
        one for one in current_notices(session, "vi", TODAY) if one.purpose.code is PurposeCode.MATCHING
    )
    given = [Given(notice, AT, Channel.PHONE)]
    operations.give_consent(session, person, given, by=None, at=AT)
    with pytest.raises(AlreadyGiven):
        operations.give_consent(session, person, given, by=None, at=AT)
    options: dict[str, Any] = {"channel": Channel.PHONE, "reason": "", "by": None, "at": AT}
    operations.withdraw_consent(session, person, PurposeCode.MATCHING, **options)
    with pytest.raises(NotGiven):
        operations.withdraw_consent(session, person, PurposeCode.MATCHING, **options)
    operations.give_consent(session, person, given, by=None, at=AT)
    assert len(consent_history(session, person.id)) == 3
    consent = consent_history(session, person.id)[0]
    assert consent.notice.sha256 == notice.sha256


def test_a_consent_to_an_outdated_notice_gives_way_to_the_new_one(session: Session) -> None:
    person = make.person(session, consents=("registry", "matching"))
    notice = next(
        one for one in current_notices(session, "vi", TODAY) if one.purpose.code is PurposeCode.MATCHING
    )
    notice.purpose.counts_from_version = 2
    session.flush()
    operations.give_consent(session, person, [Given(notice, AT, Channel.PAPER)], by=None, at=AT)
    rows = [one for one in consent_history(session, person.id) if one.purpose.code is PurposeCode.MATCHING]
    assert sorted(one.withdrawn_at is None for one in rows) == [False, True]


def test_a_taken_code_is_drawn_again_and_codes_grow_when_short_ones_run_out(session: Session) -> None:
    make.person(session)
    taken = session.scalars(select(Person)).one()
    taken.code = "HS-10000"
    session.flush()
    draws = iter([0, 0, 7])
    assert operations.free_code(session, lambda _below: next(draws)) == "HS-10007"
    assert operations.free_code(session, lambda _below: 0) == "HS-100000"


def test_when_no_code_is_free_nobody_gets_one(session: Session) -> None:
    for length, person in zip(range(5, 10), make.people(session, list("ABCDE")), strict=True):
        person.code = f"HS-{10 ** (length - 1)}"
    session.flush()
    with pytest.raises(RuntimeError):
        operations.free_code(session, lambda _below: 0)


def test_a_race_for_one_identity_number_is_lost_politely(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other record appears between the look and the write: the constraint decides."""
    make.person(session, identities=(CCCD,))
    person = make.person(session, "Người Khác")

    def nobody(*_args: object, **_options: object) -> None:
        return None

    monkeypatch.setattr(identity, "identity_holder", nobody)
    with pytest.raises(IdentityTaken):
        operations.add_identity(session, person, CCCD, by=None, at=AT)
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_races_are_settled_by_the_constraints(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look before a write is blinded, as if the other transaction had come between."""

    def nothing(*_args: object, **_options: object) -> None:
        return None

    key = "k" * 26
    person = make.person(session, submission_key=key, languages=(LanguageDraft("ja", 3),))
    claim(session, person)
    operations.set_availability(session, person, AvailabilityDraft(TODAY), by=None, at=AT)
    monkeypatch.setattr(claims.ClaimKind, "_open", nothing)
    monkeypatch.setattr(wishes, "current_availability", nothing)
    monkeypatch.setattr(consents, "_close_outdated", nothing)
    notice = current_notices(session, "vi", TODAY)[0]
    with pytest.raises(AlreadyClaimed):
        claim(session, person)
    with pytest.raises(AlreadyClaimed):
        operations.claim_language(session, person, LanguageDraft("ja", 4), on=TODAY, by=None, at=AT)
    with pytest.raises(EditedMeanwhile):
        operations.set_availability(session, person, AvailabilityDraft(TODAY), by=None, at=AT)
    with pytest.raises(AlreadyGiven):
        operations.give_consent(session, person, [Given(notice, AT, Channel.PAPER)], by=None, at=AT)
    with pytest.raises(AlreadySubmitted):
        make.person(session, "Người Khác", submission_key=key)
    assert session.scalar(select(func.count()).select_from(Person)) == 1
