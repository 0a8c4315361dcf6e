"""What somebody answered so far, wherever it is kept: in drafts until the profile is sent, in the record afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from registry.registrations import operations
from registry.registrations.queries import Kept, Values, drafts_of, opened_draft
from registry.registrations.rules import IN_ROWS, Task, TaskState, state_of_rows
from registry.registrations.views.own import Own
from registry.registrations.views.recorded import Recorded
from registry.registrations.views.specs import make

_TECHNICAL = frozenset({"csrf_token", "version", "opened_with", "then", "ve"})
_MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class Entry:
    """The answers of a task, or of one entry of it. `version` is what a form over them must carry."""

    row: str
    version: str
    state: TaskState
    form: Any
    saved_at: datetime | None = None
    sign_in: str = ""
    device: str = ""
    values: Values | None = None


class Answers(Protocol):
    """Where answers are read and kept."""

    def entries(self, task: Task) -> list[Entry]:
        """The entries of a task; one at most where it has no rows."""
        ...

    def save(self, task: Task, row: str, form: Any, parsed: Any, *, state: TaskState) -> str:
        """Keep a form; its new version. Raises EditedMeanwhile, IdentityTaken, AlreadyClaimed."""
        ...

    def remove(self, task: Task, row: str) -> None:
        """Forget an entry."""
        ...


class Drafts:
    """Answers before the profile is sent, right or wrong."""

    def __init__(self, own: Own) -> None:
        self.own = own
        self._kept: dict[Task, list[Kept]] | None = None

    def kept(self, task: Task) -> list[Kept]:
        """The drafts of a task in the clear; all are read at once."""
        if self._kept is None:
            self._kept = {}
            own = self.own
            for draft in drafts_of(own.session, own.registration):
                opened = opened_draft(own.session, own.registration, draft)
                self._kept.setdefault(draft.task, []).append(opened)
        return self._kept.get(task, [])

    def all_kept(self) -> list[Kept]:
        """The drafts of all tasks."""
        return [one for task in Task for one in self.kept(task)]

    def entries(self, task: Task) -> list[Entry]:
        return [self._entry(task, one) for one in self.kept(task)]

    def _entry(self, task: Task, one: Kept) -> Entry:
        version = str(one.version)
        form = make(self.own, task, sent=one.values, version=version)
        return Entry(one.row, version, one.state, form, one.saved_at, one.sign_in, one.device, one.values)

    def save(self, task: Task, row: str, form: Any, parsed: Any, *, state: TaskState) -> str:  # noqa: ARG002
        stored = next((one for one in self.kept(task) if one.row == row), None)
        values = sent_values({} if stored is None else stored.values)
        return self.keep(task, row, values, 0 if stored is None else stored.version, state)

    def keep(self, task: Task, row: str, values: Values, expected: int, state: TaskState) -> str:
        """Keep these values as a draft."""
        own = self.own
        draft = operations.keep_draft(
            own.session,
            own.registration,
            task,
            row,
            values,
            expected=expected,
            state=state,
            where=own.where,
            at=own.at,
        )
        self._kept = None
        return str(draft.version)

    def remove(self, task: Task, row: str) -> None:
        operations.drop_draft(self.own.session, self.own.registration, task, row)
        self._kept = None


class Record:
    """Answers once the profile was sent: the record itself, mended through its own operations."""

    def __init__(self, own: Own, recorded: Recorded) -> None:
        self.own, self.recorded = own, recorded

    def entries(self, task: Task) -> list[Entry]:
        return [
            Entry(
                one.row,
                one.version,
                TaskState.DONE,
                make(self.own, task, data=one.values, version=one.version),
                one.saved_at,
            )
            for one in self.recorded.rows(task)
        ]

    def save(self, task: Task, row: str, form: Any, parsed: Any, *, state: TaskState) -> str:  # noqa: ARG002
        self.recorded.write(task, row, parsed)
        return ""

    def remove(self, task: Task, row: str) -> None:
        self.recorded.remove(task, row)


def answers_of(own: Own) -> Answers:
    """The answers of a journey."""
    return Drafts(own) if own.person is None else Record(own, Recorded(own, own.person))


def entry_of(answers: Answers, task: Task, row: str = "") -> Entry | None:
    """One entry of a task. The one entry of a task without rows is found under ""."""
    entries = answers.entries(task)
    if task not in IN_ROWS:
        return next(iter(entries), None)
    return next((one for one in entries if one.row == row), None)


def states_of(answers: Answers) -> dict[Task, TaskState]:
    """Where each task stands."""
    if isinstance(answers, Drafts):
        return {task: state_of_rows([one.state for one in answers.kept(task)]) for task in Task}
    assert isinstance(answers, Record)  # noqa: S101 - there are two
    answered = answers.recorded.answered()
    return {task: TaskState.DONE if task in answered else TaskState.NOT_STARTED for task in Task}


def sent_values(stored: Mapping[str, list[str]]) -> Values:
    """What this request sent, as it is kept; where the conflict page was answered with «theirs», what was stored."""
    values: Values = {
        name: request.form.getlist(name)
        for name in request.form
        if name not in _TECHNICAL and not name.startswith("pick-")
    }
    for key, pick in request.form.items():
        if key.startswith("pick-") and pick == "theirs":
            name = key.removeprefix("pick-")
            for one in (name, f"{name}-chon"):
                values.pop(one, None)
                if one in stored:
                    values[one] = list(stored[one])
    if sum(len(one) for sent in values.values() for one in sent) > _MOST_CHARACTERS:
        raise RequestEntityTooLarge
    return values
