"""The blueprint of the room and what its pages share: names of concepts, who holds them, the last change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Flask, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Permission
from registry.audit.operations import record_read
from registry.config import Settings
from registry.jobs.waking import wake_worker
from registry.skills import forms, queries
from registry.skills.models import Skill, SkillChange
from registry.skills.queries import Holder, Owners, Touched, Wanted
from registry.skills.rules import UNDO_SHOWN
from registry.web.clock import now, today
from registry.web.database import write_session
from registry.web.errors import NotVisible
from registry.web.i18n import current_language

bp = Blueprint("skills", __name__, url_prefix="/ky-nang")
_HOLDERS = "registry.skills.holders"


def install(app: Flask, holders: Sequence[Holder]) -> None:
    """Tell the pages which rooms hold concepts; the factory knows them, this room does not."""
    app.extensions[_HOLDERS] = tuple(holders)


def holders() -> Sequence[Holder]:
    """The rooms that hold concepts."""
    return cast("Sequence[Holder]", current_app.extensions.get(_HOLDERS, ()))


def found_skill(session: Session, ma: str) -> Skill:
    """The concept of an address, in any state. Raises NotVisible."""
    skill = queries.skill_named(session, ma)
    if skill is None:
        raise NotVisible
    return skill


def may_curate() -> bool:
    """Whether the viewer may change the vocabulary."""
    return current_viewer().can(Permission.SKILLS_CURATE)


def held_counts(session: Session, skills: Sequence[Skill]) -> dict[str, Mapping[int, int]]:
    """{place: {concept id: how many records the viewer may see}}, for the rooms the viewer may read."""
    concepts = queries.ids_with_merged(session, [skill.id for skill in skills])
    viewer = current_viewer()
    return {
        holder.place: holder.counts(session, viewer, concepts, today())
        for holder in holders()
        if viewer.can(holder.permission)
    }


def touched(session: Session, wanted: Wanted) -> dict[str, Touched]:
    """{place: what is touched}. Codes of people that are shown are a read, which is kept."""
    viewer = current_viewer()
    found = {holder.place: holder.touched(session, viewer, wanted, today()) for holder in holders()}
    people = [public_id for one in found.values() for public_id in one.people]
    if people:
        writing = write_session()
        record_read(writing, current_account().id, "people.listed", people=people, purpose="registry")
        writing.commit()
    return found


def owners(session: Session, wanted: Wanted) -> dict[str, Owners]:
    """{place: whose records hold it}, for the rooms the viewer may read. People that are listed are a read."""
    viewer = current_viewer()
    found = {
        holder.place: holder.owners(session, viewer, wanted, today())
        for holder in holders()
        if viewer.can(holder.permission)
    }
    people = [one.public_id for one in found["people"].first] if "people" in found else []
    if people:
        writing = write_session()
        record_read(writing, current_account().id, "people.listed", people=people, purpose="registry")
        writing.commit()
    return found


@dataclass(frozen=True)
class Told:
    """A change in words, and whether its job still works."""

    change: SkillChange
    text: str
    is_running: bool


def told(session: Session, changes: Sequence[SkillChange]) -> list[Told]:
    """Changes in words."""
    texts = queries.term_texts(session, changes)
    return [
        Told(
            change,
            forms.change_words(
                change.kind,
                name="" if change.skill is None else skill_name(change.skill),
                other="" if change.other is None else skill_name(change.other),
                words=change.words or texts.get(change.pending_term_id or 0, ""),
            ),
            change.job is not None and not change.job.state.is_over,
        )
        for change in changes
    ]


def last_told(session: Session) -> Told | None:
    """The last change of the curator, while its undo is offered on the pages."""
    if not may_curate():
        return None
    change = queries.last_change(session, current_account().id, now() - UNDO_SHOWN)
    return None if change is None else told(session, [change])[0]


def saved(session: Session, address: str) -> ResponseReturnValue:
    """Commit a change, wake the worker, go on to a page that offers its undo."""
    session.commit()
    configuration: Any = current_app.config
    settings: Settings = configuration["REGISTRY_SETTINGS"]
    wake_worker(settings)
    return redirect(address, 303)


def shown(skill: Skill) -> str:
    """The address of a concept."""
    return url_for("skills.show", ma=skill.public_id)


@bp.app_template_global()
def skill_name(skill: Skill) -> str:
    """The preferred name of a concept in the language of the page."""
    return skill.en if current_language() == "en" and skill.en else skill.vi


@bp.app_template_global()
def other_skill_name(skill: Skill) -> str:
    """The preferred name in the other language; empty when both languages say the same."""
    other = skill.vi if current_language() == "en" else skill.en
    return "" if other == skill_name(skill) else other
