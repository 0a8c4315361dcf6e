"""Every page once as a phone and once at a desk: accessible, not wider than the window, no complaint of the
browser. The pages are found as a user finds them, by their links, and every page of the product must be found.
"""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from registry.app.factory import create_app
from registry.config import Settings
from tests.journeys.conftest import Served, Visit

pytestmark = pytest.mark.journey

# Pages that say nothing to people, change the sign-in itself, or exist for developers only.
NOT_VISITED = re.compile(r"/(healthz|readyz|static/.*|_thanh-phan)$")
# Pages that exist only after something was done: `test_story` comes by them; the page of a running job,
# which may be over before a browser looks, is tested through HTTP.
NEED_A_STORY = {
    "/don-vi/<ma>/mo-lai",
    "/nhap-excel/<ma>",
    "/nhap-excel/<ma>/tep-loi",
    "/nhu-cau/<ma>/chuyen",
    "/nhu-cau/<ma>/sua",
    "/nhu-cau/<ma>/xep-hang/ban-luu/<ban>",
    "/viec/<ma>",
}
ROLES = ("officer", "campaign_admin", "system_admin", "auditor")


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


def links(visit: Visit) -> list[str]:
    """Addresses on the page that lead into the product."""
    found: list[str] = visit.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    return [urlsplit(href).path for href in found if href.startswith(visit.served.url)]


def walk(visit: Visit, role: str, rules: dict[str, re.Pattern[str]], visited: set[str]) -> None:
    """Open one page of every rule that can be reached from the home page."""
    visit.sign_in(role)
    queue: deque[str] = deque(["/"])
    seen: set[str] = set()
    while queue:
        path = queue.popleft()
        rule = rule_of(path, rules)
        if rule is None or rule in seen:
            continue
        seen.add(rule)
        visited_here = look_at(visit, path, f"{role} {path}", checked=rule in visited)
        visited.add(rule)
        if visited_here:
            queue.extend(links(visit))


def look_at(visit: Visit, path: str, where: str, *, checked: bool) -> bool:
    """Open a page and check it unless another role's walk has; False for a file to download."""
    try:
        visit.open(path)
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return False
    assert visit.page.locator("main h1").count() == 1, where
    if not checked:
        visit.check(where)
    return True


def test_every_page_is_reached_by_links_and_holds_at_both_widths(
    visit: Visit, settings: Settings, served: Served
) -> None:
    rules = page_rules(settings)
    visited: set[str] = set()
    visit.open("/dang-nhap")
    visit.check("/dang-nhap")
    visited.add("/dang-nhap")
    for role in ROLES:
        walk(visit, role, rules, visited)
        visit.page.context.clear_cookies()
    missed = sorted(set(rules) - visited - NEED_A_STORY)
    assert missed == [], "\n".join(missed)


def test_the_check_sees_a_page_that_is_not_accessible(desk: Visit) -> None:
    desk.open("/dang-nhap")
    desk.page.evaluate(
        "document.querySelector('main h1').remove(); document.documentElement.removeAttribute('lang')"
    )
    assert any(found.startswith("html-has-lang") for found in desk.violations())


@pytest.mark.parametrize("path", ["/nhu-cau/tao", "/ung-vien/tao"])
def test_a_form_sent_empty_says_what_to_mend(visit: Visit, path: str) -> None:
    visit.sign_in("officer")
    visit.open(path)
    visit.page.locator("main form button[type=submit]").last.click()
    visit.page.wait_for_selector("[role=alert] a")
    # Chromium notes the 422 itself on the console; that is the status we want.
    visit.complaints.clear()
    visit.check(f"{path} in error")
    assert visit.page.title().startswith("Lỗi: ")


@pytest.mark.parametrize("path", ["/", "/ung-vien", "/nhu-cau", "/ky-nang", "/don-vi", "/dia-ban"])
def test_pages_work_without_scripts(desk_without_scripts: Visit, path: str) -> None:
    visit = desk_without_scripts
    visit.sign_in("officer")
    visit.open(path)
    assert visit.page.locator("main h1").count() == 1
    assert visit.complaints == []


@pytest.mark.parametrize("path", ["/", "/ung-vien", "/nhu-cau", "/nhu-cau/tao", "/ky-nang"])
def test_pages_reflow_at_320_pixels(desk: Visit, path: str) -> None:
    desk.sign_in("officer")
    desk.page.set_viewport_size({"width": 320, "height": 640})
    desk.open(path)
    desk.check(f"{path} at 320 px")


def test_english_is_one_button_away(desk: Visit) -> None:
    desk.sign_in("officer")
    desk.page.get_by_role("button", name="EN").click()
    assert desk.page.locator("html").get_attribute("lang") == "en"
    desk.check("home in English")
