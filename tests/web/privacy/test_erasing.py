"""Erasing: what was planted is found before and nowhere after, in the file, its log, a dump and other files."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState, RecoveryCode, SingleUseLink
from registry.accounts.operations import grant_role, issue_link
from registry.accounts.rules import Role, Scope
from registry.accounts.rules.links import LinkPurpose
from registry.app.handlers import look_for_work
from registry.audit.operations import record
from registry.audit.queries import events_about, private_part, verify
from registry.cli import privacy as command
from registry.cli.context import CommandRefused
from registry.cli.main import build_parser
from registry.config import Settings
from registry.consents.models import Consent
from registry.db import Database, open_database
from registry.exchange.models import ImportFile, ImportRow
from registry.exchange.rules.batches import RowState
from registry.jobs.models import Job
from registry.mail.models import MailOutbox
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from registry.matching.models import ShortlistEntry
from registry.people.models import Person, PersonText, SkillClaim
from registry.people.rules import (
    PersonState,
    SkillDraft,
)
from registry.privacy.models import ErasedPerson, RightsRequest
from registry.privacy.operations.erasing import KeptByLaw, erase_person
from registry.privacy.operations.replaying import FILE_NAME, erased_people, keep_outside, read_list, replay
from registry.privacy.operations.work import enqueue_scrub
from registry.privacy.queries import words_of
from registry.privacy.rules import RequestState, RightKind
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.operations import Where, begin_registration, keep_draft
from registry.registrations.rules import Audience, Task, TaskState
from registry.skills.models import PendingTerm
from registry.skills.operations import keep_pending
from tests.conftest import Client, settings_in
from tests.factories import people as make
from tests.factories.accounts import post
from tests.factories.canaries import WORD, in_database, in_folder, plant
from tests.factories.databases import own_database
from tests.factories.letters import VALUES
from tests.factories.people import AT, TODAY
from tests.factories.rights import asked, with_account
from tests.factories.whole_people import EMAIL, TERM, whole_person


@contextmanager
def installation(database: Database, request: pytest.FixtureRequest, folder: Path) -> Generator[Database]:
    """A database of its own with a folder for the files made from it."""
    with own_database(database, request, folder, "erasing") as (url, _plain):
        opened = open_database(url, database.keyring, folder)
        try:
            yield opened
        finally:
            opened.dispose()


@pytest.mark.slow
def test_nothing_that_was_planted_is_left_anywhere(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path, settings: Settings
) -> None:
    files = tmp_path / "data"
    files.mkdir()
    with installation(database, request, files) as own, own.writing() as session:
        person = whole_person(session)
        planted = plant(session, person)
        session.commit()
        look_for_work(own, settings)  # the index is made, with the person in it
        before = in_database(own)
        all_planted = planted.keys() | {TERM, f"{WORD}9003x", f"{WORD}9004x"}
        assert all_planted <= before, "the control finds what was planted"
        assert len(all_planted) >= 50
        assert in_folder(files) != set(), "the control finds the person in the index"
        erase_person(session, person, by=None, at=AT)
        enqueue_scrub(session, by=None, at=AT)
        session.commit()
        keep_outside(files, erased_people(session))
        session.close()
        assert look_for_work(own, settings) >= 1
        own.dispose()
        assert {planted.get(one, one) for one in in_database(own)} == set()
        assert in_folder(files) == set()
        assert [one.person for one in read_list(files / FILE_NAME)] == [person.public_id]


def test_an_empty_record_stays_and_every_key_holds(session: Session) -> None:
    person = whole_person(session)
    code, public_id, own_id = person.code, person.public_id, person.account_id
    erase_person(session, person, by=None, at=AT)
    session.commit()
    left = session.get_one(Person, person.id)
    assert (left.code, left.public_id, left.state) == (code, public_id, PersonState.ERASED)
    assert (left.full_name, left.birth_on, left.headline, left.external_id) == ("", None, "", None)
    for model in (SkillClaim, ShortlistEntry):
        assert session.scalars(select(model).where(model.person_id == person.id)).all() == []
    consents = session.scalars(select(Consent).where(Consent.person_id == person.id)).all()
    assert consents
    assert all(one.withdrawn_at is not None for one in consents)
    words = session.scalars(select(PersonText).where(PersonText.id == person.id)).one_or_none()
    assert words is None or not (words.open_words + words.closed_words).strip()
    own = session.get_one(Account, own_id)
    assert own.state is AccountState.CLOSED
    assert EMAIL not in own.email
    assert own.display_name == ""
    assert session.scalar(select(func.count(ImportFile.id))) == 0
    assert session.scalars(select(ImportRow.state)).all() == [RowState.KEPT]
    assert session.scalars(select(RightsRequest.state)).all() == [RequestState.DONE]
    assert session.scalars(select(PendingTerm).where(PendingTerm.text == TERM)).all() == []
    assert verify(session).broken is None


def test_the_values_in_the_log_are_gone_for_ever_and_the_chain_holds(session: Session) -> None:
    person = make.person(session)
    record(
        session,
        None,
        "person.revised",
        "person",
        person.public_id,
        person=person.public_id,
        changes={"full_name": ("Cũ", "Mới")},
        at=AT,
    )
    opened = [private_part(session, one) for one in events_about(session, person.public_id)]
    assert any(one for one in opened)
    erase_person(session, person, by=None, at=AT)
    session.flush()
    assert [private_part(session, one) for one in events_about(session, person.public_id) if one.sealed] == [
        None
    ] * sum(1 for one in events_about(session, person.public_id) if one.sealed)
    assert verify(session).broken is None


def test_a_term_that_others_use_stays(session: Session) -> None:
    term = keep_pending(session, "từ lạ", "people")
    people = [
        make.person(session, name, skills=(SkillDraft("từ lạ", pending_term_id=term.id),))
        for name in ("Một Người", "Người Khác")
    ]
    erase_person(session, people[0], by=None, at=AT)
    assert session.get(PendingTerm, term.id) is not None
    erase_person(session, people[1], by=None, at=AT)
    session.expire_all()
    assert session.scalars(select(PendingTerm).where(PendingTerm.text == "từ lạ")).all() == []


def test_a_record_the_law_orders_is_not_erased(session: Session) -> None:
    person = make.person(session, by_law=True)
    with pytest.raises(KeptByLaw):
        erase_person(session, person, by=None, at=AT)


def test_letters_links_keys_and_what_was_typed_while_registering_go_too(session: Session) -> None:
    person, own = with_account(session)
    begun = begin_registration(session, own.id, own.public_id, Audience.EXPERT, at=AT)
    typed = {"full_name": ["Lò Văn Chiến"]}
    where = Where("", "Firefox")
    keep_draft(session, begun, Task.ABOUT, "", typed, expected=0, state=TaskState.DONE, where=where, at=AT)
    issue_link(session, LinkPurpose.PASSWORD, email=own.email, account=own, at=AT)
    issue_link(session, LinkPurpose.INVITATION, email=own.email, subject=person.public_id, at=AT)
    queue_letter(session, Letter("no_account", "vi", own.email, VALUES, account=own.public_id), at=AT)
    queue_letter(session, Letter("no_account", "vi", own.email, VALUES, person=person.public_id), at=AT)
    session.add(RecoveryCode(account_id=own.id, code_hash="0" * 64, made_at=AT))
    session.flush()
    kinds: tuple[Any, ...] = (Registration, RegistrationDraft, SingleUseLink, MailOutbox, RecoveryCode)
    assert all(session.scalars(select(kind.id)).first() for kind in kinds), "the control finds them"
    erase_person(session, person, by=None, at=AT)
    assert [kind.__tablename__ for kind in kinds if session.scalars(select(kind.id)).first()] == []


def test_an_account_with_another_role_goes_on(session: Session) -> None:
    person, own = with_account(session)
    grant_role(session, own, Role.OFFICER, Scope("VN/12/"), by=None, starts_on=TODAY, at=AT)
    erase_person(session, person, by=None, at=AT)
    session.expire_all()
    assert own.state is AccountState.ACTIVE
    assert session.get_one(Person, person.id).account_id is None


def test_it_takes_two_steps_and_the_typed_code(officer: Client, session: Session) -> None:
    person, _own = with_account(session)
    found = asked(session, person, RightKind.ERASURE, words="Xin xóa")
    path = f"/yeu-cau-quyen/{found.public_id}"
    assert f"{path}/xoa" in officer.get(path).text
    assert f"{path}/hoan-tat" not in officer.get(path).text
    page = officer.get(f"{path}/xoa").text
    assert "Ở lại, vì sao, đến khi nào" in page
    assert "chưa kiểm chứng" in page
    for typed in ("", "HS-1", "xóa"):
        assert post(officer, f"{path}/xoa", {"code": typed}).status_code == 422
    assert session.get_one(Person, person.id).full_name
    assert post(officer, f"{path}/xoa", {"code": person.code.lower()}).status_code == 303
    session.refresh(found)
    assert found.state is RequestState.DONE
    assert all(words_of(session, found, step) == "" for step in found.steps)
    assert session.get_one(Person, person.id).state is PersonState.ERASED
    assert session.scalars(select(Job.kind)).all() == ["privacy.scrub"]
    assert officer.get(path).status_code == 200
    assert post(officer, f"{path}/xoa", {"code": person.code}).status_code == 303
    assert session.scalar(select(func.count(ErasedPerson.id))) == 1


def test_the_page_says_what_the_law_keeps(officer: Client, session: Session) -> None:
    person = make.person(session, by_law=True)
    found = asked(session, person, RightKind.ERASURE)
    path = f"/yeu-cau-quyen/{found.public_id}/xoa"
    assert "không xóa được" in officer.get(path).text
    assert post(officer, path, {"code": person.code}).status_code == 422
    assert session.get_one(Person, person.id).state is PersonState.ACTIVE
    assert session.scalars(select(RightsRequest.state)).one() is RequestState.RECEIVED


def test_a_restored_backup_is_erased_again(session: Session, tmp_path: Path) -> None:
    gone, stays = make.people(session, ["Người Đã Xóa", "Người Ở Lại"])
    erase_person(session, gone, by=None, at=AT)
    session.commit()
    keep_outside(tmp_path, erased_people(session))
    people = list(read_list(tmp_path / FILE_NAME))
    assert [(one.person, one.erased_at) for one in people] == [(gone.public_id, AT)]
    assert replay(session, people, at=datetime.now(UTC)) == 0
    _restore(session, gone)
    assert replay(session, people, at=datetime.now(UTC)) == 1
    session.commit()
    assert session.get_one(Person, gone.id).full_name == ""
    assert stays.full_name == "Người Ở Lại"


def _restore(session: Session, person: Person) -> None:
    """The record as an older backup has it: without the row that says it was erased."""
    session.execute(delete(ErasedPerson))
    person.full_name, person.state = "Người Đã Xóa", PersonState.ACTIVE
    session.commit()


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("Nguyễn Văn A\n", "utf-8")
    with pytest.raises(ValueError, match=r"x\.jsonl"):
        list(read_list(tmp_path / "x.jsonl"))


def run(*words: str) -> int:
    arguments = build_parser("privacy").parse_args(["privacy", *words])
    code: int = arguments.run(arguments)
    return code


def test_the_commands_list_erase_again_and_clear(
    database: Database,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = tmp_path / "data"
    files.mkdir()
    with installation(database, request, files) as own:
        with own.writing() as session:
            person = make.person(session, "Người Đã Xóa")
            session.commit()
        monkeypatch.setattr(command, "open_from_environment", lambda: own)
        monkeypatch.setattr(command, "reading", own.writing)
        monkeypatch.setattr(command, "load_settings", lambda: settings_in(files))
        with pytest.raises(CommandRefused, match=r"erased\.jsonl"):
            run("replay")
        line = {"person": person.public_id, "erased_at": AT.isoformat()}
        (files / FILE_NAME).write_text(f"{json.dumps(line)}\n", "utf-8")
        assert run("replay", "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"listed": 1, "erased": 1}
        assert run("replay", "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"listed": 1, "erased": 0}
        assert run("erased", "--json") == 0
        told = capsys.readouterr().out
        assert [one["person"] for one in json.loads(told)] == [person.public_id]
        assert "Xóa" not in told
        assert run("scrub") == 0
        (files / FILE_NAME).write_text("Nguyễn Văn A\n", "utf-8")
        with pytest.raises(CommandRefused, match="không phải danh sách"):
            run("replay")
