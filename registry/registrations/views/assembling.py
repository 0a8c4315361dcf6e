"""From the drafts of all tasks to one record: every form is read once more, and what is wrong is named by its task."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from registry.consents.models import Notice
from registry.consents.rules import Channel
from registry.people.rules import (
    AcceptedPlaceDraft,
    AuthorKind,
    ConsentDraft,
    ExpertDraft,
    ExpertKind,
    LanguageDraft,
    LegalBasis,
    PersonDraft,
    SkillDraft,
)
from registry.places.queries import unit_by_path
from registry.registrations.rules import REQUIRED, Audience, Task, province_path
from registry.registrations.views.answers import Drafts, Entry
from registry.registrations.views.cards import Shown, cards_in, check, drafts_of_cards, show
from registry.registrations.views.own import Own
from registry.registrations.views.specs import read
from registry.web.installation import HOME_UNIT, fact

_EXPERTS = {Audience.EXPERT: ExpertKind.EXPERT, Audience.FOREIGN: ExpertKind.FOREIGN_EXPERT}
_COUNTRY = "VN/"


@dataclass(frozen=True)
class Answered:
    """All answers read: the entries by task, the parts of a record in them, and the tasks that are to be mended."""

    entries: dict[Task, list[Entry]]
    parts: dict[Task, list[Any]]
    skills: list[Shown]
    wrong: tuple[Task, ...]
    missing: tuple[Task, ...]

    @property
    def may_be_sent(self) -> bool:
        """Whether a record can be made of it."""
        return not self.wrong and not self.missing

    def one(self, task: Task) -> Any:
        """The part of a task that is answered once; None when it is not."""
        return next(iter(self.parts.get(task, ())), None)


def answered(own: Own) -> Answered:
    """Read every draft of the tasks of this audience."""
    drafts = Drafts(own)
    entries: dict[Task, list[Entry]] = {}
    parts: dict[Task, list[Any]] = {}
    wrong: list[Task] = []
    for task in own.tasks:
        if task is Task.SKILLS:
            continue
        entries[task] = drafts.entries(task)
        found = [read(own, task, one.form) for one in entries[task]]
        parts[task] = [one for one in found if one is not None]
        if len(parts[task]) < len(found):
            wrong.append(task)
    kept = drafts.kept(Task.SKILLS)
    skills = show(own.session, cards_in(kept[0].values)) if kept else []
    if not check(skills):
        wrong.append(Task.SKILLS)
    missing = tuple(task for task in own.tasks if task in REQUIRED and not entries[task])
    return Answered(entries, parts, skills, tuple(wrong), missing)


def person_draft(own: Own, found: Answered) -> PersonDraft:
    """The record of answers that may be sent. Unknown skills are kept and queued here: call it when writing."""
    about, abroad = found.one(Task.ABOUT)
    said: tuple[Any, list[AcceptedPlaceDraft], Any] = found.one(Task.WISHES) or (None, [], None)
    statement, places, intent = said
    overseas = () if abroad is None else (replace(abroad, return_intent=intent),)
    kind = _EXPERTS.get(own.audience)
    unit_path = _keeper(own, places, about)
    unit = unit_by_path(own.session, unit_path)
    by_law = own.audience is Audience.CADRE
    return PersonDraft(
        self=about,
        legal_basis=LegalBasis.LAW if by_law else LegalBasis.CONSENT,
        unit_path=unit_path,
        unit_id=None if unit is None else unit.id,
        author=AuthorKind.SELF,
        contacts=tuple(found.one(Task.CONTACTS) or ()),
        identities=tuple(found.one(Task.PAPERS) or ()),
        experts=() if kind is None else (ExpertDraft(kind),),
        cadres=tuple(found.parts.get(Task.POST, ())),
        overseas=overseas,
        education=tuple(found.parts[Task.EDUCATION]),
        experience=tuple(found.parts[Task.EXPERIENCE]),
        achievements=tuple(found.parts[Task.DEEDS]),
        languages=_one_each(found.parts[Task.LANGUAGES]),
        skills=_skills(own, found),
        availability=statement,
        places=tuple(places),
        consents=() if by_law else tuple(_consents(found)),
        submission_key=own.registration.public_id,
    )


def agreed_notices(found: Answered) -> Sequence[Notice]:
    """The notices that were agreed to."""
    return found.one(Task.CONSENT) or ()


def _consents(found: Answered) -> list[ConsentDraft]:
    saved_at = found.entries[Task.CONSENT][0].saved_at
    assert saved_at is not None  # noqa: S101 - a draft was saved
    return [
        ConsentDraft(one.purpose.code, saved_at, Channel.SCREEN, one.language)
        for one in agreed_notices(found)
    ]


def _skills(own: Own, found: Answered) -> tuple[SkillDraft, ...]:
    return tuple(drafts_of_cards(own.session, found.skills))


def _one_each(languages: Sequence[LanguageDraft]) -> tuple[LanguageDraft, ...]:
    """A language said twice counts once, the later time."""
    return tuple({one.language: one for one in languages}.values())


def _keeper(own: Own, places: Sequence[Any], about: Any) -> str:
    """The province that keeps the record: where the person wants to work, comes from or lives; else the installation's."""
    wished = [one.unit_path for one in places]
    for path in (*wished, about.origin.unit_path, about.residence.unit_path):
        if province := province_path(path):
            return province
    return fact(own.session, HOME_UNIT) or _COUNTRY


def is_answered(found: Answered, task: Task) -> bool:
    """Whether something was said about a task."""
    return bool(found.skills) if task is Task.SKILLS else bool(found.entries.get(task))
