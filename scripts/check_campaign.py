"""Runs a campaign of some two thousand invitations in Chromium: sent by a real worker, answered by link, watched by its funnel.

    python scripts/check_campaign.py [--people 2000] [--json]

Everything is real but the people: `registry serve`, `registry worker`, which is killed once half way, an SMTP server on
loopback that keeps what it gets, and Chromium, in which an administrator orders the letters, people answer on a phone and
the funnel is read. Most answers are sent without a browser, through the same pages. Ends with 1 when a letter was lost or
came twice, when the funnel does not say what people did, or when a reminder reached somebody who had answered.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations.passwords import PasswordHashing
from registry.accounts.rules.second_factor import code_of, step_at
from registry.app.demonstration import fill as demonstration
from registry.app.demonstration.names import vietnamese_name
from registry.campaigns.models import Campaign, CampaignLetter, CampaignSending
from registry.campaigns.operations.parts import add_segment, save_message
from registry.campaigns.operations.writing import CampaignTerms, create_campaign, move_campaign
from registry.campaigns.queries.results import letters_by_state
from registry.campaigns.rules.states import CampaignState, local_day
from registry.campaigns.rules.words import MessageStep
from registry.consents.rules import Channel, PurposeCode
from registry.db import Database, open_database
from registry.db.keys import Keyring
from registry.matching.models import SavedSearch
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.operations import register_person
from registry.people.rules import (
    ConsentDraft,
    ContactDraft,
    ContactKind,
    LegalBasis,
    PersonDraft,
    SelfDraft,
)

_COMMAND = "import sys; from registry.cli import main; sys.exit(main())"
_COST = "19456,2,1"
_LINK = re.compile(r"/tra-loi/([A-Za-z0-9_-]{40,})")
_OPENED, _INTERESTED, _NOT_NOW, _STOP = 400, 120, 60, 20
_SCANNED = 200
_IN_BROWSER = 6
_PATIENCE = 1_200.0


class Sink:
    """An SMTP server that keeps what it gets: to whom, which Message-ID, which link."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str, str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_content()
        link = _LINK.search(body)
        if link is None:
            return "250 OK"  # about a sign-in
        self.letters.append(
            (
                envelope.rcpt_tos[0],
                str(message["Message-ID"]),
                link.group(1),
                str(message["Subject"]),
            )
        )
        return "250 OK"


