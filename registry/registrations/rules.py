"""Who registers, which tasks that takes, what a task's state means, what makes a profile complete. Pure."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any


class Audience(StrEnum):
    """Who somebody says they are: each sees only the tasks that concern them."""

    EXPERT = "expert"
    OVERSEAS = "overseas"
    FOREIGN = "foreign"
    CADRE = "cadre"


ABROAD = frozenset({Audience.OVERSEAS, Audience.FOREIGN})
"""Nobody is asked for an identity number of Vietnam from abroad."""


class Task(StrEnum):
    """The tasks of the journey; the value is the last part of the address."""

    CONSENT = "dong-y"
    ABOUT = "ban-than"
    CONTACTS = "lien-he"
    PAPERS = "giay-to"
    POST = "cong-tac"
    EDUCATION = "hoc-van"
    SKILLS = "ky-nang"
    LANGUAGES = "ngoai-ngu"
    EXPERIENCE = "kinh-nghiem"
    DEEDS = "thanh-tich"
    WISHES = "nguyen-vong"


class TaskState(StrEnum):
    """Where a task stands. A draft may be wrong: it is kept, and the task says that it is to be mended."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NEEDS_FIX = "needs_fix"
    DONE = "done"


class RegistrationState(StrEnum):
    """`held`: an officer looks before the record is used, since its identity number is in another one."""

    OPEN = "open"
    SUBMITTED = "submitted"
    HELD = "held"
    LINKED = "linked"


IN_ROWS = (Task.EDUCATION, Task.LANGUAGES, Task.EXPERIENCE, Task.DEEDS)
"""Tasks answered in several entries, each on a page of its own."""

REQUIRED = frozenset({Task.CONSENT, Task.ABOUT, Task.CONTACTS})
"""Without these there is no record; all else can come later."""

MINUTES: Mapping[Task, int] = {
    Task.CONSENT: 2,
    Task.ABOUT: 2,
    Task.CONTACTS: 1,
    Task.PAPERS: 1,
    Task.POST: 2,
    Task.EDUCATION: 2,
    Task.SKILLS: 2,
    Task.LANGUAGES: 1,
    Task.EXPERIENCE: 2,
    Task.DEEDS: 1,
    Task.WISHES: 1,
}
"""About how long each task takes, in minutes."""


def tasks_of(audience: Audience) -> tuple[Task, ...]:
    """The tasks of an audience in their order."""
    left_out = {Task.PAPERS} if audience in ABROAD else set[Task]()
    if audience is not Audience.CADRE:
        left_out.add(Task.POST)
    return tuple(task for task in Task if task not in left_out)


def state_of_rows(states: Sequence[TaskState]) -> TaskState:
    """The state of a task of several entries: to be mended when one is, done when all are."""
    if not states:
        return TaskState.NOT_STARTED
    for worse in (TaskState.NEEDS_FIX, TaskState.IN_PROGRESS):
        if worse in states:
            return worse
    return TaskState.DONE


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a complete profile and how much it counts; all parts of an audience make a hundred with others."""

    task: Task
    weight: int


PARTS: Sequence[Part] = (
    Part(Task.SKILLS, 25),
    Part(Task.EXPERIENCE, 20),
    Part(Task.EDUCATION, 15),
    Part(Task.WISHES, 15),
    Part(Task.CONTACTS, 10),
    Part(Task.ABOUT, 10),
    Part(Task.LANGUAGES, 5),
)
"""The published list of parts, the most useful first. Completeness is told to the person and never scored."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a profile is there, in hundredths, and the part to add next."""

    percent: int
    missing: tuple[Part, ...]

    @property
    def next(self) -> Part | None:
        """The missing part that counts most."""
        return next(iter(self.missing), None)


def completeness_of(answered: Collection[Task]) -> Completeness:
    """The completeness of a profile in which these tasks are answered."""
    there = sum(part.weight for part in PARTS if part.task in answered)
    return Completeness(
        there * 100 // sum(part.weight for part in PARTS),
        tuple(part for part in PARTS if part.task not in answered),
    )


def province_path(path: str) -> str:
    """The province a unit lies in, as a path; "" for none («VN/12/03150/» → «VN/12/»)."""
    codes = [code for code in path.split("/") if code]
    return f"{codes[0]}/{codes[1]}/" if len(codes) > 1 else ""


def typed_skills(text: str) -> list[str]:
    """The skills of a text: each line, and each part between commas or semicolons outside brackets."""
    parts: list[str] = [""]
    depth = 0
    for character in text:
        if character == "\n" or (character in ",;" and depth == 0):
            parts.append("")
            depth = 0
            continue
        depth = max(0, depth + {"(": 1, "[": 1, ")": -1, "]": -1}.get(character, 0))
        parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


_WORDING = Path(__file__).parent / "data" / "wording.json"


@lru_cache(maxsize=1)
def wording() -> Mapping[str, Any]:
    """The dated wording about keeping, withdrawing, real contacts and officials' records, by language.

    It is content, not code: periods and places of the law stand here and in the notices, never in templates.
    """
    return json.loads(_WORDING.read_text(encoding="utf-8"))
