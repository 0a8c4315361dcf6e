"""Every page once as a phone and once at a desk: accessible, not wider than the window, no complaint of the
browser. The pages are found as a user finds them, by their links, and every page of the product must be found.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from registry.app.factory import create_app
from registry.config import Settings
from tests.conftest import settings_in
from tests.journeys.conftest import Served, Visit, watched

pytestmark = pytest.mark.journey

# Addresses for programs, pages that say nothing to people, change the sign-in itself, exist for developers only, or only lead back to a form.
NOT_VISITED = re.compile(r"/(api/.*|healthz|readyz|static/.*|_thanh-phan|nhu-cau/(tao|<ma>/sua)/thu)$")
# Pages that exist only after something was done: `test_story`, `test_search`, `test_curating`, `test_letters`,
# `test_second_factor`, `test_composing` and `test_registration` come by them; the page of a running job, which may be over before a browser looks, is tested
# through HTTP, as are those of the sign-in service, of ties to places, of the steps of a version of a policy, and what the
# demonstration's own province lacks of a programme: recommendations, comments, a working group.
NEED_A_STORY = {
    "/dang-ky/tai-khoan",
    "/dang-ky/tai-khoan/lien-ket/<ma>",
    "/dang-ky/tai-khoan/xac-nhan",
    "/dang-nhap/buoc-hai",
    "/dang-nhap/khoa",
    "/dang-nhap/ma-du-phong",
    "/dang-nhap/mot-lan",
    "/dang-nhap/mot-lan/tiep",
    "/dang-nhap/mot-lan/ve",
    "/tai-khoan/khoa",
    "/tai-khoan/mot-lan",
    "/tai-khoan/xac-nhan",
    "/dang-ky/<any('ban-than', 'lien-he', 'giay-to', 'cong-tac', 'nguyen-vong'):muc>",
    "/dang-ky/<any('hoc-van', 'ngoai-ngu', 'kinh-nghiem', 'thanh-tich'):muc>",
    "/dang-ky/<any('hoc-van', 'ngoai-ngu', 'kinh-nghiem', 'thanh-tich'):muc>/<dong>",
    "/dang-ky/<any('hoc-van', 'ngoai-ngu', 'kinh-nghiem', 'thanh-tich'):muc>/tao",
    "/dang-ky/ban-la-ai",
    "/dang-ky/dong-y",
    "/dang-ky/kiem-tra",
    "/dang-ky/tu-tep",
    "/dang-ky/ky-nang",
    "/dang-ky/xong",
    "/dang-ky/xong/bien-nhan.pdf",
    "/chien-dich/<ma>/chuyen",
    "/chien-dich/<ma>/sua",
    "/giu-lai/<ma>",
    "/moi/<ma>",
    "/tra-loi/<token>",
    "/he-thong/api/<ma>/ket-thuc",
    "/ung-tuyen/<ma>/kiem-tra/<any('12', '36', '60'):thang>",
    "/chinh-sach/quan-tri/<ma>/<ban>/bo",
    "/chinh-sach/quan-tri/<ma>/<ban>/boi-hoan",
    "/chinh-sach/quan-tri/<ma>/<ban>/dia-ban",
    "/chinh-sach/quan-tri/<ma>/<ban>/dieu-kien",
    "/chinh-sach/quan-tri/<ma>/<ban>/dieu-kien/o",
    "/chinh-sach/quan-tri/<ma>/<ban>/duyet",
    "/chinh-sach/quan-tri/<ma>/<ban>/he-so",
    "/chinh-sach/quan-tri/<ma>/<ban>/khoan",
    "/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien",
    "/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/<co_quan>/tra-loi",
    "/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/gop-y/<gop_y>",
    "/chinh-sach/quan-tri/<ma>/<ban>/lay-y-kien/hoi",
    "/chinh-sach/quan-tri/<ma>/<ban>/loai-tru",
    "/chinh-sach/quan-tri/<ma>/<ban>/nhom",
    "/chinh-sach/quan-tri/<ma>/<ban>/quy-dinh-chung",
    "/chinh-sach/quan-tri/<ma>/<ban>/soan",
    "/chinh-sach/quan-tri/<ma>/<ban>/sua",
    "/chinh-sach/quan-tri/<ma>/<ban>/thang-bang",
    "/chinh-sach/quan-tri/<ma>/<ban>/tra-lai",
    "/chuong-trinh/<ma>/gop-y/<co_quan>/tra-loi",
    "/chuong-trinh/<ma>/gop-y/<gop_y>/xu-ly",
    "/chuong-trinh/<ma>/gop-y/hoi",
    "/chuong-trinh/<ma>/kien-nghi/<kien_nghi>/chuyen",
    "/chuong-trinh/<ma>/to-cong-tac/<nguoi>/thoi",
    "/chi-tieu/bao-cao/<ma>",
    "/chi-tieu/bao-cao/<ma>/tep.<dang>",
    "/danh-muc-nam/nam/<ma>/kiem-chung",
    "/ho-tro/<ma>/chi/<phan>/huy",
    "/ho-tro/<ma>/khoan/<khoan>",
    "/ho-tro/<ma>/mien",
    "/ho-tro/quyet-dinh/<ma>/<any('tu-choi', 'thu-hoi'):viec>",
    "/ho-tro/quyet-dinh/<ma>/duyet",
    "/ho-tro/quyet-dinh/<ma>/rut",
    "/su-co/<ma>/bao",
    "/su-co/<ma>/dong",
    "/su-co/<ma>/nguoi/<code>/bo",
    "/su-co/<ma>/nguoi/them",
    "/su-co/<ma>/nguoi/tu-nhat-ky",
    "/su-co/<ma>/sua",
    "/su-co/<ma>/thu",
    "/toi",
    "/toi/cv",
    "/toi/gan-bo/<dong>",
    "/toi/gan-bo/tao",
    "/ung-vien/dang-ky-cho",
    "/ung-vien/dang-ky-cho/<ma>",
    "/ung-vien/trung/<ma>",
    "/ung-vien/trung/da-gop/<ma>",
    "/danh-sach/<ma>",
    "/de-xuat/<ma>",
    "/de-xuat/<ma>/in",
    "/danh-sach/<ma>/dan-ma",
    "/danh-sach/<ma>/loai",
    "/danh-sach/them",
    "/don-vi/<ma>/mo-lai",
    "/hop-thu-minh-hoa",
    "/hop-thu-minh-hoa/<ma>",
    "/ky-nang/<ma>/gop/<vao>",
    "/ky-nang/cho-duyet/<ma>",
    "/ky-nang/cho-duyet/<ma>/ky-nang-khac",
    "/ky-nang/danh-muc-ngoai/<ma>/gan",
    "/ky-nang/goi-y",
    "/ky-nang/thay-doi/<ma>",
    "/loi-moi/<ma>",
    "/lua-chon/<ma>",
    "/lua-chon/tao",
    "/nhap-excel/<ma>",
    "/nhap-excel/<ma>/tep-loi",
    "/nhu-cau/<ma>/chuyen",
    "/nhu-cau/<ma>/sua",
    "/nhu-cau/<ma>/sua/tu-ban-thu",
    "/nhu-cau/<ma>/xep-hang/ban-luu/<ban>",
    "/quen-mat-khau",
    "/quen-mat-khau/<ma>",
    "/quen-mat-khau/da-gui",
    "/thu/dung/<ma>",
    "/ung-vien/so-sanh",
    "/viec/<ma>",
    "/xac-nhan-thu/<ma>",
    "/xuat/danh-sach/<ma>",
    "/xuat/lua-chon/<ma>",
    "/xuat/tep/<ma>",
    "/xuat/tep/<ma>/tai",
}
PARSER: Any = lxml_html  # lxml ships no types
_LEAST_CONTENT = 40  # characters; less is an empty page
ROLES = ("officer", "campaign_admin", "system_admin", "auditor", "candidate", "newcomer")


def page_rules(settings: Settings) -> dict[str, re.Pattern[str]]:
    """Every rule that answers GET with a page → what its addresses look like."""
    app = create_app(settings)
    found: dict[str, re.Pattern[str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not NOT_VISITED.search(rule.rule):
            found[rule.rule] = re.compile(_pattern(rule.rule))
    return found


def _pattern(rule: str) -> str:
    """A rule as a pattern: a closed list (`<any(a, 'b'):x>`) stays closed, all else is one part of a path."""
    parts = re.split(r"(<[^>]+>)", rule)
    return "".join(_part(part) if part.startswith("<") else re.escape(part) for part in parts)


def _part(variable: str) -> str:
    closed = re.match(r"<any\((.*)\):", variable)
    if closed is None:
        return "[^/]+"
    return "(?:" + "|".join(re.escape(one.strip().strip("'\"")) for one in closed.group(1).split(",")) + ")"


def rule_of(path: str, rules: dict[str, re.Pattern[str]]) -> str | None:
    """The most literal rule a path belongs to («/nhu-cau/tao» is not «/nhu-cau/<ma>»)."""
    matching = [rule for rule, pattern in rules.items() if pattern.fullmatch(path)]
    return min(matching, key=lambda rule: (rule.count("<"), -len(rule)), default=None)


@dataclass(frozen=True)
class Found:
    """The pages some role reaches by links, one of every rule, as (role, path); and the rules nobody came by."""

    pages: list[tuple[str, str]]
    missed: list[str]


@pytest.fixture(scope="session")
def found(served: Served, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """Found once for all widths: links are in the page that is sent, whoever draws it."""
    for visit in watched(chromium.new_context(), served):
        yield walk(visit, page_rules(settings_in(tmp_path_factory.mktemp("rules"))))


def walk(visit: Visit, rules: dict[str, re.Pattern[str]]) -> Found:
    """Follow the links of every role.

    The first row of a list may lack what another has, so what was missed is looked for once more behind three.
    """
    first: dict[str, tuple[str, str]] = {}
    visited = {"/dang-nhap"}
    read: dict[str, dict[str, list[str] | None]] = {role: {} for role in ROLES}
    for most in (1, 3):
        for role in ROLES:
            if set(rules) - visited - NEED_A_STORY:
                for rule, path, is_page in _walk(visit, role, rules, most, read[role]):
                    visited.add(rule)
                    if is_page:
                        first.setdefault(rule, (role, path))
    return Found(sorted(first.values()), sorted(set(rules) - visited - NEED_A_STORY))


def _walk(
    visit: Visit, role: str, rules: dict[str, re.Pattern[str]], most: int, read: dict[str, list[str] | None]
) -> Iterator[tuple[str, str, bool]]:
    """Ask for up to `most` addresses of every rule from the home page on: rule, path, whether it is a page.

    What was `read` in an earlier walk of the role is not asked for again.
    """
    visit.sign_in(role)
    queue: deque[str] = deque(["/"])
    asked: set[str] = set()
    seen: Counter[str] = Counter()
    while queue:
        path = queue.popleft()
        if path in asked:
            continue
        asked.add(path)
        rule = rule_of(path, rules)
        if rule is None or seen[rule] >= most:
            continue
        seen[rule] += 1
        if path not in read:
            read[path] = links(visit, path, f"{role} {path}")
        leading = read[path]
        yield rule, path, leading is not None
        queue.extend(leading or ())


def links(visit: Visit, path: str, where: str) -> list[str] | None:
    """Where the page at a path leads to within the product; None for a file to download. It has one heading."""
    answer = visit.page.context.request.get(visit.served.url + path)
    assert answer.status == HTTPStatus.OK, where
    if "attachment" in answer.headers.get("content-disposition", ""):
        return None
    page = PARSER.fromstring(answer.text(), base_url=answer.url)
    page.make_links_absolute()
    assert len(page.xpath("//main//h1")) == 1, where
    reached: list[str] = [str(one) for one in page.xpath("//a/@href")]
    return [urlsplit(one).path for one in reached if one.startswith(visit.served.url)]


def look_at(found: Found, visit: Visit, look: Callable[[Visit, str], None]) -> None:
    """Open every page as the role that reached it, and look."""
    by_role = ""
    for role, path in found.pages:
        if role != by_role:
            visit.sign_in(role)
            by_role = role
        assert visit.open(path) == HTTPStatus.OK, f"{role} {path}"
        look(visit, f"{role} {path}")


def check_without_scripts(visit: Visit, where: str) -> None:
    """What must hold of a page where no script runs: its content is there and as wide as the window."""
    assert len(visit.page.locator("main").inner_text()) > _LEAST_CONTENT, where
    visit.check_width(where)
    assert visit.complaints == [], where


def test_every_page_is_reached_by_links(found: Found) -> None:
    assert found.missed == [], "\n".join(found.missed)
    assert len(found.pages) > 40


def test_every_page_holds_at_both_widths(visit: Visit, found: Found) -> None:
    """Sideways scrolling is looked for at both widths on each page, violations at one and the other in turn.

    Looking for them takes longer than all else together; what differs by width, the frame and the macros, is on every page.
    """
    visit.open("/dang-nhap")
    visit.check_at_every_width("/dang-nhap")
    look_at(found, visit, Visit.check_and_turn)


def test_the_check_sees_a_page_that_is_not_accessible(desk: Visit) -> None:
    desk.open("/dang-nhap")
    desk.page.evaluate(
        "document.querySelector('main h1').remove(); document.documentElement.removeAttribute('lang')"
    )
    assert any(found.startswith("html-has-lang") for found in desk.violations())


def test_every_page_works_without_scripts_on_a_phone(phone_without_scripts: Visit, found: Found) -> None:
    look_at(found, phone_without_scripts, check_without_scripts)


@pytest.mark.parametrize("path", ["/ung-vien", "/nhu-cau", "/don-vi", "/ky-nang"])
def test_filters_stand_open_on_wide_screens_without_scripts(desk_without_scripts: Visit, path: str) -> None:
    visit = desk_without_scripts
    visit.sign_in("officer")
    visit.open(path)
    button = visit.page.locator("details.filters button[type=submit]").last
    assert not visit.page.locator("details.filters > summary").is_visible()
    assert button.is_visible()
    # The keyboard comes by: from the last field of the filters to their button.
    visit.page.locator("details.filters :is(input:enabled, select, summary):visible").last.focus()
    visit.page.keyboard.press("Tab")
    assert button.evaluate("box => box === document.activeElement")


def test_filters_fold_behind_their_button_on_phones_without_scripts(phone_without_scripts: Visit) -> None:
    visit = phone_without_scripts
    visit.sign_in("officer")
    visit.open("/ung-vien")
    summary = visit.page.locator("details.filters > summary")
    button = visit.page.locator("details.filters button[type=submit]").last
    assert not button.is_visible()
    summary.focus()
    visit.page.keyboard.press("Enter")
    assert button.is_visible()
    visit.check_width("open filters")


@pytest.mark.parametrize("path", ["/", "/ung-vien", "/nhu-cau", "/nhu-cau/tao", "/ky-nang"])
def test_pages_reflow_at_320_pixels(desk: Visit, path: str) -> None:
    desk.sign_in("officer")
    desk.page.set_viewport_size({"width": 320, "height": 640})
    desk.open(path)
    desk.check(f"{path} at 320 px")


def test_english_is_one_button_away(desk: Visit) -> None:
    desk.sign_in("officer")
    desk.follow(desk.page.get_by_role("button", name="EN"))
    assert desk.page.locator("html").get_attribute("lang") == "en"
    desk.check("home in English")
