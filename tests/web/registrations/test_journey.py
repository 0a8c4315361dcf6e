"""The journey: consent first, one thing on a page, everything kept, one record at the end."""

import gzip
import re
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.consents.models import Consent
from registry.people.models import AcceptedPlace, OverseasFacet, Person, SkillClaim
from registry.people.queries import contacts_in_clear, identities_in_clear
from registry.people.rules import AuthorKind, LegalBasis, PersonState
from registry.registrations.models import Registration, RegistrationDraft
from registry.registrations.operations import Where, keep_draft
from registry.registrations.queries import opened_draft
from registry.registrations.rules import RegistrationState, Task, TaskState
from tests.conftest import Client, browser
from tests.factories import registrations as join
from tests.factories.accounts import post, sign_in
from tests.factories.pages import opened, parsed, words_of
from tests.web.reading import text_of


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(client: Client) -> None:
    for path in ("/dang-ky", "/dang-ky/dong-y", "/dang-ky/ky-nang", "/dang-ky/kiem-tra", "/toi"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/dang-nhap" in answer.headers["Location"]


def test_the_name_of_the_account_is_there_already(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.begin(client, "overseas")
    page = opened(client, "/dang-ky/ban-than")
    assert page.xpath("//input[@name='full_name']/@value") == [made.display_name]


def test_the_first_question_is_who_one_is(client: Client, session: Session) -> None:
    join.candidate(client, session)
    page = opened(client, "/dang-ky")
    assert not page.xpath("//main//input[@checked]")
    assert len(page.xpath("//input[@name='audience']")) == 4
    refused = post(client, "/dang-ky", {})
    assert refused.status_code == 422
    assert "Chọn bạn là ai" in refused.get_data(as_text=True)
    assert session.scalar(select(Registration)) is None


@pytest.mark.parametrize(
    ("audience", "has", "lacks"),
    [
        ("expert", ["Giấy tờ tùy thân"], ["Chức vụ"]),
        ("overseas", [], ["Giấy tờ tùy thân", "Chức vụ"]),
        ("foreign", [], ["Giấy tờ tùy thân", "Chức vụ"]),
        ("cadre", ["Giấy tờ tùy thân", "Chức vụ"], []),
    ],
)
def test_each_sees_only_what_concerns_them(
    client: Client, session: Session, audience: str, has: list[str], lacks: list[str]
) -> None:
    join.candidate(client, session)
    join.begin(client, audience)
    words = words_of(opened(client, "/dang-ky"))
    assert all(one in words for one in has)
    assert not any(one in words for one in lacks)
    if audience in {"overseas", "foreign"}:
        assert client.get("/dang-ky/giay-to").status_code == 404


def test_no_purpose_is_ticked_and_only_the_registry_is_needed(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    page = opened(client, "/dang-ky/dong-y")
    assert not page.xpath("//main//input[@checked]")
    assert len(page.xpath("//input[@name='purposes']")) == 6
    refused = join.agree(client, ["matching"], "")
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Có 1 chỗ cần sửa" in text
    assert "Chọn ai được xem hồ sơ của bạn" in text
    kept = client.get("/dang-ky/dong-y").get_data(as_text=True)
    assert 'value="matching" checked' in kept
    refused = join.agree(client, ["matching"], "anonymous")
    assert "Cần chọn" in refused.get_data(as_text=True)
    assert join.agree(client, ["registry"], "anonymous").status_code == 303


def test_declining_keeps_nothing(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.save(client, "ban-than", join.ABOUT)
    asked = post(client, "/dang-ky/dong-y", {"then": "decline"})
    assert asked.status_code == 200
    assert session.scalar(select(Registration)) is not None
    answer = post(client, "/dang-ky/dong-y", {"then": "decline", "sure": "yes"})
    assert answer.status_code == 303
    assert session.scalar(select(Registration)) is None
    assert session.scalar(select(RegistrationDraft)) is None


def test_officials_read_a_notice_with_rights_and_tick_nothing(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.begin(client, "cadre")
    page = opened(client, "/dang-ky/dong-y")
    assert not page.xpath("//main//input[@type='checkbox' or @type='radio']")
    assert "Quyền của bạn" in words_of(page)
    join.fill(client, "cadre")
    assert join.send(client).status_code == 303
    person = join.record_of(session, made)
    assert person.legal_basis is LegalBasis.LAW
    assert session.scalar(select(Consent)) is None


def test_a_wrong_draft_is_kept_and_the_task_says_so(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.begin(client)
    wrong = join.ABOUT | {"birth": ["31", "02", "1990"], "residence_country": "Nước Nào Đó"}
    refused = join.save(client, "ban-than", wrong)
    assert refused.status_code == 422
    draft = session.scalars(select(RegistrationDraft)).one()
    assert draft.state is TaskState.NEEDS_FIX
    assert opened_draft(session, join.registration(session, made), draft).values["birth"] == [
        "31",
        "02",
        "1990",
    ]
    assert "Cần sửa" in words_of(opened(client, "/dang-ky"))
    page = client.get("/dang-ky/ban-than").get_data(as_text=True)
    assert 'value="31"' in page
    assert "Ngày sinh phải có thật" in page
    assert 'value="Nước Nào Đó"' in page
    later = join.save(client, "ban-than", wrong, then="later")
    assert later.status_code == 303
    assert join.save(client, "ban-than", join.ABOUT).status_code == 303
    session.expire_all()
    assert session.scalars(select(RegistrationDraft)).one().state is TaskState.DONE


def test_what_was_typed_lies_encrypted(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.save(client, "ban-than", join.ABOUT | {"headline": "Chim lạ trên đồng"})
    sealed = session.scalars(select(RegistrationDraft)).one().values_sealed
    assert "Chim" not in sealed.decode("latin-1")
    assert "Khuê".encode() not in sealed


def test_a_month_or_a_year_alone_is_a_birth_date(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.fill(client)
    assert join.send(client).status_code == 303
    birth = join.record_of(session, made).birth
    assert birth is not None
    assert birth.text == "08/1988"


def test_the_form_of_a_task_keeps_itself_and_says_when(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    page = client.get("/dang-ky/ban-than").get_data(as_text=True)
    assert 'hx-post="/dang-ky/ban-than"' in page
    first = post(client, "/dang-ky/ban-than", {"full_name": "Ngu", "then": "autosave", "version": ""})
    assert first.status_code == 200
    text = first.get_data(as_text=True)
    assert "Đã lưu lúc" in text
    assert 'value="1"' in text
    again = post(client, "/dang-ky/ban-than", {"full_name": "Nguyễn", "then": "autosave", "version": "1"})
    assert 'value="2"' in again.get_data(as_text=True)
    assert session.scalars(select(RegistrationDraft)).one().state is TaskState.IN_PROGRESS


def test_two_devices_see_both_versions_and_choose(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.begin(client)
    join.save(client, "ban-than", join.ABOUT)
    before = join.hidden(client.get("/dang-ky/ban-than").get_data(as_text=True))
    other = browser(client.application, session)
    sign_in(other, made)
    assert "máy khác" in words_of(opened(other, "/dang-ky"))
    theirs = join.ABOUT | {"headline": "Bác sĩ nhi", "residence": "Hà Nội"}
    assert join.save(other, "ban-than", theirs).status_code == 303
    mine = join.ABOUT | {"headline": "Kỹ sư cầu đường"}
    answer = post(client, "/dang-ky/ban-than", {**before, **mine})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Bác sĩ nhi" in page
    assert "Kỹ sư cầu đường" in page
    quiet = post(client, "/dang-ky/ban-than", {**before, **mine, "then": "autosave"})
    assert quiet.status_code == 409
    assert "Nơi khác vừa lưu" in quiet.get_data(as_text=True)
    picks = {"pick-headline": "mine", "pick-residence": "theirs"}
    settled = post(client, "/dang-ky/ban-than", {**join.hidden(page), **mine, **picks})
    assert settled.status_code == 303
    kept = client.get("/dang-ky/ban-than").get_data(as_text=True)
    assert "Kỹ sư cầu đường" in kept
    assert "Hà Nội" in kept


def test_somebody_else_never_sees_the_drafts(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.save(client, "hoc-van/tao", {"degree": "DH", "major": "Toán"})
    row = session.scalars(select(RegistrationDraft)).one().row
    assert client.get(f"/dang-ky/hoc-van/{row}").status_code == 200
    other = browser(client.application, session)
    join.candidate(other, session)
    join.begin(other)
    assert other.get(f"/dang-ky/hoc-van/{row}").status_code == 404
    assert other.get("/dang-ky/hoc-van").status_code == 303


def test_entries_are_added_mended_and_taken_away(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    assert client.get("/dang-ky/kinh-nghiem").status_code == 303
    for title, started, ended in (("Kỹ sư", "2012", "2014"), ("Trưởng nhóm", "2018", "")):
        fields = {
            "title": title,
            "started": ["", "", started],
            "ended": ["", "", ended],
            "country": "Việt Nam",
        }
        assert join.save(client, "kinh-nghiem/tao", fields).status_code == 303
    page = opened(client, "/dang-ky/kinh-nghiem")
    assert "Không ghi gì trong thời gian này" in words_of(page)
    links = list(page.xpath("//ul[@class='rows']//a/@href"))
    assert len(links) == 2
    assert join.save(client, links[0].removeprefix("/dang-ky/"), {"title": "Kỹ sư trưởng"}).status_code == 303
    page = opened(client, "/dang-ky/kinh-nghiem")
    assert "Kỹ sư trưởng" in words_of(page)
    action = page.xpath("//ul[@class='rows']//form/@action")[1]
    version = page.xpath("//ul[@class='rows']//form[2]//input[@name='version']/@value")
    assert post(client, action, {"version": "0"}).status_code == 303
    assert len(session.scalars(select(RegistrationDraft)).all()) == 2
    assert post(client, action, {"version": version[0] if version else "1"}).status_code == 303
    assert len(session.scalars(select(RegistrationDraft)).all()) == 1


def test_sending_the_form_of_a_new_entry_twice_adds_one(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    page = client.get("/dang-ky/ngoai-ngu/tao").get_data(as_text=True)
    fields = {**join.hidden(page), "language": "ja", "rank": "4"}
    for _time in range(2):
        assert post(client, "/dang-ky/ngoai-ngu/tao", fields).status_code in {303, 409}
    assert len(session.scalars(select(RegistrationDraft)).all()) == 1


def test_answers_are_checked_and_one_record_is_made(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.fill(client, number=join.CCCD)
    page = opened(client, "/dang-ky/kiem-tra")
    words = words_of(page)
    assert "Nguyễn Minh Khuê" in words
    assert "tự khai" in words
    assert any("ve=kiem-tra" in one for one in page.xpath("//main//dl//a/@href"))
    for _time in range(2):
        answer = join.send(client)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/dang-ky/xong"
    person = join.record_of(session, made)
    assert person.author is AuthorKind.SELF
    assert person.legal_basis is LegalBasis.CONSENT
    assert person.unit_path == "VN/12/"
    assert list(identities_in_clear(session, person).values()) == [join.CCCD]
    assert sorted(contacts_in_clear(session, person).values()) == ["+819012345678", "khue@vidu.vn"]
    consents = session.scalars(select(Consent).where(Consent.person_id == person.id)).all()
    assert {one.purpose.code.value for one in consents} == {"registry", "matching", "contact"}
    assert {one.recorded_by_id for one in consents} == {None}
    assert session.scalars(select(SkillClaim).where(SkillClaim.person_id == person.id)).one().skill_id
    assert (
        session.scalars(select(AcceptedPlace).where(AcceptedPlace.person_id == person.id)).one().unit_path
        == "VN/12/"
    )
    assert session.scalar(select(RegistrationDraft)) is None
    done = words_of(opened(client, "/dang-ky/xong"))
    assert person.code in done
    assert client.get("/dang-ky").headers["Location"] == "/toi"


def test_what_is_missing_or_wrong_is_named_and_nothing_is_sent(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client)
    join.save(client, "ban-than", join.ABOUT | {"full_name": ""})
    answer = join.send(client)
    text = text_of(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Sửa mục «Bản thân»" in text
    assert "Điền mục «Sự đồng ý»" in text
    assert session.scalar(select(Person)) is None


def test_a_changed_answer_leads_back_to_the_check(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.fill(client)
    answer = join.save(client, "ban-than", join.ABOUT, ve="kiem-tra")
    assert answer.headers["Location"] == "/dang-ky/kiem-tra"


def test_somebody_abroad_says_where_and_how_far_they_would_come(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.fill(client, "overseas")
    join.save(client, "nguyen-vong", join.WISHES | {"return_intent": "short_visit"})
    refused = join.save(client, "ban-than", join.ABROAD | {"residence_country": ""})
    assert "Nhập nước bạn đang sống" in refused.get_data(as_text=True)
    join.save(client, "ban-than", join.ABROAD | {"time_zone": "Asia/Tokyo"})
    assert join.send(client).status_code == 303
    person = join.record_of(session, made)
    facet = session.scalars(select(OverseasFacet).where(OverseasFacet.person_id == person.id)).one()
    assert (facet.country, facet.time_zone) == ("JP", "Asia/Tokyo")
    assert facet.return_intent is not None
    assert facet.return_intent.value == "short_visit"


def test_the_journey_is_english_from_its_first_page(client: Client, session: Session) -> None:
    join.candidate(client, session)
    page = client.get("/dang-ky?lang=en").get_data(as_text=True)
    assert 'lang="en"' in page
    assert "Who are you?" in page
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    join.begin(client, "overseas")
    assert "Keep a profile in the registry" in client.get("/dang-ky/dong-y").get_data(as_text=True)


def test_one_record_holds_an_identity_number_and_the_answer_tells_nobody(
    client: Client, session: Session
) -> None:
    first = join.candidate(client, session)
    join.fill(client, number=join.CCCD)
    said = [join.send(client).headers["Location"]]
    pages = [text_of(client.get("/dang-ky/xong").get_data(as_text=True))]
    other = browser(client.application, session)
    second = join.candidate(other, session)
    join.fill(other, number=join.CCCD)
    said.append(join.send(other).headers["Location"])
    pages.append(text_of(other.get("/dang-ky/xong").get_data(as_text=True)))
    assert said[0] == said[1]
    codes = [join.registration(session, one).code for one in (first, second)]
    emails = [first.email, second.email]
    plain = [
        page.replace(code, "HS").replace(mail, "@")
        for page, code, mail in zip(pages, codes, emails, strict=True)
    ]
    assert _without_times(plain[0]) == _without_times(plain[1])
    assert join.registration(session, second).state is RegistrationState.HELD
    assert len(session.scalars(select(Person).where(Person.state == PersonState.ACTIVE)).all()) == 1
    assert other.get("/dang-ky/xong/bien-nhan.pdf").status_code == 200
    assert other.get("/toi").status_code == 200
    assert join.save(other, "ban-than", join.ABOUT | {"headline": "Khác"}).status_code == 303
    assert other.get("/dang-ky/giay-to").status_code == client.get("/dang-ky/giay-to").status_code == 404


def _without_times(text: str) -> str:
    return re.sub(r"\d\d:\d\d", "", text)


def test_the_task_of_consent_is_open_again_when_a_notice_changed(client: Client, session: Session) -> None:
    made = join.candidate(client, session)
    join.fill(client)
    draft = next(one for one in session.scalars(select(RegistrationDraft)) if one.task is Task.CONSENT)
    found = join.registration(session, made)
    kept = opened_draft(session, found, draft).values
    changed = kept | {"shown": ["0" * 26]}
    keep_draft(
        session,
        found,
        Task.CONSENT,
        "",
        changed,
        expected=draft.version,
        state=TaskState.DONE,
        where=Where("", ""),
        at=draft.saved_at,
    )
    answer = join.send(client)
    assert answer.status_code == 422
    assert "Sửa mục «Sự đồng ý»" in text_of(answer.get_data(as_text=True))


def test_the_heaviest_pages_stay_small(client: Client, session: Session) -> None:
    join.candidate(client, session)
    join.begin(client, "overseas")
    typed = "\n".join(["Kế toán", "an toàn", "SQL", *(f"chữ lạ {number}" for number in range(40))])
    join.save(client, "ky-nang", {"count": "0", "more": typed}, then="add")
    for path in ("/dang-ky/ban-than", "/dang-ky/ky-nang", "/dang-ky/kinh-nghiem/tao", "/dang-ky/dong-y"):
        answer = client.get(path)
        assert len(gzip.compress(answer.data)) <= 25_000, path
        assert len(parsed(answer).xpath("//*")) <= 1_500, path


HOSTILE = (
    "",
    "\x00",
    "’; DROP TABLE person; --",
    "\u202eabc",
    "9" * 300,
    "<script>",
    "\ud83d",
    "-1",
    "Ẫ" * 5000,
    "\n\n;;,,",
)


@pytest.mark.slow
@pytest.mark.parametrize("is_sent", [False, True])
def test_nothing_that_is_sent_breaks_a_page(client: Client, session: Session, is_sent: bool) -> None:
    join.candidate(client, session)
    join.fill(client, "overseas")
    if is_sent:
        join.send(client)
    draw = Random(11)
    paths = [*(f"/dang-ky/{task}" for task in ("ban-than", "lien-he", "nguyen-vong", "ky-nang", "dong-y"))]
    paths += [f"/dang-ky/{task}/tao" for task in ("hoc-van", "ngoai-ngu", "kinh-nghiem")]
    names = (
        "full_name",
        "birth",
        "birth",
        "birth",
        "residence",
        "origin",
        "origin-chon",
        "email",
        "state",
        "places",
    )
    names += (
        "degree",
        "started",
        "ended",
        "title",
        "language",
        "rank",
        "count",
        "more",
        "version",
        "opened_with",
    )
    names += (
        "ky-nang-0-typed",
        "ky-nang-0-level",
        "ky-nang-0-concept",
        "ky-nang-0-row",
        "ky-nang-0-on",
        "row",
    )
    names += (
        "shown",
        "purposes",
        "visibility",
        "pick-headline",
        "pick-0",
        "then",
        "ve",
        "time_zone",
        "forms",
    )
    for _time in range(25):
        fields = {name: draw.choice(HOSTILE) for name in draw.sample(names, 12)}
        fields["then"] = draw.choice(["", "add", "later", "autosave", "decline"])
        path = draw.choice(paths)
        answer = post(client, path, {key: value.encode("utf-8", "replace") for key, value in fields.items()})
        assert answer.status_code < 500, (path, fields)
        assert client.get(path).status_code < 500, (path, fields)
    for path in ("/dang-ky", "/dang-ky/kiem-tra", "/toi"):
        assert client.get(path, follow_redirects=True).status_code == 200
