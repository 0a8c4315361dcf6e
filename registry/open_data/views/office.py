"""«Công bố»: the sets of an office with their releases; making one and describing it anew."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer, require, whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.open_data.forms import DatasetForm, DescribeForm
from registry.open_data.models import OpenDataset
from registry.open_data.operations.defining import (
    DatasetTerms,
    DatasetWords,
    define_dataset,
    describe_dataset,
)
from registry.open_data.operations.errors import CodeTaken
from registry.open_data.queries.building import WHOLE_COUNTRY, place_name
from registry.open_data.queries.reading import datasets_of, names_of, programmes_in
from registry.open_data.rules.kinds import KIND_WORDS, LICENCES, THEME_WORDS, DatasetKind, Licence, Theme
from registry.open_data.rules.states import STATE_WORDS, ReleaseState
from registry.open_data.views import shown
from registry.open_data.views.blueprint import bp, may, visible_dataset
from registry.people.views.keepers import keeper_choices
from registry.places.queries import unit_by_path
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _

COUNTRY = "VN/"
STATE_TAG = {
    ReleaseState.DRAFT: "",
    ReleaseState.WAITING: "info",
    ReleaseState.PUBLISHED: "ok",
    ReleaseState.REFUSED: "bad",
    ReleaseState.WITHDRAWN: "warn",
}


@bp.get("/cong-bo")
@require(Permission.INDICATORS_READ)
def office() -> ResponseReturnValue:
    """All sets in scope, what of them is public, and what waits for a second person."""
    session = db_session()
    lines = [_line(session, one) for one in datasets_of(session, current_viewer())]
    return render_template(
        "open_data/office.html",
        lines=lines,
        waiting=[(line, one) for line in lines for one in line["waiting"]],
        may_write=bool(_places(session, whole_viewer())),
    )


@bp.get("/cong-bo/<ma>")
@require(Permission.INDICATORS_READ)
def dataset(ma: str) -> ResponseReturnValue:
    """One set with all its releases."""
    session = db_session()
    found = visible_dataset(session, ma)
    names = names_of(session, [one.prepared_by_id for one in found.releases])
    return render_template(
        "open_data/office_dataset.html",
        dataset=found,
        kind=_(KIND_WORDS[found.kind]),
        theme=_(THEME_WORDS[found.theme]),
        licence=LICENCES[found.licence],
        place=place_name(session, found),
        releases=[
            {
                "one": one,
                "state": state_of(one.state),
                "period": shown.period_of(one),
                "who": names.get(one.prepared_by_id or 0, ""),
            }
            for one in found.releases
        ],
        is_public=any(one.state is ReleaseState.PUBLISHED for one in found.releases),
        may_write=may(Permission.INDICATORS_WRITE, found),
    )


@bp.get("/cong-bo/tao")
@require(Permission.INDICATORS_WRITE)
def create() -> ResponseReturnValue:
    """An empty form."""
    return _form_page(_offered(DatasetForm(formdata=None)), None)


@bp.post("/cong-bo/tao")
@require(Permission.INDICATORS_WRITE)
def create_sent() -> ResponseReturnValue:
    """A new set; nothing of it is public yet."""
    session, form = db_session(), _offered(DatasetForm())
    if not form.validate():
        return _form_page(form, None), 422
    unit = unit_by_path(session, str(form.place.data))
    kind = DatasetKind(form.kind.data)
    terms = DatasetTerms(
        code=str(form.code.data),
        kind=kind,
        unit_id=None if unit is None else unit.id,
        unit_path=str(form.place.data),
        programme=str(form.programme.data or "") if kind is DatasetKind.INDICATORS else "",
    )
    try:
        made = define_dataset(session, terms, _words(form), by=current_account().id, at=now())
    except CodeTaken:
        form.code.errors = [_("Địa chỉ này đã có bộ dữ liệu khác dùng. Nhập địa chỉ khác")]
        return _form_page(form, None), 422
    session.commit()
    flash(_("Đã lưu bộ dữ liệu. Chưa có gì công khai."), "ok")
    return redirect(url_for(".dataset", ma=made.public_id), 303)


@bp.get("/cong-bo/<ma>/sua")
@require(Permission.INDICATORS_WRITE)
def describe(ma: str) -> ResponseReturnValue:
    """The form filled with what is said now."""
    found = visible_dataset(db_session(), ma)
    form = DescribeForm(formdata=None, obj=found, data={"version": str(found.version)})
    form.offer_words()
    return _form_page(form, found)


@bp.post("/cong-bo/<ma>/sua")
@require(Permission.INDICATORS_WRITE)
def describe_sent(ma: str) -> ResponseReturnValue:
    """Save; what somebody else saved meanwhile is never overwritten unseen."""
    session = db_session()
    found, form = visible_dataset(session, ma), DescribeForm()
    form.offer_words()
    if form.version.data != str(found.version):
        form.version.data = str(found.version)
        flash(_("Mô tả vừa được người khác sửa. Xem lại rồi lưu lần nữa."), "warn")
        return _form_page(form, found), 409
    if not form.validate():
        return _form_page(form, found), 422
    describe_dataset(session, found, _words(form), by=current_account().id, at=now())
    session.commit()
    flash(_("Đã lưu mô tả. Tệp đã công bố giữ nguyên."), "ok")
    return redirect(url_for(".dataset", ma=found.public_id), 303)


def state_of(state: ReleaseState) -> tuple[str, str]:
    """(words, kind of tag) of a state."""
    return _(STATE_WORDS[state]), STATE_TAG[state]


def _line(session: Session, found: OpenDataset) -> dict[str, Any]:
    published = [one for one in found.releases if one.state is ReleaseState.PUBLISHED]
    return {
        "dataset": found,
        "kind": _(KIND_WORDS[found.kind]),
        "place": place_name(session, found),
        "newest": published[0] if published else None,
        "period": shown.period_of(published[0]) if published else "",
        "waiting": [one for one in found.releases if one.state is ReleaseState.WAITING],
    }


def _places(session: Session, viewer: Viewer) -> list[tuple[str, Any]]:
    """Places of which the viewer may make a set: the whole of a scope, never what one organisation keeps of it."""
    writer = viewer.limited_to(Permission.INDICATORS_WRITE)
    scopes = tuple(one for one in writer.scopes if not one.organisation_path)
    found = keeper_choices(session, replace(writer, scopes=scopes))
    is_wide = any(one.unit_path in {"", COUNTRY} for one in scopes)
    return [*([(COUNTRY, WHOLE_COUNTRY)] if is_wide else []), *found]


def _offered(form: DatasetForm) -> DatasetForm:
    session = db_session()
    form.offer(_places(session, whole_viewer()), programmes_in(session, current_viewer()))
    return form


def _words(form: DescribeForm) -> DatasetWords:
    return DatasetWords(
        title=str(form.title.data),
        title_en=str(form.title_en.data),
        description=str(form.description.data),
        description_en=str(form.description_en.data),
        licence=Licence(form.licence.data),
        theme=Theme(form.theme.data),
        publisher=str(form.publisher.data),
    )


def _form_page(form: DescribeForm, found: OpenDataset | None) -> str:
    return render_template("open_data/form.html", form=form, dataset=found)
