"""What an administrator reaches: which accounts may be seen and changed, which scopes may be given. No routes here."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from registry.accounts import queries
from registry.accounts.access import current_account, current_viewer, tools
from registry.accounts.forms import ROLE_WORDS, AccountForm, ReasonForm, RoleForm
from registry.accounts.models import Account, AccountRole
from registry.accounts.operations import LastAdministrator
from registry.accounts.rules import Permission, Scope
from registry.web.clock import today
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

MANAGE = Permission.ACCOUNTS_MANAGE


def units_offered(session: Session) -> list[tuple[str, str]]:
    """The units the administrator may give roles in: the provinces inside their scopes and the scopes themselves."""
    viewer = current_viewer()
    offered = [choice for choice in tools().scopes.choices(session) if viewer.can(MANAGE, at=(choice[0], ""))]
    known = {path for path, _name in offered}
    own = {scope.unit_path for scope in viewer.scopes if not scope.organisation_path} - known
    return [*offered, *sorted(tools().scopes.names(session, own).items())]


def chosen_scope(session: Session, form: AccountForm | RoleForm) -> Scope | None:
    """The chosen scope; None with a sentence on the field when it is unknown or wider than one's own."""
    path = form.unit_path
    if form.commune.data:
        unit = tools().scopes.find(session, str(form.commune.data))
        if unit is None or not unit[0].startswith(path) or unit[0] == "":
            form.commune.errors = [_("Không có đơn vị mang mã này trong phạm vi đã chọn")]
            return None
        path = unit[0]
    if not current_viewer().can(MANAGE, at=(path, "")):
        form.unit.errors = [_("Chọn phạm vi nằm trong phạm vi của bạn")]
        return None
    return Scope(path, "")


def tried(form: ReasonForm, change: Callable[[], None]) -> bool:
    """Run the change; False with a sentence on the form when it would leave nobody in charge."""
    try:
        change()
    except LastAdministrator:
        form.reason.errors = [
            _("Không còn ai khác là quản trị hệ thống của cả nước. Giao vai trò này cho người khác trước")
        ]
        return False
    return True


def found(session: Session, ma: str) -> Account:
    """The account inside my scopes, or as good as none."""
    account = queries.account_for(session, current_viewer(), ma)
    if account is None:
        raise NotVisible
    return account


def may_change(account: Account) -> bool:
    """Not oneself, since nobody hands out their own rights, and nobody who reaches further than oneself."""
    return account.id != current_account().id and queries.may_change(current_viewer(), account, today())


def changeable(session: Session, ma: str) -> Account:
    """The account inside my scopes that I may also change, or as good as none."""
    account = found(session, ma)
    if not may_change(account):
        raise NotVisible
    return account


def scope_names(session: Session, accounts: Sequence[Account]) -> dict[str, str]:
    """{unit path: name} of all their roles, in one look-up."""
    return tools().scopes.names(session, {role.unit_path for account in accounts for role in account.roles})


def shown_role(role: AccountRole, names: dict[str, str]) -> dict[str, Any]:
    """A role in words."""
    return {
        "role": role,
        "label": ROLE_WORDS[role.role],
        "scope": names[role.unit_path],
        "is_in_force": queries.is_in_force(role, today()),
    }
