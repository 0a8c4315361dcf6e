"""Filling one's profile from a CV: received, read by the worker, confirmed item by item; on both databases."""

import io
import json
import re
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from registry.accounts.rules import Role
from registry.app.handlers import HANDLERS
from registry.audit.models import AuditEvent
from registry.exchange.models import CvFile
from registry.exchange.readers.cv import opening
from registry.exchange.readers.cv.child import answer_to
from registry.exchange.readers.cv.found import READER
from registry.exchange.rules.cvs import CvState
from registry.jobs.worker import run_due_jobs
from registry.needs.rules import NeedState
from registry.people.models import Achievement, Education, Experience, SkillClaim
from registry.people.rules import PersonState
from registry.privacy.operations.erasing import erase_person
from registry.privacy.queries.taking import taken
from registry.registrations.models import RegistrationDraft
from registry.registrations.queries import drafts_of, opened_draft
from registry.registrations.rules import Task, TaskState
from registry.skills.models import Skill
from tests.conftest import Client, browser
from tests.factories import broken_cvs, cvs, needs
from tests.factories import registrations as join
from tests.factories.accounts import account as office_account
from tests.factories.accounts import form_token, post, sign_in
from tests.factories.pages import opened, words_of

Work = Callable[..., int]
UPLOAD = "/dang-ky/tu-tep"
CONFIRM = "/dang-ky/tu-tep/xac-nhan"


@pytest.fixture
def work(app: Flask) -> Work:
    """Run the jobs that are due, as the worker does."""

    def run(later: timedelta = timedelta()) -> int:
        database = app.extensions["registry.database"]
        return run_due_jobs(database, HANDLERS, clock=lambda: datetime.now(UTC) + later)

    return run


@pytest.fixture(autouse=True)
def _at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """The worker reads in its own process, but for the first test: starting a child takes a second each time."""

    def printed(_module: str, content: bytes, kind: str, *, wall_seconds: float) -> bytes:
        assert wall_seconds > 0
        return answer_to(content, kind).encode()

    if "a_cv_fills" not in request.node.name:
        monkeypatch.setattr(opening, "printed_by", printed)


