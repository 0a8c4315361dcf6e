"""The job of what days bring about in grants: its letters need to know how this installation is set up."""

from sqlalchemy.orm import Session

from registry.config import Settings
from registry.grants.operations import papers_of
from registry.grants.operations.daily import daily
from registry.introductions.operations import Papers
from registry.jobs.worker import Handler
from registry.web.installation import installation


def grants_by_day(settings: Settings) -> Handler:
    """The handler, with the letters of this installation."""

    def papers(session: Session) -> Papers:
        return papers_of(settings.public_url, installation(session).tenant.name)

    return daily(papers)
