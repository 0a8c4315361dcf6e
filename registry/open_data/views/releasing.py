"""Releases inside: choosing a period, seeing exactly what will be public and what was hidden, sending it on."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.indicators.rules.figures import Period
from registry.open_data.forms import PeriodForm, StockForm
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.operations.errors import WrongState
from registry.open_data.operations.releasing import (
    drop_release,
    prepare_release,
    send_release,
    told_with_others,
)
from registry.open_data.queries.reading import FILE_COLUMNS, names_of
from registry.open_data.rules.against import Clash, How
from registry.open_data.rules.files import CSV_NAME
from registry.open_data.rules.grids import Counted, Why, read
from registry.open_data.rules.kinds import STOCKS
from registry.open_data.rules.states import ReleaseState, is_second
from registry.open_data.views import shown
from registry.open_data.views.blueprint import bp, may, may_see_hidden, visible_dataset, visible_release
from registry.open_data.views.office import state_of
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_MOST = 200
WHY: Mapping[Why, Any] = {
    Why.SMALL: _l("từ 1 đến 4"),
    Why.BESIDES: _l("để không suy ra ô từ 1 đến 4"),
    Why.EARLIER: _l("để không suy ra khi so với bản đã công bố"),
}


@bp.get("/cong-bo/<ma>/chuan-bi")
@require(Permission.INDICATORS_WRITE)
def prepare(ma: str) -> ResponseReturnValue:
    """The form of a release; the half-year before stands in it."""
    found = visible_dataset(db_session(), ma)
    return _prepare_page(found, _form_of(found, is_sent=False))


@bp.post("/cong-bo/<ma>/chuan-bi")
@require(Permission.INDICATORS_WRITE)
def prepare_sent(ma: str) -> ResponseReturnValue:
    """Build and freeze it; it is a draft that nobody outside sees."""
    session, on = db_session(), today()
    found = visible_dataset(session, ma)
    form = _form_of(found, is_sent=True)
    if not form.validate():
        return _prepare_page(found, form), 422
    period = Period(on, on)
    if isinstance(form, PeriodForm) and form.starts.data and form.ends.data:
        period = Period(form.starts.data, form.ends.data)
    made = prepare_release(
        session,
        found,
        period,
        by=current_account().id,
        at=now(),
        on=on,
        note=str(form.note.data or ""),
        code_version=_version(),
    )
    session.commit()
    flash(_("Đã chuẩn bị. Xem những gì sẽ công khai, rồi gửi người thứ hai."), "ok")
    return redirect(url_for(".release", ma=made.public_id), 303)


@bp.get("/cong-bo/ban/<ma>")
@require(Permission.INDICATORS_READ)
def release(ma: str) -> ResponseReturnValue:
    """Exactly what is or will be public, what of it is hidden and why, and how it stands to what was public before."""
    session = db_session()
    found = visible_release(session, ma)
    dataset = found.dataset
    sees_hidden = may_see_hidden(dataset)
    counted = read(found.tables)
    is_open = found.state in {ReleaseState.DRAFT, ReleaseState.WAITING}
    told = told_with_others(session, found) if is_open else []
    names = names_of(session, [found.prepared_by_id, found.decided_by_id, found.ended_by_id])
    return render_template(
        "open_data/release.html",
        release=found,
        dataset=dataset,
        state=state_of(found.state),
        period=shown.period_of(found),
        table=shown.table_of(found),
        names=names,
        is_open=is_open,
        hidden=_hidden(counted) if sees_hidden else [],
        tally=[(WHY[why], count) for why, count in counted.tally().items()] if sees_hidden else [],
        hidden_count=len(counted.hidden),
        sees_hidden=sees_hidden,
        blocking=[_clash(one, sees_hidden=sees_hidden) for one in told if one.blocks],
        named=[_clash(one, sees_hidden=sees_hidden) for one in told if not one.blocks],
        files=shown.FILES,
        may=_may(found),
    )


@bp.get("/cong-bo/ban/<ma>/<tep>")
@require(Permission.INDICATORS_READ)
def file(ma: str, tep: str) -> ResponseReturnValue:
    """A file of a release as it is or would be public."""
    found = visible_release(db_session(), ma)
    if tep not in FILE_COLUMNS:
        raise NotVisible
    content = getattr(found, FILE_COLUMNS[tep].key)
    kind = "text/csv; charset=utf-8" if tep == CSV_NAME else "application/json; charset=utf-8"
    return attachment(content, kind, f"{found.dataset.code}-{found.number}-{tep}")


@bp.post("/cong-bo/ban/<ma>/gui")
@require(Permission.INDICATORS_WRITE)
def send(ma: str) -> ResponseReturnValue:
    """Hand it to a second person."""
    session = db_session()
    found = visible_release(session, ma)
    try:
        send_release(session, found, by=current_account().id, at=now())
    except WrongState:
        flash(_("Bản này đã được gửi hoặc đã có quyết định."), "warn")
    else:
        session.commit()
        flash(_("Đã gửi. Người khác có quyền công bố sẽ thấy bản này ở trang «Công bố dữ liệu»."), "ok")
    return redirect(url_for(".release", ma=found.public_id), 303)


@bp.post("/cong-bo/ban/<ma>/bo")
@require(Permission.INDICATORS_WRITE)
def drop(ma: str) -> ResponseReturnValue:
    """Throw a draft away."""
    session = db_session()
    found = visible_release(session, ma)
    back = redirect(url_for(".dataset", ma=found.dataset.public_id), 303)
    try:
        drop_release(session, found, by=current_account().id, at=now())
    except WrongState:
        flash(_("Chỉ bỏ được bản nháp."), "warn")
    else:
        session.commit()
        flash(_("Đã bỏ bản nháp."), "ok")
    return back


def _may(found: OpenRelease) -> dict[str, bool]:
    """Which buttons the viewer has."""
    may_write = may(Permission.INDICATORS_WRITE, found.dataset)
    may_publish = may(Permission.INDICATORS_PUBLISH, found.dataset)
    is_waiting = found.state is ReleaseState.WAITING
    second = is_second(current_account().id, found.prepared_by_id)
    return {
        "send": may_write and found.state is ReleaseState.DRAFT,
        "drop": may_write and found.state is ReleaseState.DRAFT,
        "decide": may_publish and is_waiting and second,
        "is_own": may_publish and is_waiting and not second,
        "withdraw": may_publish and found.state is ReleaseState.PUBLISHED,
    }


def _form_of(dataset: OpenDataset, *, is_sent: bool) -> StockForm:
    kind = StockForm if dataset.kind in STOCKS else PeriodForm
    if is_sent:
        return kind()
    first = date(today().year, 1, 1)
    half = date(today().year, 7, 1)
    start, end = (
        (first, half - timedelta(1))
        if today() >= half
        else (date(first.year - 1, 7, 1), first - timedelta(1))
    )
    return kind(formdata=None, data={"starts": start, "ends": end})


def _prepare_page(found: OpenDataset, form: StockForm) -> str:
    return render_template("open_data/prepare.html", form=form, dataset=found, is_stock=found.kind in STOCKS)


def _hidden(counted: Counted) -> list[dict[str, Any]]:
    """The hidden cells with their counts; small ones first."""
    cells = [
        (why, counted.grids[at].words_of(cell), counted.grids[at].table.cells[cell])
        for (at, cell), why in counted.hidden.items()
    ]
    ordered = sorted(cells, key=lambda one: (list(Why).index(one[0]), one[1]))[:_MOST]
    return [{"why": WHY[why], "words": words, "count": count} for why, words, count in ordered]


def _clash(one: Clash, *, sees_hidden: bool) -> dict[str, Any]:
    """A pair in words; its arithmetic for whoever may read both numbers."""
    if not sees_hidden:
        return {"release": one.release, "words": one.words, "sum": ""}
    first, second = formats.number(one.first), formats.number(one.second)
    if one.how is How.DIFFERENCE:
        difference = abs((one.second or 0) - (one.first or 0))
        said = _(
            "%(first)s và %(second)s lệch %(difference)s người, ít hơn 5",
            first=first,
            second=second,
            difference=difference,
        )
    elif one.how is How.UNCOVERED:
        said = _("suy ra được: từ %(first)s đến %(second)s người", first=first, second=second)
    elif one.first is None:
        said = _("bản kia ẩn, bản này có số %(second)s; không suy ra ô nhỏ nào", second=second)
    else:
        said = _("bản kia có số %(first)s, bản này ẩn; không suy ra ô nhỏ nào", first=first)
    return {"release": one.release, "words": one.words, "sum": said}


@cache
def _version() -> str:
    try:
        return version("talent-registry")
    except PackageNotFoundError:
        return ""
