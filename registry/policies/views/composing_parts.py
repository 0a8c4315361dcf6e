"""Groups, exclusions and modifiers of a draft: each a small form; the last two begin together with their condition."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.policies.forms.parts import (
    ExclusionForm,
    GroupForm,
    ModifierForm,
    exclusion_filled,
    group_filled,
    modifier_filled,
)
from registry.policies.queries.versions import content_of
from registry.policies.rules import data_edits
from registry.policies.rules.data_edits import Data, Part, Row, RuleOf, Seat
from registry.policies.rules.refusals import PolicyRefused, Problem
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.composing import (
    again,
    compose_url,
    found_or_404,
    is_draft,
    keep,
    mark,
    rule_url,
    saved,
    show_problems,
)
from registry.policies.views.composing_rules import choose_fact, fact_asked, opened_form
from registry.web.choices import choices
from registry.web.i18n import gettext as _


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/nhom", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_group(ma: str, ban: str) -> ResponseReturnValue:
    """One group: a new one, or one that stands."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    code = request.args.get("nhom", "")
    if code:
        found_or_404(data_edits.group_of, content_of(opened.version), code)

    def form_of(now: Opened, **given: Any) -> GroupForm:
        row = _row(data_edits.group_of, content_of(now.version), code)
        return GroupForm(data=group_filled(row or {}) | {"version": mark(row)}, **given)

    form = form_of(opened)

    def page(now: Opened) -> str:
        return _page(now, "policies/group_form.html", form, is_new=not code)

    def write(data: Data) -> Data:
        kept = _row(data_edits.group_of, data, code)
        own = code or data_edits.new_code(str(form.group_title.data), [one["code"] for one in data["groups"]])
        return data_edits.with_group(data, own, form.row(kept or {"benefits": []}))

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: form_of(now, formdata=None),
        write=write,
        page=page,
        said=_("Đã lưu nhóm."),
        back=compose_url(opened, f"nhom-{code}" if code else "nhom"),
    )


def _row(read: Callable[[Row, str], Row], data: Row, name: str) -> Row | None:
    """What stands there; none for a new one and for one that is gone."""
    try:
        return read(data, name) if name else None
    except LookupError:
        return None


def _page(opened: Opened, template: str, form: Any, **told: Any) -> str:
    return render_template(
        template, form=form, version=opened.version, code=opened.ma, back=compose_url(opened), **told
    )


_HEADINGS = {
    Part.EXCLUSION: (lambda: _("Thêm loại trừ"), lambda: _("Sửa loại trừ")),
    Part.MODIFIER: (lambda: _("Thêm mức tăng"), lambda: _("Sửa mức tăng")),
}


def _part_form(opened: Opened, part: Part, row: Row | None, **given: Any) -> ExclusionForm | ModifierForm:
    seen = {"version": mark(row)}
    if part is Part.EXCLUSION:
        return ExclusionForm(data=exclusion_filled(row or {}) | seen, **given)
    form = ModifierForm(data=modifier_filled(row or {}) | seen, **given)
    groups = data_edits.groups_of(content_of(opened.version))
    form.groups.choices = choices((one["code"], one["title"]) for one in groups)
    return form


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/loai-tru", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_exclusion(ma: str, ban: str) -> ResponseReturnValue:
    """Who gets nothing."""
    return _ruled_part(ma, ban, Part.EXCLUSION)


@bp.route("/chinh-sach/quan-tri/<ma>/<ban>/he-so", methods=["GET", "POST"])
@require(Permission.POLICIES_WRITE)
def compose_modifier(ma: str, ban: str) -> ResponseReturnValue:
    """What is added for whom."""
    return _ruled_part(ma, ban, Part.MODIFIER)


def _ruled_part(ma: str, ban: str, part: Part) -> ResponseReturnValue:
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    name = request.args.get("so", "")
    if not name:
        return _new_part(opened, part)
    found_or_404(data_edits.row_of, content_of(opened.version), part, name)

    def there(now: Opened) -> Row | None:
        return _row(lambda data, number: data_edits.row_of(data, part, number), content_of(now.version), name)

    form = _part_form(opened, part, there(opened))

    def page(now: Opened) -> str:
        return _page(now, "policies/part_form.html", form, condition=None, heading=_HEADINGS[part][1]())

    if request.method != "POST":
        return page(opened)
    return saved(
        opened,
        form,
        stored=lambda now: _part_form(now, part, there(now), formdata=None),
        write=lambda data: data_edits.with_row(
            data, part, name, form.row(data_edits.row_of(data, part, name))
        ),
        page=page,
        said=_("Đã lưu."),
        back=compose_url(opened, part.value),
    )


def _new_part(opened: Opened, part: Part) -> ResponseReturnValue:
    """A part that cannot be without a condition: both are written on one page and kept at once."""
    fact = fact_asked(None)
    heading = _HEADINGS[part][0]()
    if fact is None:
        return choose_fact(opened, heading, compose_url(opened))
    condition, form = opened_form(opened, fact, None), _part_form(opened, part, None)

    def page(now: Opened) -> str:
        return _page(
            now,
            "policies/part_form.html",
            form,
            condition=condition,
            heading=heading,
            fact=_(fact.vi),
            unit=_(fact.unit) if fact.unit else "",
        )

    if request.method != "POST":
        return page(opened)
    if not all([condition.validate(), form.validate()]):
        return page(opened), 422
    data = content_of(opened.version)
    row = {"rule": condition.row(), **form.row({})}
    try:
        keep(opened, data_edits.with_row(data, part, "", row), _("Đã thêm."))
    except PolicyRefused as refused:
        opened.session.rollback()
        show_problems(condition, refused)
        return page(again(opened)), 422
    except StaleDataError:
        opened.session.rollback()
        words = _("Có người vừa sửa bản nháp. Bấm Lưu lần nữa")
        show_problems(condition, PolicyRefused([Problem("", words)]))
        return page(again(opened)), 409
    flash(_("Đã thêm. Thêm điều kiện khác nếu văn bản nêu."), "ok")
    number = len(data.get(data_edits.LISTS[part]) or ()) + 1
    return redirect(rule_url(opened, Seat(RuleOf(part.value), str(number))), 303)
