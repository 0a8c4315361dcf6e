"""What is shipped, values, documents, versions and comparisons through the operations, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.audit.models import AuditEvent
from registry.policies import operations
from registry.policies.models import LegalDocument, Parameter, PolicyVersion
from registry.policies.operations import (
    CodeTaken,
    Compared,
    DocumentFacts,
    FigureChanged,
    LinkRefused,
    NewValue,
    NotPossible,
    PeriodTaken,
    SecondPersonNeeded,
    VersionsOverlap,
)
from registry.policies.queries.law import law_of
from registry.policies.queries.parameters import values_on, yearly_lists
from registry.policies.queries.verified import is_verified, overdue, verdicts
from registry.policies.queries.versions import content_of, period_of, policy_of, shown_on, version_data
from registry.policies.rules.figures import fingerprint
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.rules.states import DocumentKind, VersionState
from tests.factories.accounts import account
from tests.factories.people import AT

TODAY = date(2026, 11, 27)
COMPARED = Compared("Công báo số 12", TODAY, date(2027, 11, 27))
RESOLUTION: dict[str, Any] = {"kind": DocumentKind.COUNCIL_RESOLUTION, "issuer": "HĐND", "title": "Thử"}


def newest(session: Session, code: str) -> PolicyVersion:
    policy = policy_of(session, code)
    assert policy is not None
    return policy.versions[-1]


def people(session: Session) -> tuple[int, int]:
    first = account(session, Role.CAMPAIGN_ADMIN, "", email="mot@vidu.vn")
    return first.id, account(session, Role.CAMPAIGN_ADMIN, "", email="hai@vidu.vn").id


def test_what_is_shipped_is_there_once_and_a_correction_here_stays(session: Session) -> None:
    assert operations.load_policies(session, at=AT) == {}
    law = law_of(session)
    assert (len(law.versions), len(law.documents)) == (19, 20)
    assert not any(version.verified for version in law.versions.values())
    for one in session.scalars(select(PolicyVersion)):
        assert one.body_sha256 == fingerprint(content_of(one))
    document = session.scalars(select(LegalDocument).where(LegalDocument.code == "LS-23-2024")).one()
    facts = replace(DocumentFacts(number="23/2024/NQ-HĐND", **RESOLUTION), title="Sửa tại đây")
    operations.edit_document(session, document, facts, by=people(session)[0], at=AT)
    assert operations.load_policies(session, at=AT) == {}
    assert (document.title, document.links) == ("Sửa tại đây", [])


def test_a_document_is_numbered_once_and_never_amends_its_own_successor(session: Session) -> None:
    by = people(session)[0]
    old = operations.add_document(session, DocumentFacts(number="1/2026/NQ-HĐND", **RESOLUTION), by=by, at=AT)
    with pytest.raises(CodeTaken):
        operations.add_document(session, DocumentFacts(number="1/2026/nq-hđnd", **RESOLUTION), by=by, at=AT)
    new = operations.add_document(
        session, DocumentFacts(number="2/2026/NQ-HĐND", replaces=[old], **RESOLUTION), by=by, at=AT
    )
    assert [link.document.code for link in old.linked_from] == [new.code]
    facts = DocumentFacts(number="1/2026/NQ-HĐND", amends=[new], **RESOLUTION)
    with pytest.raises(LinkRefused), session.begin_nested():
        operations.edit_document(session, old, facts, by=by, at=AT)


def test_a_value_ends_the_open_one_and_meets_no_other(session: Session) -> None:
    by = people(session)[0]
    salary = session.scalars(select(Parameter).where(Parameter.key == "base_salary")).one()
    for day in (date(2026, 7, 1), date(2025, 1, 1)):
        with pytest.raises(PeriodTaken) as taken:
            operations.add_parameter_value(session, salary, NewValue(1, day), by=by, at=AT)
        assert taken.value.other.valid_from <= day
    made = operations.add_parameter_value(
        session, salary, NewValue(2_800_000, date(2027, 7, 1)), by=by, at=AT
    )
    assert salary.values[-2].valid_to == date(2027, 6, 30)
    amounts = [values_on(session, day)["base_salary", ""].value_vnd for day in (TODAY, date(2027, 7, 1))]
    assert amounts == [2_530_000, made.value_vnd]


def test_a_version_goes_by_two_people_and_ends_the_one_before(session: Session) -> None:
    first, second = people(session)
    source = newest(session, "HN-92-2026")
    draft = operations.draft_from(session, source, by=first, at=AT)
    with pytest.raises(NotPossible):
        operations.draft_from(session, source, by=second, at=AT)
    with pytest.raises(VersionsOverlap):  # it has the days of the one it was made from
        operations.submit_version(session, draft, by=first, at=AT)
    data = content_of(draft) | {"effective_from": "2027-01-01"}
    with pytest.raises(PolicyRefused):
        operations.edit_draft(session, draft, data | {"groups": []}, document=draft.document, by=first, at=AT)
    operations.edit_draft(session, draft, data, document=draft.document, by=first, at=AT)
    operations.submit_version(session, draft, by=first, at=AT)
    with pytest.raises(NotPossible):
        operations.edit_draft(session, draft, data, document=draft.document, by=first, at=AT)
    with pytest.raises(SecondPersonNeeded):
        operations.approve_version(session, draft, by=first, at=AT)
    operations.send_back_version(session, draft, why="Thiếu điều khoản", by=second, at=AT)
    operations.submit_version(session, draft, by=first, at=AT)
    before = source.body_sha256
    operations.approve_version(session, draft, by=second, at=AT)
    assert period_of(source)[1] == date(2026, 12, 31)
    assert (source.body_sha256, fingerprint(content_of(source))) == (before, before)
    assert version_data(source)["effective_to"] == "2026-12-31"
    assert [shown_on(source.policy, day) for day in (TODAY, date(2027, 1, 1))] == [source, draft]
    assert [one.state for one in draft.steps] == ["draft", "submitted", "draft", "submitted", "published"]
    operations.withdraw_version(session, draft, why="Ban hành nhầm", by=second, at=AT)
    assert (draft.state, period_of(source)[1]) == (VersionState.WITHDRAWN, None)
    told = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == "HN-92-2026@2")).all()
    assert [one.partition(".")[2] for one in told] == [
        *("drafted", "edited", "submitted", "sent_back", "submitted", "published", "withdrawn")
    ]


def test_whoever_wrote_any_of_a_version_does_not_approve_it(session: Session) -> None:
    first, second = people(session)
    third = account(session, Role.CAMPAIGN_ADMIN, "", email="ba@vidu.vn").id
    draft = operations.draft_from(session, newest(session, "HN-92-2026"), by=first, at=AT)
    data = content_of(draft) | {"effective_from": "2027-01-01"}
    operations.edit_draft(session, draft, data, document=draft.document, by=second, at=AT)
    operations.submit_version(session, draft, by=second, at=AT)
    operations.send_back_version(session, draft, why="Xem lại", by=third, at=AT)
    operations.submit_version(session, draft, by=second, at=AT)
    for author in (first, second):
        with pytest.raises(SecondPersonNeeded):
            operations.approve_version(session, draft, by=author, at=AT)
    operations.approve_version(session, draft, by=third, at=AT)


def test_the_database_itself_wants_a_second_person_and_one_draft(session: Session) -> None:
    first, _second = people(session)
    draft = operations.draft_from(session, newest(session, "PT-65-2025"), by=first, at=AT)
    table: Any = PolicyVersion.__table__
    values = {column.name: getattr(draft, column.name) for column in table.columns if column.name != "id"}
    for wrong in (
        {"number": 8, "public_id": "a", "state": VersionState.WITHDRAWN, "approved_by_id": first},
        {"number": 9, "public_id": "b", "state": VersionState.SUBMITTED},
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(table).values(values | wrong))


def test_what_needs_a_parameter_without_a_value_is_not_submitted(session: Session) -> None:
    first, _second = people(session)
    draft = operations.draft_from(session, newest(session, "HP-53-2025"), by=first, at=AT)
    data = content_of(draft) | {"effective_from": "2031-01-01", "effective_to": None}
    operations.edit_draft(session, draft, data, document=draft.document, by=first, at=AT)
    with pytest.raises(PolicyRefused, match="regional_minimum_wage"):
        operations.submit_version(session, draft, by=first, at=AT)


def test_a_verified_figure_stays_so_until_it_changes(session: Session) -> None:
    by = people(session)[0]
    source = newest(session, "HN-92-2026")
    figure = "groups/ts/benefits/ts-mot-lan"
    operations.verify_figure(session, source, COMPARED, figure=figure, by=by, at=AT)
    with pytest.raises(FigureChanged):
        operations.verify_figure(session, source, COMPARED, figure="groups/x/rule", by=by, at=AT)
    with pytest.raises(FigureChanged):
        operations.verify_figure(session, source, COMPARED, figure=figure, seen_sha256="0", by=by, at=AT)
    groups = law_of(session).versions["HN-92-2026@1"].groups
    assert [one.code for group in groups for one in group.benefits if one.verified] == ["ts-mot-lan"]
    draft = operations.draft_from(session, source, by=by, at=AT)
    assert set(verdicts(session, [draft])[draft.id]) == {figure}
    data = content_of(draft)
    changed = [
        group | {"benefits": [group["benefits"][0] | {"amount": {"times": 501, "of": "base_salary"}}]}
        if group["code"] == "ts" else group
        for group in data["groups"]
    ]  # fmt: skip
    operations.edit_draft(session, draft, data | {"groups": changed}, document=draft.document, by=by, at=AT)
    assert verdicts(session, [source, draft]) == {
        source.id: verdicts(session, [source])[source.id],
        draft.id: {},
    }


def test_documents_values_and_years_are_verified_and_come_back_for_review(session: Session) -> None:
    by = people(session)[0]
    document = session.scalars(select(LegalDocument).where(LegalDocument.code == "ND73-2024")).one()
    salary = session.scalars(select(Parameter).where(Parameter.key == "base_salary")).one()
    of_list = yearly_lists(session)[0]
    year = operations.add_list_year(session, of_list, 2026, ["748", "748"], document=None, by=by, at=AT)
    with pytest.raises(CodeTaken):
        operations.add_list_year(session, of_list, 2026, ["748"], document=None, by=by, at=AT)
    for owner in (document, salary.values[0], year):
        operations.verify_figure(session, owner, COMPARED, by=by, at=AT)
        assert is_verified(session, [owner]) == {owner.id}
    late = COMPARED.review_on + timedelta(days=1)
    assert overdue(session, COMPARED.review_on) == []
    assert [one.owner for one in overdue(session, late)] == [document, salary.values[0], year]
    operations.add_list_year(session, of_list, 2026, ["748", "772"], document=None, by=by, at=AT)
    again = Compared("Công báo", TODAY, date(2028, 11, 27))
    operations.verify_figure(session, document, again, by=by, at=AT)
    assert is_verified(session, [year]) == set()
    assert [one.owner for one in overdue(session, late)] == [salary.values[0]]
    assert law_of(session).yearly_lists[of_list.code].years == {2026: frozenset({"748", "772"})}
