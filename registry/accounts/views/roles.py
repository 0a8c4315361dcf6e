"""Giving an account one more role and ending one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import current_account, proved_lately, require
from registry.accounts.forms import ReasonForm, RoleForm
from registry.accounts.operations import RoleHeld
from registry.accounts.rules import Role
from registry.accounts.views.blueprint import bp
from registry.accounts.views.reach import (
    MANAGE,
    changeable,
    chosen_scope,
    scope_names,
    shown_role,
    tried,
    units_offered,
)
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.route("/nguoi-dung/<ma>/vai-tro", methods=["GET", "POST"])
@require(MANAGE)
@proved_lately
def add_role(ma: str) -> ResponseReturnValue:
    """Give the account one more role."""
    session = db_session()
    account = changeable(session, ma)
    form = RoleForm()
    form.offer(units_offered(session))
    if request.method != "POST":
        return render_template("accounts/add_role.html", form=form, own=account)
    scope = chosen_scope(session, form) if form.validate() else None
    if scope is None:
        return render_template("accounts/add_role.html", form=form, own=account), 422
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
@require(MANAGE)
@proved_lately
def end_role(ma: str, vai_tro: str) -> ResponseReturnValue:
    """End one role, with a reason."""
    session = db_session()
    account = changeable(session, ma)
    role = next((role for role in account.roles if role.public_id == vai_tro and role.ended_at is None), None)
    if role is None:
        raise NotVisible
    form = ReasonForm()
    shown = shown_role(role, scope_names(session, [account]))
    if request.method != "POST":
        return render_template("accounts/end_role.html", form=form, own=account, role=shown)
    if form.validate() and tried(
        form,
        lambda: operations.end_role(
            session, role, by=current_account().id, reason=str(form.reason.data), at=now(), on=today()
        ),
    ):
        session.commit()
        flash(_("Đã kết thúc vai trò."), "ok")
        return redirect(url_for(".show", ma=ma), 303)
    return render_template("accounts/end_role.html", form=form, own=account, role=shown), 422
