"""The formula of a match as one SQL statement on PostgreSQL, over tables laid out for it: what the index is compared with.

The tables are as favourable as a database may wish: claims under a covering index, one narrow row a person with what
was worked out beforehand (years by field, current statements), person numbers in the order of public ids.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from registry.matching.engine.index.answer import Answer, Placed, Tally
from registry.matching.engine.index.snapshot import (
    ANYWHERE,
    LEVEL_NOT_STATED,
    RANKS,
    REMOTE,
    STRENGTHS,
    Postings,
    Snapshot,
)
from registry.matching.engine.index.terms import (
    Available,
    Essential,
    Judged,
    Question,
    Spoken,
    Test,
)
from registry.matching.engine.score import Plan

_SCHEMA = """
CREATE SCHEMA bench;
CREATE UNLOGGED TABLE bench.claim (skill int, rank smallint, person int);
CREATE UNLOGGED TABLE bench.profile (person int, public_id text COLLATE "C", unit smallint, years smallint, study_1 smallint,
  study_2 smallint, stated smallint, free_from int, forms int, places smallint);
CREATE UNLOGGED TABLE bench.years (key int, person int, years smallint);
CREATE UNLOGGED TABLE bench.tongue (language int, rank smallint, person int);
CREATE UNLOGGED TABLE bench.accepted (unit int, person int);
"""
_INDEXES = """
CREATE INDEX ON bench.claim (skill, rank) INCLUDE (person);
ALTER TABLE bench.profile ADD PRIMARY KEY (person);
CREATE INDEX ON bench.years (key) INCLUDE (person, years);
CREATE INDEX ON bench.tongue (language) INCLUDE (person, rank);
CREATE INDEX ON bench.accepted (unit) INCLUDE (person);
"""
_TABLES = ("claim", "profile", "years", "tongue", "accepted")
_AT_ONCE = 200_000

Numbers = NDArray[Any]


class Sql:
    """The people of a snapshot in tables of their own, and the statement that ranks them."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
        self._connection.execute("SET jit = off")  # compiling took longer than it saved

    def close(self) -> None:
        """Close the connection; the server goes with its owner."""
        self._connection.close()

    def load(self, snapshot: Snapshot) -> None:
        """Fill the tables, then index them and count their rows."""
        self._connection.execute(_SCHEMA)
        arrays = snapshot.arrays
        bucket = _keys(snapshot.claims)
        self._copy("claim", bucket // (RANKS * STRENGTHS), bucket // STRENGTHS % RANKS, arrays.claim_rows)
        self._copy("profile", *_profile(snapshot))
        years = Postings(arrays.years_starts, arrays.years_rows)
        self._copy("years", _keys(years), arrays.years_rows, arrays.years_values)
        spoken = _keys(snapshot.languages)
        self._copy("tongue", spoken // RANKS, spoken % RANKS, arrays.language_rows)
        self._copy("accepted", _keys(snapshot.accepted), arrays.place_rows)
        self._connection.execute(_INDEXES)
        for table in _TABLES:
            self._connection.execute(f"VACUUM ANALYZE bench.{table}".encode())

    def _copy(self, table: str, *columns: Numbers) -> None:
        line = "\t".join(["%s"] * len(columns))
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY bench.{table} FROM STDIN".encode()) as copy,
        ):
            for start in range(0, len(columns[0]), _AT_ONCE):
                part = zip(*(column[start : start + _AT_ONCE].tolist() for column in columns), strict=True)
                copy.write("".join(f"{line % row}\n" for row in part))

    def explained(self, plan: Plan, question: Question, snapshot: Snapshot, count: int) -> str:
        """How the server goes about it."""
        sql = f"EXPLAIN (ANALYZE, BUFFERS) {statement(plan, question, snapshot, count)}"
        return "\n".join(row[0] for row in self._connection.execute(sql.encode()))

    def answer(self, plan: Plan, question: Question, snapshot: Snapshot, count: int) -> Answer:
        """Counts over everybody and the first rows."""
        sql = statement(plan, question, snapshot, count)
        row: Any = self._connection.execute(sql.encode()).fetchone()
        return _answer(row, question)


def _keys(postings: Postings) -> Numbers:
    """The key of every row of postings."""
    return np.repeat(np.arange(postings.keys), np.diff(postings.starts))


def _profile(snapshot: Snapshot) -> list[Numbers]:
    """One row a person; at most two educations, the one of those with a single one told twice."""
    arrays = snapshot.arrays
    if np.any(np.diff(arrays.study_starts) > 1):
        raise ValueError("a person with more than two educations")
    second = arrays.education.copy()
    second[arrays.study_owners] = arrays.study_kinds
    return [
        np.arange(len(snapshot)),
        arrays.public_ids.astype("U26"),
        arrays.units,
        arrays.years,
        arrays.education,
        second,
        arrays.availability,
        arrays.free_from,
        arrays.forms,
        arrays.places,
    ]


def statement(plan: Plan, question: Question, snapshot: Snapshot, count: int) -> str:
    """One statement: all counts, and the first rows as an array."""
    wanted, tests = range(len(plan.wanted)), range(len(question.tests))
    ranked = "failures = 0 AND skill_points > 0"
    counts = [
        "count(*)",
        "count(*) FILTER (WHERE failures = 0 AND skill_points = 0)",
        "count(*) FILTER (WHERE failures > 0)",
        f"count(*) FILTER (WHERE {ranked})",
        *(f"count(*) FILTER (WHERE t{one} = 0)" for one in tests),
        *(f"count(*) FILTER (WHERE t{one} = 0 AND failures = 1 AND skill_points > 0)" for one in tests),
        *(f"count(*) FILTER (WHERE {ranked} AND s{one} & 4 > 0)" for one in wanted),
        *(f"count(*) FILTER (WHERE {ranked} AND s{one} & 12 = 8)" for one in wanted),
    ]
    failures = " + ".join(f"(t{one} = 0)::int" for one in tests) or "0"
    is_open = " OR ".join(f"t{one} = 1" for one in tests) or "false"
    return f"""
WITH {_worth(plan)},
skills AS (
  SELECT person, {
        ", ".join(
            f"coalesce(max(points) FILTER (WHERE place = {one}), 0) AS p{one},"
            f" coalesce(bit_or(says) FILTER (WHERE place = {one}), 0) AS s{one}"
            for one in wanted
        )
    }
  FROM bench.claim JOIN worth USING (skill, rank) GROUP BY person),
told AS (
  SELECT profile.person, public_id, {" + ".join(f"coalesce(p{one}, 0)" for one in wanted)} AS skill_points,
    {" + ".join(_parts(question)) or "0"} AS other_points,
    {"".join(f"{_verdict(test, snapshot)} AS t{place}, " for place, test in enumerate(question.tests))}
    {", ".join(f"coalesce(s{one}, 0) AS s{one}" for one in wanted)}
  FROM bench.profile LEFT JOIN skills USING (person) {" ".join(_joins(question, snapshot))}),
judged AS MATERIALIZED (SELECT *, {failures} AS failures, {is_open} AS is_open FROM told)
SELECT {", ".join(counts)}, (
  SELECT array_agg(ARRAY[is_open::int::text, total::text, public_id]) FROM (
    SELECT is_open, skill_points + other_points AS total, public_id FROM judged WHERE {ranked}
    ORDER BY is_open, total DESC, person LIMIT {count}) AS best)
FROM judged"""  # noqa: S608 - numbers of ours only


def _worth(plan: Plan) -> str:
    """What a claim on a concept at a rank earns and says, per skill asked for: the skill part of the formula."""
    rows = [
        f"({place}, {similarity}, {code!r}, {wanted.rank}, {wanted.must_reach}, {maximum})"
        for place, (wanted, maximum, similar) in enumerate(
            zip(plan.wanted, plan.maxima, plan.similarities, strict=True)
        )
        for code, similarity in similar.items()
    ]
    return f"""
asked(place, similarity, code, wanted, must, maximum) AS (VALUES {", ".join(rows)}),
priced AS (
  SELECT place, skill.id AS skill, rank,
    maximum * similarity * (CASE WHEN rank = {LEVEL_NOT_STATED} THEN 60 / wanted ELSE 60 * least(rank, wanted) / wanted END)
      / 6000 AS points,
    CASE WHEN rank = {LEVEL_NOT_STATED} THEN 0 ELSE
      (similarity >= 80 AND rank >= must)::int + 2 * (similarity = 100 AND rank < must)::int
      + 4 * (similarity >= 80 AND rank >= wanted)::int
      + 8 * (similarity >= 80 AND rank >= greatest(1, wanted - 1))::int END AS says
  FROM asked JOIN skill USING (code), generate_series(0, {LEVEL_NOT_STATED}) AS rank),
worth AS MATERIALIZED (SELECT * FROM priced WHERE points > 0 OR says > 0)"""  # noqa: S608


def _array(values: Sequence[int] | NDArray[Any], index: str) -> str:
    """The value at a place."""
    return f"('{{{','.join(map(str, [int(one) for one in values]))}}}'::int[])[{index} + 1]"


def _best_study(values: NDArray[Any]) -> str:
    return f"greatest({_array(values, 'study_1')}, {_array(values, 'study_2')})"


def _parts(question: Question) -> Iterator[str]:
    if (experience := question.experience) is not None:
        years = "profile.years" if experience.key is None else "coalesce(worked.years, 0)"
        yield _array(experience.points, years)
    if question.education is not None:
        yield _best_study(question.education)
    if (free := question.availability) is not None:
        form = f"AND forms & {free.forms} > 0" if free.forms else ""
        full = f"free_from > 0 AND free_from <= {free.start}" if free.start else "true"
        yield (
            f"CASE WHEN stated = 1 {form} THEN CASE WHEN {full} THEN {free.points}"
            f" WHEN free_from > 0 AND free_from <= {free.late} THEN {free.half} ELSE 0 END ELSE 0 END"
        )
    if (place := question.place) is not None:
        bits = ANYWHERE | (REMOTE if place.is_remote else 0)
        yield f"CASE WHEN places & {bits} > 0 OR worker IS NOT NULL THEN {place.points} ELSE 0 END"


def _joins(question: Question, snapshot: Snapshot) -> Iterator[str]:
    if question.experience is not None and question.experience.key is not None:
        worked = f"SELECT person, years FROM bench.years WHERE key = {question.experience.key}"  # noqa: S608
        yield f"LEFT JOIN ({worked}) AS worked USING (person)"
    if question.place is not None:
        units = ",".join(map(str, question.place.keys)) or "-1"
        accepted = f"SELECT DISTINCT person AS worker FROM bench.accepted WHERE unit IN ({units})"  # noqa: S608
        yield f"LEFT JOIN ({accepted}) AS accepted ON worker = profile.person"
    for test in question.tests:
        if isinstance(test, Spoken):
            language = snapshot.words.languages.index(_language(test))
            tongue = f"SELECT person, rank FROM bench.tongue WHERE language = {language}"  # noqa: S608
            yield f"LEFT JOIN ({tongue}) AS {_language(test)} USING (person)"


def _language(test: Spoken) -> str:
    return test.key.removeprefix("language:").split(">=")[0]


def _verdict(test: Test, snapshot: Snapshot) -> str:
    """0 not met, 1 unknown, 2 met."""
    match test:
        case Essential():
            says = f"coalesce(s{test.requirement}, 0)"
            return f"CASE WHEN {says} & 1 > 0 THEN 2 WHEN {says} & 2 > 0 THEN 0 ELSE 1 END"
        case Judged(kind="education"):
            return _best_study(test.verdicts)
        case Judged():
            return _array(test.verdicts, "unit")
        case Available():
            return (
                "CASE WHEN stated = 2 THEN 0 WHEN stated = 0 OR free_from = 0 THEN 1"
                f" WHEN free_from <= {test.by} THEN 2 ELSE 0 END"
            )
        case Spoken():
            name, rank = _language(test), test.key.rpartition(">=")[2]
            return (
                f"CASE WHEN coalesce({name}.rank, {LEVEL_NOT_STATED}) = {LEVEL_NOT_STATED} THEN 1"
                f" WHEN {name}.rank >= {rank} THEN 2 ELSE 0 END"
            )
        case _:
            raise NotImplementedError(f"{test.key} over {len(snapshot)} people")


def _answer(row: Sequence[Any], question: Question) -> Answer:
    tests, wanted = len(question.tests), len(question.requirements)
    considered, not_enough, excluded, ranked = row[:4]
    failed, alone = row[4 : 4 + tests], row[4 + tests : 4 + 2 * tests]
    reach = row[4 + 2 * tests : 4 + 2 * tests + wanted]
    told = [
        (test.key, number, only) for test, number, only in zip(question.tests, failed, alone, strict=True) if number
    ]  # fmt: skip
    tally = Tally(
        considered=considered,
        not_enough_data=not_enough,
        excluded_people=excluded,
        ranked=ranked,
        at_least=ranked,
        excluded={key: number for key, number, _only in told},
        relaxations={key: only for key, _number, only in told},
        reach=tuple(reach),
        more_one_rank_lower=tuple(row[4 + 2 * tests + wanted : 4 + 2 * tests + 2 * wanted]),
    )
    return Answer(tally, tuple(Placed(one[0] == "1", -int(one[1]), one[2]) for one in row[-1] or ()))
