"""Looks for stale answers: `bench_fresh.py [--people N] [--answers N] [--workers N] [--database D] [--control]`.

Several server processes stand over one registry with an index and a thousand people changed since it was built. While
a writer gives some people a skill and takes it from them, everybody asks all servers who has that skill: a page that
contradicts a save which was over when it was asked for is stale. Then, save by save, the page that shows it is timed
against the same page without a save before. Exit code 1 for a stale answer or when seeing a save takes too long; with
`--control` the saves are hidden from the change counter, and must be found to be stale.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles

import numpy as np
from sqlalchemy import delete, insert, select

sys.path.insert(0, str(Path(__file__).parent.parent))

from registry.db import Database
from registry.people.models import Person, PersonChange, SkillClaim
from registry.people.rules import EvidenceState
from registry.skills.models import Skill
from registry.web.clock import today
from scripts.bench_client import Line, get
from scripts.bench_population import common_skills
from scripts.bench_registry import change_people, ground_of, own_registry
from scripts.bench_served import build_index, fill, serving, signed_in
from scripts.bench_timing import end_in_order, print_table

MOST_SLOWER = 1.5
_MARKED = 12
_CHANGED = 1_000
_SAVES_TIMED = 300
_LONGEST_PAUSE = 0.03


@dataclass(frozen=True)
class Found:
    """Pages asked while somebody wrote, those that were stale, and p95 of a page after a save and without one (s)."""

    database: str
    answers: int
    saves: int
    stale: int
    seen_after: float
    plain: float

    @property
    def ratio(self) -> float:
        """How much longer a page takes that is the first to show a save."""
        return self.seen_after / self.plain


@dataclass
class _Register:
    """What was saved of each marked person: numbers of saves begun and over. Even numbers: without the skill."""

    ids: Sequence[str]
    begun: list[int] = field(default_factory=lambda: [0] * _MARKED)
    over: list[int] = field(default_factory=lambda: [0] * _MARKED)

    def contradicts(self, page: str, before: Sequence[int]) -> bool:
        """Whether a page shows somebody otherwise than saved; `before`: saves over when the page was asked for."""
        after = tuple(self.begun)
        return any(
            (one in page) != bool(was % 2)
            for one, was, then in zip(self.ids, before, after, strict=True)
            if was == then
        )


class _Writer:
    """Gives marked people the skill and takes it from them, one transaction each."""

    def __init__(self, database: Database, skill: int, people: Sequence[int], *, hides: bool) -> None:
        self._database, self._skill, self._people, self._hides = database, skill, people, hides

    def turn(self, place: int, register: _Register) -> None:
        """The other state for one of them."""
        register.begun[place] += 1
        claim = {
            "person_id": self._people[place],
            "skill_id": self._skill,
            "level": 5,
            "typed": "thử",
            "valid_from": today(),
            "how": "exact",
            "evidence_state": EvidenceState.VERIFIED,
        }
        theirs = SkillClaim.skill_id == self._skill, SkillClaim.person_id == self._people[place]
        with self._database.writing() as session:
            statement = (
                insert(SkillClaim).values(claim)
                if register.begun[place] % 2
                else delete(SkillClaim).where(*theirs)
            )
            # What goes past the session is not noted.
            (session.connection() if self._hides else session).execute(statement)
            session.commit()
        register.over[place] += 1


def main() -> int:
    """Measure and print a table or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    end_in_order()
    kinds = ["sqlite", "postgresql"] if arguments.database == "both" else [arguments.database]
    found = [_found(kind, arguments) for kind in kinds]
    if arguments.json:
        print(json.dumps([asdict(one) for one in found]))
    else:
        _print(found)
    if arguments.control:
        return 0 if all(one.stale for one in found) else 1
    return 1 if any(one.stale or one.ratio > MOST_SLOWER for one in found) else 0


