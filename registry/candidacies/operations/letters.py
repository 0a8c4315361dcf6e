"""Service letters about candidacies: they say that something changed, never what, for which need or for whom. Flushes,
never commits. What they lead to tells it, to whoever signs in.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.accounts.models import Account, AccountState
from registry.accounts.operations import raise_alert
from registry.accounts.operations.letters import write_to
from registry.candidacies.models import Candidacy, ExpertOpinion
from registry.candidacies.rules.stages import CLOSED_ELSEWHERE_ALERT
from registry.introductions.operations import Papers
from registry.introductions.operations.letters import language_for, tell
from registry.people.models import Person

OWN_CANDIDACIES = "/toi/ung-tuyen"
OWN_OPINIONS = "/toi/phan-bien"


def leading_to(papers: Papers | None, public_url: str) -> Papers | None:
    """The papers of the installation with the addresses of a person's candidacies and opinions."""
    if papers is None:
        return None
    root = public_url.rstrip("/")
    more = {"candidacies": root + OWN_CANDIDACIES, "opinions": root + OWN_OPINIONS}

    def paper(language: str):
        plain = papers(language)
        return replace(plain, addresses={**plain.addresses, **more})

    return paper


def tell_of_change(session: Session, candidacy: Candidacy, papers: Papers | None, *, at: datetime) -> None:
    """Say to a person who knows of their candidacy that it has moved (NO-06)."""
    if candidacy.contacted_at is not None:
        tell(session, papers, "candidacy_moved", candidacy.person, at=at)


def tell_nominee(session: Session, person: Person, papers: Papers | None, *, at: datetime) -> None:
    """Say to a person that somebody put them forward, and that it waits for them."""
    tell(session, papers, "nomination_waits", person, at=at)


def tell_expert(session: Session, opinion: ExpertOpinion, papers: Papers | None, *, at: datetime) -> None:
    """Say to an expert that an opinion is asked of them, and until when."""
    account = _account_of(session, opinion.expert)
    if papers is None or account is None:
        return
    paper = papers(language_for(opinion.expert))
    paper = replace(paper, addresses={**paper.addresses, "day": _day(opinion.due_on, paper.language)})
    write_to(
        session,
        paper,
        "opinion_asked",
        account.email,
        at=at,
        account=account,
        person=opinion.expert.public_id,
    )


def tell_owner(session: Session, candidacy: Candidacy, papers: Papers | None, *, at: datetime) -> None:
    """Say to the owner of a candidacy that it closed since the person took another post (CA-05)."""
    owner = candidacy.owner
    if owner is None or owner.state is not AccountState.ACTIVE:
        return
    raise_alert(
        session,
        owner.id,
        CLOSED_ELSEWHERE_ALERT,
        subject=("need", candidacy.need.public_id),
        about=candidacy.public_id,
        detail={},
        at=at,
    )
    if papers is not None:
        write_to(session, papers("vi"), "candidacy_elsewhere", owner.email, at=at, account=owner)


def _account_of(session: Session, person: Person) -> Account | None:
    return None if person.account_id is None else session.get(Account, person.account_id)


def _day(day: date, language: str) -> str:
    return day.strftime("%d/%m/%Y" if language == "vi" else "%Y-%m-%d")
