"""One offer sheet of the demonstration, kept for somebody who is considered for a need of the office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import Stage
from registry.consents.rules import PurposeCode
from registry.needs.models import Need
from registry.offers.operations import keep_sheet
from registry.offers.queries.sheet import sheet_for
from registry.people.models import Person
from registry.people.queries import visible_condition
from registry.policies.queries.ready import ready_law
from registry.privacy.rules import local_day

# What an officer would enter beside the record, so that the made-up policy of the province is met.
_ENTERED: Mapping[str, Any] = {
    "degree_rank": ["DH", "THS", "TS"],
    "professional_degree": ["BS"],
    "born": "1989-04-30",
    "owns_home_in_province": False,
}


def add_offer(session: Session, officer: Account, *, unit_path: str, now: datetime) -> None:
    """Work out and keep the sheet of the first who was shortlisted or interviewed for a need of the office."""
    on = local_day(now)
    found = session.execute(
        select(Person, Need)
        .join(Candidacy, Candidacy.person_id == Person.id)
        .join(Need, Need.id == Candidacy.need_id)
        .where(
            visible_condition(Viewer.installation(), PurposeCode.MATCHING, on=on),
            Person.agrees_to_be_named.is_(True),
            Need.unit_path.startswith(unit_path),
            Candidacy.stage.in_((Stage.SHORTLISTED, Stage.INTERVIEWED)),
        )
        .order_by(Candidacy.id)
        .limit(1)
    ).first()
    if found is not None:
        person, need = found
        content = sheet_for(session, ready_law(session), person, need, _ENTERED, on=on)
        keep_sheet(session, person, need, content, by=officer.id, at=now)
