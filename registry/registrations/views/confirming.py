"""Taking over what somebody confirmed of a CV: into drafts, right or wrong; into a record only what is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.db import new_public_id
from registry.registrations.queries import Kept
from registry.registrations.rules import Task, TaskState
from registry.registrations.views.answers import Answers, Drafts, entry_of
from registry.registrations.views.cards import MOST_CARDS, Card, Shown, cards_in, check, show, values_of
from registry.registrations.views.claimed import Claimed
from registry.registrations.views.offers import ONCE, Offer, values_of_form
from registry.registrations.views.own import Own
from registry.registrations.views.specs import make, read
from registry.text import fold
from registry.web.i18n import gettext as _

MOST_ROWS = 30
_BEFOREHAND: dict[Task, dict[str, list[str]]] = {
    Task.EDUCATION: {"school_country": [""], "is_completed": ["y"]},
    Task.EXPERIENCE: {"country": [""], "place": [""]},
    Task.LANGUAGES: {},
    Task.DEEDS: {"level": [""]},
}
_HOME = {Task.EDUCATION: "school_country", Task.EXPERIENCE: "country"}


@dataclass(frozen=True)
class Ready:
    """A row that is to be written: its form, what was read in it (None when it is to be mended), its values."""

    offer: Offer
    form: Any
    parsed: Any
    values: dict[str, list[str]]


def rows_of(own: Own, offers: Sequence[Offer]) -> list[Ready]:
    """The ticked rows as the forms of their tasks; what is wrong is said on the fields of the page."""
    return [_ready(own, one) for one in offers if one.form.on.data and one.task not in ONCE]


def _ready(own: Own, offer: Offer) -> Ready:
    values = dict(_BEFOREHAND[offer.task])
    if not own.is_abroad and offer.task in _HOME:
        values[_HOME[offer.task]] = ["Việt Nam"]
    if offer.task is Task.EDUCATION and offer.item.fields.get("classification"):
        values["classification"] = [offer.item.fields["classification"]]
    if offer.task is Task.EDUCATION and not offer.item.fields.get("is_completed"):
        values.pop("is_completed")
    for name, sent in values_of_form(offer.form).items():
        if name != "on":
            values[name] = sent
    form = make(own, offer.task, sent=values)
    parsed = read(own, offer.task, form)
    for field in form:
        if field.errors and field.short_name in offer.form:
            offer.form[field.short_name].errors = list(field.errors)
    return Ready(offer, form, parsed, values)


def take_rows(answers: Answers, ready: Sequence[Ready]) -> int:
    """Write the rows; how many were. Raises AlreadyClaimed for a language that a record has got meanwhile."""
    taken = 0
    for one in ready:
        task = one.offer.task
        if not one.offer.row and len(answers.entries(task)) >= MOST_ROWS:
            continue
        row = one.offer.row or new_public_id()
        if isinstance(answers, Drafts):
            stored = entry_of(answers, task, row)
            state = TaskState.NEEDS_FIX if one.parsed is None else TaskState.DONE
            answers.keep(task, row, one.values, 0 if stored is None else int(stored.version), state)
        else:
            answers.save(task, row, one.form, one.parsed, state=TaskState.DONE)
        taken += 1
    return taken


def take_values(own: Own, drafts: Drafts, offers: Sequence[Offer]) -> int:
    """Put single values into the drafts of their tasks, which stay open: somebody looks through them once more."""
    taken = 0
    for task in sorted(ONCE):
        ticked = [one for one in offers if one.task is task and one.form.on.data and one.form.value.data]
        if not ticked:
            continue
        kept = next(iter(drafts.kept(task)), None)
        values = dict(kept.values) if kept else values_of_form(make(own, task))
        for one in ticked:
            values[one.field] = [str(one.form.value.data)]
        drafts.keep(task, "", values, kept.version if kept else 0, _state(own, task, kept, values))
        taken += len(ticked)
    return taken


def _state(own: Own, task: Task, kept: Kept | None, values: dict[str, list[str]]) -> TaskState:
    """A task that was done stays so where it still may be; one that is begun here is to be looked through."""
    was_done = kept is not None and kept.state is TaskState.DONE
    is_right = was_done and read(own, task, make(own, task, sent=values)) is not None
    return TaskState.DONE if is_right else TaskState.IN_PROGRESS


def new_cards(own: Own, cards: Sequence[Card]) -> list[Shown]:
    """The skills of a CV as cards; those the profile has already are left out."""
    there = _cards_there(own)
    known = {fold(card.typed) for card in there}
    codes = {one.read.skill.code for one in show(own.session, there) if one.read.skill is not None}
    codes |= {card.concept for card in there if card.concept}
    free = max(0, MOST_CARDS - len(there))
    shown = show(own.session, [card for card in cards if fold(card.typed) not in known])
    kept = [one for one in shown if one.read.skill is None or one.read.skill.code not in codes][:free]
    # The fields of a card are named by its place.
    return shown if len(kept) == len(shown) else show(own.session, [one.card for one in kept])


def _cards_there(own: Own) -> list[Card]:
    if own.person is not None:
        return cards_in(Claimed(own, own.person).entry().values or {})
    kept = next(iter(Drafts(own).kept(Task.SKILLS)), None)
    return [] if kept is None else cards_in(kept.values)


def is_settled(shown: Sequence[Shown]) -> bool:
    """Whether the ticked skills may enter a record: what is unsure is asked on their cards."""
    return check(shown)


def take_skills(own: Own, shown: Sequence[Shown]) -> int:
    """Add the ticked skills; those already there stay as they are. Raises AlreadyClaimed."""
    ticked = [one for one in shown if one.card.on]
    if not ticked:
        return 0
    if own.person is not None:
        Claimed(own, own.person).write(ticked)
        return len(ticked)
    drafts = Drafts(own)
    kept = next(iter(drafts.kept(Task.SKILLS)), None)
    there = [] if kept is None else cards_in(kept.values)
    cards = [*there, *(one.card for one in ticked)][:MOST_CARDS]
    more = "" if kept is None else (kept.values.get("more") or [""])[0]
    # Words that may mean several skills are asked on the page of skills.
    state = TaskState.DONE if check(show(own.session, cards)) and not more else TaskState.IN_PROGRESS
    drafts.keep(Task.SKILLS, "", values_of(cards, more), 0 if kept is None else kept.version, state)
    return len(ticked)


def said_of(taken: int) -> str:
    """What the next page says."""
    return _("Đã đưa %(count)s mục từ CV vào hồ sơ. Xem lại từng phần trước khi gửi.", count=taken)
