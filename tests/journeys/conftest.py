"""A served installation with demonstration data and a real browser. Chromium must be there; nothing is skipped."""

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    sync_playwright,
)

from registry.accounts.rules.second_factor import code_of, step_at
from registry.cli import main
from registry.db.keys import Keyring
from tests.conftest import FIELD_KEY
from tests.factories.browsers import chromium_path
from tests.factories.databases import sqlite_installation

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {"phone": 390, "desk": 1280}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
_START_SECONDS = 120
# Within so long after signing in nothing asks for password and code again (900 s), less the longest of journeys.
_FRESH_SECONDS = 420.0
# What the command that filled the installation told.
_TOLD = "told.json"
# The registry's commands, with ids of wide letters: however ids fall, pages are as wide as they can become. Templates
# are those that were compiled once a run, where a folder of them is named.
_REGISTRY = """
import os, sys
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from registry.app.demonstration import drafts
from registry.db import base
if "COMPILED_TEMPLATES" in os.environ:
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ["COMPILED_TEMPLATES"])}
drafts._ID_ALPHABET = base._ALPHABET = "0123456789ab" + "m" * 10 + "w" * 10
from registry.cli import main
sys.exit(main())
"""


@dataclass(frozen=True)
class Served:
    """A running server: its address, its accounts by role, its environment for commands.

    `cookies` keeps one sign-in a role and when it was made, since every sign-in costs a slow hash; `steps` the last
    code that was used by each address.
    """

    url: str
    accounts: dict[str, dict[str, Any]]
    environ: dict[str, str]
    cookies: dict[str, tuple[float, list[Any]]] = field(default_factory=dict[str, tuple[float, list[Any]]])
    steps: dict[str, int] = field(default_factory=dict[str, int])

    def code(self, account: dict[str, Any]) -> str:
        """Six digits of an account that no sign-in has used; waits when all that are accepted were used."""
        step = max(step_at(datetime.now(UTC)), self.steps.get(account["email"], 0) + 1)
        while step > step_at(datetime.now(UTC)) + 1:
            time.sleep(0.5)
        self.steps[account["email"]] = step
        return code_of(account["totp_secret"], step)

    def command(self, *arguments: str) -> str:
        """Run `registry …` on this installation, here: a process of its own takes seconds to begin. What it told."""
        told, umask = io.StringIO(), os.umask(0o077)
        try:
            with pytest.MonkeyPatch.context() as patch, redirect_stdout(told):
                for name, value in self.environ.items():
                    patch.setenv(name, value)
                assert main(arguments) == 0
        finally:
            os.umask(umask)
        return told.getvalue()


