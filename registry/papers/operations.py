"""What the log keeps of a paper that leaves: who took it, of whom, what for. Flushes, never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record_read
from registry.offers.models import OfferSheet
from registry.papers.rules.kinds import CvSection, PaperFormat


@dataclass(frozen=True)
class Taken:
    """A CV as it was asked for. `purpose` is "" where somebody took their own; `need` is a public id or ""."""

    sections: tuple[CvSection, ...]
    is_hidden: bool
    format: PaperFormat
    language: str
    purpose: str = ""
    purpose_text: str = ""
    need: str = ""


def note_cv(session: Session, by: int, person: str, taken: Taken, *, at: datetime) -> None:
    """Note that the CV of a person (a public id) leaves; they see it themselves."""
    detail = {
        "page": "cv",
        "format": taken.format.value,
        "language": taken.language,
        "hidden": "yes" if taken.is_hidden else "no",
        "sections": " ".join(taken.sections),
    }
    said = {"for": taken.purpose, "purpose_text": taken.purpose_text, "need": taken.need}
    detail |= {name: text for name, text in said.items() if text}
    record_read(session, by, "person.cv_taken", people=[person], purpose="registry", detail=detail, at=at)


def note_ranking(
    session: Session,
    by: int,
    need: str,
    people: Sequence[str],
    *,
    purpose: str,
    purpose_text: str,
    at: datetime,
) -> None:
    """Note that the ranking of a need leaves on paper with these people on it."""
    if not people:
        return
    detail = {"page": "xep-hang-in", "need": need, "for": purpose, "purpose_text": purpose_text}
    record_read(session, by, "match.printed", people=people, purpose="matching", detail=detail, at=at)


def note_offer(
    session: Session, by: int, sheet: OfferSheet, *, purpose: str, purpose_text: str, at: datetime
) -> None:
    """Note that a kept offer sheet leaves on paper."""
    detail = {
        "page": "phieu-de-xuat-in",
        "sheet": sheet.public_id,
        "need": sheet.need.public_id,
        "for": purpose,
        "purpose_text": purpose_text,
    }
    record_read(
        session,
        by,
        "offer.printed",
        people=[sheet.person.public_id],
        purpose="matching",
        detail=detail,
        at=at,
    )
