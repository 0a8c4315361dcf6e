"""The job that closes what is over between people and units: its letters need to know how this installation is set up."""

from sqlalchemy.orm import Session

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
