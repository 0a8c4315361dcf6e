"""Backs up registries that are written to all the time and restores them elsewhere: is everything there, as it was?

    python scripts/check_backup.py [--people 300] [--rounds 1]

For a registry with demonstration data on SQLite and one on PostgreSQL, a writer registers somebody, queues a letter and
keeps a file in transactions that follow each other at once, while `registry backup` runs; `registry restore` then fills
an empty SQLite file and an empty PostgreSQL database. Rows are read by the drivers, not by the product, and compared
value by value with the backup file and with what the source still holds of the same ids, since the writer only adds. Of
every transaction all must be there or nothing, all that were confirmed before the backup began, and none after it.
Prints a line for each crossing; exit 1 when something differs, the log does not verify, or a control is not noticed.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from registry.app.schema import METADATA
from registry.db import open_database
from registry.db.keys import Keyring
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from scripts.read_rows import Rows, differing, rows_of_backup, rows_of_postgres, rows_of_sqlite
from tests.factories.databases import at_server, created_database
from tests.factories.letters import VALUES
from tests.factories.people import AT, person
from tests.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[1]
KEY = "k" * 40
WRITER, LETTER = "Người ghi", "no_account"
WRITES_BEFORE, FILES, FOLDER = 20, 40, "tep"
# They change under the writer: how many changes there were, and how far each number is.
COUNTERS = {"change_counter"}


@dataclass(frozen=True)
class Place:
    """An installation."""

    name: str
    folder: Path
    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def run(self, *arguments: str | Path, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
        """A command of the product in a process of its own."""
        command = [
            sys.executable,
            "-c",
            "from registry.cli import main; raise SystemExit(main())",
            *map(str, arguments),
        ]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)
        if done.returncode and not may_fail:
            raise SystemExit(f"registry {arguments[0]}: {done.stderr}")
        return done

    @property
    def environ(self) -> dict[str, str]:
        return os.environ | {
            "PYTHONPATH": str(ROOT),
            "REGISTRY_DATA_DIR": str(self.folder),
            "REGISTRY_DATABASE_URL": self.url,
            "REGISTRY_SECRET_KEY": "s" * 40,
            "REGISTRY_FIELD_KEYS": KEY,
            "REGISTRY_BACKUP_KEY": "",
        }

    def rows(self) -> Rows:
        """Everything in it."""
        return (
            rows_of_sqlite(self.folder / "registry.sqlite3") if self.is_sqlite else rows_of_postgres(self.url)
        )

    def files(self) -> dict[str, str]:
        """Path and SHA-256 of what is in its folder of files."""
        kept = (
            path for path in (self.folder / FOLDER).rglob("*") if path.is_file() and path.suffix != ".part"
        )
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in kept}


class World:
    """Where installations are made: a folder and a PostgreSQL server."""

    def __init__(self, folder: Path, server: PostgresServer) -> None:
        self._folder, self._server, self._made = folder, server, 0

    def place(self, kind: str) -> Place:
        """An empty installation of this kind."""
        self._made += 1
        name = f"{kind}_{self._made}"
        folder = self._folder / name
        folder.mkdir()
        if kind == "sqlite":
            return Place(name, folder, f"sqlite:///{folder / 'registry.sqlite3'}")
        return Place(name, folder, created_database(self._server.url, Keyring([KEY]), name))

    def leave(self, place: Place) -> None:
        """Its database at the server is no longer needed."""
        if not place.is_sqlite:
            at_server(self._server.url, Keyring([KEY]), f"DROP DATABASE {place.name} WITH (FORCE)")


def write(place: Place) -> None:
    """The writer: one transaction after the other, each told when it is confirmed, until the process is ended."""
    database, number = open_database(place.url, Keyring([KEY]), place.folder), len(written_in(place.rows()))
    while True:
        number += 1
        content = os.urandom(4_000)
        aside = place.folder / FOLDER / f"{number}.part"
        aside.write_bytes(content)
        aside.rename(aside.with_suffix(".bin"))
        with database.writing() as session:
            person(session, f"{WRITER} {number}")
            queue_letter(session, Letter(LETTER, "vi", f"n{number}@vidu.vn", VALUES), at=AT)
            session.commit()
        print(number, flush=True)


@contextmanager
def writing(place: Place, told: Path) -> Generator[subprocess.Popen[bytes]]:
    """A writer at this place; which transactions were confirmed is told in a file."""
    command = [sys.executable, __file__, "--write", str(place.folder), "--url", place.url]
    with told.open("wb") as stream:
        writer = subprocess.Popen(command, stdout=stream, env=place.environ)
    try:
        yield writer
    finally:
        writer.terminate()
        writer.wait()


def confirmed(told: Path) -> int:
    """The number of the last transaction that was confirmed, 0 for none."""
    return int(told.read_text().rpartition("\n")[0].rpartition("\n")[2] or 0)


def written_in(rows: Rows) -> set[int]:
    """The numbers of the writer's transactions by the people in these rows."""
    place = [column.name for column in METADATA.tables["person"].columns].index("full_name")
    names = [str(row[place]) for row in rows["person"].values()]
    return {int(name.removeprefix(f"{WRITER} ")) for name in names if name.startswith(f"{WRITER} ")}


@dataclass(frozen=True)
class Taken:
    """A backup taken under load, and what is known of its moment."""

    source: Place
    file: Path
    before: int
    after: int
    seconds: float


