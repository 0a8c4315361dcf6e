"""How well and how fast duplicates are found: people are generated, some are planted twice, everybody is compared.

    python scripts/check_duplicates.py [--people N] [--planted N] [--seed S] [--json]

Prints recall by kind of likeness with its denominator, pairs found besides, seconds and memory of the job that compares
everybody, and the milliseconds of one step of the job that compares who changed. Works in a folder of its own, on
SQLite; nothing is read from an installation.
"""

import argparse
import gc
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select

from registry.app.schema import upgrade_schema
from registry.db import Database, new_public_id, open_database
from registry.db.keys import Keyring
from registry.duplicates.operations.finding import compare_people
from registry.duplicates.operations.work import AT_ONCE, FIND_ALL_JOB, HANDLERS
from registry.jobs.operations import enqueue_job
from registry.jobs.worker import run_due_jobs
from registry.people.models import NOTED, Contact, DuplicatePair, Evidence, IdentityDocument, Person
from registry.people.rules import ContactKind, DatePrecision, IdentityKind, LegalBasis, contact_key
from registry.text import fold, person_sort_key

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 26)
FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Lò",
    "Vàng",
    "Giàng",
    "Sùng",
    "Tẩn",
    "Cà",
    "Quàng",
]
MIDDLES = [
    "Thị",
    "Văn",
    "Hữu",
    "Đức",
    "Minh",
    "Ngọc",
    "Thanh",
    "Quang",
    "Thu",
    "Xuân",
    "Hoàng",
    "Kim",
    "Bảo",
    "Gia",
    "Anh",
    "Hồng",
    "Tuấn",
    "Quốc",
    "Phương",
    "Khánh",
]
GIVEN = [
    "Anh",
    "Bình",
    "Châu",
    "Chi",
    "Cường",
    "Dung",
    "Dũng",
    "Duy",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hiếu",
    "Hoa",
    "Hòa",
    "Hùng",
    "Hương",
    "Huy",
    "Khoa",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phong",
    "Phúc",
    "Quân",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thành",
    "Thắng",
    "Thủy",
    "Trang",
    "Trung",
    "Tú",
    "Tuấn",
    "Uyên",
    "Vân",
    "Việt",
    "Xuân",
    "Yến",
]
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Drawn:
    """One generated record."""

    id: int
    name: str
    birth: date
    precision: DatePrecision
    email: str
    phone: str
    identity: tuple[IdentityKind, str]
    orcid: str = ""


def drawn(rng: Random, number: int) -> Drawn:
    """A person: given names fall off as names do, a tenth has a middle name more."""
    middles = rng.sample(MIDDLES, 2 if rng.random() < 0.1 else 1)
    name = " ".join([_falling(rng, FAMILIES), *middles, rng.choice(GIVEN)])
    birth = date(1950, 1, 1) + timedelta(days=rng.randrange(55 * 365))
    if rng.random() < 0.03:  # a day that was made up
        birth = birth.replace(month=1, day=1)
    return Drawn(
        number,
        name,
        birth,
        DatePrecision.DAY,
        f"nguoi{number}@vidu.example",
        f"+8491{number:07d}",
        (IdentityKind.CCCD, f"{number:012d}"),
    )


def _falling(rng: Random, names: list[str]) -> str:
    return names[min(int(rng.expovariate(0.35)), len(names) - 1)]


def _slip(rng: Random, one: Drawn, number: int) -> Drawn:
    at = rng.randrange(1, len(one.name) - 1)
    while not one.name[at].isalpha():
        at = rng.randrange(1, len(one.name) - 1)
    letter = rng.choice(_LETTERS)
    return replace(_again(one, number), name=one.name[:at] + letter + one.name[at + 1 :])


def _again(one: Drawn, number: int) -> Drawn:
    """The same person entered anew: nothing but name and birth date is the same."""
    fresh = drawn(Random(number), number)  # noqa: S311 - made-up people need a seed, not secrecy
    return replace(fresh, name=one.name, birth=one.birth, precision=one.precision)


def _somebody(number: int) -> Drawn:
    """Another name and another birth date, so that only what is then set is the same."""
    return drawn(Random(-number), number)  # noqa: S311 - the same


