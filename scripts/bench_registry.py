"""Databases of their own for measuring: the product's tables with its reference data, and generated people in bulk.

Rows go into a staging table first (COPY on PostgreSQL) and from there into the product's table, where the database
fills in what is the same for everybody. The checks of foreign keys are off meanwhile: the ids are known to be right.
"""

import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Boolean, Column, Integer, String, select
from sqlalchemy.orm import Session

from registry.app.reference import load_reference_data
from registry.app.schema import upgrade_schema
from registry.db import Base, Database, open_database
from registry.db.keys import Keyring
from registry.matching.engine.index.columns import Columns, Int32, Int64
from registry.matching.engine.parts import STATEMENT_GOOD_FOR_MONTHS
from registry.matching.queries.columns import FORMS
from registry.people.models import ChangeCounter, PersonChange
from registry.places.queries import provinces
from registry.skills.models import Skill
from registry.text import fold, person_sort_key
from registry.web.clock import today
from scripts.bench_population import Ground
from tests.postgres import PostgresServer

KEY = "k" * 40
_AT_ONCE = 20_000
_STATES = ("rejected", "expired", "self_declared", "attached", "verified")
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Vàng", "Giàng")
_MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Đức", "Ngọc", "Hồng", "Quang", "Thanh", "A", "Gia", "Bảo")
_GIVEN = ("An", "Bình", "Cường", "Dung", "Hà", "Hải", "Hạnh", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai",
          "Nam", "Nga", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Tuấn", "Uyên", "Vinh", "Yến")  # fmt: skip

_SERVER = (
    "-c shared_buffers=1GB -c work_mem=256MB -c maintenance_work_mem=512MB -c max_wal_size=8GB"
    " -c effective_cache_size=4GB -c random_page_cost=1.1"
)

Cell = Sequence[Any] | NDArray[Any]


@contextmanager
def own_registry(kind: str) -> Generator[tuple[Database, str]]:
    """A database with reference data and nobody in it (and its address), gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="registry-bench-") as folder:
        server = PostgresServer(_SERVER) if kind == "postgresql" else None
        url = server.url if server else f"sqlite:///{folder}/registry.sqlite3"
        database = open_database(url, Keyring([KEY]), Path(folder))
        try:
            upgrade_schema(database)
            with database.writing() as session:
                load_reference_data(session)
                session.commit()
            yield database, url
        finally:
            database.dispose()
            if server:
                server.stop()


def ground_of(session: Session) -> Ground:
    """The concepts and provinces of a database."""
    skills = session.scalars(select(Skill.id).where(Skill.merged_into_id.is_(None)).order_by(Skill.id))
    units = sorted(one.path for one in provinces(session))
    return Ground(tuple(skills), tuple(units), today())


def enter_people(database: Database, columns: Columns) -> None:
    """Write everybody into the product's tables, and what the database knows of their spread."""
    with database.writing() as session:
        load = _Load(session)
        load.begin()
        for table, cells, said in _tables(load, columns):
            load.table(table, cells, said)
        session.commit()
    with database.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        kind = connection.dialect.name
        connection.exec_driver_sql("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE")


def change_people(session: Session, people: Int64) -> None:
    """All levels of these people one up, noted as the product notes changes: as `changed` does to columns."""
    session.connection().exec_driver_sql(
        "UPDATE skill_claim SET level = CASE WHEN level IS NULL THEN 3 WHEN level = 6 THEN 0 ELSE level + 1 END"  # noqa: S608
        f" WHERE person_id IN ({','.join(map(str, people.tolist()))})"
    )
    counter = session.scalars(select(ChangeCounter)).one()
    counter.n += 1
    session.add_all(PersonChange(id=one, n=counter.n, is_deleted=False) for one in people.tolist())


def names(count: int) -> list[str]:
    """So many names, all different until the lists are through."""
    kinds = len(_SURNAMES) * len(_MIDDLE) * len(_GIVEN)
    pool = [f"{one} {two} {three}" for three in _GIVEN for two in _MIDDLE for one in _SURNAMES]
    return [pool[(place * 1_009) % kinds] for place in range(count)]


def _has_default(column: Column[Any]) -> bool:
    """Whether the database knows what stands there when nothing is said."""
    return bool(column.nullable) or column.server_default is not None


@dataclass
class _Load:
    """Fills tables through a staging table; `said` are SQL expressions over it by column."""

    session: Session

    @property
    def kind(self) -> str:
        return self.session.get_bind().dialect.name

    def run(self, sql: str) -> None:
        self.session.connection().exec_driver_sql(sql)

    def begin(self) -> None:
        if self.kind == "postgresql":
            self.run("SET LOCAL statement_timeout = 0")
            self.run("SET LOCAL session_replication_role = replica")
            return
        raw: Any = self.session.connection().connection.driver_connection
        raw.execute("COMMIT")  # pragmas work outside a transaction only
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-500000"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("BEGIN IMMEDIATE")

    def day(self, name: str) -> str:
        """The date of an ordinal; none for 0."""
        if self.kind == "postgresql":
            return f"CASE WHEN {name} > 0 THEN DATE '0001-01-01' + ({name}::int - 1) END"
        return f"CASE WHEN {name} > 0 THEN date({name} + 1721424.5) END"

    def table(self, name: str, cells: Mapping[str, Cell], said: Mapping[str, str]) -> None:
        """Fill one table. What is neither given nor said and may not be null gets the plainest value."""
        kinds = ", ".join(f"{key} {_sql_type(cell)}" for key, cell in cells.items())
        self.run(f"CREATE TEMPORARY TABLE staged ({kinds})")
        self._stage(cells)
        values = {
            one.name: said[one.name]
            if one.name in said
            else one.name
            if one.name in cells
            else self._plain(one)
            for one in Base.metadata.tables[name].columns
            if one.name in cells or one.name in said or not (_has_default(one) or one.name == "id")
        }
        self.run(f"INSERT INTO {name} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM staged")  # noqa: S608
        self.run("DROP TABLE staged")
        if self.kind == "postgresql":
            self.run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608

    def _stage(self, cells: Mapping[str, Cell]) -> None:
        lists = [cell.tolist() if isinstance(cell, np.ndarray) else cell for cell in cells.values()]
        rows: Iterator[tuple[Any, ...]] = zip(*lists, strict=True)
        raw: Any = self.session.connection().connection.driver_connection
        if self.kind == "sqlite":
            places = ", ".join("?" * len(lists))
            raw.executemany(f"INSERT INTO staged VALUES ({places})", rows)  # noqa: S608
            return
        line = "\t".join(["%s"] * len(lists)) + "\n"
        with raw.cursor() as cursor, cursor.copy("COPY staged FROM STDIN") as copy:
            while some := list(islice(rows, _AT_ONCE)):
                copy.write("".join([line % row for row in some]))

    def _plain(self, column: Column[Any]) -> str:
        if column.name == "public_id":
            if self.kind == "sqlite":
                return "lower(hex(randomblob(13)))"
            return "substr(replace(gen_random_uuid()::text, '-', ''), 1, 26)"
        match column.type:
            case Boolean():
                return "false"
            case Integer():
                return "1"
            case String():
                return "''"
            case _:
                return (
                    "'2026-11-01'"
                    if column.name.endswith("_on") or column.name == "valid_from"
                    else "'2026-11-01 00:00:00'"
                )


def _sql_type(cell: Cell) -> str:
    first: Any = cell[0] if len(cell) else ""
    return "text" if isinstance(first, str | bytes) else "bigint"


def _coded(number: str, words: Sequence[str | None]) -> str:
    """SQL: the word of a number; none for those beyond."""
    cases = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words) if word)
    return f"CASE {number} {cases} END"


