"""What a CV says, beside what was typed already: every item with where it came from, off until somebody ticks it.

Nothing here writes. Who asks for it gets those that were read well ticked together, but for an item that would take
the place of something typed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange.forms import FoundDeed, FoundForm, FoundLanguage, FoundPost, FoundStudy, FoundValue
from registry.exchange.readers.cv.found import SURE_FROM, Item
from registry.exchange.rules.languages import language_rank
from registry.people.rules import vocabulary
from registry.people.rules.doi import doi_of
from registry.people.views.conflicts import shown
from registry.registrations.forms import TASK
from registry.registrations.rules import Task
from registry.registrations.views.answers import Answers, Entry
from registry.registrations.views.own import Own
from registry.registrations.views.specs import make
from registry.registrations.views.telling import entry_lines
from registry.text import fold
from registry.web.edits import fields_of
from registry.web.i18n import gettext as _

TASKS: Mapping[str, Task] = {
    "about": Task.ABOUT,
    "contact": Task.CONTACTS,
    "education": Task.EDUCATION,
    "experience": Task.EXPERIENCE,
    "language": Task.LANGUAGES,
    "deed": Task.DEEDS,
}
ONCE = frozenset({Task.ABOUT, Task.CONTACTS})
_FORMS: Mapping[str, type[FoundForm]] = {
    "about": FoundValue,
    "contact": FoundValue,
    "education": FoundStudy,
    "experience": FoundPost,
    "language": FoundLanguage,
    "deed": FoundDeed,
}


@dataclass(frozen=True)
class Offer:
    """An item as the page shows it. `field` names the one field of a value; `row` the entry it would replace.

    `there` is what was typed already in words, "" for nothing.
    """

    key: str
    task: Task
    item: Item
    form: Any
    label: str
    field: str
    there: str
    row: str

    @property
    def where(self) -> str:
        """«Trang 1 · Học vấn»"""
        page = _("trang %(page)s", page=self.item.page) if self.item.page else ""
        return " · ".join(part for part in (page, self.item.section) if part)

    @property
    def is_sure(self) -> bool:
        """Whether it was read well enough to be ticked together with others."""
        return self.item.sure >= SURE_FROM


@dataclass(frozen=True)
class Group:
    """The offers of one task."""

    task: Task
    name: Any
    offers: Sequence[Offer]


def offers_of(
    own: Own, answers: Answers, items: Sequence[Item], sent: Any = None, *, ticked: bool = False
) -> list[Offer]:
    """The items as offers; filled from what was sent, else from the file. A profile that was sent only gets more rows.

    `ticked`: the person asked for all that was read well.
    """
    found: list[Offer] = []
    entries = {task: answers.entries(task) for task in set(TASKS.values()) if _is_open(own, task)}
    for number, item in enumerate(items):
        task = TASKS.get(item.part)
        if task is None or task not in entries:
            continue
        offer = _offer(own, f"m{number}-", task, item, entries[task], sent, ticked)
        if offer is not None:
            found.append(offer)
    return found


def _is_open(own: Own, task: Task) -> bool:
    """Whether the audience has this task, and the CV may say something about it now."""
    return task in own.tasks and not (own.is_sent and task in ONCE)


def groups_of(own: Own, offers: Sequence[Offer]) -> list[Group]:
    """The offers by task, in the order of the tasks."""
    groups = [Group(task, TASK[task], [one for one in offers if one.task is task]) for task in own.tasks]
    return [group for group in groups if group.offers]


def seen_mark(offers: Sequence[Offer]) -> str:
    """What was typed already as the page showed it, as one short text: said again when the page is sent."""
    told = "\n".join(f"{one.key}{one.row}{one.there}" for one in offers)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _offer(
    own: Own, key: str, task: Task, item: Item, entries: Sequence[Entry], sent: Any, ticked: bool
) -> Offer | None:
    label = field = there = row = ""
    if task in ONCE:
        field = next(iter(item.fields))
        typed: Any = entries[0].form if entries else make(own, task)
        if field not in typed:
            return None
        label = str(typed[field].label.text)
        there = shown(typed[field]) if entries or task is Task.CONTACTS else ""
        if _is_same(there, item.fields[field]):
            return None
    else:
        alike = next((one for one in entries if _is_alike(task, one.form, item)), None)
        if alike is not None:
            there = " · ".join(part for part in entry_lines(own, task, alike) if part)
            # A language stands once in a profile; other entries may well come twice.
            row = alike.row if task is Task.LANGUAGES else ""
    form = _form(item, key, sent, is_ticked=ticked and item.sure >= SURE_FROM and not there)
    return Offer(key, task, item, form, label, field, there, row)


def _form(item: Item, key: str, sent: Any, *, is_ticked: bool) -> Any:
    kind = _FORMS[item.part]
    if sent is not None:
        return kind(formdata=sent, prefix=key, meta={"csrf": False})
    values = dict(item.fields)
    if kind is FoundValue:
        values = {"value": next(iter(item.fields.values()))}
    if kind is FoundLanguage:
        values |= _level_of(values.get("language", ""), values.get("level", ""))
    data = {**values, "on": is_ticked, "is_ongoing": bool(values.get("is_ongoing"))}
    return kind(formdata=None, data=data, prefix=key, meta={"csrf": False})


def _level_of(language: str, level: str) -> dict[str, str]:
    """The rank a level says, and its words where they are those of a certificate or say no rank."""
    rank = language_rank(language, level) if level else None
    known = {fold(one.cefr) for one in vocabulary().language_levels}
    is_plain = rank is not None and fold(level) in known
    return {"rank": "" if rank is None else str(rank), "certificate": "" if is_plain else level}


def _is_same(there: str, found: str) -> bool:
    return bool(there) and fold(there) == fold(found)


def _is_alike(task: Task, form: Any, item: Item) -> bool:
    """Whether an entry that was typed speaks of the same thing."""
    if task is Task.LANGUAGES:
        return form.language.data == item.fields.get("language")
    if task is Task.DEEDS:
        return _is_same_deed(form, item)
    pairs = (
        (("school", form.school.data), ("degree", form.degree.data))
        if task is Task.EDUCATION
        else (("title", form.title.data), ("organisation", form.organisation.data))
    )
    said = [(fold(item.fields.get(name, "")), fold(str(typed or ""))) for name, typed in pairs]
    return any(found and found == typed for found, typed in said) and all(
        not found or not typed or found == typed for found, typed in said
    )


def _is_same_deed(form: Any, item: Item) -> bool:
    """A work is known by its DOI; without one on both sides, by its title."""
    found, typed = item.fields.get("doi", ""), doi_of(str(form.doi.data or ""))
    if found and typed:
        return found == typed
    return _is_same(str(form.title.data or ""), item.fields.get("title", ""))


def values_of_form(form: Any) -> dict[str, list[str]]:
    """A form as a browser would send it, so that a draft that is begun here holds what its page shows beforehand."""
    values: dict[str, list[str]] = {}
    for field in fields_of(form):
        if field.type == "BooleanField":
            values[field.short_name] = ["y"] if field.data else []
        elif getattr(field, "parts", None) is not None:
            values[field.short_name] = list(field.parts)
        elif not isinstance(field.data, list | tuple):
            values[field.short_name] = [] if field.data is None else [str(field.data)]
    return values
