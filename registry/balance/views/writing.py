"""What the forms of the room share: the offices and skills they offer, and what came of one that was sent before."""

from collections.abc import Callable
from typing import Any

from flask import redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer
from registry.balance.operations import Office
from registry.balance.queries.counting import Part
from registry.balance.queries.kept import made_from
from registry.balance.queries.skills import skill_names, skills_wanted
from registry.balance.rules import Subject, SubjectKind
from registry.balance.views.blueprint import submission_key
from registry.people.views.keepers import office_choices, office_of
from registry.web.clock import today


def offered(session: Session, form: Any, chosen: Subject | None = None) -> None:
    """Fill the lists of a form about a subject; a skill that stands in the address is offered, too."""
    skills = skills_wanted(session, Part(current_viewer()), on=today())
    typed = str(form.subject.data or "")
    wanted = chosen.code if chosen is not None and chosen.kind is SubjectKind.SKILL else ""
    if typed.startswith(f"{SubjectKind.SKILL}:"):
        wanted = typed.partition(":")[2][:40]
    if wanted and wanted not in dict(skills):
        skills += list(skill_names(session, [wanted]).items())
    form.offer(office_choices(session, current_viewer()), skills)


def office_chosen(session: Session, value: Any) -> Office | None:
    """The office of a form that was offered."""
    found = office_of(session, current_viewer(), str(value))
    if found is None:
        return None
    return Office(found.unit_id, found.unit_path, found.organisation_id, found.organisation_path)


def made_once(
    session: Session, form: Any, model: Any, make: Callable[[str], Any], page: Callable[[Any], str]
) -> ResponseReturnValue:
    """Make a row from a form and go to its page. The same form sent twice makes one."""
    key = submission_key(form.submission.data)
    made = made_from(session, model, key)
    if made is None:
        try:
            made = make(key)
            session.commit()
        except IntegrityError:
            session.rollback()
            made = made_from(session, model, key)
            if made is None:
                raise
    return redirect(page(made), 303)
