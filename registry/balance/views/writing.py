"""What the forms of the room share: the offices and skills they offer."""

from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer
from registry.balance.queries.counting import Part
from registry.balance.queries.skills import skill_names, skills_wanted
from registry.balance.rules import Subject, SubjectKind
from registry.people.views.keepers import office_choices
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