def _tables(load: _Load, columns: Columns) -> Iterator[tuple[str, dict[str, Cell], dict[str, str]]]:
    words = columns.words
    yield "person", _person(columns), {"state": "'active'", "legal_basis": "'law'", "author": "'officer'",
                                       "unit_path": _coded("unit", words.unit_paths)}  # fmt: skip
    claims = columns.claims
    yield (
        "skill_claim",
        {"person_id": claims.person, "skill_id": claims.skill, "rank": claims.rank, "strength": claims.strength},
        {"level": "nullif(rank, -1)", "evidence_state": _coded("strength", _STATES), "how": "'exact'"},
    )  # fmt: skip
    yield from _careers(load, columns)
    yield from _wishes(load, columns)


def _person(columns: Columns) -> dict[str, Cell]:
    people = columns.people
    called = names(len(people.row_id))
    folded = {one: fold(one) for one in set(called)}
    keys = {one: person_sort_key(one) for one in set(called)}
    return {
        "id": people.row_id,
        "public_id": people.public_id.astype("U26"),
        "code": [f"HS-{one}" for one in people.row_id.tolist()],
        "unit": people.unit,
        "full_name": called,
        "folded_name": [folded[one] for one in called],
        "name_sort_key": [keys[one] for one in called],
    }


def _careers(load: _Load, columns: Columns) -> Iterator[tuple[str, dict[str, Cell], dict[str, str]]]:
    words, posts, studies, tongues = columns.words, columns.posts, columns.studies, columns.tongues
    evidence = {"evidence_state": "'self_declared'"}
    yield (
        "experience",
        {"person_id": posts.person, "field": posts.field, "start": posts.start_latest, "finish": posts.end_earliest,
         "goes_on": posts.is_ongoing.astype(np.int8)},
        {**evidence, "field_code": _coded("field", words.fields), "from_on": load.day("start"),
         "from_precision": "'day'", "to_on": load.day("finish"),
         "to_precision": "CASE WHEN finish > 0 THEN 'day' END", "is_ongoing": "goes_on = 1"},
    )  # fmt: skip
    yield (
        "education",
        {"person_id": studies.person, "field": studies.field, "rank": studies.rank, "finish": studies.finished_on},
        {**evidence, "field_code": _coded("field", words.fields), "degree_rank": "nullif(rank, -1)",
         "to_on": load.day("finish"), "to_precision": "'day'", "is_completed": "true"},
    )  # fmt: skip
    yield (
        "language_claim",
        {"person_id": tongues.person, "spoken": tongues.language, "level": tongues.rank},
        {**evidence, "language": _coded("spoken", words.languages), "rank": "nullif(level, -1)"},
    )