def _other_order(_rng: Random, one: Drawn, number: int) -> Drawn:
    family, *rest = one.name.split()
    return replace(_again(one, number), name=" ".join([*rest, family]))


def _without_middle(_rng: Random, one: Drawn, number: int) -> Drawn:
    words = one.name.split()
    return replace(_again(one, number), name=" ".join([words[0], *words[2:]]))


def _exchanged(_rng: Random, one: Drawn, number: int) -> Drawn:
    day = one.birth
    return replace(_again(one, number), birth=date(day.year, day.day, day.month))


PLANTED: Mapping[str, Callable[[Random, Drawn, int], Drawn]] = {
    "same name, same birth": lambda _rng, one, number: _again(one, number),
    "marks lost": lambda _rng, one, number: replace(_again(one, number), name=fold(one.name)),
    "other order": _other_order,
    "one character": _slip,
    "middle name left out": _without_middle,
    "day and month exchanged": _exchanged,
    "year of birth alone": lambda _rng, one, number: replace(
        _again(one, number), birth=one.birth.replace(month=1, day=1), precision=DatePrecision.YEAR
    ),
    "e-mail": lambda _rng, one, number: replace(_somebody(number), email=one.email.upper()),
    "telephone": lambda _rng, one, number: replace(_somebody(number), phone=one.phone),
    "number under another kind": lambda _rng, one, number: replace(
        _somebody(number), identity=(IdentityKind.PASSPORT, one.identity[1])
    ),
    "ORCID": lambda _rng, one, number: replace(_somebody(number), orcid=one.orcid),
}


def _may_be_planted(kind: str, one: Drawn) -> bool:
    if kind == "day and month exchanged":
        return one.birth.day <= 12 and one.birth.day != one.birth.month
    return len(one.name.split()) > 3 if kind == "middle name left out" else True


def population(people: int, planted: int, seed: int) -> tuple[list[Drawn], dict[str, list[tuple[int, int]]]]:
    """Everybody, and by kind the planted pairs (row ids)."""
    rng = Random(seed)  # noqa: S311 - the same
    records = [drawn(rng, number) for number in range(1, people + 1)]
    pairs: dict[str, list[tuple[int, int]]] = {}
    number = people
    for kind, again in PLANTED.items():
        fitting = [one for one in records[:people] if _may_be_planted(kind, one)]
        pairs[kind] = []
        for first in rng.sample(fitting, planted):
            number += 1
            one = replace(first, orcid=_orcid(number)) if kind == "ORCID" else first
            records[first.id - 1] = one
            records.append(again(rng, one, number))
            pairs[kind].append((first.id, number))
    return records, pairs


def _orcid(number: int) -> str:
    digits, total = f"0000000{number:08d}", 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    whole = digits + ("X" if check == 10 else str(check))
    return "-".join(whole[at : at + 4] for at in range(0, 16, 4))


def enter(database: Database, records: list[Drawn]) -> None:
    """Write the records past the rooms: what a load writes, without its checks."""
    for start in range(0, len(records), _ROWS_AT_ONCE):
        part = records[start : start + _ROWS_AT_ONCE]
        with database.writing() as session:
            ids = {one.id: new_public_id() for one in part}
            _insert(session, Person, [_person(one, ids[one.id]) for one in part])
            keyring = database.keyring
            _insert(
                session,
                Contact,
                [
                    {
                        "person_id": one.id,
                        "kind": kind,
                        "value_sealed": keyring.seal(value, f"contact.value:{ids[one.id]}"),
                        "value_digest": keyring.digest(contact_key(kind, value), f"contact.value:{kind}"),
                        "is_preferred": True,
                    }
                    for one in part
                    for kind, value in ((ContactKind.EMAIL, one.email), (ContactKind.PHONE, one.phone))
                ],
            )
            _insert(
                session,
                IdentityDocument,
                [
                    {
                        "person_id": one.id,
                        "kind": kind,
                        "number_sealed": keyring.seal(text, f"identity_document.number:{ids[one.id]}"),
                        "number_digest": keyring.digest(text, f"identity_document.number:{kind}"),
                        "country": "VN",
                    }
                    for one in part
                    for kind, text in (one.identity,)
                ],
            )
            named = [one for one in part if one.orcid]
            if named:
                _insert(session, Evidence, [_evidence(one) for one in named])
            session.commit()


