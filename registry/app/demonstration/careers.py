"""The careers demonstration people follow: titles, fields and skills that go together. Pure: a table of facts."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "careers.csv"


@dataclass(frozen=True)
class Career:
    """One way of working life; `core` skills are held by nearly everybody in it, `extra` by some."""

    key: str
    sector: str
    title: str
    senior_title: str
    degree_field: str
    major: str
    experience_field: str
    workplaces: tuple[str, ...]
    core: tuple[str, ...]
    extra: tuple[str, ...]


@lru_cache(maxsize=1)
def careers() -> tuple[Career, ...]:
    """All careers in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(
        Career(
            key=row["key"],
            sector=row["sector"],
            title=row["title"],
            senior_title=row["senior_title"],
            degree_field=row["degree_field"],
            major=row["major"],
            experience_field=row["experience_field"],
            workplaces=tuple(row["workplaces"].split("|")),
            core=tuple(row["core"].split()),
            extra=tuple(row["extra"].split()),
        )
        for row in rows
    )
