"""Retention asked about one person or account never answers with what is another's."""

import pytest
from sqlalchemy.orm import Session

from registry.accounts.rules import Role
from registry.privacy.models import RetentionNotice
from registry.privacy.queries.retention import last_notice
from registry.privacy.queries.starts import Subject, started
from registry.privacy.rules.retention import NoticeReach, retention_rule
from registry.registrations.operations import begin_registration
from registry.registrations.rules import Audience
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.people import AT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
DAY = AT.date()


def told(session: Session, secret: str, whose: Subject) -> RetentionNotice:
    notice = RetentionNotice(
        person_id=whose.person_id, account_id=whose.account_id, rule="profile", rules_version="1",
        is_rule_confirmed=False, counted_from=DAY, gone_on=DAY, noticed_at=AT, reach=NoticeReach.LETTER,
        token_hash=secret * 64,
    )  # fmt: skip
    session.add(notice)
    session.flush()
    return notice


def test_the_last_notice_is_of_the_one_who_is_asked_about(session: Session) -> None:
    people = [make.person(session, name) for name in ("Lò Văn Chiến", "Vàng A Páo")]
    accounts = [account(session, Role.CANDIDATE, "") for _ in range(2)]
    session.flush()
    every = [Subject(person_id=one.id) for one in people] + [Subject(account_id=one.id) for one in accounts]
    notices = [told(session, secret, whose) for secret, whose in zip("abcd", every, strict=True)]
    assert [last_notice(session, "profile", whose) for whose in every] == notices


def test_what_was_typed_is_looked_for_in_one_account(session: Session) -> None:
    rule = retention_rule("draft", DAY)
    assert rule is not None
    accounts = [account(session, Role.CANDIDATE, "") for _ in range(2)]
    for one in accounts:
        begin_registration(session, one.id, one.public_id, Audience.EXPERT, at=AT)
    session.flush()
    only = Subject(account_id=accounts[0].id)
    late = DAY.replace(year=DAY.year + 5)
    assert [one.subject for one in started(session, rule, on=late, only=only)] == [only]
    assert len(list(started(session, rule, on=late))) == 2