def main() -> int:
    """Run everything; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        found = Run(Path(folder), arguments.people).all()
    print(json.dumps(found, ensure_ascii=False, indent=1) if arguments.json else _told(found))
    return 1 if found["faults"] else 0


def _told(found: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in found.items() if name not in {"funnel", "faults"}]
    for when, steps in found["funnel"].items():
        lines.append(f"funnel, {when}: " + ", ".join(f"{name} {count}" for name, count in steps.items()))
    return "\n".join([*lines, f"faults: {found['faults'] or 'none'}"])


class Run:
    """One campaign from its making to its reminder."""

    def __init__(self, folder: Path, people: int) -> None:
        self.folder, self.people = folder, people
        self.port, self.mail_port = _free_port(), _free_port()
        self.sink = Sink()
        self.found: dict[str, Any] = {"funnel": {}, "faults": []}
        self.environ = {
            **os.environ,
            "REGISTRY_DATA_DIR": str(folder),
            "REGISTRY_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "REGISTRY_SMTP_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "REGISTRY_MAIL_FROM": "Nhân lực Lai Châu <thu@minhhoa.example>",
            "REGISTRY_MAIL_QUIET": "",
            "REGISTRY_PASSWORD_COST": _COST,
        }

    def all(self) -> dict[str, Any]:
        """Everything, in its order."""
        self._fill()
        controller = Controller(self.sink, hostname="127.0.0.1", port=self.mail_port)
        controller.start()
        try:
            with self._serving(), sync_playwright() as play:
                browser = play.chromium.launch(
                    executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"]
                )
                self._campaign(browser)
                browser.close()
        finally:
            controller.stop()
        return self.found

    def _campaign(self, browser: Browser) -> None:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        self._sign_in(page)
        expected = self._send(page)
        self._keep_funnel(page, "sent")
        tokens = [link for _to, _id, link, _subject in self.sink.letters]
        self._answer_in_browser(browser, tokens[:_IN_BROWSER])
        self._keep_funnel(page, "answered in Chromium")
        self._answer_all(tokens[_IN_BROWSER:])
        self._keep_funnel(page, "answered by all")
        self._check_funnel(expected)
        self._remind(page, expected)

    # --- data -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._command("upgrade")
        database, at = self._database(), datetime.now(UTC)
        begun = time.process_time()
        memory, passes, lanes = (int(one) for one in _COST.split(","))
        with database.writing() as session:
            demonstration.fill(
                session,
                PasswordHashing(memory, passes, lanes),
                people=0,
                needs=30,
                seed=2026,
                now=at,
                today=local_day(at),
            )
            accounts = demonstration.demonstration_accounts(session)
            _enter_people(session, self.people, accounts["canbo@minhhoa.example"].id, at)
            self.ma = _make_campaign(session, accounts, at)
            session.commit()
        database.dispose()
        self.found["people on record"] = self.people
        self.found["seconds of processor to enter them"] = round(time.process_time() - begun, 1)
        self.accounts = {one["email"]: one for one in json.loads(self._command("demo", "--json"))["accounts"]}

    def _database(self) -> Database:
        keys = (self.folder / "field_keys").read_text("utf-8").strip().split(",")
        return open_database(f"sqlite:///{self.folder}/registry.sqlite3", Keyring(keys), self.folder)

    def _command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    # --- processes ------------------------------------------------------------------------------------------------

    @contextmanager
    def _serving(self) -> Generator[None]:
        serving = self._begin("serve", "--port", str(self.port), "--processes", "1")
        self.worker = self._begin("worker")
        try:
            self._wait(lambda: _answers(self.port), "the server")
            yield
        finally:
            for process in (serving, self.worker):
                process.terminate()
            for process in (serving, self.worker):
                process.wait(30)

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{words[0]}.log").open("ab")
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *words], env=self.environ, stdout=log, stderr=subprocess.STDOUT
        )

    def _wait(self, is_done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + _PATIENCE
        while not is_done():
            if time.monotonic() > until:
                raise TimeoutError(what)
            time.sleep(0.5)

    # --- an administrator -----------------------------------------------------------------------------------------

    def _sign_in(self, page: Page) -> None:
        account = self.accounts["quantri@minhhoa.example"]
        page.goto(self._at("/dang-nhap"))
        page.fill("input[name=email]", account["email"])
        page.fill("input[name=password]", account["password"])
        _press(page, "main form button[type=submit]")
        page.fill("input[name=code]", code_of(account["totp_secret"], step_at(datetime.now(UTC))))
        _press(page, "main form button[type=submit]")

    def _send(self, page: Page) -> int:
        """Press the button, kill the worker once half way, wait for the last letter."""
        page.goto(self._at(f"/chien-dich/{self.ma}/gui"))
        begun = time.monotonic()
        page.click("text=Gửi Thư mời")
        page.wait_for_load_state()
        self.found["seconds until the page answered the order"] = round(time.monotonic() - begun, 2)
        expected = self._expected()
        self._wait(lambda: len(self.sink.letters) >= expected // 2, "half of the letters")
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()
        self.worker = self._begin("worker")
        self._wait(lambda: len({one[0] for one in self.sink.letters}) >= expected, "all letters")
        self._wait(lambda: self._outbox() == {"sent": expected}, "the outbox")
        self.found["invitations expected, as the page said"] = expected
        self.found["seconds until the last letter"] = round(time.monotonic() - begun, 1)
        self.found["letters the server got"] = len(self.sink.letters)
        twice = sum(count - 1 for count in Counter(one[1] for one in self.sink.letters).values())
        self.found["letters got twice after the kill"] = twice
        people = len({one[0] for one in self.sink.letters})
        self._must(people == expected, f"{people} people got a letter, {expected} should have")
        self._must(twice <= 1, f"{twice} letters came twice for one kill")
        return expected

    def _expected(self) -> int:
        wanted = (
            select(CampaignSending.expected)
            .join(Campaign, Campaign.id == CampaignSending.campaign_id)
            .where(Campaign.public_id == self.ma)
        )
        with self._reading() as session:
            return int(session.scalars(wanted.order_by(CampaignSending.id.desc()).limit(1)).one())

    def _outbox(self) -> dict[str, int]:
        """How the letters of the campaign stand."""
        with self._reading() as session:
            campaign = session.scalars(select(Campaign).where(Campaign.public_id == self.ma)).one()
            return {state.value: count for state, count in letters_by_state(session, campaign).items()}

    @contextmanager
    def _reading(self) -> Generator[Session]:
        database = self._database()
        try:
            with database.read_session() as session:
                yield session
        finally:
            database.dispose()

    def _keep_funnel(self, page: Page, when: str) -> None:
        """The funnel as the page draws it, and how long the page took."""
        begun = time.monotonic()
        page.goto(self._at(f"/chien-dich/{self.ma}"))
        self.found[f"seconds of the page, {when}"] = round(time.monotonic() - begun, 2)
        rows = page.eval_on_selector_all(
            "#pheu tbody tr",
            "all => all.map(row => [row.querySelector('th a, th').firstChild.textContent, row.querySelector('td').textContent])",
        )
        self.found["funnel"][when] = {
            name.strip(): int(re.sub(r"\D", "", count) or 0) for name, count in rows
        }

    # --- people ---------------------------------------------------------------------------------------------------

    def _answer_in_browser(self, browser: Browser, tokens: list[str]) -> None:
        """On a phone: read on, say yes, send."""
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        phone.set_default_timeout(60_000)
        for token in tokens:
            answer = phone.goto(self._at(f"/tra-loi/{token}"))
            status = 0 if answer is None else answer.status
            if status != 200:
                raise SystemExit(f"the page of a link answers {status}: {phone.inner_text('main')}")
            _press(phone, "text=Xem nội dung lời mời")
            phone.check("input[name=answer][value=interested]")
            phone.check("input[name=need] >> nth=0")
            _press(phone, "text=Gửi câu trả lời")
            self._must("Đã nhận câu trả lời" in phone.content(), "an answer was not kept")
        phone.close()

    def _answer_all(self, tokens: list[str]) -> None:
        """The same without a browser: some only read, some answer; of others a scanner follows the link."""
        answers = ["interested"] * _INTERESTED + ["not_now"] * _NOT_NOW + ["stop"] * _STOP
        opened = min(_OPENED, len(tokens))
        begun = time.monotonic()
        for number, token in enumerate(tokens[:opened]):
            visitor = Visitor(self._at(f"/tra-loi/{token}"))
            if number < len(answers):
                visitor.answer(answers[number])
            else:
                visitor.read_on()
        for token in tokens[opened : opened + _SCANNED]:
            Visitor(self._at(f"/tra-loi/{token}"))  # a scanner: it looks and presses nothing
        self.found["seconds for all the answers"] = round(time.monotonic() - begun, 1)
        self.answered = min(len(answers), opened) + _IN_BROWSER
        self.opened = opened + _IN_BROWSER

    def _check_funnel(self, expected: int) -> None:
        told = self.found["funnel"]["answered by all"]
        first = self.found["funnel"]["sent"]
        self._must(
            first["Đã mời"] == expected and first["Đã mở lời mời"] == 0, "the funnel before any answer"
        )
        self._must(told["Đã mời"] == expected, "reached")
        self._must(told["Đã mở lời mời"] == self.opened, "opened")
        self._must(told["Đã trả lời"] == self.answered, "replied")
        self._must(told["Có hồ sơ"] == _INTERESTED + _IN_BROWSER, "interested people on record")

    def _remind(self, page: Page, expected: int) -> None:
        """Eleven days later: the reminder goes to whoever said nothing, and to nobody else."""
        database = self._database()
        with database.writing() as session:
            session.execute(update(CampaignLetter).values(queued_at=datetime.now(UTC) - timedelta(days=11)))
            session.commit()
        database.dispose()
        before = len(self.sink.letters)
        had = {one[2]: one[0] for one in self.sink.letters}
        page.goto(self._at(f"/chien-dich/{self.ma}/gui"))
        page.click("text=Gửi Thư nhắc lần 1")
        page.wait_for_load_state()
        due = self._expected()
        self._must(
            due == expected - self.answered, f"{due} to remind, {expected - self.answered} were silent"
        )
        self._wait(lambda: len(self.sink.letters) >= before + due, "the reminders")
        self._wait(lambda: self._outbox() == {"sent": expected + due}, "the outbox")
        tokens = list(had)
        answered = {had[token] for token in tokens[: self.answered]}
        reminded = {one[0] for one in self.sink.letters[before:]}
        self.found["reminders sent"] = len(self.sink.letters) - before
        self._must(not answered & reminded, "somebody who had answered was reminded")

    def _must(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.found["faults"].append(otherwise)

    def _at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class Visitor:
    """Somebody with a link and no browser worth the name: keeps cookies and finds the forms."""

    def __init__(self, link: str) -> None:
        self.link = link
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = self._get(Request(link))  # noqa: S310 - our own server

    def _get(self, asked: Request) -> str:
        with self.opener.open(asked, timeout=60) as answer:
            return str(answer.read().decode())

    def _post(self, path: str, fields: dict[str, str]) -> None:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page)
        sent = urlencode({"csrf_token": token.group(1) if token else "", **fields}).encode()
        self.page = self._get(
            Request(self.link + path, data=sent, headers={"Origin": self.link.split("/tra-loi")[0]})  # noqa: S310
        )

    def read_on(self) -> None:
        """Press to read on."""
        self._post("/xem", {})

    def answer(self, said: str) -> None:
        """Answer; who is interested takes the first need."""
        need = re.search(r'name="need" value="([^"]+)"', self.page)
        self._post("", {"answer": said, "need": need.group(1) if need else "", "words": ""})


def _enter_people(session: Session, count: int, by: int, at: datetime) -> None:
    """So many made-up people of the office, each with an address and the consents that letters of campaigns need."""
    rng, on = Random(2026), local_day(at)  # noqa: S311 - which made-up names
    wanted = (PurposeCode.REGISTRY, PurposeCode.MATCHING, PurposeCode.CONTACT, PurposeCode.CAMPAIGNS)
    consents = tuple(ConsentDraft(one, at, Channel.PAPER) for one in wanted)
    for number in range(count):
        register_person(
            session,
            PersonDraft(
                self=SelfDraft(vietnamese_name(rng, female=bool(number % 2))),
                legal_basis=LegalBasis.CONSENT,
                unit_path="VN/12/",
                consents=consents,
                contacts=(ContactDraft(ContactKind.EMAIL, f"nguoi-{number}@minhhoa.example"),),
            ),
            by=by,
            at=at,
            on=on,
        )


def _make_campaign(session: Session, accounts: dict[str, Account], at: datetime) -> str:
    """A campaign that is approved and runs, with a text, everybody of the office as its audience; its public id."""
    admin, second = accounts["quantri@minhhoa.example"], accounts["quantri2@minhhoa.example"]
    needs = session.scalars(
        select(Need)
        .where(Need.state == NeedState.OPEN, Need.unit_path.startswith("VN/12/"))
        .order_by(Need.id)
    ).all()
    on = local_day(at)
    terms = CampaignTerms(
        title="Hai nghìn lời mời",
        about="Chiến dịch để thử. Người nhận là giả định.",
        about_en="",
        legal_basis="Kế hoạch để thử",
        unit_id=None,
        unit_path="VN/12/",
        organisation_id=None,
        organisation_path="",
        starts_on=on - timedelta(days=1),
        ends_on=on + timedelta(days=60),
        per_hour=5_000,
        remind_after_days=10,
        link_days=60,
        goals=(("Mọi nghề", 60),),
        needs=tuple(one.id for one in needs[:5]),
    )
    campaign = create_campaign(session, terms, by=admin.id, at=at)
    move_campaign(session, campaign, CampaignState.SUBMITTED, by=admin.id, at=at)
    move_campaign(session, campaign, CampaignState.APPROVED, by=second.id, at=at)
    for step in (MessageStep.INVITATION, MessageStep.REMINDER_1):
        body = "Chào {ten},\n\nMời bạn xem {nhu_cau}. Trả lời trước {han_tra_loi}."
        save_message(session, campaign, step, "vi", subject="Mời {ten}", body=body, by=admin.id, at=at)
    for name, address in (("Mọi người", ""), ("Có ở Lai Châu", "don_vi=VN%2F12%2F")):
        saved = SavedSearch(owner_id=admin.id, name=name, address=address, seen_at=at)
        session.add(saved)
        session.flush()
        add_segment(session, campaign, saved, by=admin.id, at=at)
    return campaign.public_id


def _press(page: Page, what: str) -> None:
    with page.expect_navigation():
        page.locator(what).first.click()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _chromium() -> str:
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        raise SystemExit("Chromium is not on the path: apt-get install chromium")
    return found


if __name__ == "__main__":
    sys.exit(main())
