"""People whose letters do not arrive: the server of their address said so, or a letter came back."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Viewer
from registry.mail.models import MailOutbox, MailSuppression
from registry.people.models import Person
from registry.people.queries.visible import listed_condition
from registry.web.paging import PAGE_SIZE, Page


def unreachable_people(session: Session, viewer: Viewer, number: int, *, on: date) -> Page[Person]:
    """One page of them, by name: whose last letter went to an address that takes none.

    The list of such addresses is of hashes, so what is known is known from letters. Whoever has a new address is gone
    from here with the first letter to it, or when an administrator sends the old one again.
    """
    query = select(Person).where(listed_condition(viewer, on=on), _is_refused())
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.order_by(Person.name_sort_key, Person.id).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    ).all()
    return Page(rows, number, total)


def _is_refused() -> ColumnElement[bool]:
    people = select(MailOutbox.person_public_id).where(_is_last(MailOutbox.person_public_id))
    accounts = select(Account.id).join(MailOutbox, MailOutbox.account_public_id == Account.public_id)
    return or_(
        Person.public_id.in_(people),
        Person.account_id.in_(accounts.where(_is_last(MailOutbox.account_public_id))),
    )


def _is_last(to: Any) -> ColumnElement[bool]:
    """The last letter to a person, or to an account, that went to an address which takes none."""
    last = select(func.max(MailOutbox.id)).where(to != "").group_by(to)
    refused = select(MailSuppression.recipient_digest)
    return and_(MailOutbox.id.in_(last), MailOutbox.recipient_digest.in_(refused))
