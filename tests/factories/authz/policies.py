"""Policies as they come with the product, a draft of one and one that waits for approval."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.policies.models import LegalDocument, Parameter, Policy
from registry.policies.operations import (
    AgencyAnswer,
    add_list_year,
    ask_agencies,
    draft_from,
    keep_answer,
    submit_version,
)
from registry.policies.operations.versions import edit_draft
from registry.policies.queries.parameters import yearly_lists
from registry.policies.queries.versions import content_of
from tests.factories.people import AT

PUBLISHED, DRAFTED, WAITING = "HN-92-2026", "HCM-27-2023", "LS-23-2024"


def make_policies(session: Session, accounts: dict[str, Account]) -> dict[str, dict[str, dict[str, str]]]:
    """The parts of addresses of policies, versions, documents, values and lists."""
    by = accounts["sysN"].id
    known = {one.code: one for one in session.scalars(select(Policy))}
    drafted = draft_from(session, known[DRAFTED].versions[-1], by=by, at=AT)
    [asked] = ask_agencies(session, drafted, ["Cục Thử"], due_on=date(2099, 1, 1), by=by, at=AT, on=AT.date())
    comment = keep_answer(session, asked, AgencyAnswer(AT.date(), "", "", "Góp ý thử"), by=by, at=AT)
    assert comment is not None
    waiting = draft_from(session, known[WAITING].versions[-1], by=by, at=AT)
    data = content_of(waiting) | {"effective_from": "2027-01-01"}
    edit_draft(session, waiting, data, document=waiting.document, by=by, at=AT)
    submit_version(session, waiting, by=by, at=AT)
    document = session.scalars(select(LegalDocument).where(LegalDocument.code == "ND73-2024")).one()
    salary = session.scalars(select(Parameter).where(Parameter.key == "base_salary")).one()
    of_list = yearly_lists(session)[0]
    year = add_list_year(session, of_list, 2026, ["748"], document=None, by=by, at=AT)
    session.flush()
    return {
        "policy": {"one": {"ma": PUBLISHED}},
        "published": {"one": {"ma": PUBLISHED, "ban": "1"}},
        "drafted": {"one": {"ma": DRAFTED, "ban": "3"}},
        "drafted_step": {"one": {"ma": DRAFTED, "ban": "3", "viec": "hoan-tac"}},
        "consulted": {"one": {"ma": DRAFTED, "ban": "3", "co_quan": asked.public_id}},
        "commented": {"one": {"ma": DRAFTED, "ban": "3", "gop_y": comment.public_id}},
        "waiting_version": {"one": {"ma": WAITING, "ban": "2"}},
        "document": {"one": {"ma": document.code}},
        "parameter": {"one": {"ma": salary.public_id}},
        "parameter_value": {"one": {"ma": salary.values[0].public_id}},
        "yearly_list": {"one": {"ma": of_list.code}},
        "list_year": {"one": {"ma": year.public_id}},
    }
