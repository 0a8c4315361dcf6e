"""A rebuild killed at any moment: answers stay right, the next rebuild succeeds, and nothing of the dead one is left."""

import itertools
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.db import Database, open_database
from registry.matching.engine.facts import ExperienceWanted
from registry.matching.engine.index.answer import Wish, joined, of_reference
from registry.matching.engine.index.snapshot import Snapshot
from registry.matching.engine.score import prepare, rank_people
from registry.matching.operations import rebuild, record_snapshot
from registry.matching.operations import snapshots as steps
from registry.matching.queries import Window, files, ranked
from registry.matching.queries.concepts import concepts_around
from registry.matching.queries.files import index_folder
from registry.matching.queries.left_people import left_facts
from registry.matching.queries.people import Reads
from registry.matching.queries.search import Search, found_total, made_ready, page_of
from registry.matching.queries.search.on_roll import on_rolls
from registry.matching.queries.snapshots import opened
from registry.needs.models import Need
from registry.people.models import Experience, Person
from registry.people.rules import DatePrecision, LegalBasis
from tests.conftest import RequestDatabase
from tests.factories import matching, needs
from tests.factories.candidates import TODAY, candidate
from tests.factories.comparing import by_index, by_reference
from tests.factories.databases import own_database
from tests.factories.people import AT

EVERYBODY = Viewer.installation()
ASKED_EVERY = 20


class Killed(BaseException):
    """What a killed process looks like from inside: nothing below gets to tidy up."""


def die() -> None:
    raise Killed


def nothing(_handle: int) -> None:
    """Instead of waiting for the disk: a process that dies loses nothing that it wrote, only a machine does."""


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Fate:
    """What a rebuild does to files and to the database, told one by one; the operation numbered `at` is its last."""

    at: int = 0
    end: Callable[[], None] = die
    done: list[str] = field(default_factory=list[str])

    def comes(self, name: str) -> bool:
        """One more operation; whether it is the last."""
        self.done.append(name)
        return len(self.done) == self.at


def follow(fate: Fate, patch: Callable[[Any, str, Any], None]) -> None:
    """Every operation on files may be the last one: half done, or done with nothing after it."""
    patch(np, "save", _half_saved(np.save, fate))
    patch(shutil, "rmtree", _half_removed(shutil.rmtree, fate))
    patch(os, "fsync", _then_dead("fsync", nothing, fate))
    for name in ("mkdir", "rename", "replace"):
        patch(Path, name, _then_dead(name, getattr(Path, name), fate))


def _half_saved(honest: Callable[..., Any], fate: Fate) -> Callable[..., Any]:
    def save(file: Any, array: Any, **options: Any) -> None:
        if fate.comes("save"):
            file.write(b"\x93NUMPY")
            file.flush()
            fate.end()
        honest(file, array, **options)

    return save


def _half_removed(honest: Callable[..., Any], fate: Fate) -> Callable[..., Any]:
    def remove(folder: Path, **options: Any) -> None:
        if fate.comes("rmtree"):
            for one in sorted(Path(folder).glob("*"))[::2]:
                one.unlink()
            fate.end()
        honest(folder, **options)

    return remove


def _then_dead(name: str, honest: Callable[..., Any], fate: Fate) -> Callable[..., Any]:
    def done(*arguments: Any, **options: Any) -> Any:
        told = honest(*arguments, **options)
        if fate.comes(name):
            fate.end()
        return told

    return done


def keeper(database: Database, fate: Fate) -> Callable[[Snapshot], None]:
    """Records a snapshot; the end may come before the commit or after it."""

    def keep(snapshot: Snapshot) -> None:
        with database.writing() as session:
            record_snapshot(session, snapshot, at=AT)
            if fate.comes("record"):
                fate.end()
            session.commit()
        if fate.comes("commit"):
            fate.end()

    return keep


def killed_at(database: Database, at: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Fate, bool]:
    """A rebuild that ends in its operation of this number; whether it came that far."""
    fate = Fate(at)
    with monkeypatch.context() as patched:
        follow(fate, patched.setattr)
        try:
            rebuild(database, TODAY, keeper(database, fate))
        except Killed:
            return fate, True
    return fate, False


def current(folder: Path) -> str:
    """The version in use."""
    return (folder / "current").read_text("ascii")


def whole(folder: Path) -> str:
    """The version in use, of a folder in which nothing else is left."""
    version = current(folder)
    assert {one.name for one in folder.iterdir()} == {"current", "lock", version}
    return version


# --- every operation, in one process ----------------------------------------------------------------------


def answers(session: Session, need: Need) -> tuple[list[Any], str | None]:
    """A search and a ranking, and the version that answered both; None when the database did."""
    sought = made_ready(session, Search(skills=("IT15",)), EVERYBODY, on=TODAY)
    page = page_of(session, sought)
    found = ranked(session, need, EVERYBODY, TODAY, window=Window(0, 10))
    assert bool(on_rolls(session, sought)) == bool(found.index)
    told = [
        found_total(session, sought),
        [(one.id, points) for one, points in zip(page.people, page.points, strict=True)],
        found.tally,
        [(row.person, row.certain) for row in found.rows],
    ]
    return told, found.index