def _insert(session: Any, model: Any, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(model), rows, execution_options={NOTED: True})


def _person(one: Drawn, public_id: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "public_id": public_id,
        "code": f"HS-{one.id}",
        "legal_basis": LegalBasis.LAW,
        "unit_path": "VN/12/",
        "full_name": one.name,
        "folded_name": fold(one.name),
        "name_sort_key": person_sort_key(one.name),
        "birth_on": one.birth,
        "birth_precision": one.precision,
        "created_at": NOW,
        "updated_at": NOW,
    }


def _evidence(one: Drawn) -> dict[str, Any]:
    title = f"ORCID {one.orcid}"
    return {
        "public_id": new_public_id(),
        "person_id": one.id,
        "title": title,
        "reference": f"https://orcid.org/{one.orcid}",
        "created_at": NOW,
        "updated_at": NOW,
    }


def found_pairs(database: Database) -> set[tuple[int, int]]:
    """The pairs that are kept."""
    session = database.read_session()
    try:
        return {
            (row[0], row[1])
            for row in session.execute(select(DuplicatePair.first_id, DuplicatePair.second_id))
        }
    finally:
        session.close()


def measure(database: Database, people: int, planted: int, seed: int) -> dict[str, Any]:
    """Enter, compare everybody, then compare some as if they had changed."""
    records, pairs = population(people, planted, seed)
    enter(database, records)
    count = len(records)
    records.clear()
    gc.collect()
    before = _memory(anew=True)
    with database.writing() as session:
        enqueue_job(session, FIND_ALL_JOB, {}, at=NOW)
        session.commit()
    began, worked = time.perf_counter(), time.process_time()
    run_due_jobs(database, HANDLERS, clock=lambda: NOW)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    found = found_pairs(database)
    wanted = {pair for kind in pairs.values() for pair in kind}
    chance = Random(seed)  # noqa: S311 - the same
    ids = chance.sample(range(1, count + 1), min(AT_ONCE, count))
    began = time.process_time()
    with database.writing() as session:
        compare_people(session, ids, at=NOW + timedelta(hours=1), on=TODAY)
        session.commit()
    step = time.process_time() - began
    again = found_pairs(database)
    return {
        "people": count,
        "recall": {
            kind: [len(set(planted_pairs) & found), len(planted_pairs)]
            for kind, planted_pairs in pairs.items()
        },
        "found": len(found),
        "not_planted": len(found - wanted),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "memory_mib": _memory(),
        "memory_before_mib": before,
        "step_people": len(ids),
        "step_ms": round(step * 1000, 1),
        "differs_after_step": len(found ^ again),
    }


def _memory(*, anew: bool = False) -> int:
    """The most memory this process has held since it was asked `anew`, in MiB (Linux; elsewhere since it began)."""
    with suppress(OSError):
        if anew:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told(result: Mapping[str, Any]) -> str:
    """The figures as a table."""
    lines = [f"{result['people']:,} records"]
    total = Counter[str]()
    for kind, (right, of) in result["recall"].items():
        lines.append(f"  {kind:<28} {right:>6} / {of:<6} {right / of:7.1%}")
        total += Counter(right=right, of=of)
    lines += [
        f"  {'all planted':<28} {total['right']:>6} / {total['of']:<6} {total['right'] / total['of']:7.1%}",
        f"  pairs found {result['found']}, not planted {result['not_planted']}",
        f"  everybody compared in {result['seconds']} s, of which the processor worked {result['cpu_seconds']} s",
        f"  memory at most {result['memory_mib']} MiB, {result['memory_before_mib']} MiB when it began",
        f"  {result['step_people']} who changed compared in {result['step_ms']} ms of the processor",
        f"  pairs that differ afterwards: {result['differs_after_step']}",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--planted", type=int, default=100, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'check.sqlite3'}", Keyring(["c" * 40]))
        upgrade_schema(database)
        result = measure(database, given.people, given.planted, given.seed)
        database.dispose()
    print(json.dumps(result) if given.json else told(result))


if __name__ == "__main__":
    main()
