"""Whose network is shown: of two provinces each has its own, names stand only where records may be read, an auditor reads."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import Grant, Permission, Role, Scope, Viewer
from registry.campaigns.models import CampaignMember, OutreachAttempt
from registry.campaigns.operations.outreach import note_attempt
from registry.campaigns.queries.campaigns import letters_channel
from registry.campaigns.rules.words import OutreachWay
from registry.networks.models import AssociationMember, ExpertVisit, OriginNote, OriginOutreach
from registry.networks.operations import add_term, note_kinds
from registry.networks.queries.origin import kind_counts, origin_page, people_from, without_residence
from registry.networks.rules import OriginKind, TermDays
from registry.organisations.rules import OrganisationKind
from registry.people.operations import add_entry, set_availability
from registry.people.rules import (
    AffinityDraft,
    AffinityKind,
    AvailabilityDraft,
    AvailabilityState,
    CadreDraft,
    CadreKind,
    EducationDraft,
)
from registry.privacy.operations.erasing import erase_person
from registry.web.clock import today
from tests.conftest import Client, browser
from tests.factories.accounts import account, post, sign_in
from tests.factories.campaigns import campaign
from tests.factories.networks import (
    HERE,
    THERE,
    association,
    award,
    from_here,
    member,
    spoken,
    task,
    told_origin,
    visit,
)
from tests.factories.organisations import organisation
from tests.factories.pages import opened, words_of
from tests.factories.people import ANONYMOUS, AT, NAMED, TODAY, person
from tests.factories.roles import take_away


def of_roles(session: Session, *roles: tuple[Role, str]) -> Account:
    """An account with these roles, each on its scope."""
    made, at = account(session, roles[0][0], roles[0][1]), datetime.now(UTC)
    for role, path in roles[1:]:
        grant_role(session, made, role, Scope(path), by=None, starts_on=TODAY, at=at)
    session.commit()
    return made


def seen_by(client: Client, session: Session, who: Account) -> Client:
    """A browser of this account."""
    made = browser(client.application, session)
    sign_in(made, who)
    return made


def officer_of(path: str) -> Viewer:
    """Whoever may read records under a path."""
    return Viewer.of_grants(1, [Grant(Role.OFFICER, Scope(path))]).limited_to(Permission.PEOPLE_READ)


def names(session: Session, path: str = HERE) -> list[str]:
    """The people an officer of a place finds who come from there."""
    return [one.full_name for one in session.scalars(people_from(officer_of(path), path, on=TODAY))]


def test_exactly_those_who_told_of_it_and_live_elsewhere_are_found_in_four_kinds_hp2(
    client: Client, session: Session
) -> None:
    """HP2: nobody whose origin was only recorded, who lives here, is anonymous, or is of another office."""
    abroad = from_here(session, "Lò Văn Pháp")
    inside = from_here(session, "Lò Văn Huế", lives="VN/46/")
    from_here(session, "Lò Văn Nhà", lives="VN/12/")
    from_here(session, "Lò Văn Đâu", lives="")
    from_here(session, "Lò Văn Ẩn", consents=ANONYMOUS)
    from_here(session, "Lò Văn Ẩn Đâu", lives="", consents=ANONYMOUS)
    from_here(session, "Lò Văn Riêng", consents=NAMED[:1])
    from_here(session, "Đỗ Văn Hà", unit_path=THERE)
    recorded = person(session, "Lò Văn Ghi")
    recorded.residence_country = "FR"
    family = person(session, "Lò Văn Họ")
    family.residence_country = "FR"
    tie = AffinityDraft(AffinityKind.FAMILY, place_text="Quê", unit_path=HERE)
    add_entry(session, family, tie, by=None, at=AT)
    told_origin(session, person(session, "Lò Văn Khác"), THERE)
    session.flush()
    assert sorted(names(session)) == ["Lò Văn Huế", "Lò Văn Pháp"]
    assert names(session, THERE) == ["Đỗ Văn Hà"]
    assert without_residence(session, officer_of(HERE), HERE, on=TODAY) == 1
    degree = EducationDraft(major="Địa chất", degree_rank=6, is_completed=True)
    add_entry(session, abroad, degree, by=None, at=AT)
    add_entry(session, inside, CadreDraft(CadreKind.CADRE, office="Sở", position="Phó"), by=None, at=AT)
    note_kinds(session, inside, [OriginKind.ENTREPRENEUR], by=None, at=AT)
    session.commit()
    counts = kind_counts(session, officer_of(HERE), HERE, on=TODAY)
    assert counts == {
        OriginKind.INTELLECTUAL: 1,
        OriginKind.SCIENTIST: 1,
        OriginKind.MANAGER: 1,
        OriginKind.ENTREPRENEUR: 1,
        None: 0,
    }
    for kind, expected in ((OriginKind.SCIENTIST, [abroad]), (OriginKind.ENTREPRENEUR, [inside])):
        page = origin_page(session, officer_of(HERE), HERE, 1, on=TODAY, kind=kind)
        assert list(page.rows) == expected
    assert origin_page(session, officer_of(HERE), HERE, 1, on=TODAY, is_abroad=True).total == 1
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    page = opened(desk, "/mang-luoi/nguoi-xa-que")
    said = words_of(page)
    for shown in ("Lò Văn Huế", "Lò Văn Pháp", "Trí thức 1", "Doanh nhân 1", "1 người tự khai gốc"):
        assert shown in said, shown
    for hidden in ("Nhà", "Đâu", "Ẩn", "Riêng", "Hà", "Ghi", "Họ", "Khác"):
        assert f"Lò Văn {hidden}" not in said, hidden
    assert "Lò Văn Huế" not in words_of(opened(desk, "/mang-luoi/nguoi-xa-que?noi-o=nuoc-ngoai"))
    opened(desk, f"/mang-luoi/nguoi-xa-que?que={THERE}", 404)


def test_attempts_are_noted_where_one_may_write_and_campaigns_shown_where_one_may_read(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, other = from_here(session, "Lò Văn Xa"), from_here(session, "Đỗ Văn Hà", unit_path=THERE)
    spoken(session, who, "Hẹn sau Tết")
    spoken(session, other, "Của tỉnh khác")
    next_one = from_here(session, "Lò Văn Gần")
    spoken(session, next_one, "Của người khác")
    note_kinds(session, next_one, [OriginKind.MANAGER], by=None, at=AT)
    for path, reached, words in (
        (HERE, who, "Trong chiến dịch đây"),
        (THERE, who, "Trong chiến dịch kia"),
        (HERE, next_one, "Với người khác"),
    ):
        made = campaign(session, f"Về quê {words}", unit_path=path)
        channel = letters_channel(session, made)
        joined = CampaignMember(campaign_id=made.id, person=reached, channel_id=channel.id, reached_at=AT)
        session.add(joined)
        session.flush()
        note_attempt(
            session,
            joined,
            OutreachWay.PHONE,
            on=date(2026, 11, 24),
            words=words,
            role="",
            next_on=None,
            by=None,
            at=AT,
        )
    session.commit()
    assert len(session.scalars(select(OutreachAttempt)).all()) == 3
    own, their = (f"/mang-luoi/nguoi-xa-que/{one.public_id}" for one in (who, other))
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    said = words_of(opened(desk, own))
    assert "Hẹn sau Tết" in said
    assert "Trong chiến dịch đây" in said
    assert "Trong chiến dịch kia" not in said
    for elses in ("Của tỉnh khác", "Của người khác", "Với người khác"):
        assert elses not in said
    assert "Cán bộ ghi –" in said
    assert "24/11/2026" in words_of(opened(desk, "/mang-luoi/nguoi-xa-que"))
    opened(desk, their, 404)
    for path in (their, f"{their}/nhom"):
        assert post(desk, path, {}).status_code == 404
    mixed = seen_by(client, session, of_roles(session, (Role.OFFICER, THERE), (Role.CAMPAIGN_ADMIN, HERE)))
    take_away(monkeypatch, Role.CAMPAIGN_ADMIN, Permission.PROGRAMMES_WRITE, Permission.CAMPAIGNS_READ)
    page = opened(mixed, own)
    assert not page.xpath("//form[contains(@action, '/nguoi-xa-que/')]")
    assert "Trong chiến dịch đây" not in words_of(page)
    for path in (own, f"{own}/nhom"):
        assert post(mixed, path, {}).status_code == 404
    assert opened(mixed, their).xpath(f"//form[@action='{their}']")
    auditor = seen_by(client, session, of_roles(session, (Role.AUDITOR, "")))
    opened(auditor, "/mang-luoi/nguoi-xa-que", 403)
    opened(auditor, own, 403)


def test_members_are_named_to_whoever_may_read_their_records_and_all_are_counted(
    client: Client, session: Session
) -> None:
    made, other = association(session, "Hội đây"), association(session, "Hội kia", unit_path=THERE)
    joined = member(session, made, "T-01", person(session, "Lò Thị Mai"))
    anonymous = member(session, made, "T-02", person(session, "Lò Thị Ẩn", consents=ANONYMOUS))
    member(session, made, "T-03", person(session, "Đỗ Thị Hà", unit_path=THERE))
    member(session, made, "T-04")
    theirs = member(session, other, "K-01", person(session, "Đỗ Thị Tâm", unit_path=THERE))
    term = add_term(session, other, TermDays(1, date(2012, 1, 1)), by=None, at=AT)
    session.commit()
    own, their = (f"/mang-luoi/hoi/{one.public_id}" for one in (made, other))
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    said = words_of(opened(desk, own))
    assert "Lò Thị Mai" in said
    assert "T-04" in said
    assert "2 hội viên có hồ sơ ngoài phạm vi xem" in said
    for hidden in ("Lò Thị Ẩn", "Đỗ Thị Hà", "T-02", "T-03"):
        assert hidden not in said
    opened(desk, f"{own}/hoi-vien/{anonymous.public_id}/ket-thuc", 404)
    opened(desk, f"{own}/hoi-vien/{theirs.public_id}/ket-thuc", 404)
    opened(desk, f"{own}/nhiem-ky/{term.public_id}/ket-thuc", 404)
    assert "Hội kia" not in words_of(opened(desk, "/mang-luoi"))
    opened(desk, their, 404)
    auditor = seen_by(client, session, of_roles(session, (Role.AUDITOR, "")))
    page = opened(auditor, own)
    assert "Lò Thị Mai" not in words_of(page)
    assert "3 hội viên có hồ sơ ngoài phạm vi xem" in words_of(page)
    assert not page.xpath(
        "//a[contains(@href, '/them') or contains(@href, '/sua') or contains(@href, '/ket-thuc')]"
    )
    assert "Hội kia" in words_of(opened(auditor, "/mang-luoi"))
    assert not opened(auditor, "/mang-luoi").xpath("//a[contains(@href, '/tao')]")
    mixed = seen_by(client, session, of_roles(session, (Role.OFFICER, THERE), (Role.AUDITOR, HERE)))
    page = opened(mixed, own)
    assert not page.xpath(
        "//a[contains(@href, '/them') or contains(@href, '/sua') or contains(@href, '/ket-thuc')]"
    )
    assert "Đỗ Thị Hà" in words_of(page)
    assert opened(mixed, their).xpath("//a[contains(@href, '/hoi-vien/them')]")
    for path in (f"{own}/sua", f"{own}/hoi-vien/them", f"{own}/hoi-vien/{joined.public_id}/ket-thuc"):
        opened(mixed, path, 404)


def test_a_member_whose_record_is_paused_is_ended_without_being_told_of(
    client: Client, session: Session
) -> None:
    """Whoever writes the association sees a row of nobody, between the cards; others are told how many there are."""
    made = association(session, "Hội đây")
    anonymous = person(session, "Lò Thị Ẩn", consents=ANONYMOUS)
    elses = person(session, "Đỗ Thị Hà", unit_path=THERE)
    paused = person(session, "Ao Thị Mai")
    for one in (anonymous, elses, paused):
        set_availability(session, one, AvailabilityDraft(today(), AvailabilityState.PAUSED), by=None, at=AT)
    shy, far, row = (
        member(session, made, card, one)
        for card, one in (("T-02", anonymous), ("T-03", elses), ("T-05", paused))
    )
    member(session, made, "T-04")
    member(session, made, "T-09", person(session, "Vàng Thị Dương"))
    session.commit()
    own = f"/mang-luoi/hoi/{made.public_id}"
    leaving = f"{own}/hoi-vien/{row.public_id}/ket-thuc"
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    page = opened(desk, own)
    rows = [words_of(one) for one in page.xpath("//table[1]/tbody/tr[td[@data-label='Vai trò']]")]
    assert [next(card for card in ("T-09", "T-04", "T-05") if card in one) for one in rows] == [
        "T-09",
        "T-04",
        "T-05",
    ]
    assert "Hồ sơ đang tạm dừng" in rows[2]
    assert "2 hội viên có hồ sơ ngoài phạm vi xem" in words_of(page)
    assert page.xpath(f"//a[@href='{leaving}']")
    assert "Hồ sơ đang tạm dừng" in words_of(opened(desk, leaving))
    for path in (own, leaving):
        for hidden in ("Ao Thị Mai", paused.code, paused.public_id):
            assert hidden not in desk.get(path).get_data(as_text=True), hidden
    for other in (shy, far):
        opened(desk, f"{own}/hoi-vien/{other.public_id}/ket-thuc", 404)
    auditor = seen_by(client, session, of_roles(session, (Role.AUDITOR, "")))
    reader = seen_by(client, session, of_roles(session, (Role.OFFICER, THERE), (Role.AUDITOR, HERE)))
    for who in (auditor, reader):
        assert "tạm dừng T-05" not in words_of(opened(who, own))
        assert who.get(leaving).status_code in {403, 404}
    on = today()
    gone = {"ends": [str(on.day), str(on.month), str(on.year)]}
    for who, status in ((reader, 404), (desk, 303)):
        assert post(who, leaving, gone).status_code == status
    session.expire_all()
    assert row.ends == on


def test_tasks_visits_and_awards_are_of_ones_own_places(client: Client, session: Session) -> None:
    here, there = organisation(session, "Trường đây"), organisation(session, "Trường kia", unit_path=THERE)
    for path, subject, mark in ((HERE, here, "đây"), (THERE, there, "kia")):
        task(session, f"Đề tài {mark}", unit_path=path, due_on=date(2026, 2, 1))
        guest = person(session, f"Kim {mark}", unit_path=path)
        visit(session, f"CG-{mark}", person=guest, country="KR" if path == HERE else "JP", unit_path=path)
        award(session, subject, f"Bằng khen {mark}")
    visit(session, "CG-cũ", starts=date(2019, 5, 1), unit_path=THERE)
    visit(session, "CG-ẩn", person=person(session, "Park Ẩn", consents=ANONYMOUS))
    session.commit()
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    for path, shown, hidden in (
        ("/mang-luoi/nhiem-vu", "Đề tài đây", "Đề tài kia"),
        ("/mang-luoi/chuyen-gia", "Kim đây", "Kim kia"),
        ("/mang-luoi/chuyen-gia", "2026", "2019"),
        ("/mang-luoi/chuyen-gia", "Hàn Quốc: 2", "Nhật Bản"),
        ("/mang-luoi/chuyen-gia", "Có hồ sơ, không hiện tên", "Park Ẩn"),
        ("/mang-luoi/khen-thuong", "Bằng khen đây", "Bằng khen kia"),
        ("/mang-luoi", "1 quá hạn", "2 quá hạn"),
    ):
        said = words_of(opened(desk, path))
        assert shown in said, path
        assert hidden not in said, path
    auditor = seen_by(client, session, of_roles(session, (Role.AUDITOR, "")))
    said = words_of(opened(auditor, "/mang-luoi/chuyen-gia"))
    assert "Kim" not in said
    for path in ("/mang-luoi/nhiem-vu", "/mang-luoi/chuyen-gia", "/mang-luoi/khen-thuong"):
        page = opened(auditor, path)
        assert not page.xpath("//a[contains(@href, '/tao')]|//main//form[@method='post']"), path
    assert "Bằng khen đây" in words_of(opened(auditor, f"/don-vi/{here.public_id}"))
    assert not opened(auditor, f"/don-vi/{here.public_id}").xpath("//a[contains(@href, 'khen-thuong/tao')]")
    mixed = seen_by(client, session, of_roles(session, (Role.OFFICER, THERE), (Role.AUDITOR, HERE)))
    for path, many in (("/mang-luoi/chuyen-gia", 2), ("/mang-luoi/khen-thuong", 1)):
        assert len(opened(mixed, path).xpath("//main//form[contains(@action, '/xoa')]")) == many, path
    own = f"/mang-luoi/nhiem-vu/{task(session, 'Đề tài nữa').public_id}"
    organisation(session, "Hội đây", kind=OrganisationKind.ASSOCIATION)
    session.commit()
    assert opened(desk, own).xpath("//a[contains(@href, '/sua')]")
    assert not opened(mixed, own).xpath("//a[contains(@href, '/sua')]|//main//form[@method='post']")
    opened(mixed, f"{own}/sua", 404)
    offered = opened(desk, "/mang-luoi/khen-thuong/tao").xpath("//select[@id='organisation']/option/text()")
    assert "Trường đây" in [one.strip() for one in offered]
    assert "Trường kia" not in [one.strip() for one in offered]
    for reader, sees in ((desk, True), (mixed, False)):
        offered = opened(reader, "/mang-luoi/hoi/tao").xpath("//select[@id='organisation']/option/text()")
        assert ("Hội đây" in [one.strip() for one in offered]) is sees


def test_whoever_reads_no_programmes_sees_no_card_on_the_page_of_an_organisation(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = organisation(session, "Trường đây")
    award(session, subject, "Bằng khen đây")
    desk = seen_by(client, session, of_roles(session, (Role.OFFICER, HERE)))
    own = f"/don-vi/{subject.public_id}"
    assert "Bằng khen đây" in words_of(opened(desk, own))
    take_away(monkeypatch, Role.OFFICER, Permission.PROGRAMMES_READ)
    assert "Khen thưởng của tập thể" not in words_of(opened(desk, own))


def test_the_first_page_leads_only_where_one_may_go(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = seen_by(client, session, of_roles(session, (Role.AUDITOR, HERE)))
    page = opened(reader, "/mang-luoi")
    assert page.xpath("//main//a[@href='/ung-tuyen']")
    assert not page.xpath("//main//a[contains(@href, 'nguoi-xa-que')]")
    take_away(monkeypatch, Role.AUDITOR, Permission.CANDIDACIES_READ)
    assert not opened(reader, "/mang-luoi").xpath("//main//a[@href='/ung-tuyen']")


def test_of_somebody_erased_only_that_somebody_was_there_stays(session: Session) -> None:
    made, who, stays = association(session), from_here(session, "Lò Văn Xa"), from_here(session, "Lò Văn Còn")
    for one in (who, stays):
        member(session, made, f"T-{one.full_name[-2:]}", one)
        visit(session, f"CG-{one.full_name[-2:]}", person=one)
        spoken(session, one)
        note_kinds(session, one, [OriginKind.MANAGER], by=None, at=AT)
    erase_person(session, who, by=None, at=AT)
    session.expire_all()
    rows = session.execute(select(AssociationMember.person_id, AssociationMember.card)).all()
    assert sorted(rows, key=str) == sorted([(None, ""), (stays.id, "T-òn")], key=str)
    rows = session.execute(select(ExpertVisit.person_id, ExpertVisit.mark)).all()
    assert sorted(rows, key=str) == sorted([(None, ""), (stays.id, "CG-òn")], key=str)
    for model in (OriginNote, OriginOutreach):
        assert session.scalars(select(model.person_id)).all() == [stays.id]