def _print(found: Sequence[Found]) -> None:
    rows = [
        (one.database, f"{one.answers:,}", f"{one.saves:,}", one.stale, f"{one.seen_after * 1e3:.1f}",
         f"{one.plain * 1e3:.1f}", f"{one.ratio:.2f}")
        for one in found
    ]  # fmt: skip
    heads = ("database", "answers", "saves meanwhile", "stale", "p95 after a save ms", "p95 plain ms", "÷")
    print_table(heads, rows)


def _found(kind: str, arguments: argparse.Namespace) -> Found:
    with own_registry(kind) as (database, url), tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        fill(database, arguments.people)
        code, skill, people, ids = _mark(database)
        build_index(database)
        with database.writing() as session:
            others = session.scalars(
                select(Person.id)
                .where(Person.id.not_in(people), Person.id.not_in(select(PersonChange.id)))
                .limit(_CHANGED)
            )
            change_people(session, np.array(others.all(), np.int64))
            session.commit()
        ports = [
            stack.enter_context(serving(database, url, Path(folder), 1)) for _ in range(arguments.workers)
        ]
        request = get(f"/ung-vien?ky_nang={code}", signed_in(ports[0]))
        writer = _Writer(database, skill, people, hides=arguments.control)
        register = _Register(ids)
        for port in ports:
            Line(port).ask(request)
        answers, stale = _watched(writer, register, ports, request, arguments.answers)
        saves = sum(register.over)
        after, plain = _timed(writer, register, ports, request)
        return Found(kind, answers, saves, stale, after, plain)


def _mark(database: Database) -> tuple[str, int, list[int], list[str]]:
    """The rarest skill, left to nobody (code and id), and the people who will get it (rows and public ids)."""
    with database.writing() as session:
        skill = session.get_one(Skill, common_skills(ground_of(session))[-1])
        session.execute(delete(SkillClaim).where(SkillClaim.skill_id == skill.id))
        people = session.scalars(select(Person).order_by(Person.public_id).limit(_MARKED)).all()
        found = (skill.code, skill.id, [one.id for one in people], [one.public_id for one in people])
        session.commit()
    return found


@contextmanager
def _writing(writer: _Writer, register: _Register) -> Generator[None]:
    """Saves go on until the block ends."""
    is_over, chance = threading.Event(), random.Random(7)  # noqa: S311 - no secret

    def write() -> None:
        while not is_over.wait(chance.uniform(0, _LONGEST_PAUSE)):
            writer.turn(chance.randrange(_MARKED), register)

    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(write)
        try:
            yield
        finally:
            is_over.set()
            work.result()


def _watched(
    writer: _Writer, register: _Register, ports: Sequence[int], request: bytes, answers: int
) -> tuple[int, int]:
    """Pages asked for while somebody writes, and how many of them were stale."""

    def ask(port: int) -> tuple[int, int]:
        line, stale, share = Line(port), 0, answers // len(ports)
        for _ in range(share):
            before = tuple(register.over)
            stale += register.contradicts(_page(line, request), before)
        return share, stale

    with _writing(writer, register), ThreadPoolExecutor(len(ports)) as pool:
        counts = list(pool.map(ask, ports))
    return sum(count for count, _stale in counts), sum(stale for _count, stale in counts)


def _timed(writer: _Writer, register: _Register, ports: Sequence[int], request: bytes) -> tuple[float, float]:
    """p95 in seconds of a page asked for right after a save, and of the same page asked for again."""
    lines, after, plain = [Line(port) for port in ports], list[float](), list[float]()
    for number in range(_SAVES_TIMED):
        writer.turn(number % _MARKED, register)
        line = lines[number % len(lines)]
        for times in (after, plain):
            asked = time.perf_counter()
            _page(line, request)
            times.append(time.perf_counter() - asked)
    return quantiles(after, n=20)[-1], quantiles(plain, n=20)[-1]


def _page(line: Line, request: bytes) -> str:
    status, page = line.ask(request)
    if status != 200:
        raise RuntimeError(f"{status}: {page[:300]!r}")
    return page.decode()


if __name__ == "__main__":
    sys.exit(main())
