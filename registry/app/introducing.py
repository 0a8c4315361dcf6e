"""The jobs that close what is over between people and units: their letters need to know how this installation is set up."""

from sqlalchemy.orm import Session

from registry.candidacies.operations import leading_to
from registry.candidacies.operations.work import closing as closing_of_candidacies
from registry.config import Settings
from registry.introductions.operations import Papers, papers_of
from registry.introductions.operations.work import closing
from registry.jobs.worker import Handler
from registry.web.installation import installation


def closing_introductions(settings: Settings) -> Handler:
    """The handler, with the letters of this installation."""

    def papers(session: Session) -> Papers:
        return papers_of(settings.public_url, installation(session).tenant.name)

    return closing(papers)


def closing_candidacies(settings: Settings) -> Handler:
    """The handler that closes candidacies of needs that are over, with the letters of this installation."""

    def papers(session: Session) -> Papers | None:
        plain = papers_of(settings.public_url, installation(session).tenant.name)
        return leading_to(plain, settings.public_url)

    return closing_of_candidacies(papers)
