"""What this process works out of the vocabulary, kept for the few versions asked for last.

A version is a random name that changes with every change of the vocabulary, hence never means two different contents;
some more than the present one serve whoever still sees an older one.
"""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.db import Mark
from registry.skills.models import VocabularyState

Kept = TypeVar("Kept")

_KEPT_VERSIONS = 3
_VERSION = Mark(select(VocabularyState.version))


def vocabulary_version(session: Session) -> str:
    """The name of the present vocabulary; empty before the first load."""
    return _VERSION.told(session)[0] or ""


class KeptVersions(Generic[Kept]):
    """One thing worked out of the vocabulary, by version. Shared by all who ask: nobody may change it."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}  # the one asked for last stands last
        self._latest: Kept | None = None
        self._lock = Lock()

    def of(self, session: Session, work_out: Callable[[str], Kept]) -> Kept:
        """What was worked out of the present vocabulary, before or now; `work_out` is told the version.

        Whoever asks meanwhile waits: it may take seconds, and doing it twice would take longer still.
        """
        version = vocabulary_version(session)
        with self._lock:
            found = self._kept.pop(version, None)
            if found is not None:
                self._kept[version] = found
            else:
                found = work_out(version)
                # Where every statement sees a moment of its own, a change committed in between would lie under the
                # old name.
                if version and vocabulary_version(session) == version:
                    self._keep(version, found)
        return found

    def _keep(self, version: str, found: Kept) -> None:
        while len(self._kept) >= _KEPT_VERSIONS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[version] = self._latest = found

    def latest(self) -> Kept | None:
        """What was worked out last."""
        with self._lock:
            return self._latest

    def versions(self) -> list[str]:
        """The versions held in memory."""
        with self._lock:
            return list(self._kept)
