"""The benefits of a draft: of its groups, and those beside them."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.forms.benefits import BenefitForm, benefit_form
from registry.policies.forms.shapes import SHAPE, Shape, shape_of
from registry.policies.queries.versions import content_of
from registry.policies.rules import data_edits
from registry.policies.rules.data_edits import Data, Row
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.composing import compose_url, found_or_404, is_draft, mark, saved
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/khoan", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_benefit(ma: str, ban: str) -> ResponseReturnValue:
    """One benefit: a new one of a group (or of none) with a kind of amount that was chosen, or one that stands."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    code, data = request.args.get("khoan", ""), content_of(opened.version)
    row = found_or_404(data_edits.benefit_of, data, code) if code else None
    group = _group(data, code)
    shape = _shape(row)
    if shape is None:
        return _choose(opened, data, group, code)

    def form_of(now: Opened, **given: Any) -> BenefitForm:
        said = content_of(now.version)
        there = data_edits.benefit_of(said, code) if code in _codes(said) else None
        named = None if group else [(one["code"], one["title"]) for one in data_edits.groups_of(said)]
        return benefit_form(shape, there, named, mark(there), **given)

    form = form_of(opened)

    def page(now: Opened) -> str:
        return _page(now, form, group, code)

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: form_of(now, formdata=None),
        write=lambda said: _written(said, group, code, form.row()),
        page=page,
        said=_("Đã lưu khoản hưởng."),
        back=compose_url(opened, f"nhom-{group}" if group else "khoan-them"),
    )


def _codes(data: Row) -> list[str]:
    return [one["code"] for one in data_edits.benefits_of(data)]


def _group(data: Row, code: str) -> str:
    """The group of the benefit, or the one a new one is for; "" for none. Raises NotVisible."""
    if code:
        return data_edits.group_of_benefit(data, code)
    asked = request.args.get("nhom", "")
    if asked:
        found_or_404(data_edits.group_of, data, asked)
    return asked


def _shape(row: Row | None) -> Shape | None:
    asked = request.args.get("kieu")
    if asked is None:
        return None if row is None else shape_of(row)
    if asked == "":
        return None
    try:
        return Shape(asked)
    except ValueError as wrong:
        raise NotVisible from wrong


def _written(data: Data, group: str, code: str, row: Row) -> Data:
    code = code or data_edits.new_code(str(row["text"]), _codes(data))
    return data_edits.with_benefit(data, group, code, row)


def _choose(opened: Opened, data: Row, group: str, code: str) -> ResponseReturnValue:
    """The kinds of amounts, as links."""
    named = {"khoan": code} if code else {"nhom": group}
    own: dict[str, Any] = {"ma": opened.ma, "ban": opened.version.number, **named}
    links = [
        (title, url_for(".compose_benefit", **own, kieu=one.value), hint)
        for one, (title, hint) in SHAPE.items()
    ]
    about = data_edits.group_of(data, group)["title"] if group else _("Khoản hưởng thêm, ngoài mức của nhóm")
    page = render_template(
        "policies/choose.html",
        heading=_("Mức hưởng ghi theo cách nào?"),
        about=about,
        groups=[("", links)],
        version=opened.version,
        code=opened.ma,
        back=compose_url(opened),
    )
    return page, 200 if request.method != "POST" else 422


def _page(opened: Opened, form: BenefitForm, group: str, code: str) -> str:
    data = content_of(opened.version)
    named: dict[str, Any] = {"khoan": code} if code else {"nhom": group}
    return render_template(
        "policies/benefit_form.html",
        form=form,
        is_new=not code,
        about=data_edits.group_of(data, group)["title"] if group else _("Khoản hưởng thêm"),
        shape=SHAPE[form.shape][0],
        other=url_for(".compose_benefit", ma=opened.ma, ban=opened.version.number, **named, kieu=""),
        version=opened.version,
        code=opened.ma,
        back=compose_url(opened),
    )
