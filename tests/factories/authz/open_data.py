"""A set of each place with a release that waits and one that is a draft, and a set with a release that everybody sees."""

from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.needs.models import Need
from tests.factories.open_data import dataset, draft, published

Objects = dict[str, dict[str, dict[str, str]]]


def make_open_data(session: Session, accounts: dict[str, Account], needs: dict[str, Need]) -> Objects:
    """The parts of their addresses; each stands where the need of its place does."""
    found: Objects = {kind: {} for kind in ("open_dataset", "open_release")}
    for where, need in needs.items():
        made = dataset(session, code=f"bo-{where}", unit_path=need.unit_path)
        found["open_dataset"][where] = {"ma": made.public_id}
        found["open_release"][where] = {"ma": draft(session, made, None).public_id}
    out = dataset(session, code="mo", unit_path="VN/56/")
    number = str(published(session, out, None, accounts["cadN"].id).number)
    found["public_dataset"] = {"one": {"ma": "mo"}, "none": {"ma": "bo-own"}}
    found["public_release"] = {"one": {"ma": "mo", "so": number}, "none": {"ma": "bo-own", "so": "1"}}
    return found
