"""Runs a campaign of some two thousand invitations in Chromium: made at the screens, sent, answered by link, watched.

    python scripts/check_campaign.py [--people 2000] [--database sqlite|postgresql] [--json]

Everything is real but the people: `registry serve`, `registry worker`, which is killed once half way, an SMTP server on
loopback that keeps what it gets, and Chromium. In it an administrator keeps a search, writes the campaign with its goal and
needs, chooses the audience, writes a text, looks at its preview and sends a trial; a second one approves; the letters are
ordered; people answer on a phone; and the funnel is read before and after. Most answers are sent without a browser, through
the same pages. Ends with 1 when a letter was lost or came twice, when the funnel does not say what people did, or when a
reminder reached somebody who had answered.
"""

import argparse
import json
import os
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
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import func, select, update

from registry.accounts.operations.passwords import PasswordHashing
from registry.app.demonstration import fill as demonstration
from registry.campaigns.models import Campaign, CampaignLetter, CampaignSending
from registry.campaigns.queries.results import letters_by_state
from registry.campaigns.rules.states import local_day
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import Source
from registry.db import Database
from registry.jobs.spread import prepare
from registry.needs.models import Need
from registry.needs.rules import NeedState
from scripts.bench_registry import KEY, own_registry
from scripts.campaign_people import Sink, Visitor, enter_people
from scripts.campaign_screens import Administrator, answer_on_a_phone

_COMMAND = "import sys; from registry.cli import main; sys.exit(main())"
_COST = "19456,2,1"
_WHOLE = 2_000
_OPENED, _INTERESTED, _NOT_NOW, _STOP = 400, 120, 60, 20
_SCANNED = 200
"""Of so many people how many do what without a browser; of fewer people so many fewer."""
_IN_BROWSER = 6
_FROM = "don_vi=VN%2F12%2F"
_TITLE = "Hai nghìn lời mời"
_PATIENCE = 3_600.0
"""Seconds of the wall for each thing that is waited for: the machine may have other work."""


