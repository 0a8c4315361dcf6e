"""Letters about grants: they say that something is to be read, never what or how much. Flushes, never commits.

They are notices about an act that concerns the person and cannot be turned off.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.operations import LetterPaper
from registry.introductions.operations import Papers
from registry.introductions.operations import papers_of as papers_of_office
from registry.introductions.operations.letters import tell
from registry.people.models import Person
from registry.people.rules import PersonState

OWN_GRANTS = "/toi/ho-tro"
NEWS, DUE = "grant_news", "commitment_due"


def papers_of(public_url: str, office: str) -> Papers:
    """Letters with the whole address of a person's page of grants."""
    plain = papers_of_office(public_url, office)

    def paper(language: str) -> LetterPaper:
        made = plain(language)
        return replace(made, addresses={**made.addresses, "grants": public_url.rstrip("/") + OWN_GRANTS})

    return paper


def tell_news(session: Session, papers: Papers | None, person: Person, *, at: datetime) -> None:
    """Say that there is something new about a decision or a grant."""
    if person.state is PersonState.ACTIVE:
        tell(session, papers, NEWS, person, at=at)


def tell_due(session: Session, papers: Papers | None, person: Person, until: date, *, at: datetime) -> None:
    """Say until when a commitment binds."""
    if papers is None or person.state is not PersonState.ACTIVE:
        return

    def with_day(language: str) -> LetterPaper:
        made = papers(language)
        day = until.strftime("%d/%m/%Y" if language == "vi" else "%Y-%m-%d")
        return replace(made, addresses={**made.addresses, "day": day})

    tell(session, with_day, DUE, person, at=at)