def upload(client: Client, content: bytes, name: str) -> Any:
    """Send a file as the form does."""
    file = FileStorage(io.BytesIO(content), filename=name)
    boundary, body = encode_multipart({"csrf_token": form_token(client), "file": file})
    return client.post(UPLOAD, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def filled(client: Client, asked: str = "?chon=ro") -> dict[str, list[str]]:
    """The page with what was found, all that was read well ticked as somebody asked, as a browser would send it."""
    form = opened(client, UPLOAD + asked).xpath("//form[@data-guard]")[0]
    sent: dict[str, list[str]] = {}
    for field in form.xpath(".//input[@name] | .//textarea | .//select"):
        kind, name = field.get("type"), field.get("name")
        if field.tag == "select":
            values = field.xpath("./option[@selected]/@value") or [""]
        elif field.tag == "textarea":
            values = [(field.text or "").strip()]
        elif kind in {"checkbox", "radio"} and field.get("checked") is None:
            continue
        else:
            values = [field.get("value") or ""]
        sent.setdefault(name, []).extend(str(one) for one in values)
    sent.pop("csrf_token", None)
    return sent


def test_a_cv_fills_the_drafts_only_once_it_is_confirmed(
    client: Client, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.begin(client, "overseas")
    assert client.get(UPLOAD).location == "/dang-ky/dong-y"
    assert upload(client, cvs.pdf(), "cv.pdf").location == "/dang-ky/dong-y"
    assert session.scalar(select(CvFile)) is None
    join.agree(client)
    assert upload(client, cvs.pdf(), "cv.pdf").status_code == 303
    waiting = client.get(UPLOAD)
    assert waiting.headers["Refresh"] == "2"
    sealed = session.scalars(select(CvFile)).one()
    assert sealed.content_sealed is not None
    assert b"%PDF" not in sealed.content_sealed
    work()
    read = session.scalars(select(CvFile).execution_options(populate_existing=True)).one()
    assert (read.state, read.content_sealed) == (CvState.READY, None)
    assert set(session.scalars(select(RegistrationDraft.task))) == {Task.CONSENT}
    page = words_of(opened(client, UPLOAD))
    assert "Data Engineer · Isar University Hospital, Munich · 10/2018 – nay" in page
    assert "trang 1" in page
    assert "muster@isar.example" not in page
    assert post(client, CONFIRM, filled(client)).location == "/dang-ky"
    registration = join.registration(session, account)
    kept = [(one.task, opened_draft(session, registration, one)) for one in drafts_of(session, registration)]
    posts = [one.values["title"] for task, one in kept if task is Task.EXPERIENCE]
    assert posts == [["Data Engineer"], ["Software Developer"]]
    states = {task: one.state for task, one in kept}
    assert states[Task.EDUCATION] is states[Task.LANGUAGES] is states[Task.SKILLS] is TaskState.DONE
    about = next(one.values for task, one in kept if task is Task.ABOUT)
    assert (about["full_name"], about["residence_country"]) == (["Tran Lan Anh"], [""])
    skills = next(one.values for task, one in kept if task is Task.SKILLS)
    assert skills["ky-nang-0-level"] == ["4"]
    assert "Xyzzy plugh" in [value for values in skills.values() for value in values]
    assert session.scalar(select(CvFile)) is None


def ready(client: Client, work: Work, content: bytes, name: str = "cv.docx") -> None:
    """A file that was sent and read."""
    assert upload(client, content, name).status_code == 303
    work()


def test_what_was_typed_is_shown_beside_and_never_overwritten_unseen(
    client: Client, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.begin(client)
    join.agree(client)
    join.save(client, "ban-than", join.ABOUT)
    join.save(client, "ngoai-ngu/tao", {"language": "en", "rank": "5"})
    ready(client, work, cvs.word())
    beside = opened(client, UPLOAD).xpath("(//dl[@class='summary'])[1]//dd")
    assert [words_of(one) for one in beside] == ["Nguyễn Minh Khuê", "Lò Thị Mai"]
    sent = filled(client)
    named = [name.removesuffix("value") for name, values in sent.items() if values == ["Lò Thị Mai"]]
    assert f"{named[0]}on" not in sent
    # Typed elsewhere after the page was opened: nothing is taken over, the page comes again.
    join.save(client, "ban-than", join.ABOUT | {"full_name": "Nguyễn Minh Châu"})
    late = post(client, CONFIRM, {**sent, f"{named[0]}on": "y"})
    assert late.status_code == 409
    assert "Nguyễn Minh Châu" in late.text
    english = next(name for name, values in sent.items() if name.endswith("-language") and values == ["en"])
    chosen = {**filled(client), f"{named[0]}on": "y", english.replace("language", "on"): "y"}
    assert post(client, CONFIRM, chosen).status_code == 303
    registration = join.registration(session, account)
    kept = [(one.task, opened_draft(session, registration, one)) for one in drafts_of(session, registration)]
    about = next(one.values for task, one in kept if task is Task.ABOUT)
    assert (about["full_name"], about["residence"]) == (["Lò Thị Mai"], ["Lai Châu"])
    languages = [one.values for task, one in kept if task is Task.LANGUAGES]
    assert [(one["language"], one["rank"]) for one in languages] == [(["en"], ["3"])]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_items_are_left_out_and_mended_on_the_page(client: Client, session: Session, work: Work) -> None:
    account = join.candidate(client, session)
    join.begin(client)
    join.agree(client)
    ready(client, work, cvs.word())
    sent = filled(client)
    posts = sorted(name for name in sent if name.endswith("-title"))
    sent = {name: values for name, values in sent.items() if not name.endswith("on")}
    sent |= {posts[0]: ["Bác sĩ nhi khoa"], posts[0].replace("title", "on"): ["y"]}
    sent |= {posts[0].replace("title", "started"): ["32/2014"]}
    post(client, CONFIRM, sent)
    registration = join.registration(session, account)
    (draft,) = [one for one in drafts_of(session, registration) if one.task is not Task.CONSENT]
    # What is wrong is kept too, and its task says so.
    assert (draft.task, draft.state) == (Task.EXPERIENCE, TaskState.NEEDS_FIX)
    values = opened_draft(session, registration, draft).values
    assert (values["title"], values["started"]) == (["Bác sĩ nhi khoa"], ["32/2014"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unreadable_file_says_what_to_do_and_the_worker_goes_on(
    client: Client, session: Session, work: Work
) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.agree(client)
    _what, name, content = broken_cvs.named("a page without text")
    ready(client, work, content, name)
    assert "Tệp là ảnh quét" in words_of(opened(client, UPLOAD))
    cv = session.scalars(select(CvFile)).one()
    assert (cv.state, cv.content_sealed, cv.refusal) == (CvState.UNREADABLE, None, "scan")
    ready(client, work, cvs.word())
    assert "Lò Thị Mai" in words_of(opened(client, UPLOAD))
    for content, name, sentence in ((b"MZ", "cv.pdf", "không đúng với đuôi"), (b"", "", "Chọn tệp CV")):
        refused = upload(client, content, name)
        assert refused.status_code == 422
        assert sentence in refused.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_file_is_forgotten_when_dropped_declined_sent_or_late(
    client: Client, session: Session, work: Work
) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.agree(client)
    ends: list[Callable[[], Any]] = [
        lambda: post(client, f"{UPLOAD}/bo"),
        lambda: work(timedelta(days=8)),
        lambda: post(client, "/dang-ky/dong-y", {"then": "decline", "sure": "yes"}),
    ]
    for end in ends:
        upload(client, cvs.word(), "../../Lò Thị Mai.docx")
        assert session.scalars(select(CvFile)).one() is not None
        end()
        assert session.scalar(select(CvFile)) is None
    assert b"Mai" not in b"".join(
        str(one).encode() for one in session.scalars(select(AuditEvent.content).order_by(AuditEvent.id)).all()
    )


def test_a_record_gets_more_items_and_only_right_ones(client: Client, session: Session, work: Work) -> None:
    account = join.candidate(client, session)
    join.fill(client)
    assert join.send(client).status_code == 303
    assert "Thêm mục từ CV" in words_of(opened(client, "/toi"))
    ready(client, work, cvs.word())
    sent = filled(client)
    assert not [name for name in sent if name.endswith("-value")]
    wrong = next(name for name in sent if name.endswith("-started"))
    refused = post(client, CONFIRM, {**sent, wrong: "32/2014"})
    assert refused.status_code == 422
    assert "Ngày phải có thật" in refused.text
    person = join.record_of(session, account)
    assert session.scalar(select(Experience).where(Experience.person_id == person.id)) is None
    assert post(client, CONFIRM, sent).location == "/toi"
    posts = session.scalars(select(Experience.title).where(Experience.person_id == person.id)).all()
    assert sorted(posts) == ["Bác sĩ", "Phó trưởng khoa Nhi"]
    degrees = session.scalars(select(Education.degree_code).where(Education.person_id == person.id)).all()
    assert list(degrees) == ["DH"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_sees_the_file_of_another(client: Client, app: Flask, session: Session, work: Work) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.agree(client)
    ready(client, work, cvs.word())
    other = browser(app, session)
    join.candidate(other, session, "khac@vidu.vn")
    join.begin(other)
    join.agree(other)
    assert "Lò Thị Mai" not in other.get(UPLOAD).text
    assert post(other, CONFIRM, filled(client)).status_code == 303
    assert session.scalars(select(CvFile)).one() is not None
    assert set(session.scalars(select(RegistrationDraft.task))) == {Task.CONSENT}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_copy_of_ones_data_has_it_and_erasing_takes_it(
    client: Client, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.fill(client)
    join.send(client)
    upload(client, cvs.word(), "cv.docx")
    person = join.record_of(session, account)
    waiting = taken(session, person).tables["cv_file"][0]
    assert b64decode(waiting["file"]) == cvs.word() or waiting["file"].startswith("UEs")
    work()
    told = taken(session, person).tables["cv_file"][0]
    assert told["name"] == "cv.docx"
    assert "Lò Thị Mai" in str(told["found"])
    erase_person(session, person, by=None, at=datetime.now(UTC))
    assert session.scalar(select(CvFile)) is None


WORK = {
    "title": {"title": {"value": "Dữ liệu y tế vùng cao"}},
    "type": "journal-article",
    "publication-date": {"year": {"value": "2021"}, "month": {"value": "03"}},
    "external-ids": {
        "external-id": [
            {
                "external-id-type": "doi",
                "external-id-value": "10.1000/182",
                "external-id-relationship": "self",
            }
        ]
    },
}
RECORD = {
    "orcid-identifier": {"path": "0000-0000-0000-0000"},
    "activities-summary": {"works": {"group": [{"work-summary": [WORK]}]}},
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_works_of_an_orcid_record_are_suggested_unticked_and_kept_once_chosen(
    client: Client, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.fill(client)
    typed = {"kind": "award", "title": "Bằng khen", "level": "cấp tỉnh", "when": ["", "", "2020"]}
    wrong = join.save(client, "thanh-tich/tao", {**typed, "doi": "không phải"})
    assert (wrong.status_code, "DOI bắt đầu bằng «10.»" in wrong.text) == (422, True)
    [draft] = session.scalars(select(RegistrationDraft).where(RegistrationDraft.task == Task.DEEDS))
    assert join.save(client, f"thanh-tich/{draft.row}", typed | {"doi": ""}).status_code == 303
    assert "Bằng khen" in words_of(opened(client, "/dang-ky/kiem-tra"))
    assert join.send(client).status_code == 303
    ready(client, work, json.dumps(RECORD).encode(), "orcid.json")
    page = words_of(opened(client, UPLOAD))
    assert "«Dữ liệu y tế vùng cao · 03/2021 · 10.1000/182» (works)" in page
    assert "Đọc chưa chắc" in page
    sent = filled(client)
    title = next(name for name, values in sent.items() if values == ["Dữ liệu y tế vùng cao"])
    assert title.replace("title", "on") not in sent
    assert post(client, CONFIRM, {**sent, title.replace("title", "on"): "y"}).location == "/toi"
    person = join.record_of(session, account)
    rows = session.scalars(
        select(Achievement).where(Achievement.person_id == person.id).order_by(Achievement.id)
    )
    assert [(row.kind.value, row.title, row.doi, row.when and row.when.text) for row in rows] == [
        ("award", "Bằng khen", "", "2020"),
        ("publication", "Dữ liệu y tế vùng cao", "10.1000/182", "03/2021"),
    ]
    assert "Dữ liệu y tế vùng cao" in words_of(opened(client, "/dang-ky/thanh-tich"))
    # The same record once more: what is there already is said beside it.
    ready(client, work, json.dumps(RECORD).encode(), "orcid.json")
    assert "Có thể trùng với mục bạn đã nhập" in words_of(opened(client, UPLOAD))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_pt3_suggestions_are_labelled_repeatable_and_off_and_unused_they_change_no_rank_and_no_right(
    client: Client, app: Flask, session: Session, work: Work
) -> None:
    account = join.candidate(client, session)
    join.fill(client)
    join.send(client)
    person = join.record_of(session, account)
    person.state = PersonState.ACTIVE
    claimed = select(Skill.code).join(SkillClaim, SkillClaim.skill_id == Skill.id)
    code = session.scalars(claimed.where(SkillClaim.person_id == person.id).limit(1)).one()
    need = needs.need(session, state=NeedState.OPEN, skills=[needs.skill(session, code)])
    officer = browser(app, session)
    sign_in(officer, office_account(session, Role.OFFICER, ""))

    def standing() -> list[str]:
        """The ranking of the need and the eligibility of the person, as an officer reads them, whatever the minute is."""
        pages = (f"/nhu-cau/{need.public_id}/xep-hang", f"/ung-vien/{person.public_id}/chinh-sach")
        return [re.sub(r"\d{2}:\d{2}", "", words_of(opened(officer, page))) for page in pages]

    def suggested() -> dict[str, list[str]]:
        ready(client, work, cvs.word())
        sent = filled(client, "")
        return {name: values for name, values in sent.items() if name not in {"cv", "seen"}}

    before = standing()
    assert person.full_name in before[0]
    first = suggested()
    assert not [name for name in first if name.endswith("-on")]
    found = opened(client, UPLOAD).xpath("//form[@data-guard]//label[@class='choice']/span/small")
    assert len(found) > 4
    assert all("Gợi ý tự động từ CV: «" in words_of(one) for one in found)
    assert f"bộ đọc CV (phiên bản {READER})" in words_of(opened(client, UPLOAD))
    assert standing() == before
    # Dropped, and the same file once more: the same suggestions.
    post(client, f"{UPLOAD}/bo")
    assert suggested() == first
    # Sent as it came, nothing is taken over.
    assert post(client, CONFIRM, filled(client, "")).location == "/toi"
    assert session.scalar(select(CvFile)) is None
    assert standing() == before
    # Only what was ticked is, and the log says by which reader.
    assert suggested() == first
    sent = filled(client, "")
    skill = next(name for name, values in sent.items() if values == ["siêu âm"])
    assert post(client, CONFIRM, {**sent, skill.replace("typed", "on"): "y"}).location == "/toi"
    typed = session.scalars(select(SkillClaim.typed).where(SkillClaim.person_id == person.id))
    assert "siêu âm" in set(typed)
    assert session.scalar(select(Experience).where(Experience.person_id == person.id)) is None
    taken_over = session.scalars(select(AuditEvent).where(AuditEvent.action == "cv.confirmed")).all()
    assert len(taken_over) == 2
    assert all(f'"reader":"{READER}"' in str(one.content).replace(" ", "") for one in taken_over)
