"""The job that reminds agencies of their tasks: its letters need to know how this installation is set up."""

from sqlalchemy.orm import Session

from registry.accounts.operations import LetterPaper
from registry.config import Settings
from registry.jobs.worker import Handler
from registry.programmes.operations.reminding import papers_of, reminding
from registry.web.installation import installation


def reminding_of_tasks(settings: Settings) -> Handler:
    """The handler, with the letters of this installation."""

    def papers(session: Session) -> LetterPaper:
        return papers_of(settings.public_url, installation(session).tenant.name)

    return reminding(papers)
