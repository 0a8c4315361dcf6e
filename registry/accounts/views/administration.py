"""Administering accounts: listing, creating, roles, suspending, reopening, closing, one-time passwords."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts import operations, queries
from registry.accounts.access import current_account, current_viewer, require, tools
from registry.accounts.forms import ROLE_WORDS, AccountForm, ConfirmForm, ReasonForm, RoleForm
from registry.accounts.models import Account, AccountRole, AccountState
from registry.accounts.operations import EmailTaken, LastAdministrator, RoleHeld
from registry.accounts.rules import Permission, Role, Scope
from registry.accounts.rules.sign_in import TEMPORARY_PASSWORD
from registry.accounts.views.blueprint import bp
from registry.accounts.views.proof import prove
from registry.accounts.views.signing_in import wait_sentence
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.paging import Page, page_number

_MANAGE = Permission.ACCOUNTS_MANAGE
STATE_WORDS = {
    AccountState.ACTIVE: _l("Đang dùng"),
    AccountState.SUSPENDED: _l("Tạm khóa"),
    AccountState.CLOSED: _l("Đã đóng"),
}


@dataclass(frozen=True)
class _Step:
    """One change of state that needs a reason: from which states it is offered, its words, what does it."""

    offered_in: frozenset[AccountState]
    title: Any
    what_happens: Any
    done: Any
    kind: str
    run: Callable[..., None]


_STEPS = {
    "khoa": _Step(
        frozenset({AccountState.ACTIVE}),
        _l("Tạm khóa tài khoản"),
        _l("Mọi phiên đăng nhập của người này kết thúc ngay. Có thể mở lại sau."),
        _l("Đã tạm khóa tài khoản."),
        "danger",
        operations.suspend_account,
    ),
    "mo-khoa": _Step(
        frozenset({AccountState.SUSPENDED}),
        _l("Mở lại tài khoản"),
        _l("Người này đăng nhập lại được với mật khẩu và vai trò đang có."),
        _l("Đã mở lại tài khoản."),
        "primary",
        operations.reopen_account,
    ),
    "dong": _Step(
        frozenset({AccountState.ACTIVE, AccountState.SUSPENDED}),
        _l("Đóng tài khoản"),
        _l(
            "Người này không đăng nhập được nữa. Tài khoản vẫn được giữ để biết ai đã làm những việc trước đây."
        ),
        _l("Đã đóng tài khoản."),
        "danger",
        operations.close_account,
    ),
}


@bp.get("/nguoi-dung")
@require(_MANAGE)
def index() -> ResponseReturnValue:
    """The accounts inside my scopes."""
    session = db_session()
    wanted = request.args.get("trang-thai", "")
    state = AccountState(wanted) if wanted in set(AccountState) else None
    number = page_number(request.args.get("trang"))
    rows, total = queries.accounts(session, current_viewer(), state=state, page=number)
    names = _scope_names(session, rows)
    page = Page([_shown(account, names) for account in rows], number, total, queries.PAGE_SIZE)
    return render_template("accounts/index.html", page=page, state=state, states=STATE_WORDS)


@bp.get("/nguoi-dung/tao")
@require(_MANAGE)
def create() -> ResponseReturnValue:
    """The form for a new account."""
    form = AccountForm(formdata=None)
    form.offer(_units(db_session()))
    return render_template("accounts/create.html", form=form)


@bp.post("/nguoi-dung/tao")
@require(_MANAGE)
def submit_new() -> ResponseReturnValue:
    """Create the account; its one-time password is shown now and never again."""
    form = AccountForm()
    session = db_session()
    form.offer(_units(session))
    scope = _scope(session, form) if form.validate() else None
    session.rollback()  # the slow hashes below must not hold the writer's place
    code = _confirm(form) if scope is not None else 422
    if code or scope is None:
        return render_template("accounts/create.html", form=form), code
    password = operations.new_password()
    hashed, at, by = tools().hashing.hash(password), now(), current_account().id
    try:
        account = operations.create_account(
            session,
            email=str(form.email.data),
            display_name=str(form.display_name.data),
            password_hash=hashed,
            by=by,
            at=at,
            is_temporary=True,
        )
    except EmailTaken:
        form.email.errors = [_("Địa chỉ này đã có tài khoản")]
        return render_template("accounts/create.html", form=form), 422
    operations.grant_role(session, account, Role(form.role.data), scope, by=by, starts_on=today(), at=at)
    session.commit()
    return _shown_once(account, password, is_new=True)


@bp.get("/nguoi-dung/<ma>")
@require(_MANAGE)
def show(ma: str) -> ResponseReturnValue:
    """One account: its state, its roles of today and before."""
    session = db_session()
    account = _found(session, ma)
    steps = [(name, step) for name, step in _STEPS.items() if account.state in step.offered_in]
    return render_template(
        "accounts/show.html",
        own=account,
        roles=[_shown_role(role, _scope_names(session, [account])) for role in account.roles],
        state_word=STATE_WORDS[account.state],
        sign_ins=len(queries.running_sign_ins(session, account.id, now())),
        steps=steps if _may_change(account) else [],
        may_change=_may_change(account) and account.state is not AccountState.CLOSED,
    )


@bp.route("/nguoi-dung/<ma>/vai-tro", methods=["GET", "POST"])
@require(_MANAGE)
def add_role(ma: str) -> ResponseReturnValue:
    """Give the account one more role."""
    session = db_session()
    account = _changeable(session, ma)
    form = RoleForm()
    form.offer(_units(session))
    if request.method == "GET":
        return render_template("accounts/add_role.html", form=form, own=account)
    scope = _scope(session, form) if form.validate() else None
    session.rollback()
    code = _confirm(form) if scope is not None else 422
    account = _changeable(session, ma)
    if code or scope is None:
        return render_template("accounts/add_role.html", form=form, own=account), code
    try:
        operations.grant_role(
            session,
            account,
            Role(form.role.data),
            scope,
            by=current_account().id,
            starts_on=today(),
            at=now(),
        )
    except RoleHeld:
        form.role.errors = [_("Tài khoản đã có vai trò này trong phạm vi đã chọn")]
        return render_template("accounts/add_role.html", form=form, own=account), 422
    session.commit()
    flash(_("Đã giao vai trò."), "ok")
    return redirect(url_for(".show", ma=ma), 303)


@bp.route("/nguoi-dung/<ma>/vai-tro/<vai_tro>/ket-thuc", methods=["GET", "POST"])
@require(_MANAGE)
def end_role(ma: str, vai_tro: str) -> ResponseReturnValue:
    """End one role, with a reason."""
    session = db_session()
    account = _changeable(session, ma)
    role = next((role for role in account.roles if role.public_id == vai_tro and role.ended_at is None), None)
    if role is None:
        raise NotVisible
    form = ReasonForm()
    shown = _shown_role(role, _scope_names(session, [account]))
    if request.method == "GET":
        return render_template("accounts/end_role.html", form=form, own=account, role=shown)
    if form.validate() and _try(
        form,
        lambda: operations.end_role(
            session, role, by=current_account().id, reason=str(form.reason.data), at=now(), on=today()
        ),
    ):
        session.commit()
        flash(_("Đã kết thúc vai trò."), "ok")
        return redirect(url_for(".show", ma=ma), 303)
    return render_template("accounts/end_role.html", form=form, own=account, role=shown), 422


@bp.route("/nguoi-dung/<ma>/<any(khoa, 'mo-khoa', dong):buoc>", methods=["GET", "POST"])
@require(_MANAGE)
def change_state(ma: str, buoc: str) -> ResponseReturnValue:
    """Suspend, reopen or close the account, with a reason."""
    session = db_session()
    account, step = _changeable(session, ma), _STEPS[buoc]
    if account.state not in step.offered_in:
        raise NotVisible
    form = ReasonForm()
    if request.method == "GET":
        return render_template("accounts/change_state.html", form=form, own=account, step=step)
    told: dict[str, Any] = {"by": current_account().id, "at": now()}
    if buoc != "mo-khoa":
        told["on"] = today()
    if form.validate() and _try(
        form, lambda: step.run(session, account, reason=str(form.reason.data), **told)
    ):
        session.commit()
        flash(str(step.done), "ok")
        return redirect(url_for(".show", ma=ma), 303)
    return render_template("accounts/change_state.html", form=form, own=account, step=step), 422


@bp.route("/nguoi-dung/<ma>/mat-khau", methods=["GET", "POST"])
@require(_MANAGE)
def reset_password(ma: str) -> ResponseReturnValue:
    """Give the account a new one-time password and end its sign-ins; shown now and never again."""
    session = db_session()
    account = _changeable(session, ma)
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/reset_password.html", form=form, own=account)
    session.rollback()  # the slow hashes below must not hold the writer's place
    code = _confirm(form) if form.validate() else 422
    password = operations.new_password()
    hashed = tools().hashing.hash(password) if not code else ""
    account = _changeable(session, ma)
    if code:
        return render_template("accounts/reset_password.html", form=form, own=account), code
    operations.change_password(session, account, hashed, by=current_account().id, at=now(), is_temporary=True)
    session.commit()
    return _shown_once(account, password, is_new=False)


def _shown_once(account: Account, password: str, *, is_new: bool) -> str:
    """The page with the one-time password: an answer to the POST itself, since a redirect would have to carry it."""
    return render_template(
        "accounts/one_time_password.html",
        own=account,
        password=password,
        is_new=is_new,
        valid_days=TEMPORARY_PASSWORD.days,
    )


def _units(session: Session) -> list[tuple[str, str]]:
    """The units the administrator may give roles in: the provinces inside their scopes and the scopes themselves."""
    viewer = current_viewer()
    offered = [
        choice for choice in tools().scopes.choices(session) if viewer.can(_MANAGE, at=(choice[0], ""))
    ]
    known = {path for path, _name in offered}
    own = {scope.unit_path for scope in viewer.scopes if not scope.organisation_path} - known
    return [*offered, *sorted(tools().scopes.names(session, own).items())]


def _scope(session: Session, form: AccountForm | RoleForm) -> Scope | None:
    """The chosen scope; None with a sentence on the field when it is unknown or wider than one's own."""
    path = form.unit_path
    if form.commune.data:
        found = tools().scopes.find(session, str(form.commune.data))
        if found is None or not found[0].startswith(path) or found[0] == "":
            form.commune.errors = [_("Không có đơn vị mang mã này trong phạm vi đã chọn")]
            return None
        path = found[0]
    if not current_viewer().can(_MANAGE, at=(path, "")):
        form.unit.errors = [_("Chọn phạm vi nằm trong phạm vi của bạn")]
        return None
    return Scope(path, "")


