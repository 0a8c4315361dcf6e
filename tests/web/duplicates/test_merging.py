"""Merging as chosen, and taking it back: what moves, what counts, what stays, what cannot be taken back."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.rules import Viewer
from registry.app.schema import METADATA
from registry.audit.models import AuditEvent
from registry.audit.operations import record_read
from registry.consents.models import Consent
from registry.consents.operations import withdraw_consent
from registry.consents.queries import standing_purposes
from registry.consents.rules import Channel, PurposeCode
from registry.duplicates.operations import Choices, NotUndoable, ReasonWanted
from registry.duplicates.operations.merging import FIELDS
from registry.duplicates.operations.tables import MOVED, STAYING
from registry.duplicates.operations.work import forget_material
from registry.matching.models import Shortlist, ShortlistEntry
from registry.people.models import (
    Availability,
    Contact,
    DuplicateMerge,
    IdentityDocument,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.operations import IdentityTaken, add_identity, set_sensitive_traits
from registry.people.queries import (
    contacts_in_clear,
    get_of_office,
    identities_in_clear,
    people_with_codes,
    person_with_identity,
    traits_in_clear,
)
from registry.people.rules import (
    ContactDraft,
    ContactKind,
    EvidenceState,
    IdentityDraft,
    IdentityKind,
    LegalBasis,
    PersonState,
)
from registry.privacy.models import RightsRequest
from registry.privacy.operations import answer_request
from registry.privacy.operations.erasing import erase_person
from registry.privacy.queries import words_of
from registry.privacy.queries.holdings import CARRIES_PERSON, HOLDINGS, reaching
from registry.privacy.queries.looks import looks_at
from registry.privacy.queries.taking import taken
from tests.factories import duplicates as make
from tests.factories import people
from tests.factories.accounts import account
from tests.factories.duplicates import BECAUSE, LATER, on_sqlite
from tests.factories.letters import waiting_letters
from tests.factories.needs import need
from tests.factories.people import AT, NAMED, TODAY
from tests.factories.rights import with_account
from tests.factories.whole_people import whole_person


def test_every_table_with_a_way_to_a_person_moves_or_stays_for_a_reason() -> None:
    """A new table that holds a person needs one line in `registry.duplicates.operations.tables`."""
    tables = dict(METADATA.tables)
    of_person = {
        name
        for name in reaching(tables)
        if CARRIES_PERSON & set(tables[name].c.keys())
        or any(key.column.table.name == "person" for key in tables[name].foreign_keys)
    }
    wanted = of_person | {holding.table.name for holding in HOLDINGS}
    moved = {table.name for table in MOVED}
    assert wanted - moved - STAYING.keys() == set()
    assert moved & STAYING.keys() == set()
    assert (moved | STAYING.keys()) - tables.keys() == set()


def test_a_table_that_moves_sealed_columns_says_how_they_are_sealed_anew() -> None:
    for table in MOVED:
        sealed = [column.name for column in METADATA.tables[table.name].c if column.name.endswith("_sealed")]
        assert not sealed or table.own_seal or table.reseal is not None, table.name


def test_everything_of_both_is_with_the_survivor_and_undoing_gives_back_what_was(session: Session) -> None:
    one, other = make.rich_pair(session)[0], whole_person(session)
    make.share_address(session, one, other)
    before = make.canonical(session, one, other)
    contacts = {*contacts_in_clear(session, one).values(), *contacts_in_clear(session, other).values()}
    merge = make.merged(session, one, other)
    session.expire_all()
    assert (other.state, other.merged_into_id) == (PersonState.MERGED, one.id)
    assert set(contacts_in_clear(session, one).values()) == contacts
    assert traits_in_clear(session, one)["ethnicity"] == "Thái"
    [request] = session.scalars(select(RightsRequest).where(RightsRequest.person_id == one.id))
    assert words_of(session, request, request.steps[0]) == "Lời của tôi"
    for model in (SkillClaim, LanguageClaim, Consent, ShortlistEntry):
        assert session.scalars(select(model).where(model.person_id == other.id)).all() == []
    undone = make.undone(session, merge)
    assert make.canonical(session, one, other) == before
    assert not undone.changed
    assert not undone.gone
    assert not undone.added


@pytest.mark.slow
@on_sqlite
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.frozensets(st.sampled_from(sorted(FIELDS))),
    documents=st.frozensets(st.sampled_from(list(IdentityKind))),
    takes_account=st.booleans(),
    is_turned=st.booleans(),
)
def test_whatever_is_chosen_undoing_gives_back_what_was(
    connection: Connection,
    session: Session,
    fields: frozenset[str],
    documents: frozenset[IdentityKind],
    takes_account: bool,
    is_turned: bool,
) -> None:
    session.close()
    with connection.begin_nested() as example:
        pair = make.rich_pair(session, by_law=is_turned)
        one, other = reversed(pair) if is_turned else pair
        other.account_id = account(session).id
        one.account_id = account(session).id if takes_account else None
        before = make.canonical(session, one, other)
        chosen = Choices(fields, documents, takes_account, "đã xem bản chính")
        make.undone(session, make.merged(session, one, other, chosen))
        after = make.canonical(session, one, other)
        session.close()
        example.rollback()
    assert after == before


@on_sqlite
def test_the_officer_chooses_field_by_field_and_both_numbers_stay_known(session: Session) -> None:
    one, other = make.rich_pair(session)
    chosen = Choices(frozenset({"headline", "summary"}), frozenset({IdentityKind.CCCD}), reason="bản chính")
    with pytest.raises(ReasonWanted):
        make.merged(session, one, other, Choices())
    make.merged(session, one, other, chosen)
    assert (one.full_name, one.headline, one.summary) == (
        "Nguyễn Thị Hoà",
        "Kỹ sư thủy lợi",
        "Mười năm ở Nậm Nhùn",
    )
    assert set(identities_in_clear(session, one).values()) == {"012185000112", "B1234567"}
    assert set(identities_in_clear(session, other).values()) == {"012185000111"}
    stranger = people.person(session, "Trần Văn Lạ")
    for number in ("012185000111", "012185000112"):
        found = person_with_identity(session, Viewer.installation(), IdentityKind.CCCD, number, on=TODAY)
        assert found is one
        with pytest.raises(IdentityTaken):
            add_identity(session, stranger, IdentityDraft(IdentityKind.CCCD, number), by=None, at=AT)
    assert get_of_office(session, Viewer.installation(), other.code) is one
    told = people_with_codes(
        session, Viewer.installation(), [other.code, one.code], on=TODAY, purpose=PurposeCode.REGISTRY
    )
    assert told == {other.code: [one], one.code: [one]}


@on_sqlite
def test_of_two_claims_the_better_proved_counts_and_the_other_is_history(session: Session) -> None:
    one, other = make.rich_pair(session)
    [both] = set(make.open_skills(session, one)) & set(make.open_skills(session, other))
    mine = make.open_skills(session, one)[both]
    mine.evidence_state = EvidenceState.VERIFIED
    theirs = make.open_skills(session, other)[both]
    theirs.valid_from = TODAY + timedelta(days=1)
    make.merged(session, one, other)
    assert make.open_skills(session, one)[both] is mine
    assert (theirs.person_id, theirs.valid_to) == (one.id, theirs.valid_from)
    english = session.scalars(select(LanguageClaim).where(LanguageClaim.language == "en")).all()
    assert sorted((row.person_id, row.valid_to is None) for row in english) == [
        (one.id, False),
        (one.id, True),
    ]


@on_sqlite
def test_the_stricter_visibility_counts(session: Session) -> None:
    one, other = make.rich_pair(session)
    one.closed_purposes, other.closed_purposes, other.state = 16, 32, PersonState.PENDING
    make.merged(session, one, other)
    assert (one.closed_purposes, one.state) == (48, PersonState.PENDING)
    current = session.scalars(select(Availability).where(Availability.ended_on.is_(None))).all()
    assert [(row.person_id, row.state.value) for row in current] == [(one.id, "paused")]


@on_sqlite
def test_the_newest_word_on_a_purpose_counts(session: Session) -> None:
    one = people.person(session, "Nguyễn Thị Hòa", about=make.told(""), consents=NAMED)
    other = people.person(
        session, "Nguyễn Thị Hoà", about=make.told(""), consents=(*NAMED, PurposeCode.STATISTICS)
    )
    withdraw(session, one, PurposeCode.MATCHING)
    make.merged(session, one, other, at=LATER + timedelta(hours=1))
    rows = session.scalars(select(Consent).where(Consent.person_id == one.id)).all()
    assert set(standing_purposes(rows)) == {PurposeCode.REGISTRY, PurposeCode.CONTACT, PurposeCode.STATISTICS}
    assert len(rows) == 7


def withdraw(session: Session, person: Person, purpose: PurposeCode, at: object = LATER) -> None:
    withdraw_consent(
        session,
        person.id,
        person.public_id,
        purpose,
        channel=Channel.PAPER,
        reason="",
        by=None,
        at=at,  # pyright: ignore[reportArgumentType]
    )


def test_a_consent_withdrawn_since_does_not_come_back_with_either_half(session: Session) -> None:
    one = people.person(session, "Nguyễn Thị Hòa", about=make.told(""))
    other = people.person(session, "Nguyễn Thị Hoà", about=make.told(""))
    merge = make.merged(session, one, other)
    withdraw(session, one, PurposeCode.MATCHING, LATER + timedelta(hours=1))
    one.closed_purposes |= 16
    make.undone(session, merge, at=LATER + timedelta(hours=2))
    for person in (one, other):
        rows = session.scalars(select(Consent).where(Consent.person_id == person.id)).all()
        assert PurposeCode.MATCHING not in standing_purposes(rows)
        assert PurposeCode.CONTACT in standing_purposes(rows)
        assert person.closed_purposes == 16


@on_sqlite
def test_what_was_changed_since_keeps_the_newer_value_and_is_told(session: Session) -> None:
    one, other = make.rich_pair(session)
    merge = make.merged(session, one, other, Choices(frozenset({"headline"}), reason="x"))
    one.headline = "Viết lại sau khi gộp"
    french = session.scalars(select(LanguageClaim).where(LanguageClaim.language == "fr")).one()
    session.delete(french)
    session.add(Contact(person_id=one.id, kind=ContactKind.PHONE, value_sealed=b"x", value_digest="y"))
    session.flush()
    undone = make.undone(session, merge)
    assert one.headline == "Viết lại sau khi gộp"
    assert undone.changed == {"person": 1}
    assert undone.gone == {"language_claim": 1}
    assert session.scalars(select(Contact.person_id).where(Contact.value_digest == "y")).one() == one.id


def test_what_was_sealed_since_opens_for_whoever_gets_it_back(session: Session) -> None:
    one, other = make.rich_pair(session)
    merge = make.merged(session, one, other)
    session.expire_all()
    make.save_contacts_again(session, one)
    [request] = session.scalars(select(RightsRequest).where(RightsRequest.person_id == one.id))
    answer_request(session, request, words="Đã sửa tên trường", by=account(session).id, at=LATER)
    set_sensitive_traits(session, one, {"ethnicity": "Mông"}, by=None, at=LATER)
    make.undone(session, merge, at=LATER + timedelta(hours=1))
    assert set(contacts_in_clear(session, one).values()) == {"hoa@vidu.vn", "+84912345678"}
    assert set(contacts_in_clear(session, other).values()) == {"hoa@vidu.vn", "+84987654321"}
    assert traits_in_clear(session, other)["ethnicity"] == "Mông"
    assert [words_of(session, request, step) for step in request.steps] == [
        "Trường ghi sai",
        "Đã sửa tên trường",
    ]


def test_of_two_accounts_one_is_closed_by_letter_and_opened_again(session: Session) -> None:
    one, mine = with_account(session, "Nguyễn Thị Hòa", about=make.told(""))
    other, theirs = with_account(session, "Nguyễn Thị Hoà", about=make.told(""))
    with pytest.raises(ReasonWanted):
        make.merged(session, one, other, Choices(account_from_other=True))
    merge = make.merged(session, one, other, Choices(account_from_other=True, reason="bà Hòa xác nhận"))
    assert (one.account_id, other.account_id) == (theirs.id, mine.id)
    assert (mine.state, theirs.state) == (AccountState.SUSPENDED, AccountState.ACTIVE)
    assert [letter.to for letter in waiting_letters(session, "account_merged")] == [mine.email]
    make.undone(session, merge)
    assert (one.account_id, other.account_id) == (mine.id, theirs.id)
    assert mine.state is AccountState.ACTIVE
    assert [letter.to for letter in waiting_letters(session, "account_reopened")] == [mine.email]


@on_sqlite
def test_an_account_that_works_for_an_office_goes_on(session: Session) -> None:
    one, _mine = with_account(session, "Nguyễn Thị Hòa", about=make.told(""))
    other = people.person(session, "Nguyễn Thị Hoà", about=make.told(""))
    clerk = account(session)
    other.account_id = clerk.id
    make.merged(session, one, other)
    assert clerk.state is AccountState.ACTIVE


def test_a_shortlist_has_the_person_once_and_the_log_of_the_need_tells(session: Session) -> None:
    one, other = make.rich_pair(session)
    wanted, clerk = need(session), account(session)
    both, only_other = (Shortlist(name=name, owner_id=clerk.id, need_id=wanted.id) for name in "AB")
    session.add_all([both, only_other])
    session.flush()
    for shortlist, person in ((both, one), (both, other), (only_other, other)):
        session.add(
            ShortlistEntry(
                shortlist_id=shortlist.id,
                person_id=person.id,
                added_at=AT,
                added_by_id=clerk.id,
                added_batch="b" * 26,
            )
        )
    merge = make.merged(session, one, other)
    rows = session.scalars(select(ShortlistEntry).order_by(ShortlistEntry.id)).all()
    assert [(row.person_id, row.removed_at is None) for row in rows] == [
        (one.id, True),
        (one.id, False),
        (one.id, True),
    ]
    make.undone(session, merge)
    told = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_id == wanted.public_id).order_by(AuditEvent.id)
    ).all()
    assert told[-2:] == ["need.people_merged", "need.people_parted"]


@on_sqlite
def test_a_record_the_law_orders_makes_the_survivor_one(session: Session) -> None:
    one, other = make.rich_pair(session, by_law=True)
    make.merged(session, one, other)
    assert one.legal_basis is LegalBasis.LAW


def test_erasing_reaches_both_halves_and_what_undoes(session: Session) -> None:
    one, other = make.rich_pair(session)
    merge = make.merged(session, one, other)
    erase_person(session, one, by=None, at=LATER)
    session.expire_all()
    assert (one.state, other.state) == (PersonState.ERASED, PersonState.ERASED)
    assert (other.full_name, merge.material_sealed) == ("", None)
    assert session.scalars(select(IdentityDocument)).all() == []
    with pytest.raises(NotUndoable) as refused:
        make.undone(session, merge)
    assert refused.value.why == "erased"


@on_sqlite
def test_the_copy_of_ones_data_and_the_looks_hold_both_halves(session: Session) -> None:
    one, other = make.rich_pair(session)
    record_read(session, account(session).id, "person.opened", people=[other.public_id], at=AT)
    make.merged(session, one, other)
    told = taken(session, one)
    assert {row["code"] for row in told.tables["person"]} == {one.code, other.code}
    assert {row["number"] for row in told.tables["identity_document"]} == {
        "012185000111",
        "012185000112",
        "B1234567",
    }
    assert {"person.registered", "person.opened", "person.merged_into"} <= {
        str(row["action"]) for row in told.log
    }
    assert [look.action for look in looks_at(session, one, "").lines] == ["person.opened"]


def test_a_merge_is_taken_back_once_in_time_and_from_the_last_on(session: Session) -> None:
    one, other = make.rich_pair(session)
    third = people.person(session, "Nguyễn Thị Hòa", about=make.told(""))
    first = make.merged(session, one, other)
    second = make.merged(session, third, one)
    session.expire_all()
    assert other.merged_into_id == third.id
    assert why_not(session, first) == "merged_on"
    make.undone(session, second)
    assert other.merged_into_id == one.id
    assert why_not(session, first, on=first.undo_until + timedelta(days=1)) == "over"
    make.undone(session, first)
    assert why_not(session, first) == "done"
    again = make.merged(session, one, other)
    forget_material(session, again.undo_until)
    assert again.material_sealed is not None
    forget_material(session, again.undo_until + timedelta(days=1))
    session.expire_all()
    assert again.material_sealed is None


def why_not(session: Session, merge: DuplicateMerge, **at: object) -> str:
    with pytest.raises(NotUndoable) as refused:
        make.undone(session, merge, **at)
    return refused.value.why


@on_sqlite
def test_reasons_and_contacts_are_sealed_in_the_log(session: Session) -> None:
    one, other = make.rich_pair(session)
    make.merged(session, one, other, BECAUSE)
    [event] = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "person.merged").order_by(AuditEvent.id)
    )
    for word in ("Hoà", "012185", "cùng một người", "Kỹ sư"):
        assert word not in event.content
    assert event.by_id is not None
    assert session.get_one(Account, event.by_id).email not in event.content


@on_sqlite
def test_an_address_both_prefer_is_preferred_once(session: Session) -> None:
    one, other = make.rich_pair(session)
    make.prefer_phone(session, one, other)
    make.merged(session, one, other)
    rows = session.scalars(
        select(Contact).where(Contact.person_id == one.id, Contact.kind == ContactKind.PHONE)
    )
    assert sorted(row.is_preferred for row in rows) == [False, True]
    assert ContactDraft(ContactKind.PHONE, "+84987654321").value in contacts_in_clear(session, one).values()
