"""Snapshots as files: one folder a version, one file an array, mapped into memory and shared by all workers.

A version is written aside and takes its name when it is whole; `current` names the one in use and is replaced
in one move. So a crash leaves the one before in use. Only the holder of `building` writes or removes versions.
"""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from registry.matching.engine.index.columns import Words
from registry.matching.engine.index.snapshot import Arrays, EducationKind, Snapshot
from registry.matching.engine.search.columns import RollWords
from registry.matching.engine.search.roll import Roll, RollArrays
from registry.people.rules import vocabulary

LAYOUT = 3
"""Raised when the same arrays come to mean something else, so that files of an older program are not read."""

_CURRENT = "current"
_ROLL = "roll_"
_LOCK = "lock"
_ATTEMPTS = 3

# A snapshot holds a file open for each of its arrays; a process has one registry, its tests and checks have many.
_MOST_LOADED = 4

_loaded: dict[Path, Snapshot] = {}
_named: dict[Path, tuple[tuple[int, int], str]] = {}
_turn = threading.Lock()


class BuildGoesOn(Exception):
    """Another process is making a snapshot in this folder."""


def index_folder(folder: Path) -> Path:
    """Where snapshots lie in the data folder of an installation."""
    return folder / "index"


@contextmanager
def building(folder: Path) -> Generator[None]:
    """The right to write here, held by one process at a time and lost with it. Raises BuildGoesOn."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / _LOCK).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise BuildGoesOn(folder.name) from busy
        yield


def write_snapshot(folder: Path, snapshot: Snapshot) -> None:
    """Write a version beside the one in use; it is whole or not there."""
    aside = folder / f".{snapshot.version}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700)
    _write_arrays(aside, snapshot.arrays)
    if snapshot.roll is not None:
        _write_arrays(aside, snapshot.roll.arrays, _ROLL)
    with (aside / "meta.json").open("w", encoding="utf-8") as file:
        json.dump(_meta(snapshot), file, ensure_ascii=False)
        _to_disk(file)
    _folder_to_disk(aside)
    aside.rename(folder / snapshot.version)
    _folder_to_disk(folder)


def use_snapshot(folder: Path, version: str) -> None:
    """Answer from this version from now on, and remove all others at once.

    Whoever still has one of them mapped keeps it until the next question.
    """
    aside = folder / f".{_CURRENT}"
    with aside.open("w", encoding="ascii") as file:
        file.write(version)
        _to_disk(file)
    aside.replace(folder / _CURRENT)
    _folder_to_disk(folder)
    for other in folder.iterdir():
        if other.is_dir() and other.name != version:
            shutil.rmtree(other, ignore_errors=True)


def current_snapshot(folder: Path) -> Snapshot | None:
    """The snapshot in use, mapped; None when there is none that this program can read."""
    for _attempt in range(_ATTEMPTS):
        try:
            return _opened(folder, _current_version(folder))
        except FileNotFoundError:
            continue  # it may just have been replaced by another
    with _turn:
        _loaded.pop(folder, None)
    return None


def _current_version(folder: Path) -> str:
    """What `current` says. It is replaced and never written again: every page asks, and the same file says the same."""
    path = folder / _CURRENT
    known = _named.get(folder)
    if known is not None and known[0] == _identity(path.stat()):
        return known[1]
    with path.open(encoding="ascii") as file:
        identity, version = _identity(os.fstat(file.fileno())), file.read()
    _named[folder] = identity, version
    return version


def _identity(told: os.stat_result) -> tuple[int, int]:
    return told.st_ino, told.st_mtime_ns


def _opened(folder: Path, version: str) -> Snapshot | None:
    with _turn:
        known = _loaded.get(folder)
        if known is not None and known.version == version:
            return known
        found = _read(folder / version)
        if found is None:
            _loaded.pop(folder, None)
        else:
            _loaded.pop(folder, None)
            _loaded[folder] = found
            while len(_loaded) > _MOST_LOADED:
                del _loaded[next(iter(_loaded))]
        return found


def _read(folder: Path) -> Snapshot | None:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    if meta["layout"] != layout():
        return None
    return Snapshot(
        version=meta["version"],
        as_of=date.fromisoformat(meta["as_of"]),
        change=meta["change"],
        words=Words(**{name: tuple(words) for name, words in meta["words"].items()}),
        education_kinds=tuple(EducationKind(**kind) for kind in meta["education_kinds"]),
        arrays=Arrays(**_read_arrays(folder, Arrays)),
        roll=_read_roll(folder, meta["roll"]),
    )


def _write_arrays(folder: Path, arrays: Any, prefix: str = "") -> None:
    for one in fields(arrays):
        with (folder / f"{prefix}{one.name}.npy").open("wb") as file:
            np.save(file, getattr(arrays, one.name), allow_pickle=False)
            _to_disk(file)


def _read_arrays(folder: Path, kind: Any, prefix: str = "") -> dict[str, Any]:
    return {
        one.name: np.asarray(np.load(folder / f"{prefix}{one.name}.npy", mmap_mode="r", allow_pickle=False))
        for one in fields(kind)
    }


def _read_roll(folder: Path, words: dict[str, list[str]] | None) -> Roll | None:
    if words is None:
        return None
    told = RollWords(**{name: tuple(listed) for name, listed in words.items()})
    return Roll(told, RollArrays(**_read_arrays(folder, RollArrays, _ROLL)))


def _meta(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "layout": layout(),
        "version": snapshot.version,
        "as_of": snapshot.as_of.isoformat(),
        "change": snapshot.change,
        "words": asdict(snapshot.words),
        "education_kinds": [asdict(kind) for kind in snapshot.education_kinds],
        "roll": None if snapshot.roll is None else asdict(snapshot.roll.words),
    }


def layout() -> str:
    """What files must agree with to be read: the arrays there are, and the fields that groups were made of."""
    told = [
        LAYOUT,
        [one.name for one in fields(Arrays)],
        [one.name for one in fields(Words)],
        [one.name for one in (*fields(RollArrays), *fields(RollWords))],
        [(one.code, one.group) for one in vocabulary().fields],
    ]
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


def _to_disk(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    """A name that was given or replaced outlasts a power failure only when its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
