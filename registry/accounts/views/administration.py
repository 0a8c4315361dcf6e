"""Accounts as their administrator sees them: the list, one account, a new one, a new one-time password."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts import operations, queries
from registry.accounts.access import current_account, current_viewer, proved_lately, require, tools
from registry.accounts.forms import AccountForm, ConfirmForm
from registry.accounts.models import Account, AccountState
from registry.accounts.operations import EmailTaken
from registry.accounts.rules import EVERYWHERE, Role
from registry.accounts.rules.sign_in import TEMPORARY_PASSWORD
from registry.accounts.views.blueprint import bp
from registry.accounts.views.reach import (
    MANAGE,
    changeable,
    chosen_scope,
    found,
    may_change,
    scope_names,
    shown_role,
    units_offered,
)
from registry.accounts.views.states import STEPS
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.paging import Page, page_number

STATE_WORDS = {
    AccountState.ACTIVE: _l("Đang dùng"),
    AccountState.SUSPENDED: _l("Tạm khóa"),
    AccountState.CLOSED: _l("Đã đóng"),
}


@bp.get("/nguoi-dung")
@require(MANAGE)
def index() -> ResponseReturnValue:
    """The accounts inside my scopes."""
    session = db_session()
    wanted = request.args.get("trang-thai", "")
    state = AccountState(wanted) if wanted in set(AccountState) else None
    number = page_number(request.args.get("trang"))
    rows, total = queries.accounts(session, current_viewer(), state=state, page=number)
    names = scope_names(session, rows)
    page = Page([_shown(account, names) for account in rows], number, total, queries.PAGE_SIZE)
    return render_template(
        "accounts/index.html",
        page=page,
        state=state,
        states=STATE_WORDS,
        sees_mail_queue=EVERYWHERE in current_viewer().scopes_for(MANAGE),
    )


@bp.get("/nguoi-dung/tao")
@require(MANAGE)
def create() -> ResponseReturnValue:
    """The form for a new account."""
    form = AccountForm(formdata=None)
    form.offer(units_offered(db_session()))
    return render_template("accounts/create.html", form=form)


@bp.post("/nguoi-dung/tao")
@require(MANAGE)
@proved_lately
def submit_new() -> ResponseReturnValue:
    """Create the account; its one-time password is shown now and never again."""
    form = AccountForm()
    session = db_session()
    form.offer(units_offered(session))
    scope = chosen_scope(session, form) if form.validate() else None
    session.rollback()  # the slow hash below must not hold the writer's place
    if scope is None:
        return render_template("accounts/create.html", form=form), 422
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
@require(MANAGE)
def show(ma: str) -> ResponseReturnValue:
    """One account: its state, its roles of today and before."""
    session = db_session()
    account = found(session, ma)
    steps = [(name, step) for name, step in STEPS.items() if account.state in step.offered_in]
    return render_template(
        "accounts/show.html",
        own=account,
        roles=[shown_role(role, scope_names(session, [account])) for role in account.roles],
        state_word=STATE_WORDS[account.state],
        sign_ins=queries.running_sign_ins(session, account.id, now()),
        steps=steps if may_change(account) else [],
        may_change=may_change(account) and account.state is not AccountState.CLOSED,
    )


@bp.route("/nguoi-dung/<ma>/mat-khau", methods=["GET", "POST"])
@require(MANAGE)
@proved_lately
def reset_password(ma: str) -> ResponseReturnValue:
    """Give the account a new one-time password and end its sign-ins; shown now and never again."""
    session = db_session()
    account = changeable(session, ma)
    form = ConfirmForm()
    if request.method != "POST":
        return render_template("accounts/reset_password.html", form=form, own=account)
    session.rollback()  # the slow hash below must not hold the writer's place
    password = operations.new_password()
    hashed = tools().hashing.hash(password)
    account = changeable(session, ma)
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


def _shown(account: Account, names: dict[str, str]) -> dict[str, Any]:
    """A row of the list."""
    held = [role for role in account.roles if queries.is_in_force(role, today())]
    return {
        "account": account,
        "state": STATE_WORDS[account.state],
        "roles": [shown_role(role, names) for role in held],
    }