def main() -> int:
    """Run everything; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with own_registry(asked.database) as (database, url), tempfile.TemporaryDirectory() as folder:
        if asked.database == "postgresql":
            prepare(database)
        found = Run(Path(folder), database, url, asked.people).all()
    found = {"database": asked.database, **found}
    print(json.dumps(found, ensure_ascii=False, indent=1) if asked.json else _told(found))
    return 1 if found["faults"] else 0


def _told(found: dict[str, Any]) -> str:
    lines = [f"{name}: {value}" for name, value in found.items() if name not in {"funnel", "faults"}]
    for when, steps in found["funnel"].items():
        lines.append(f"funnel, {when}: " + ", ".join(f"{name} {count}" for name, count in steps.items()))
    return "\n".join([*lines, f"faults: {found['faults'] or 'none'}", "FAIL" if found["faults"] else "PASS"])


class Run:
    """One campaign from its making to its reminder."""

    def __init__(self, folder: Path, database: Database, url: str, people: int) -> None:
        self.folder, self.database, self.people = folder, database, people
        self.port, self.mail_port = _free_port(), _free_port()
        self.sink = Sink()
        self.found: dict[str, Any] = {"funnel": {}, "faults": []}
        self.environ = {
            **os.environ,
            "REGISTRY_DATABASE_URL": url,
            "REGISTRY_FIELD_KEYS": KEY,
            "REGISTRY_SECRET_KEY": "s" * 40,
            "REGISTRY_DATA_DIR": str(folder),
            "REGISTRY_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "REGISTRY_SMTP_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "REGISTRY_MAIL_FROM": "Nhân lực Lai Châu <thu@minhhoa.example>",
            "REGISTRY_MAIL_QUIET": "",
            "REGISTRY_PASSWORD_COST": _COST,
        }

    def all(self) -> dict[str, Any]:
        """Everything, in its order."""
        begun = time.monotonic()
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
        self.found["seconds of the wall in all"] = round(time.monotonic() - begun)
        return self.found

    def _campaign(self, browser: Browser) -> None:
        admin = Administrator(browser, self._at, self.accounts["quantri@minhhoa.example"])
        self._make(browser, admin)
        expected = self._send(admin)
        self._keep_funnel(admin, "sent")
        tokens = [link for _to, _id, link in self.sink.letters]
        in_browser = [self._at(f"/tra-loi/{token}") for token in tokens[:_IN_BROWSER]]
        self._must(answer_on_a_phone(browser, in_browser) == _IN_BROWSER, "an answer was not kept")
        self._keep_funnel(admin, "answered in Chromium")
        self._answer_all(tokens[_IN_BROWSER:])
        self._keep_funnel(admin, "answered by all")
        self.found["funnel"]["of the first need"] = admin.funnel(self.ma, self.needs[0])
        self._check_funnel(admin, expected)
        self._remind(admin, expected, tokens)

    # --- data -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        at, begun = datetime.now(UTC), time.process_time()
        with self.database.writing() as session:
            demonstration.fill(
                session,
                PasswordHashing(*(int(one) for one in _COST.split(","))),
                people=0,
                needs=30,
                seed=2026,
                now=at,
                today=local_day(at),
            )
            accounts = demonstration.demonstration_accounts(session)
            enter_people(session, self.people, accounts["canbo@minhhoa.example"].id, at)
            wanted = select(Need.public_id).where(
                Need.state == NeedState.OPEN, Need.unit_path.startswith("VN/12/")
            )
            self.needs = list(session.scalars(wanted.order_by(Need.id).limit(5)))
            session.commit()
        self.found["people on record"] = self.people
        self.found["seconds of processor to enter them"] = round(time.process_time() - begun, 1)
        self.accounts = {one["email"]: one for one in json.loads(self._command("demo", "--json"))["accounts"]}

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
                process.wait(60)

    def _begin(self, *words: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{words[0]}.log").open("ab")
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *words], env=self.environ, stdout=log, stderr=subprocess.STDOUT
        )

    def _wait(self, is_done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + _PATIENCE
        while not is_done():
            if self.worker.poll() is not None:
                told = (self.folder / "worker.log").read_text("utf-8")[-2_000:]
                raise SystemExit(f"the worker ended by itself while {what} was waited for:\n{told}")
            if time.monotonic() > until:
                raise TimeoutError(what)
            time.sleep(0.5)

    # --- an administrator -----------------------------------------------------------------------------------------

    def _make(self, browser: Browser, admin: Administrator) -> None:
        """Searches, the campaign, its approval by a second person, audience, texts with preview and trial."""
        admin.sign_in()
        for name, address in (("Mọi người", ""), ("Có ở Lai Châu", _FROM)):
            admin.save_search(name, address)
        on = local_day(datetime.now(UTC))
        self.ma = admin.compose(_TITLE, self.needs, (on - timedelta(days=20), on + timedelta(days=60)))
        admin.decide(self.ma, "Gửi duyệt")
        second = Administrator(browser, self._at, self.accounts["quantri2@minhhoa.example"])
        second.sign_in()
        second.decide(self.ma, "Duyệt")
        second.page.context.close()
        self.found["what the page says of the audience"] = admin.choose_people(self.ma)
        for step in ("invitation", "reminder_1"):
            shown = admin.write(self.ma, step)
            self._must(
                shown.startswith("Chào ") and "{" not in shown, f"the preview of {step}: {shown[:200]}"
            )
        self._wait(lambda: len(self.sink.trials) == 2, "the trials")

    def _send(self, admin: Administrator) -> int:
        """Press the button, kill the worker once half way, wait for the last letter."""
        begun = time.monotonic()
        admin.order(self.ma, "Thư mời")
        self.found["seconds until the page answered the order"] = round(time.monotonic() - begun, 2)
        expected = self._expected()
        self._wait(lambda: len(self.sink.letters) >= expected // 2, "half of the letters")
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()
        self.worker = self._begin("worker")
        self._wait(lambda: len(self.sink.people()) >= expected, "all letters")
        self._wait(lambda: self._outbox() == {"sent": expected}, "the outbox")
        self.found["invitations expected, as the page said"] = expected
        self.found["seconds until the last letter"] = round(time.monotonic() - begun, 1)
        self.found["letters the server got"] = len(self.sink.letters)
        twice = sum(count - 1 for count in Counter(one[1] for one in self.sink.letters).values())
        self.found["letters got twice after the kill"] = twice
        people = len(self.sink.people())
        self._must(expected == self.people, f"{expected} invitations for {self.people} people")
        self._must(people == expected, f"{people} people got a letter, {expected} should have")
        self._must(twice <= 1, f"{twice} letters came twice for one kill")
        return expected

    def _expected(self) -> int:
        wanted = (
            select(CampaignSending.expected)
            .join(Campaign, Campaign.id == CampaignSending.campaign_id)
            .where(Campaign.public_id == self.ma)
        )
        with self.database.read_session() as session:
            return int(session.scalars(wanted.order_by(CampaignSending.id.desc()).limit(1)).one())

    def _outbox(self) -> dict[str, int]:
        """How the letters of the campaign stand."""
        with self.database.read_session() as session:
            campaign = session.scalars(select(Campaign).where(Campaign.public_id == self.ma)).one()
            return {state.value: count for state, count in letters_by_state(session, campaign).items()}

    def _keep_funnel(self, admin: Administrator, when: str) -> None:
        """The funnel as the page draws it, and how long the page took."""
        begun = time.monotonic()
        self.found["funnel"][when] = admin.funnel(self.ma)
        self.found[f"seconds of the page, {when}"] = round(time.monotonic() - begun, 2)

    # --- people ---------------------------------------------------------------------------------------------------

    def _answer_all(self, tokens: list[str]) -> None:
        """Answers without a browser: some only read, some answer; of others a scanner follows the link."""
        share = self.people / _WHOLE
        counts = {"interested": _INTERESTED, "not_now": _NOT_NOW, "stop": _STOP}
        self.answers = [said for said, count in counts.items() for _ in range(round(count * share))]
        opened = round(_OPENED * share)
        begun = time.monotonic()
        for number, token in enumerate(tokens[:opened]):
            visitor = Visitor(self._at(f"/tra-loi/{token}"))
            if number < len(self.answers):
                visitor.answer(self.answers[number])
            else:
                visitor.read_on()
        for token in tokens[opened : opened + round(_SCANNED * share)]:
            Visitor(self._at(f"/tra-loi/{token}"))  # a scanner: it looks and presses nothing
        self.found["seconds for all the answers"] = round(time.monotonic() - begun, 1)
        self.answered = len(self.answers) + _IN_BROWSER
        self.opened = opened + _IN_BROWSER

    def _check_funnel(self, admin: Administrator, expected: int) -> None:
        told = self.found["funnel"]
        first, last, own = told["sent"], told["answered by all"], told["of the first need"]
        interested = self.answers.count("interested") + _IN_BROWSER
        self._must((first["Đã mời"], first["Đã mở lời mời"]) == (expected, 0), "the funnel before any answer")
        self._must(told["answered in Chromium"]["Đã trả lời"] == _IN_BROWSER, "replied in Chromium")
        self._must(last["Đã mời"] == expected, "reached")
        self._must(last["Đã mở lời mời"] == self.opened, "opened")
        self._must(last["Đã trả lời"] == self.answered, "replied")
        self._must(last["Có hồ sơ"] == interested, "interested people on record")
        self._must(own["Đã trả lời"] == interested, "the funnel of the need they chose")
        begun = select(func.count()).select_from(Candidacy).where(Candidacy.source == Source.CAMPAIGN)
        with self.database.read_session() as session:
            self._must(session.scalar(begun) == interested, "candidacies of the campaign")
        self.found["what the home page says"] = " ".join(admin.told().split())
        self._must(
            f"{interested} người trả lời là quan tâm" in self.found["what the home page says"], "alert"
        )

    def _remind(self, admin: Administrator, expected: int, tokens: list[str]) -> None:
        """Eleven days later: the reminder goes to whoever said nothing, and to nobody else."""
        with self.database.writing() as session:
            session.execute(update(CampaignLetter).values(queued_at=datetime.now(UTC) - timedelta(days=11)))
            session.commit()
        before = len(self.sink.letters)
        had = {one[2]: one[0] for one in self.sink.letters}
        admin.order(self.ma, "Thư nhắc lần 1")
        due = self._expected()
        self._must(
            due == expected - self.answered, f"{due} to remind, {expected - self.answered} were silent"
        )
        self._wait(lambda: len(self.sink.letters) >= before + due, "the reminders")
        self._wait(lambda: self._outbox() == {"sent": expected + due}, "the outbox")
        answered = {had[token] for token in tokens[: self.answered]}
        reminded = {one[0] for one in self.sink.letters[before:]}
        self.found["reminders sent"] = len(self.sink.letters) - before
        self._must(len(reminded) == due, "not everybody who said nothing was reminded")
        self._must(not answered & reminded, "somebody who had answered was reminded")

    def _must(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.found["faults"].append(otherwise)

    def _at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


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