@pytest.fixture(scope="session")
def served(
    shared_folder: Path, compiled: FileSystemBytecodeCache, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """One installation on SQLite with demonstration data, served for all journeys of a worker."""
    filled = sqlite_installation(shared_folder, Keyring([FIELD_KEY]), "demonstration", _fill)
    installation = installation_at(tmp_path_factory.mktemp("journey"))
    shutil.copytree(filled, installation.environ["REGISTRY_DATA_DIR"], dirs_exist_ok=True)
    told = json.loads((filled / _TOLD).read_text("utf-8"))["accounts"]
    installation.accounts.update({one["role"]: one for one in reversed(told)})
    newcomers = (one for one in told if one["email"].startswith("chuyengia@"))
    installation.accounts["newcomer"] = next(newcomers)  # with an account and no record yet
    installation.accounts["second_admin"] = next(one for one in told if one["email"].startswith("quantri2@"))
    installation.environ["COMPILED_TEMPLATES"] = compiled.directory
    with serving(installation, "--with-worker"):
        yield installation


def _fill(folder: Path) -> None:
    """Demonstration data for the migrated installation in a folder, and what the command told of it."""
    line = [
        sys.executable,
        "-c",
        _REGISTRY,
        "demo",
        "--people",
        "240",
        "--needs",
        "12",
        "--seed",
        "7",
        "--json",
    ]
    environ = installation_at(folder).environ
    done = subprocess.run(line, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / _TOLD).write_text(done.stdout, "utf-8")


def installation_at(folder: Path) -> Served:
    """An installation in a folder, at a free port of this machine.

    It goes by a name, since browsers know passkeys under no bare address.
    """
    url = f"http://localhost:{_free_port()}"
    environ = {
        **os.environ,
        "REGISTRY_DATA_DIR": str(folder),
        "REGISTRY_PUBLIC_URL": url,
        "REGISTRY_RATE_LIMITS": "off",
        "REGISTRY_PASSWORD_COST": "19456,2,1",  # the least that is served
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    return Served(url, {}, environ)


@contextmanager
def serving(installation: Served, *more: str) -> Generator[None]:
    """Serve it while the block runs, in one process: each would read the vocabulary and compile every statement for itself.

    What several processes do to each other is asked in `tests/web/web/test_processes.py` and `tests/web/authz/test_absent.py`.
    """
    port = int(installation.url.rsplit(":", 1)[1])
    server = subprocess.Popen(
        [sys.executable, "-c", _REGISTRY, "serve", *more, "--processes", "1", "--port", str(port)],
        env=installation.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_open(port, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server accepts: polling its port, since it has no other way to tell us."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended before it served"
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("the server did not open its port in time")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium."""
    found = chromium_path()
    if found is None:
        pytest.fail("Cần Chromium cho kiểm thử trình duyệt: apt-get install chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page under watch: what the console, the content policy and the network complained about.

    `widths` = those a page is checked at, by name, without asking for it again; none: as wide as the window is.
    """

    page: Page
    cdp: CDPSession
    served: Served
    widths: Mapping[str, int] = field(default_factory=dict[str, int])
    complaints: list[str] = field(default_factory=list[str])

    def open(self, path: str) -> int:
        """Go to a path of the served installation; the status of the answer."""
        answer = self.page.goto(self.served.url + path)
        return 0 if answer is None else answer.status

    def follow(self, leading: Locator) -> None:
        """Press a link or button that leads to another page, and be there.

        A click alone returns as soon as the first bytes of that page arrive: what is read then may not be there yet.
        """
        with self.page.expect_navigation():
            leading.click()

    def sign_in(self, role: str) -> None:
        """Be the demonstration account of that role, on its home page."""
        context = self.page.context
        context.clear_cookies()
        signed_in_at, cookies = self.served.cookies.get(role, (-_FRESH_SECONDS, []))
        if time.monotonic() - signed_in_at < _FRESH_SECONDS:
            context.add_cookies(cookies)
            self.open("/")
        else:
            self.type_password(self.served.accounts[role])
            self.served.cookies[role] = (time.monotonic(), list(context.cookies()))

    def type_password(self, account: dict[str, Any]) -> None:
        """Sign in as this account: with its password, and the code where it has a second factor."""
        self.open("/dang-nhap")
        self.page.fill("input[name=email]", account["email"])
        self.page.fill("input[name=password]", account["password"])
        self.follow(self.page.locator("main form button[type=submit]").first)
        if self.page.url.endswith("/buoc-hai"):
            self.page.fill("input[name=code]", self.served.code(account))
            self.follow(self.page.locator("main form button[type=submit]").first)
        self.page.wait_for_url(re.compile(r".*(?<!buoc-hai)$"))

    def check(self, where: str) -> None:
        """No accessibility violation, no complaint of browser or policy; at every width no sideways scrolling.

        Violations are looked for in the window as it is.
        """
        self.check_as_it_is(where)
        self._at_other_widths(self.check_width, where)

    def check_and_turn(self, where: str) -> None:
        """The same, and the window stays at the other width: the next page is opened and looked at there."""
        self.check_as_it_is(where)
        self._at_other_widths(self.check_width, where, turn_back=False)

    def check_at_every_width(self, where: str) -> None:
        """The same with violations looked for at every width, in the style sheets too: all pages have the same ones."""
        assert self.violations(with_styles=True) == [], where
        self.check_as_it_is(where)
        self._at_other_widths(self.check_as_it_is, where)

    def _at_other_widths(self, look: Callable[[str], None], where: str, *, turn_back: bool = True) -> None:
        window = self.page.viewport_size
        assert window is not None
        for name, width in self.widths.items():
            if width != window["width"]:
                self.page.set_viewport_size({"width": width, "height": 900})
                look(f"{where} ({name})")
        if turn_back:
            self.page.set_viewport_size(window)

    def check_as_it_is(self, where: str) -> None:
        """The same in the window as it is."""
        # Folded filters are opened, for what is folded away is not looked at.
        self.page.evaluate(
            "document.querySelectorAll('details.filters').forEach(box => { box.open = true; })"
        )
        assert self.violations() == [], where
        self.check_width(where)
        assert self.complaints == [], where

    def check_width(self, where: str) -> None:
        """Nothing makes the page wider than the window."""
        overflow = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert overflow[0] <= overflow[1], f"{where}: {overflow[0]} px wide in a window of {overflow[1]} px"

    def violations(self, *, with_styles: bool = False) -> list[str]:
        """What axe finds. It is injected through the debugger, so that the strict policy stays on.

        `with_styles`: style sheets are fetched and read as well, which takes a quarter of the time.
        """
        send = cast("Callable[..., Any]", self.cdp.send)  # pyright: ignore[reportUnknownMemberType]
        if not self.page.evaluate("'axe' in window"):
            send("Runtime.evaluate", {"expression": AXE})
        options = json.dumps({"runOnly": AXE_TAGS, "resultTypes": ["violations"], "preload": with_styles})
        run = f"axe.run({options}).then(r => JSON.stringify(r.violations))"
        answer: Any = send(
            "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True}
        )
        found: list[dict[str, Any]] = json.loads(answer["result"]["value"])
        return [f"{item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Visit]:
    """A fresh browser window of a phone, whose pages are checked at a desk's width as well."""
    yield from watched(_context(chromium, "phone"), served, WIDTHS)


@pytest.fixture(params=sorted(WIDTHS))
def each_width(request: pytest.FixtureRequest, chromium: Browser, served: Served) -> Iterator[Visit]:
    """A fresh browser window, once as a phone and once as a desk: for what is used on both from end to end."""
    yield from watched(_context(chromium, str(request.param)), served)


def _context(chromium: Browser, width: str) -> BrowserContext:
    return chromium.new_context(viewport={"width": WIDTHS[width], "height": 900})


@pytest.fixture
def desk(chromium: Browser, served: Served) -> Iterator[Visit]:
    """A fresh browser window at a desk."""
    yield from watched(_context(chromium, "desk"), served)


@pytest.fixture
def phone_without_scripts(chromium: Browser, served: Served) -> Iterator[Visit]:
    """A phone that runs no JavaScript."""
    yield from watched(_without_scripts(chromium, WIDTHS["phone"]), served)


@pytest.fixture
def desk_without_scripts(chromium: Browser, served: Served) -> Iterator[Visit]:
    """A desk that runs no JavaScript."""
    yield from watched(_without_scripts(chromium, WIDTHS["desk"]), served)


def _without_scripts(chromium: Browser, width: int) -> BrowserContext:
    return chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)


# What htmx writes when the next navigation cuts off a request of its own (`Visit.complaints` hears all else).
_CUT_OFF = re.compile(r"htmx:(afterRequest|sendAbort), ")


def _complaint(message: ConsoleMessage) -> list[str]:
    return [] if message.type != "error" or _CUT_OFF.match(message.text) else [message.text]


def _failure(failed: Request) -> list[str]:
    """A request that failed by itself; one that the next navigation cut off did not."""
    return [] if failed.failure == "net::ERR_ABORTED" else [f"{failed.method} {failed.url}: {failed.failure}"]


def watched(
    context: BrowserContext, served: Served, widths: Mapping[str, int] | None = None
) -> Iterator[Visit]:
    """A window whose console, policy and network are heard; closed afterwards."""
    page = context.new_page()
    found = Visit(page, context.new_cdp_session(page), served, widths or {})
    page.on("console", lambda message: found.complaints.extend(_complaint(message)))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("requestfailed", lambda failed: found.complaints.extend(_failure(failed)))
    page.on("request", lambda sent: found.complaints.append(sent.url) if "/bao-cao-csp" in sent.url else None)
    yield found
    context.close()
