"""A proposal that waits and a grant with payments, for somebody of each place."""

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.people.models import Person
from tests.factories.grants import Office, due, proposed, rows, running

_OFFICERS = {"own": "offA", "below": "offU", "other": "offB"}


def make_grants(
    session: Session, accounts: dict[str, Account], people: dict[str, Person]
) -> dict[str, dict[str, dict[str, str]]]:
    """The parts of addresses of decisions, grants, lines and payments."""
    found: dict[str, dict[str, dict[str, str]]] = {
        kind: {} for kind in ("decision", "grant", "grant_line", "grant_payment")
    }
    for where, name in _OFFICERS.items():
        of = Office(people[where], accounts[name], accounts["cadN"])
        waiting = proposed(session, of, groups=("ths",), asked=rows(), ground="Theo biên bản")
        grant = running(session, of)
        found["decision"][where] = {"ma": waiting.public_id}
        found["grant"][where] = {"ma": grant.public_id}
        found["grant_line"][where] = {"ma": grant.public_id, "khoan": grant.lines[0].public_id}
        found["grant_payment"][where] = {"ma": grant.public_id, "phan": due(grant).public_id}
    for kind, part in (("grant_line", "khoan"), ("grant_payment", "phan")):
        found[kind]["mixed"] = found[kind]["own"] | {part: found[kind]["other"][part]}
    session.flush()
    return found
