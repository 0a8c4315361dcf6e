"""Kills the workers (-9) at random moments while they send letters to a mail server with moods; counts what arrived.

    python scripts/check_outbox.py [--letters 10000] [--kills 50] [--workers 2]
                                   [--database sqlite|postgresql|both] [--seed 1] [--json]

Workers are the product's own command (`registry worker`): over SQLite with Huey, over PostgreSQL with Procrastinate. The
mail server is a process of its own (`outbox_sink`) that also stalls, refuses (4xx and 5xx) and drops connections. Every
letter must arrive, but those it refuses for good, which must be kept as refused; at most one letter a kill may arrive
twice, under the Message-ID it had, and only around that kill.

Two controls show in every run that a fault would be seen: a waiting letter whose row is deleted is found missing, and
workers without leases are found to send letters twice though nobody kills them.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from registry.db import Database
from registry.jobs.spread import is_installed, prepare
from registry.mail.models import MailOutbox
from registry.mail.operations import queue_letter
from registry.mail.queries import letters_by_state
from registry.mail.rules import Letter, LetterState
from scripts.bench_registry import KEY, own_registry
from scripts.outbox_sink import NOBODY, WRONG

ROOT = Path(__file__).resolve().parent.parent
SMTP_SECONDS = 2
_WITHIN = 0.3
_LOOK_SECONDS = 0.2
_LONGEST_SECONDS = 2_700
_AROUND_SECONDS = 3.0
_CONTROL_LETTERS, _CONTROL_SECONDS = 300, 120
# `registry worker`, of this checkout.
_AS_USERS_DO = "from registry.cli import main\nraise SystemExit(main(['worker']))"
# The product without the one thing that keeps two workers apart.
_WITHOUT_LEASES = (
    "from datetime import timedelta\n"
    "import registry.mail.claiming as claiming, registry.mail.posting as posting\n"
    "claiming.LEASE, posting.LEASE = timedelta(0), timedelta(hours=-1)\n"
) + _AS_USERS_DO
_OVER = (LetterState.SENT, LetterState.FAILED, LetterState.SUPPRESSED, LetterState.CANCELLED)


@dataclass
class Workers:
    """The workers of one run, killed and started again; `processor_seconds` is what those used that ended."""

    url: str
    folder: Path
    port: int
    program: str
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list["subprocess.Popen[bytes]"])
    processor_seconds: float = 0.0

    def start(self) -> None:
        """One more."""
        environment = {
            **os.environ,
            "REGISTRY_DATABASE_URL": self.url,
            "REGISTRY_DATA_DIR": str(self.folder),
            "REGISTRY_FIELD_KEYS": KEY,
            "REGISTRY_SECRET_KEY": "s" * 40,
            "REGISTRY_SMTP_URL": f"smtp://127.0.0.1:{self.port}",
            "REGISTRY_MAIL_FROM": "Sở Nội vụ <so@vidu.vn>",
            "REGISTRY_SMTP_SECONDS": str(SMTP_SECONDS),
            "REGISTRY_MAIL_QUIET": "",
        }
        log = (self.folder / "workers.log").open("ab")
        self.running.append(
            subprocess.Popen(
                [sys.executable, "-c", self.program], env=environment, cwd=ROOT, stdout=log, stderr=log
            )
        )

    def look(self) -> None:
        """None of them may end by itself."""
        if any(worker.poll() is not None for worker in self.running):
            raise SystemExit(
                f"a worker ended by itself:\n{(self.folder / 'workers.log').read_text('utf-8')[-2000:]}"
            )

    def end(self, place: int, how: signal.Signals) -> None:
        """End one of them and wait for it."""
        worker = self.running.pop(place)
        worker.send_signal(how)
        _pid, _status, used = os.wait4(worker.pid, 0)
        worker.returncode = -how
        self.processor_seconds += used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Arrival:
    """A letter as the server took it: when, under which id, for whom."""

    at: float
    letter: str
    to: str


def arrivals(log: Path) -> list[Arrival]:
    """Everything the server took."""
    found: list[Arrival] = []
    for line in log.read_text("ascii").splitlines():
        at, letter, to = line.split("\t")
        found.append(Arrival(float(at), letter, to))
    return found


def queue(database: Database, number: int, chance: random.Random) -> dict[str, str]:
    """Letters to as many addresses, each by its id; a few of them to addresses that are refused."""
    wanted: dict[str, str] = {}
    for start in range(0, number, 500):
        with database.writing() as session:
            for one in range(start, min(start + 500, number)):
                drawn = chance.random()
                name = NOBODY if drawn < 0.005 else WRONG if drawn < 0.008 else "nguoi"
                letter = Letter(
                    "campaign",
                    "vi",
                    f"{name}-{one}@vidu.vn",
                    words=("Mời bạn về quê làm việc", f"Chào bạn,\n\nThư số {one}.\n\nTrân trọng,\n" * 4),
                    once=f"check:{one}",
                    unsubscribe="http://127.0.0.1:8000/thu/dung/x",
                    is_bulk=one % 2 == 0,
                )
                row = queue_letter(session, letter, at=datetime.now(UTC))
                wanted[row.public_id] = letter.to
            session.commit()
    return wanted


@contextmanager
def sink(folder: Path, seed: int, *, is_kind: bool = False) -> Generator[tuple[int, Path]]:
    """The mail server: its port and its log."""
    log = folder / f"arrived-{seed}-{is_kind}.log"
    log.touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    asked = ["--port", str(port), "--log", str(log), "--seed", str(seed), *(["--kind"] if is_kind else [])]
    served = subprocess.Popen(
        [sys.executable, "-m", "scripts.outbox_sink", *asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=(folder / "sink.log").open("ab"),
    )
    try:
        if served.stdout is None or served.stdout.readline().strip() != b"ready":
            raise SystemExit("the mail server did not start")
        yield port, log
    finally:
        served.kill()
        served.wait()


def left(database: Database) -> int:
    """How many letters are not over."""
    with database.read_session() as session:
        counted = letters_by_state(session)
    return sum(number for state, number in counted.items() if state not in _OVER)


def run(
    database: Database, workers: Workers, count: int, log: Path, kills: int, chance: random.Random
) -> tuple[list[float], float]:
    """Let so many workers send everything, killing them at random; when each kill was, and how long it took."""
    moments, began = list[float](), time.monotonic()
    number = left(database)
    targets = sorted(chance.uniform(0.01, 0.9) * number for _ in range(kills))
    for _ in range(count):
        workers.start()
    try:
        while time.monotonic() - began < _LONGEST_SECONDS:
            arrived = log.read_bytes().count(b"\n")
            if targets and arrived >= targets[0]:
                targets.pop(0)
                time.sleep(chance.random() * _WITHIN)
                workers.end(chance.randrange(len(workers.running)), signal.SIGKILL)
                moments.append(time.time())
                workers.start()
            elif not targets and not left(database):
                break
            else:
                workers.look()
                time.sleep(_LOOK_SECONDS)
    finally:
        seconds = time.monotonic() - began
        while workers.running:
            workers.end(0, signal.SIGTERM)
    return moments, seconds


def judged(
    database: Database, wanted: dict[str, str], arrived: list[Arrival], moments: list[float]
) -> dict[str, Any]:
    """What arrived, what did not, and what did twice."""
    with database.read_session() as session:
        rows = session.execute(select(MailOutbox.public_id, MailOutbox.state)).all()
        states = {row.public_id: row.state for row in rows}
    times = Counter(one.letter for one in arrived)
    refused = {
        letter
        for letter, to in wanted.items()
        if states.get(letter) is (LetterState.SUPPRESSED if to.startswith(NOBODY) else LetterState.FAILED)
        and to.startswith((NOBODY, WRONG))
    }
    lost = [letter for letter in wanted if letter not in times and letter not in refused]
    of_a_kill = Counter[int]()
    without_kill = 0
    for letter, number in times.items():
        firsts = sorted(one.at for one in arrived if one.letter == letter)[:-1] if number > 1 else []
        for first in firsts:
            near = [place for place, at in enumerate(moments) if abs(at - first) <= _AROUND_SECONDS]
            if near:
                of_a_kill[min(near, key=lambda place: abs(moments[place] - first))] += 1
            else:
                without_kill += 1
    return {
        "arrived": len(arrived),
        "letters_arrived": len(times),
        "refused_for_good": len(refused),
        "lost": len(lost),
        "duplicates": sum(times.values()) - len(times),
        "duplicates_a_kill_max": max(of_a_kill.values(), default=0),
        "duplicates_without_kill": without_kill,
        "strange": sum(1 for one in arrived if wanted.get(one.letter) != one.to),
        "states": {state.value: number for state, number in Counter(states.values()).items()},
    }


def checked(kind: str, letters: int, kills: int, count: int, seed: int) -> dict[str, Any]:
    """One run with kills on a database of this kind."""
    chance = random.Random(seed)  # noqa: S311
    with own_registry(kind) as (database, url), tempfile.TemporaryDirectory(prefix="outbox-") as held:
        folder = Path(held)
        if kind == "postgresql":
            prepare(database)
        wanted = queue(database, letters, chance)
        with sink(folder, seed) as (port, log):
            workers = Workers(url, folder, port, _AS_USERS_DO)
            moments, seconds = run(database, workers, count, log, kills, chance)
            found = judged(database, wanted, arrivals(log), moments)
    found |= {
        "kills": len(moments),
        "seconds": round(seconds, 1),
        "letters_a_second": round(letters / seconds, 1),
        "processor_seconds_of_workers": round(workers.processor_seconds, 1),
        "letters_a_processor_second": round(letters / max(workers.processor_seconds, 0.1), 1),
    }
    return found


def planted(kind: str, seed: int) -> dict[str, bool]:
    """Whether a letter whose row is gone is missed, and letters of workers without leases are counted twice."""
    said: dict[str, bool] = {}
    for name, program in (("deleted_row_is_seen", _AS_USERS_DO), ("no_leases_are_seen", _WITHOUT_LEASES)):
        is_deleting = program is _AS_USERS_DO
        chance = random.Random(seed)  # noqa: S311
        with own_registry(kind) as (database, url), tempfile.TemporaryDirectory(prefix="outbox-") as held:
            folder = Path(held)
            if kind == "postgresql":
                prepare(database)
            wanted = queue(database, 20 if is_deleting else _CONTROL_LETTERS, chance)
            if is_deleting:
                with database.writing() as session:
                    session.execute(delete(MailOutbox).where(MailOutbox.public_id == next(iter(wanted))))
                    session.commit()
            with sink(folder, seed, is_kind=True) as (port, log):
                workers = Workers(url, folder, port, program)
                run(database, workers, 1 if is_deleting else 2, log, 0, chance)
                found = judged(database, wanted, arrivals(log), [])
        said[name] = found["lost"] == 1 if is_deleting else found["duplicates_without_kill"] > 0
    return said


def is_good(found: dict[str, Any], kills: int) -> bool:
    """Whether a run is as it must be."""
    return (
        found["lost"] == 0
        and found["strange"] == 0
        and found["kills"] == kills
        and found["duplicates"] <= kills
        and found["duplicates_a_kill_max"] <= 1
        and found["duplicates_without_kill"] == 0
        and all(found["control"].values())
    )


def main() -> int:
    """Run, judge, print; 0 when nothing was lost and nothing came twice but around a kill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    asked = parser.parse_args()
    kinds = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    if "postgresql" in kinds and not is_installed():
        print("procrastinate is not installed: pip install 'talent-registry[postgres]'", file=sys.stderr)
        return 2
    answer: dict[str, Any] = {"letters": asked.letters, "workers": asked.workers, "seed": asked.seed}
    for kind in kinds:
        found = checked(kind, asked.letters, asked.kills, asked.workers, asked.seed)
        found["control"] = planted(kind, asked.seed)
        found["is_good"] = is_good(found, asked.kills)
        answer[kind] = found
        print(kind, json.dumps(found), file=sys.stderr, flush=True)
    answer["is_good"] = all(answer[kind]["is_good"] for kind in kinds)
    print(json.dumps(answer, indent=1) if asked.json else "good" if answer["is_good"] else "NOT GOOD")
    return 0 if answer["is_good"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
