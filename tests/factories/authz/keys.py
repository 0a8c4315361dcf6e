"""Keys of other systems as they are kept on the screens, and what they ask for by code."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.needs.rules import NeedState
from registry.skills.models import Skill
from tests.factories import needs as make_needs
from tests.factories.api import key
from tests.factories.authz.actors import BELOW, A, B
from tests.factories.authz.objects import Objects


def make_keys(session: Session, accounts: Mapping[str, Account]) -> Objects:
    """A key in each place, one of the whole country, drafts to be changed, a skill and a place by their codes."""
    places = {"own": A, "below": BELOW, "other": B, "wider": ""}
    keys = {
        where: key(session, unit_path=path, maker=accounts["sysN"], name=f"Hệ thống {where}").row
        for where, path in places.items()
    }
    drafts = {
        where: make_needs.need(session, f"Bản nháp {where}", state=NeedState.DRAFT, unit_path=places[where])
        for where in ("own", "below", "other")
    }
    code = session.scalars(select(Skill.code).order_by(Skill.id).limit(1)).one()
    session.flush()
    return {
        "key": {where: {"ma": row.public_id} for where, row in keys.items()},
        "draft": {where: {"ma": one.public_id} for where, one in drafts.items()},
        "skill_code": {"one": {"code": code}},
        "place_code": {"one": {"code": "12"}},
    }
