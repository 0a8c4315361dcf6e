"""Letters about grants: they say that something is to be read, never what or how much. Flushes, never commits.

They are notices about an act that concerns the person and cannot be turned off.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.operations import LetterPaper
from registry.grants.models import EligibilityDecision, Grant
from registry.introductions.operations import Papers
from registry.introductions.operations import papers_of as papers_of_office
from registry.introductions.operations.letters import tell
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


def tell_news(
    session: Session, papers: Papers | None, decision: EligibilityDecision, *, at: datetime
) -> None:
    """Say that there is something new about a decision or its grant; once for what was done at an instant."""
    if decision.person.state is PersonState.ACTIVE:
        once = f"{NEWS}:{decision.public_id}:{at:%Y%m%dT%H%M%S%f}"
        tell(session, papers, NEWS, decision.person, at=at, once=once)


def tell_due(session: Session, papers: Papers | None, grant: Grant, until: date, *, at: datetime) -> None:
    """Say until when a commitment binds: once for each alert before this end, however often the job runs."""
    person, promised = grant.decision.person, grant.commitment
    if papers is None or promised is None or person.state is not PersonState.ACTIVE:
        return

    def with_day(language: str) -> LetterPaper:
        made = papers(language)
        day = until.strftime("%d/%m/%Y" if language == "vi" else "%Y-%m-%d")
        return replace(made, addresses={**made.addresses, "day": day})

    once = f"{DUE}:{grant.public_id}:{until.isoformat()}:{promised.alert_sent}"
    tell(session, with_day, DUE, person, at=at, once=once)
