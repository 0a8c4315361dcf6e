"""Kept offer sheets for tests."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.needs.models import Need
from registry.offers.models import OfferSheet
from registry.offers.operations import keep_sheet
from registry.offers.queries.asked import asked_rows
from registry.offers.queries.sheet import answers_to
from registry.offers.rules.questions import question_of
from registry.offers.rules.sheets import sheet_content
from registry.people.models import Person
from registry.policies.queries.ready import ready_law
from registry.policies.rules.frozen import frozen_answer


def content_of(
    session: Session, person: Person, need: Need, on: date, application: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What a sheet of these would keep."""
    law = ready_law(session)
    rows = asked_rows(session, person, need, application or {}, on=on)
    ready = dict(law.versions)
    answers = [frozen_answer(ready[row], one) for row, one in answers_to(law, question_of(rows))]
    words = {"id": need.public_id, "code": need.code, "title": need.title, "organisation": "", "place": ""}
    return sheet_content(rows, answers, words, ())


def sheet(session: Session, person: Person, need: Need, *, by: int, on: date, at: datetime) -> OfferSheet:
    """A kept sheet with nothing entered beside what is on record."""
    return keep_sheet(session, person, need, content_of(session, person, need, on), by=by, at=at)