def taken_under_load(source: Place, folder: Path) -> Taken:
    """Back up while the writer writes; it goes on for a while afterwards."""
    file, told = folder / f"{source.name}.backup", folder / f"{source.name}.told"
    begin = len(written_in(source.rows()))
    with writing(source, told) as writer:
        while confirmed(told) < begin + WRITES_BEFORE:
            if writer.poll() is not None:
                raise SystemExit("the writer ended")
            time.sleep(0.05)
        before, started = confirmed(told), time.perf_counter()
        source.run("backup", file, "--overwrite", "--json")
        seconds, after = time.perf_counter() - started, confirmed(told)
        while confirmed(told) < after + WRITES_BEFORE:
            time.sleep(0.05)
    return Taken(source, file, before, after, seconds)


def faults_of(taken: Taken, target: Place) -> list[str]:
    """What of a restored installation is not as it was at the moment of the backup."""
    backup, restored, source = rows_of_backup(taken.file), target.rows(), taken.source.rows()
    same_ids = {name: {one: source[name].get(one) for one in rows} for name, rows in restored.items()}
    faults = [f"table {name} differs from the backup" for name in differing(backup, restored)]
    faults += [
        f"table {name} differs from the source"
        for name in differing(same_ids, restored)
        if name not in COUNTERS
    ]
    numbers, files, kept = written_in(restored), target.files(), taken.source.files()
    if numbers != set(range(1, len(numbers) + 1)) or not taken.before <= len(numbers) <= taken.after + 1:
        faults.append(f"{len(numbers)} transactions of {taken.before} to {taken.after + 1}")
    if sum(LETTER in row for row in restored["mail_outbox"].values()) != len(numbers):
        faults.append("a transaction is there by half")
    if not {f"{number}.bin" for number in numbers} <= set(files) or len(files) < FILES + len(numbers):
        faults.append("files are missing")
    faults += [f"file {name}" for name, digest in files.items() if kept.get(name) != digest]
    if target.run("audit", "verify", may_fail=True).returncode:
        faults.append("the log does not verify")
    return faults


def controls(taken: Taken, target: Place) -> Mapping[str, bool]:
    """Whether a changed letter, a lost row, a changed file and a changed backup are noticed. Spoils the target."""
    with closing(sqlite3.connect(target.folder / "registry.sqlite3")) as connection:
        changed = connection.execute("UPDATE organisation SET name = name || 'x' WHERE id = 1").rowcount
        connection.execute("DELETE FROM mail_outbox WHERE id = (SELECT max(id) FROM mail_outbox)")
        connection.commit()
    (target.folder / FOLDER / "đầu 0.bin").write_bytes(b"x")
    found = faults_of(taken, target)
    content = bytearray(taken.file.read_bytes())
    content[content.index(b"tables/person.jsonl") + 60] ^= 1
    taken.file.write_bytes(content)
    refused = target.run("restore", taken.file, "--dry-run", may_fail=True).returncode == 1
    return {
        "row": changed == 1 and "table organisation differs from the source" in found,
        "lost": "a transaction is there by half" in found,
        "file": "file đầu 0.bin" in found,
        "backup": refused,
    }


def filled(place: Place, people: int) -> Place:
    """With demonstration data and files."""
    place.run("upgrade")
    place.run("demo", "--people", str(people), "--needs", "10", "--seed", "1")
    (place.folder / FOLDER).mkdir()
    for number in range(FILES):
        (place.folder / FOLDER / f"đầu {number}.bin").write_bytes(os.urandom(20_000))
    return place


def crossing(world: World, taken: Taken, kind: str) -> tuple[Place, list[str]]:
    """Restore elsewhere, compare, print."""
    target, started = world.place(kind), time.perf_counter()
    told = json.loads(target.run("restore", taken.file, "--json").stdout)
    seconds = time.perf_counter() - started
    faults = faults_of(taken, target)
    print(
        f"{taken.source.name.split('_')[0]} -> {kind}: tables={told['tables']}/{len(METADATA.tables)} rows={told['rows']}"
        f" files={told['files']} transactions_meanwhile={taken.after - taken.before}"
        f" backup_s={taken.seconds:.1f} restore_s={seconds:.1f} equal={'no' if faults else 'yes'}",
        *faults[:5],
        sep="\n    ",
        flush=True,
    )
    return target, faults


def check(world: World, folder: Path, people: int, rounds: int) -> bool:
    """All crossings, so many times; then the controls."""
    sources = [filled(world.place(kind), people) for kind in ("sqlite", "postgresql")]
    faults, noticed = 0, dict[str, bool]()
    for number in range(rounds):
        for source in sources:
            taken = taken_under_load(source, folder)
            for kind in ("postgresql", "sqlite"):
                target, found = crossing(world, taken, kind)
                faults += bool(found)
                if kind == "sqlite" and number == rounds - 1 and source.is_sqlite:
                    noticed = dict(controls(taken, target))
                world.leave(target)
    print(
        f"crossings={4 * rounds} differing={faults} control={'fired' if all(noticed.values()) else 'MISSED'} {noticed}"
    )
    return not faults and bool(noticed) and all(noticed.values())


def main() -> int:
    """Check, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write(Place("", asked.write, asked.url))
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            is_good = check(World(Path(folder), server), Path(folder), asked.people, asked.rounds)
    finally:
        server.stop()
    print("PASS" if is_good else "FAIL")
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
