"""Lists by what they are kept for: beginning one, and saying anew what one is for."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.matching.forms.pools import POOL, PoolForm
from registry.matching.models import Shortlist
from registry.matching.operations.keeping import create_shortlist, describe_shortlist
from registry.matching.queries.kept_searches import shortlists as all_shortlists
from registry.matching.rules.pools import PoolKind
from registry.matching.views.blueprint import bp
from registry.matching.views.shortlists import opened_shortlist
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _

Rows = Sequence[tuple[Shortlist, int]]


@bp.get("/danh-sach")
@require(Permission.PEOPLE_READ)
def shortlists() -> ResponseReturnValue:
    """The lists one may open; pipelines of leaders stand apart from the pools of talent."""
    return _lists_page(PoolForm(formdata=None))


@bp.post("/danh-sach")
@require(Permission.PEOPLE_READ)
def shortlist_created() -> ResponseReturnValue:
    """Begin an empty list, to paste people into or to fill from a search."""
    form = PoolForm()
    if not form.validate():
        return _lists_page(form), 422
    session = db_session()
    made = create_shortlist(
        session, name=str(form.ten.data), need=None, facts=form.facts(), by=current_account().id, at=now()
    )
    session.commit()
    return redirect(url_for("matching.shortlist", ma=made.public_id), 303)


def _lists_page(form: PoolForm) -> str:
    asked = request.args.get("loai", "")
    only = PoolKind(asked) if asked in set(PoolKind) else None
    rows = all_shortlists(db_session(), current_viewer(), current_account().id, only)
    apart = [row for row in rows if row[0].kind is PoolKind.PIPELINE]
    return render_template(
        "matching/shortlists.html",
        form=form,
        only=only,
        kinds=POOL,
        pools=[row for row in rows if row[0].kind is not PoolKind.PIPELINE],
        pipelines=apart,
        some=bool(rows),
    )


@bp.get("/danh-sach/<ma>/loai")
@require(Permission.PEOPLE_READ)
def shortlist_kind(ma: str) -> ResponseReturnValue:
    """What a list is kept for, to be changed."""
    opened = opened_shortlist(ma)
    known = {
        "ten": opened.name,
        "kind": opened.kind,
        "term": opened.term,
        "position": opened.position,
        "decision_number": opened.decision_number,
        "decided_on": opened.decided_on,
    }
    return _kind_page(opened, PoolForm(formdata=None, data=known))


@bp.post("/danh-sach/<ma>/loai")
@require(Permission.PEOPLE_READ)
def shortlist_described(ma: str) -> ResponseReturnValue:
    """Say anew what a list is called and kept for. Who is on it stays."""
    session, opened, form = db_session(), opened_shortlist(ma), PoolForm()
    if not form.validate():
        return _kind_page(opened, form), 422
    describe_shortlist(
        session, opened, name=str(form.ten.data), facts=form.facts(), by=current_account().id, at=now()
    )
    session.commit()
    flash(_("Đã lưu thông tin danh sách."), "ok")
    return redirect(url_for("matching.shortlist", ma=ma), 303)


def _kind_page(opened: Shortlist, form: PoolForm) -> str:
    return render_template("matching/pool.html", shortlist=opened, form=form)
