"""What the check of a file of people made of its rows, kept sealed until the save, which need not read them again.

One piece a part of the file, and one that says from what they were made: a save that finds another vocabulary, other
places, rights, rules or another day has the file read again. They go with the batch's values, at the latest when it is
saved.
"""

import hashlib
import io
import json
import pickle
import zlib
from collections.abc import Callable, Collection, Sequence
from copyreg import dispatch_table
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.db.keys import Keyring, WrongKey, keyring_of
from registry.exchange.models import ImportBatch, ImportFile
from registry.exchange.queries.batches import file_place
from registry.exchange.rules.skills import SkillMention
from registry.people.rules import PersonDraft

_ROLE = "drafts"
_QUICKLY = 1
_RULES = (
    "exchange/rules",
    "exchange/readers",
    "people/rules",
    "people/data",
    "consents",
    "places/rules",
    "text",
)
_OWN = (
    "registry.people.rules.",
    "registry.consents.rules",
    "registry.exchange.rules.",
    "registry.skills.rules",
)


class Draft(NamedTuple):
    """A row that can be made: its number, the record without its skills, and the skills it names."""

    number: int
    person: PersonDraft
    skills: tuple[SkillMention, ...]


@dataclass(frozen=True)
class Part:
    """One part of the file: how many rows, how many drafts, and the first and the last row of these (0: none).

    `repeated` are rows with drafts that cannot be made: an earlier row names the same person.
    """

    rows: int
    kept: int
    first: int = 0
    last: int = 0
    repeated: tuple[int, ...] = ()

    def without(self, repeated: Sequence[int]) -> "Part":
        """The same part, of which these rows cannot be made."""
        return replace(self, repeated=tuple(repeated))

    def is_among(self, done: Collection[int]) -> bool:
        """Whether as many rows as can be made of it are done already."""
        return sum(number in done for number in range(self.first, self.last + 1)) >= self.kept - len(
            self.repeated
        )


# --- one part ---------------------------------------------------------------------------------------------


def sealed_drafts(keyring: Keyring, batch_id: str, index: int, drafts: Sequence[Draft]) -> bytes:
    """The drafts of a part as they are kept; `batch_id` is the public one."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _Reducing({**dispatch_table, ZoneInfo: _named_zone})
    pickler.dump([tuple(one) for one in drafts])
    return keyring.seal_bytes(zlib.compress(stream.getvalue(), _QUICKLY), _place(batch_id, index))


def opened_drafts(keyring: Keyring, batch_id: str, index: int, sealed: bytes) -> list[Draft]:
    """The same in the clear. Raises WrongKey."""
    plain = zlib.decompress(keyring.open_bytes(sealed, _place(batch_id, index)))
    return [Draft(*one) for one in _OwnOnly(io.BytesIO(plain)).load()]


class _OwnOnly(pickle.Unpickler):
    """Makes drafts and nothing else: what is kept was sealed by us, and even so no other code is called."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        found: Any = super().find_class(module, name) if module.startswith(_OWN) else None
        if isinstance(found, type) and (issubclass(found, Enum) or _is_draft(found)):
            return cast("Any", found)
        raise pickle.UnpicklingError(name)


def _is_draft(kind: Any) -> bool:
    return is_dataclass(kind)


class _Reducing(dict[type, Any]):
    """How objects are written: a draft as its class and the values of its fields, many times as fast as by itself."""

    def __missing__(self, kind: type) -> Any:
        if not _is_draft(kind):
            raise KeyError(kind)
        names = [one.name for one in fields(cast("Any", kind))]
        values: Callable[[Any], Any] = attrgetter(*names)

        def reduced(draft: Any) -> tuple[type, tuple[Any, ...]]:
            return kind, (values(draft),) if len(names) == 1 else values(draft)

        self[kind] = reduced
        return reduced


def _zone(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def _named_zone(zone: ZoneInfo) -> tuple[Any, tuple[str]]:
    return _zone, (zone.key,)


_PLAIN: dict[tuple[str, str], Any] = {
    ("datetime", "date"): date,
    ("datetime", "datetime"): datetime,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
    ("builtins", "frozenset"): frozenset,
    (__name__, "_zone"): _zone,
}


def _place(batch_id: str, index: int) -> str:
    return f"import_file.content:{batch_id}:{_ROLE}:{index}"


# --- what a batch keeps -----------------------------------------------------------------------------------


def keep_part(session: Session, batch: ImportBatch, index: int, sealed: bytes) -> None:
    """Keep the drafts of a part; the parts of another reading are forgotten before (`forget_drafts`)."""
    kept = {"batch_id": batch.id, "role": f"{_ROLE}:{index}", "content_sealed": sealed}
    session.execute(insert(ImportFile), kept)


def part_sealed(session: Session, batch: ImportBatch, index: int) -> bytes | None:
    """The drafts of a part as they are kept."""
    role = f"{_ROLE}:{index}"
    kept = select(ImportFile.content_sealed).where(ImportFile.batch_id == batch.id, ImportFile.role == role)
    return session.scalar(kept)


def keep_list(session: Session, batch: ImportBatch, stamp: str, parts: Sequence[Part]) -> None:
    """Say that all parts are there, and from what they were made."""
    told = json.dumps({"stamp": stamp, "parts": [asdict(one) for one in parts]})
    sealed = keyring_of(session).seal(told, file_place(batch, _ROLE))
    session.add(ImportFile(batch_id=batch.id, role=_ROLE, content_sealed=sealed))
    session.flush()


def kept_parts(session: Session, batch: ImportBatch, stamp: str) -> list[Part] | None:
    """The parts that are kept; None when there are none or they were made from something else."""
    sealed = session.scalar(
        select(ImportFile.content_sealed).where(ImportFile.batch_id == batch.id, ImportFile.role == _ROLE)
    )
    try:
        told: Any = (
            None if sealed is None else json.loads(keyring_of(session).open(sealed, file_place(batch, _ROLE)))
        )
    except WrongKey:
        return None
    return None if told is None or told["stamp"] != stamp else [_part(one) for one in told["parts"]]


def _part(told: dict[str, Any]) -> Part:
    return Part(told["rows"], told["kept"], told["first"], told["last"], tuple(told["repeated"]))


def forget_drafts(session: Session, batch: ImportBatch) -> None:
    """Forget all drafts of the batch."""
    kept = ImportFile.role.startswith(_ROLE, autoescape=True)
    session.execute(delete(ImportFile).where(ImportFile.batch_id == batch.id, kept))


def stamp_of(*made_from: object) -> str:
    """A name for everything that decides what a row says, rules included."""
    told = "\0".join([rules_mark(), *(repr(one) for one in made_from)])
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache
def rules_mark() -> str:
    """The rules of this release: another one may read the same row otherwise."""
    found = hashlib.sha256()
    here = Path(__file__).parents[2]
    for folder in _RULES:
        for path in sorted((here / folder).rglob("*")):
            if path.suffix in {".py", ".json", ".csv", ".tsv", ".toml"}:
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
