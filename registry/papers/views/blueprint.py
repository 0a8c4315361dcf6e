"""The blueprint of the room and what its pages share."""

from contextlib import AbstractContextManager
from datetime import datetime

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from registry.papers.rules.kinds import PaperFormat
from registry.papers.writers.paper import Paper
from registry.papers.writers.pdf import paper_pdf
from registry.papers.writers.word import paper_docx
from registry.web.attachments import attachment
from registry.web.clock import LOCAL_ZONE
from registry.web.installation import installation
from registry.web.turns import NoTurn, turns

bp = Blueprint("papers", __name__)

_PATIENCE_SECONDS = 5
_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


Busy = NoTurn
"""Others are having files made; raised by `in_turn`."""


def in_turn() -> AbstractContextManager[None]:
    """Wait a moment for one's turn to have a file made. Raises Busy."""
    return turns().one(_PATIENCE_SECONDS)


def office_name(session: Session) -> str:
    """Whose registry this is, for the head of a paper."""
    return installation(session).tenant.name


def as_file(paper: Paper, format: PaperFormat, name: str) -> Response:
    """The paper as a file that no browser opens in the site's own name. `name` holds neither blanks nor a person's name."""
    content = paper_pdf(paper) if format is PaperFormat.PDF else paper_docx(paper)
    return attachment(content, _TYPES[format], f"{name}-{local_day(paper.at)}.{format.value}")


def local_day(at: datetime) -> str:
    """The day of an instant in Việt Nam, for the name of a file."""
    return at.astimezone(LOCAL_ZONE).date().isoformat()
