"""A browser opens the pages that show what hostile forms stored, as several people, and counts what ran."""

import re
import threading
from collections import Counter, deque
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from registry.accounts.access import public
from registry.app.factory import create_app
from registry.db import open_database
from registry.db.keys import Keyring
from registry.needs.models import Need
from tests.conftest import FIELD_KEY, settings_in
from tests.factories.browsers import chromium_path
from tests.factories.hostile.payloads import COMPUTED, RAN
from tests.factories.hostile.sending import IDS

LOOKERS = ("offA", "cadN", "self", "sysN", "offB", "cand", "audN", "offU", "new", "mixd", "sysA", "anon")
_BEGIN = (
    "/", "/ung-vien", "/nhu-cau", "/danh-sach", "/bo-tim", "/lua-chon", "/don-vi", "/yeu-cau-quyen", "/xac-minh", "/su-co", "/nguoi-dung", "/nhat-ky",
    "/toi", "/toi/trao-doi", "/toi/yeu-cau", "/toi/yeu-cau-xem", "/dang-ky", "/ky-nang/cho-duyet", "/tai-khoan", "/nhap-excel", "/ung-vien/trung",
)  # fmt: skip
_ALIKE = 4
"""So many pages of one kind are opened by one person."""
_PAGES_EACH = 20
_PAUSE = 20_000
# Nothing of the product carries such an attribute, link or element: its scripts are files and its policy is strict.
_INJECTED = """() => [...document.querySelectorAll('*')].filter(one =>
    [...one.attributes].some(a => /^(on|hx-on)/i.test(a.name) || a.name === 'srcdoc'
        || (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name) && /^\\s*(javascript|vbscript|data):/i.test(a.value)))
    || /^(iframe|object|embed|base|style)$/i.test(one.tagName)
    || (one.tagName === 'SCRIPT' && !one.src && one.type !== 'application/json')).length"""
_REPORTS = "document.addEventListener('securitypolicyviolation', e => { window.__reports = (window.__reports || 0) + 1 })"


@dataclass
class Looked:
    """What the browser found."""

    pages: int = 0
    by_person: Counter[str] = field(default_factory=Counter[str])
    payloads_shown: int = 0
    scripts_run: int = 0
    injected: int = 0
    reports: int = 0
    computed: int = 0
    where: list[str] = field(default_factory=list[str])
    controls: dict[str, bool] = field(default_factory=dict[str, bool])

    @property
    def found(self) -> int:
        return self.scripts_run + self.injected + self.reports + self.computed


class _Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what is told is told at the end."""


def look(file: str, cookies: Mapping[str, str]) -> Looked:
    """Serve what a part left in a SQLite file, and open its pages with the cookies of the lookers."""
    looked = Looked()
    database = open_database(f"sqlite:///{file}", Keyring([FIELD_KEY]))
    app = create_app(settings_in(Path(file).parent), database)
    _plant(app)
    with _served(app) as url, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name in LOOKERS:
            _crawl(_opened(browser, url, cookies[name]), url, looked, name)
        for bypasses in (True, False):
            _control(browser, url, looked, bypasses=bypasses)
        browser.close()
    database.dispose()
    return looked


@contextmanager
def _served(app: Flask) -> Generator[str]:
    server = make_server("127.0.0.1", 0, app, request_handler=_Silent, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


def _plant(app: Flask) -> None:
    """A page that shows what is stored as no page may, and something stored for it."""

    @public
    def unescaped() -> Response:
        with app.extensions["registry.database"].write_session() as session:
            need = session.scalars(select(Need).limit(1)).one()
            need.title = f"<img src=x onerror=window.{RAN}=1>"
            session.commit()
            stored = session.scalars(select(Need.title).where(Need.id == need.id)).one()
        return Response(f"<!doctype html><main>{stored}<p>{COMPUTED}</p></main>", mimetype="text/html")

    app.add_url_rule("/_hong/unescaped", "planted_unescaped", unescaped)


def _opened(browser: Browser, url: str, cookie: str, *, bypasses: bool = False) -> Page:
    name, _equals, value = cookie.partition("=")
    context: Any = browser.new_context(bypass_csp=bypasses)
    context.add_cookies([{"name": name, "value": value, "url": url}])
    context.add_init_script(_REPORTS)
    page: Page = context.new_page()
    page.set_default_timeout(_PAUSE)
    return page


def _control(browser: Browser, url: str, looked: Looked, *, bypasses: bool) -> None:
    """Without the policy the stored script runs, with it the policy reports: both have to be seen."""
    page, found = _opened(browser, url, "a=b", bypasses=bypasses), Looked()
    _look_at(page, url, "/_hong/unescaped", found)
    looked.controls["stored_script_runs" if bypasses else "policy_reports"] = bool(
        found.scripts_run if bypasses else found.reports
    )
    looked.controls["injected_seen"] = bool(found.injected)
    looked.controls["computed_seen"] = bool(found.computed)
    page.context.close()


def _crawl(page: Page, url: str, looked: Looked, name: str) -> None:
    def note(dialog: Dialog) -> None:
        looked.scripts_run += 1
        dialog.dismiss()

    page.on("dialog", note)
    waiting, seen, kinds = deque[str](_BEGIN), set[str](_BEGIN), Counter[str]()
    while waiting and looked.by_person[name] < _PAGES_EACH:
        path = waiting.popleft()
        kinds[IDS.sub("#", path)] += 1
        if kinds[IDS.sub("#", path)] > _ALIKE or not _look_at(page, url, path, looked, name):
            continue
        for short in _links(page, url):
            if short not in seen and not short.startswith(("/static", "/nhap-excel/mau")):
                seen.add(short)
                waiting.append(short)
    page.context.close()


def _links(page: Page, url: str) -> list[str]:
    """Where a page leads, what was made last first: hostile forms made it."""
    links: list[str] = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    return [urlsplit(one).path for one in links if one.startswith(url)]


def _look_at(page: Page, url: str, path: str, looked: Looked, name: str = "") -> bool:
    """Open one page and count; False for what is none, as a file that is handed out."""
    try:
        answer = page.goto(url + path)
    except BrowserError:
        return False
    if answer is None or "text/html" not in answer.headers.get("content-type", ""):
        return False
    page.wait_for_timeout(50)  # what fails to load, and reports of the policy, come a moment after the page
    content: str = page.evaluate("document.body ? document.body.innerText : ''")
    ran = bool(page.evaluate(f"window.{RAN} === 1"))
    injected, reports = int(page.evaluate(_INJECTED)), int(page.evaluate("window.__reports || 0"))
    looked.pages += 1
    looked.by_person[name] += 1
    looked.payloads_shown += (
        RAN in content or re.search(r"\{\{1337|UNION SELECT|DROP TABLE", content) is not None
    )
    looked.scripts_run += ran
    looked.injected += injected
    looked.reports += reports
    looked.computed += COMPUTED in content
    if ran or injected or reports or COMPUTED in content:
        looked.where.append(f"{name} {path}: ran {ran}, injected {injected}, reports {reports}")
    return True
