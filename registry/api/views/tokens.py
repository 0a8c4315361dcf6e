"""«Kết nối API»: how the API is used, the keys of my places, a new one, the end of one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, proved_lately, require, tools
from registry.accounts.forms import ReasonForm
from registry.accounts.rules import Permission
from registry.accounts.views.reach import units_offered
from registry.api.forms import SCOPE_WORDS, TokenForm
from registry.api.models import ApiToken
from registry.api.operations.tokens import end_token, make_token
from registry.api.queries.tokens import opens, token_within, tokens_within
from registry.api.rules import REQUESTS, WINDOW, ApiScope
from registry.api.views.blueprint import bp
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_MANAGE = Permission.ACCOUNTS_MANAGE


@bp.get("/he-thong/api")
@require(_MANAGE)
def index() -> ResponseReturnValue:
    """How to use it, and the keys there are."""
    session = db_session()
    found = tokens_within(session, current_viewer())
    names = tools().scopes.names(session, {one.unit_path for one in found})
    return render_template(
        "api/index.html",
        tokens=[_shown(one, names) for one in found],
        base=request.host_url.rstrip("/") + request.script_root,
        most=REQUESTS,
        minutes=int(WINDOW.total_seconds() // 60),
    )


@bp.route("/he-thong/api/tao", methods=["GET", "POST"])
@require(_MANAGE)
@proved_lately
def create() -> ResponseReturnValue:
    """Make a key; its text is shown in the answer to the form itself and never again."""
    session = db_session()
    form = TokenForm()
    form.offer(units_offered(session))
    if request.method != "POST":
        return render_template("api/create.html", form=form)
    if not form.validate() or not _is_within(form):
        return render_template("api/create.html", form=form), 422
    at = now()
    made, text = make_token(
        session,
        name=str(form.name.data),
        scopes=[scope for scope in ApiScope if scope.value in (form.scopes.data or ())],
        unit_path=form.unit_path,
        by=current_account().id,
        at=at,
        expires_at=at + form.lives,
    )
    session.commit()
    return render_template("api/shown_once.html", token=made, text=text)


@bp.route("/he-thong/api/<ma>/ket-thuc", methods=["GET", "POST"])
@require(_MANAGE)
@proved_lately
def end(ma: str) -> ResponseReturnValue:
    """End a key, with a reason."""
    session = db_session()
    token = _running(session, ma)
    form = ReasonForm()
    if request.method != "POST":
        return render_template("api/end.html", form=form, token=token)
    if not form.validate():
        return render_template("api/end.html", form=form, token=token), 422
    end_token(session, token, by=current_account().id, reason=str(form.reason.data), at=now())
    session.commit()
    flash(_("Đã kết thúc khóa."), "ok")
    return redirect(url_for(".index"), 303)


def _is_within(form: TokenForm) -> bool:
    """Whether the place is one that I administer; a sentence on the field when it is not."""
    if current_viewer().can(_MANAGE, at=(form.unit_path, "")):
        return True
    form.unit.errors = [_("Chọn phạm vi nằm trong phạm vi của bạn")]
    return False


def _running(session: Session, ma: str) -> ApiToken:
    token = token_within(session, current_viewer(), ma)
    if token is None or token.ended_at is not None:
        raise NotVisible
    return token


def _shown(token: ApiToken, names: dict[str, str]) -> dict[str, Any]:
    """A row of the list."""
    return {
        "token": token,
        "scope": names[token.unit_path],
        "rights": [str(words) for scope, words in SCOPE_WORDS.items() if scope.value in token.scopes],
        "state": _state(token),
    }


def _state(token: ApiToken) -> tuple[str, str]:
    """What opens, and of what does not, why: words and the kind of their tag."""
    if token.ended_at is not None:
        return _("Đã kết thúc"), "line"
    if token.expires_at <= now():
        return _("Hết hạn"), "line"
    if not opens(token, at=now(), on=today()):
        return _("Người tạo mất quyền"), "warn"
    return _("Đang dùng được"), "ok"