def _confirm(form: AccountForm | RoleForm | ConfirmForm) -> int:
    """The status of a refusal when the administrator's own password is wrong; 0 when it is right."""
    proof = prove(current_account().email, str(form.own_password.data), now())
    if proof.wait_seconds:
        form.own_password.errors = [wait_sentence(proof.wait_seconds)]
        return 429
    if proof.account is None:
        form.own_password.errors = [_("Mật khẩu của bạn không đúng")]
        return 422
    return 0


def _try(form: ReasonForm, change: Callable[[], None]) -> bool:
    """Run the change; False with a sentence on the form when it would leave nobody in charge."""
    try:
        change()
    except LastAdministrator:
        form.reason.errors = [_("Đây là quản trị viên cuối cùng. Giao vai trò này cho người khác trước")]
        return False
    return True


def _found(session: Session, ma: str) -> Account:
    """The account inside my scopes, or as good as none."""
    account = queries.account_for(session, current_viewer(), ma)
    if account is None:
        raise NotVisible
    return account


def _may_change(account: Account) -> bool:
    """Not oneself, since nobody hands out their own rights, and nobody who reaches further than oneself."""
    return account.id != current_account().id and queries.may_change(current_viewer(), account, today())


def _changeable(session: Session, ma: str) -> Account:
    account = _found(session, ma)
    if not _may_change(account):
        raise NotVisible
    return account


def _scope_names(session: Session, accounts: Sequence[Account]) -> dict[str, str]:
    """{unit path: name} of all their roles, in one look-up."""
    return tools().scopes.names(session, {role.unit_path for account in accounts for role in account.roles})


def _shown(account: Account, names: dict[str, str]) -> dict[str, Any]:
    """A row of the list."""
    held = [role for role in account.roles if queries.is_in_force(role, today())]
    return {
        "account": account,
        "state": STATE_WORDS[account.state],
        "roles": [_shown_role(role, names) for role in held],
    }


def _shown_role(role: AccountRole, names: dict[str, str]) -> dict[str, Any]:
    """A role in words."""
    return {
        "role": role,
        "label": ROLE_WORDS[role.role],
        "scope": names[role.unit_path],
        "is_in_force": queries.is_in_force(role, today()),
    }
