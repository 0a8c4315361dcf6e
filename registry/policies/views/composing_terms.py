"""What holds for all groups of a draft: places, ladder of degrees, several groups at once, old grants, repayment."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.forms.parts import ScopeForm, scope_codes, scope_rows
from registry.policies.forms.terms import (
    LadderForm,
    RepaymentForm,
    TermsForm,
    ladder_form,
    repayment_filled,
    terms_filled,
)
from registry.policies.queries.parameters import yearly_lists
from registry.policies.queries.versions import content_of
from registry.policies.rules.data_edits import Data, Row
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.composing import compose_url, is_draft, look_for_units, mark, saved
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.i18n import gettext as _

Make = Callable[..., Any]


def _one_form(
    ma: str, ban: str, make: Make, write: Callable[[Any, Data], Data], heading: str, anchor: str
) -> ResponseReturnValue:
    """The way of every form of this file: `make` fills it, `write` puts it into the draft."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    form: EditForm = make(opened)

    def page(now: Opened) -> str:
        return render_template(
            "policies/terms_form.html",
            form=form,
            heading=heading,
            version=now.version,
            code=now.ma,
            back=compose_url(now),
        )

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: make(now, formdata=None),
        write=lambda data: write(form, data),
        page=page,
        said=_("Đã lưu."),
        back=compose_url(opened, anchor),
    )


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/dia-ban", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_scope(ma: str, ban: str) -> ResponseReturnValue:
    """Where the draft holds."""
    return _one_form(ma, ban, _scope_form, _with_scope, _("Địa bàn áp dụng"), "chung")


def _scope_form(opened: Opened, **given: Any) -> ScopeForm:
    rows = content_of(opened.version)["scope"]
    form = ScopeForm(data={"scope": scope_codes(rows), "version": mark(rows)}, **given)
    look_for_units(form.scope, opened, everywhere=True)
    return form


def _with_scope(form: ScopeForm, data: Data) -> Data:
    return {**data, "scope": scope_rows(form.scope.data)}


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/thang-bang", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_ladder(ma: str, ban: str) -> ResponseReturnValue:
    """The policy's own order of degrees."""
    return _one_form(ma, ban, _ladder_form, _with_ladder, _("Thang bằng cấp"), "chung")


def _steps(data: Row) -> Any:
    ladders: Row = data.get("ladders") or {}
    return ladders.get("degree") or []


def _ladder_form(opened: Opened, **given: Any) -> LadderForm:
    steps = _steps(content_of(opened.version))
    return ladder_form(steps, data={"version": mark(steps)}, **given)


def _with_ladder(form: LadderForm, data: Data) -> Data:
    order = {code: number for number, code in enumerate(code for step in _steps(data) for code in step)}
    steps = [sorted(step, key=lambda code: order.get(code, len(order))) for step in form.steps()]
    return {**data, "ladders": {**(data.get("ladders") or {}), "degree": steps}}


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/quy-dinh-chung", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_terms(ma: str, ban: str) -> ResponseReturnValue:
    """Several groups at once, old grants, the yearly list, notes."""
    return _one_form(
        ma, ban, _terms_form, lambda form, data: form.changed(data), _("Quy định chung"), "chung"
    )


def _terms_form(opened: Opened, **given: Any) -> TermsForm:
    data = content_of(opened.version)
    filled = terms_filled(data)
    form = TermsForm(data=filled | {"version": mark(filled)}, **given)
    lists = [(one.code, one.name) for one in yearly_lists(opened.session)]
    own = filled["yearly_list"]
    if own and own not in dict(lists):
        lists.append((own, own))
    form.yearly_list.choices = choices([("", _("không dùng danh mục")), *lists])
    return form


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/boi-hoan", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_repayment(ma: str, ban: str) -> ResponseReturnValue:
    """What is paid back on a breach."""
    return _one_form(ma, ban, _repayment_form, _with_repayment, _("Bồi hoàn"), "chung")


def _repayment_form(opened: Opened, **given: Any) -> RepaymentForm:
    row = content_of(opened.version).get("repayment")
    return RepaymentForm(data=repayment_filled(row) | {"version": mark(row)}, **given)


def _with_repayment(form: RepaymentForm, data: Data) -> Data:
    row = form.row(data.get("repayment"))
    kept = {name: value for name, value in data.items() if name != "repayment"}
    return kept if row is None else {**kept, "repayment": row}