@pytest.mark.slow
def test_killed_at_any_operation_the_answers_stay_right_and_the_next_rebuild_tidies_up(
    database: Database, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = RequestDatabase(connection, database)
    object.__setattr__(own, "folder", tmp_path)
    session, folder = own.read_session(), index_folder(tmp_path)
    people = [candidate(session, f"Lò Văn {rank}", ("IT15", rank)) for rank in (5, 4, 3)]
    need = needs.need(session, skills=[needs.skill(session, "IT15", 5)])
    session.commit()
    monkeypatch.setattr(os, "fsync", nothing)
    versions = itertools.count()
    made = steps.make_snapshot(session, TODAY)
    people[0].unit_path = "VN/01/"  # changed since
    candidate(session, "Vàng A Páo", ("IT15", 5))
    session.commit()
    truth, nobody = answers(session, need)
    assert nobody is None

    def next_version(*_asked: Any) -> Snapshot:
        return replace(made, version=f"v-{next(versions)}")

    monkeypatch.setattr(steps, "make_snapshot", next_version)
    session.info["folder"] = tmp_path
    rebuild(own, TODAY, keeper(own, Fate()))
    used, at = set[bool](), 1
    while True:
        before = current(folder)
        fate, is_dead = killed_at(own, at, monkeypatch)
        if not is_dead:
            break
        version, last, at = current(folder), fate.done[-1], at + 1
        used.add(version == before)
        if version == before and fate.done.count(last) > 2 and at % ASKED_EVERY:
            continue  # one more of many files: whatever it left, the next rebuild meets
        beside = answers(session, need)  # a process that has files open
        monkeypatch.setattr(files, "_loaded", {})
        assert answers(session, need) == beside == (truth, version), last  # and one that begins
        rebuild(own, TODAY, keeper(own, Fate()))
        assert whole(folder) not in (before, version)
    assert used == {True, False}
    assert {"save", "fsync", "mkdir", "rename", "replace", "rmtree", "record", "commit"} == set(fate.done)
    session.close()


# --- a process that is really killed ------------------------------------------------------------------------


def seen(database: Database) -> tuple[list[Any], list[Any], bool]:
    """A search and a ranking by years as the files and the database tell them, the same by the reference, and
    whether files answered."""
    session = database.read_session()
    sought = made_ready(session, Search(years=(1, None)), EVERYBODY, on=TODAY)
    page = page_of(session, sought)
    spec = matching.need(experience=ExperienceWanted(1))
    concepts = concepts_around(session, set())
    plan, reads, wish = prepare(spec, concepts.table), Reads.of([spec], {}), Wish(0, 10)
    found = opened(session, TODAY)
    ranking = by_reference(session, plan, EVERYBODY, reads, TODAY, wish)
    truth, told = ranking, ranking
    if found is not None:
        left = left_facts(session, EVERYBODY, reads, TODAY, found)
        rest = of_reference(rank_people(plan, left, TODAY), wish)
        told = joined([by_index(found, plan, EVERYBODY, concepts, wish, "numpy"), rest], wish.count)
    ours = [found_total(session, sought), [one.id for one in page.people], told]
    session.info.pop("folder", None)
    sought = made_ready(session, Search(years=(1, None)), EVERYBODY, on=TODAY)
    page = page_of(session, sought)
    theirs = [found_total(session, sought), [one.id for one in page.people], truth]
    session.close()
    return ours, theirs, found is not None


def somebody(session: Session, number: int) -> Person:
    """Somebody whose record a law orders, with a post since 2020."""
    made = Person(
        code=f"HS-{number}", legal_basis=LegalBasis.LAW, full_name="Lò Văn Chiến", unit_path="VN/12/"
    )
    session.add(made)
    session.flush()
    session.add(
        Experience(
            person_id=made.id, title="Kỹ sư", from_on=date(2020, 1, number), from_precision=DatePrecision.DAY
        )
    )
    session.flush()
    return made


def rebuild_in_a_child(url: str, database: Database, fate: Fate) -> int:
    """The wait status of a child process that rebuilds until its fate."""
    database.dispose()  # no connection is shared with the child
    child = os.fork()
    if child == 0:
        try:
            own = open_database(url, database.keyring, database.folder)
            follow(fate, setattr)
            rebuild(own, TODAY, keeper(own, fate))
        finally:
            os._exit(3)
    return os.waitpid(child, 0)[1]


@pytest.mark.slow
def test_a_killed_process_leaves_right_answers_and_no_lock(
    database: Database, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_database(database, request, tmp_path, "killed_own") as (url, made):
        own = replace(made, folder=tmp_path)
        with own.writing() as session:
            for number in range(1, 4):
                somebody(session, number)
            session.commit()
        rebuild(own, TODAY, keeper(own, Fate()))
        fate = Fate()
        with monkeypatch.context() as patched:
            follow(fate, patched.setattr)
            rebuild(own, TODAY, keeper(own, fate))
        moments = [1 + fate.done.index(name) for name in ("save", "commit", "replace")]
        for number, at in enumerate(moments, start=4):
            with own.writing() as session:
                somebody(session, number)
                session.commit()
            status = rebuild_in_a_child(url, own, Fate(at, kill))
            assert os.WIFSIGNALED(status)
            assert os.WTERMSIG(status) == signal.SIGKILL
            monkeypatch.setattr(files, "_loaded", {})
            ours, theirs, by_files = seen(own)
            assert ours == theirs
            assert by_files
            assert ours[0] == number
            rebuild(own, TODAY, keeper(own, Fate()))
            whole(index_folder(tmp_path))
