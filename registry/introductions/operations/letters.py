"""Letters about introductions: they say that something waits, never what, for which need or from whom. Flushes, never
commits.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import LetterPaper
from registry.accounts.operations.letters import write_to
from registry.introductions.models import RevealRequest
from registry.people.models import Person
from registry.people.operations.invitations import address_of

OWN_REQUESTS = "/toi/yeu-cau-xem"
OWN_CONVERSATIONS = "/toi/trao-doi"
_HOME_COUNTRY = "VN"

Papers = Callable[[str], LetterPaper]
"""What every letter of the installation carries, by language."""


def papers_of(public_url: str, office: str) -> Papers:
    """Letters with whole addresses of a person's pages, from the configured public address and nothing else."""
    root = public_url.rstrip("/")
    addresses = {
        "home": f"{root}/",
        "requests": root + OWN_REQUESTS,
        "conversations": root + OWN_CONVERSATIONS,
    }

    def no_links(_purpose: object, _token: str) -> str:
        raise LookupError("letters about introductions carry no single-use link")

    paper = LetterPaper("vi", office, addresses, no_links)
    return lambda language: replace(paper, language=language)


def language_for(person: Person) -> str:
    """Vietnamese for Vietnamese, English for everybody else: nobody was asked for a language of letters."""
    countries = {row.country for row in person.nationalities}
    return "en" if countries and _HOME_COUNTRY not in countries else "vi"


def tell(
    session: Session,
    papers: Papers | None,
    kind: str,
    person: Person,
    *,
    at: datetime,
    request: RevealRequest | None = None,
    once: str = "",
) -> None:
    """Write to the person: to the account, else to the address of the record; to nobody where there is neither.

    `once` names the occasion, of which one letter goes. Without `papers` nobody is written to, as where a demonstration is made.
    """
    if papers is None:
        return
    account = None if person.account_id is None else session.get(Account, person.account_id)
    to = address_of(session, person) if account is None else account.email
    if not to:
        return
    paper = papers(language_for(person))
    if request is not None:
        day = request.due_on.strftime("%d/%m/%Y" if paper.language == "vi" else "%Y-%m-%d")
        paper = replace(paper, addresses={**paper.addresses, "day": day})
    write_to(session, paper, kind, to, at=at, account=account, person=person.public_id, once=once)
