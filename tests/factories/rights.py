"""People with an account of their own, and what they ask about their data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role
from registry.people.models import Person
from registry.privacy.models import RightsRequest
from registry.privacy.operations import Asked, receive_request
from registry.privacy.rules import RightKind
from tests.factories import people as make
from tests.factories.accounts import account
from tests.factories.people import AT


def with_account(session: Session, name: str = "Lò Văn Chiến", **traits: Any) -> tuple[Person, Account]:
    """A person and the account they sign in with."""
    person = make.person(session, name, **traits)
    own = account(session, Role.CANDIDATE, "", name=name)
    person.account_id = own.id
    session.commit()
    return person, own


def asked(
    session: Session,
    person: Person,
    kind: RightKind = RightKind.CORRECTION,
    *,
    at: datetime = AT,
    **parts: Any,
) -> RightsRequest:
    """A request that the person wrote."""
    made = receive_request(session, person, Asked(kind, at, **parts), by=None, recorded_by=None, at=at)
    session.commit()
    return made


def recorded(code: str, **changed: str) -> Mapping[str, Any]:
    """What an officer types for a request on paper."""
    return {
        "code": code,
        "kind": "erasure",
        "purpose": "",
        "words": "Đề nghị xóa hồ sơ",
        "channel": "paper",
        "identity_check": "document_seen",
        "received_on": ["25", "11", "2026"],
        **changed,
    }