def _wishes(load: _Load, columns: Columns) -> Iterator[tuple[str, dict[str, Cell], dict[str, str]]]:
    said, places = columns.statements, columns.places
    ids = np.arange(1, len(said.person) + 1)
    stated = _stated_on(said.stops_on)
    yield (
        "availability",
        {"id": ids, "person_id": said.person, "free": said.is_available.astype(np.int8), "start": said.free_from,
         "stated": stated},
        {"state": _coded("free", ("not_available", "available")), "from_on": load.day("start"),
         "stated_on": load.day("stated")},
    )  # fmt: skip
    bits = [(np.flatnonzero(said.forms & (1 << place)), place) for place in range(len(FORMS))]
    yield (
        "availability_form",
        {"availability_id": np.concatenate([ids[rows] for rows, _place in bits]),
         "accepted": np.concatenate([np.full(len(rows), place) for rows, place in bits])},
        {"form": _coded("accepted", FORMS)},
    )  # fmt: skip
    kinds = np.where(places.is_anywhere, 1, np.where(places.is_remote, 2, 0))
    yield (
        "accepted_place",
        {"person_id": places.person, "chosen": kinds, "unit": places.unit},
        {"kind": _coded("chosen", ("unit", "anywhere", "remote")),
         "unit_path": f"coalesce({_coded('unit', columns.words.unit_paths)}, '')"},
    )  # fmt: skip


def _stated_on(stops_on: Int32) -> Int64:
    """The day of a statement by the first day it is too old."""
    different, places = np.unique(stops_on, return_inverse=True)
    last = [date.fromordinal(day - 1) for day in different.tolist()]
    stated = [day.replace(year=day.year - STATEMENT_GOOD_FOR_MONTHS // 12).toordinal() for day in last]
    return np.array(stated, np.int64)[places.reshape(-1)]
