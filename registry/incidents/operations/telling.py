"""Letters to the people affected: the same words for all, each in a letter of its own. Flushes, never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry import formats
from registry.incidents.models import Incident, IncidentPerson
from registry.incidents.operations.recording import NotPossible
from registry.incidents.operations.steps import add_step
from registry.incidents.queries.affected import affected
from registry.incidents.queries.words import told_of
from registry.incidents.rules import IncidentStepKind
from registry.mail.letters import Written, write_letter
from registry.mail.operations import queue_letter
from registry.mail.rules import Letter
from registry.privacy.operations.reaching import Office, reach_of

LETTER = "incident_notice"


@dataclass(frozen=True)
class Letters:
    """Who gets a letter now, and the codes of those who have no address and must be told otherwise."""

    to_write: Sequence[IncidentPerson]
    unreachable: Sequence[str]


def letters_to_go(session: Session, incident: Incident) -> Letters:
    """Who on the list was not written to yet."""
    waiting = [one for one in affected(session, incident) if one.written_at is None]
    reachable = {one.id for one in waiting if reach_of(session, one.person).email is not None}
    return Letters(
        [one for one in waiting if one.id in reachable],
        [one.person.code for one in waiting if one.id not in reachable],
    )


def preview(session: Session, incident: Incident, office: Office, language: str) -> Written:
    """The letter as it would go out."""
    return write_letter(LETTER, language, _values(session, incident, office, language))


def tell_people(session: Session, incident: Incident, office: Office, *, by: int, at: datetime) -> Letters:
    """Queue a letter to everybody on the list who has an address and had none yet. Raises NotPossible."""
    letters = letters_to_go(session, incident)
    if incident.closed_at is not None or not letters.to_write:
        raise NotPossible
    for entry in letters.to_write:
        _write(session, incident, office, entry, at)
    incident.told_at = incident.told_at or at
    words = ", ".join(letters.unreachable)
    people = len(letters.to_write)
    add_step(session, incident, IncidentStepKind.TOLD, by=by, at=at, words=words, people=people)
    return letters


def _write(session: Session, incident: Incident, office: Office, entry: IncidentPerson, at: datetime) -> None:
    reach = reach_of(session, entry.person)
    values = _values(session, incident, office, reach.language)
    letter = Letter(
        LETTER,
        reach.language,
        reach.email or "",
        values,
        account=reach.account,
        person=entry.person.public_id,
    )
    queue_letter(session, letter, at=at)
    entry.written_at = at


def _values(session: Session, incident: Incident, office: Office, language: str) -> dict[str, str | int]:
    told = told_of(session, incident)
    return {
        **office.values(),
        "code": incident.code,
        "happened": formats.datetime(incident.happened_at, language),
        "discovered": formats.datetime(incident.discovered_at, language),
        "what": told.what,
        "kinds": told.kinds,
        "harm": told.harm,
        "measures": told.measures,
        "rights": f"{office.public_url}/toi/yeu-cau",
    }
