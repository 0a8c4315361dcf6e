"""The list of who was erased, kept beside the database, and erasing them again in a backup that was restored.

The list holds public ids and times, nothing else. It lies in a file of its own, because a list inside the database
would be as old as the backup.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.people.models import Person
from registry.people.rules import PersonState
from registry.privacy.models import ErasedPerson
from registry.privacy.operations.erasing import erase_person

FILE_NAME = "erased.jsonl"


@dataclass(frozen=True)
class Erased:
    """A line of the list."""

    person: str
    erased_at: datetime


def erased_people(session: Session) -> list[Erased]:
    """Everybody who was erased, in order."""
    rows = session.scalars(select(ErasedPerson).order_by(ErasedPerson.erased_at, ErasedPerson.person))
    return [Erased(row.person, row.erased_at) for row in rows]


def keep_outside(folder: Path, people: Iterable[Erased]) -> None:
    """Write the whole list beside the database, together with what the file holds that the database does not."""
    path = folder / FILE_NAME
    known = {one.person: one for one in (*read_list(path), *people)}
    lines = [
        json.dumps({"person": one.person, "erased_at": one.erased_at.isoformat()})
        for one in sorted(known.values(), key=lambda one: (one.erased_at, one.person))
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    fresh.replace(path)


def read_list(path: Path) -> Iterator[Erased]:
    """The lines of a list; none when there is no file. Raises ValueError for a file that is no such list.

    Lists are the file beside the database, and what `registry privacy erased` prints, in JSON or as words.
    """
    if not path.exists():
        return
    content = path.read_text("utf-8")
    raws = json.loads(content) if content.lstrip().startswith("[") else map(_line, content.splitlines())
    for raw in raws:
        try:
            yield Erased(str(raw["person"]), datetime.fromisoformat(raw["erased_at"]))
        except (KeyError, TypeError, ValueError) as wrong:
            raise ValueError(path.name) from wrong


def _line(line: str) -> Any:
    if line.startswith("{"):
        return json.loads(line)
    person, _space, erased_at = line.partition(" ")
    return {"person": person, "erased_at": erased_at}


def replay(session: Session, people: Iterable[Erased], *, at: datetime) -> int:
    """Erase again whoever of this list is on record; how many were."""
    again = 0
    for one in people:
        person = session.scalar(
            select(Person).where(Person.public_id == one.person, Person.state != PersonState.ERASED)
        )
        if person is not None:
            erase_person(session, person, by=None, at=at)
            again += 1
    return again
