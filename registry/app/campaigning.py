"""The job that sends what campaigns ordered: its letters need to know how this installation is set up."""

from sqlalchemy.orm import Session

from registry.campaigns.operations.sending import Paper, paper_of
from registry.campaigns.operations.work import sending
from registry.config import Settings
from registry.jobs.worker import Handler
from registry.matching.views.saved import people_found
from registry.web.installation import installation


def sending_campaigns(settings: Settings) -> Handler:
    """The handler, with the paper of this installation and the search of its pages."""

    def paper(session: Session) -> Paper:
        return paper_of(settings.public_url, installation(session).tenant.name)

    return sending(paper, people_found)
