"""Officers who may decide about the candidacies of a need: who can own one, who can be let through."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.queries import grants_on
from registry.accounts.rules import ROLE_PERMISSIONS, Permission, Viewer
from registry.needs.models import Need

_ROLES = [role for role, rights in ROLE_PERMISSIONS.items() if Permission.CANDIDACIES_DECIDE in rights]


def deciders(session: Session, need: Need, *, on: date) -> list[Account]:
    """Active accounts that may decide at the place of the need on a day, by name."""
    able = select(AccountRole.account_id).where(AccountRole.role.in_(_ROLES))
    accounts = session.scalars(
        select(Account)
        .where(Account.state == AccountState.ACTIVE, Account.id.in_(able))
        .options(selectinload(Account.roles))
        .order_by(Account.display_name, Account.id)
    )
    at = (need.unit_path, need.organisation_path)
    return [
        one
        for one in accounts
        if Viewer.of_grants(one.id, grants_on(one, on)).can(Permission.CANDIDACIES_DECIDE, at=at)
    ]
