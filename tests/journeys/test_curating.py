"""A word nobody knew becomes another name of a skill, and the record of who typed it shows the skill."""

import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey

TYPED = "xxkq wwzj"  # comes near no skill


def claim(visit: Visit, typed: str) -> str:
    """An officer adds a skill in words of the person; the address of the record."""
    page = visit.page
    visit.sign_in("officer")
    visit.open("/ung-vien")
    visit.follow(page.locator("main article h3 a").first)
    page.wait_for_url(re.compile(r"/ung-vien/[0-9a-z]{26}"))
    address = page.url.removeprefix(visit.served.url).split("#")[0].split("?")[0]
    visit.open(f"{address}/ky-nang/tao")
    page.locator("main input[name=typed]").fill(typed)
    visit.follow(page.locator("main form button[type=submit]").first)
    page.get_by_text(re.compile("Danh mục chưa có")).first.wait_for()
    return address


def label_it(visit: Visit, typed: str, name: str) -> None:
    """A curator finds the word in the queue and says what it means."""
    page = visit.page
    visit.sign_in("campaign_admin")
    visit.open("/ky-nang")
    visit.check("the vocabulary")
    visit.follow(page.get_by_role("link", name=re.compile("chờ duyệt")).first)
    visit.check("the queue")
    while page.get_by_text(typed, exact=True).count() == 0:
        visit.follow(page.get_by_role("link", name="Sau"))
    row = page.locator("tr", has_text=typed).first
    visit.follow(row.get_by_role("link", name=re.compile(r"hồ sơ \(1\)")))
    visit.check("where a word stands")
    visit.follow(page.get_by_role("link", name="Chọn kỹ năng"))
    page.get_by_label("Kỹ năng").first.fill(name)
    page.locator("#co-the-la input[type=radio]").first.wait_for()
    visit.check("choosing a concept")
    visit.follow(page.get_by_role("button", name="Thêm tên gọi"))
    page.get_by_text(f"«{typed}» là tên gọi của «{name}».").wait_for()
    visit.check("the queue after a decision")


def test_a_waiting_word_becomes_an_alias_and_the_claim_shows_the_skill(visit: Visit) -> None:
    page = visit.page
    address = claim(visit, TYPED)
    label_it(visit, TYPED, "Thống kê")
    visit.open("/ky-nang/lich-su")
    visit.follow(page.get_by_role("link", name=re.compile(TYPED)).first)
    page.get_by_text("Đã cập nhật xong hồ sơ và nhu cầu").wait_for()
    assert "Đã chuyển 1 mục" in page.locator("main").inner_text()
    visit.check("a change that is done")
    visit.sign_in("officer")
    visit.open(address)
    assert "Thống kê" in page.locator("main").inner_text()
    visit.sign_in("campaign_admin")
    visit.open("/ky-nang/lich-su")
    visit.follow(page.locator("tr", has_text=TYPED).get_by_role("button", name=re.compile("Hoàn tác")))
    page.get_by_text("Đã hoàn tác.").wait_for()
    visit.check("a change taken back")


def test_a_merge_is_seen_before_it_is_done(visit: Visit) -> None:
    page = visit.page
    visit.sign_in("campaign_admin")
    visit.open("/ky-nang?linh-vuc=it")
    visit.check("the tree of a sector")
    visit.follow(page.locator("main .card ul.bullets a").first)
    page.wait_for_url(re.compile(r"/ky-nang/[0-9a-z]{26}"))
    visit.open(page.url.removeprefix(visit.served.url) + "/gop")
    page.get_by_label("Kỹ năng").first.fill("Thống kê")
    visit.follow(page.get_by_role("button", name="Xem trước"))
    page.get_by_text("Bị ảnh hưởng").wait_for()
    visit.check("a merge before it is done")
    visit.follow(page.get_by_role("link", name="Không, quay lại"))
    page.wait_for_url(re.compile(r"/ky-nang/[0-9a-z]{26}$"))


def test_a_code_of_another_catalogue_is_tied_to_a_skill_of_ours(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    label = "khrtp zqvxw"
    file = tmp_path / "esco.csv"
    file.write_text(f"conceptUri,preferredLabel\nhttp://esco.example/skill/1,{label}\n", encoding="utf-8")
    visit.served.command("skills", "import-esco", str(file))
    visit.sign_in("campaign_admin")
    visit.open("/ky-nang/danh-muc-ngoai")
    visit.check("codes of another catalogue")
    visit.follow(page.get_by_role("link", name=f"Gắn {label}"))
    page.get_by_label("Kỹ năng").first.fill("Thống kê")
    visit.check("choosing the skill of a code")
    visit.follow(page.locator("main form button[type=submit]").first)
    visit.follow(page.get_by_role("button", name=re.compile("Hoàn tác")).first)
    page.get_by_text("Đã hoàn tác.").wait_for()
