"""Composing a draft: how its forms are kept, what stands against them, and the steps that are one button."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.places.queries import resolve_place
from registry.places.rules.answers import PlaceAnswer
from registry.policies import operations
from registry.policies.forms.places import Find
from registry.policies.operations import NotPossible
from registry.policies.queries.documents import document_of
from registry.policies.queries.versions import content_of
from registry.policies.rules import data_edits, tree_edits
from registry.policies.rules.data_edits import Data, Part, Row, Seat
from registry.policies.rules.figures import fingerprint
from registry.policies.rules.refusals import PolicyRefused
from registry.policies.rules.states import VersionState
from registry.policies.views.blueprint import Opened, bp, not_possible, opened_version
from registry.policies.views.conflicts import both_versions
from registry.policies.views.naming import PageNames
from registry.web.edits import EditForm, fields_of, take_theirs
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

NEW = "moi"
"""The mark of a form that adds something: nothing was there that somebody else could have changed."""
Write = Callable[[Data], Data]
Page = Callable[[Opened], str]


def mark(row: object) -> str:
    """What a form was opened with, as a short text: another one tells that somebody changed it since."""
    return NEW if row is None else fingerprint(row)[:20]


def is_draft(opened: Opened) -> bool:
    """Whether the version can be composed."""
    return opened.version.state is VersionState.DRAFT


def found_or_404(read: Callable[..., Any], *arguments: Any) -> Any:
    """What a part of an address names. Raises NotVisible."""
    try:
        return read(*arguments)
    except LookupError as missing:
        raise NotVisible from missing


def look_for_units(box: Any, opened: Opened, *, everywhere: bool = False) -> None:
    """Let a field of units find and say places."""
    box.look_with(finder(opened.session), PageNames(opened.session).unit, everywhere=everywhere)


def finder(session: Session) -> Find:
    """How a name of a place is looked up, by the borders of a day."""

    def find(name: str, on: date) -> PlaceAnswer:
        return resolve_place(session, name, on=on)

    return find


def keep(opened: Opened, data: Mapping[str, Any], said: str) -> None:
    """Save what the draft says now. Raises PolicyRefused, StaleDataError, NotPossible."""
    document = document_of(opened.session, str(data["document"]))
    if document is None:
        raise NotVisible
    operations.edit_draft(
        opened.session, opened.version, data, document=document, by=opened.by, at=opened.at, said=said
    )
    opened.session.commit()


def saved(
    opened: Opened,
    form: EditForm,
    *,
    stored: Callable[[Opened], EditForm],
    write: Write,
    page: Page,
    said: str,
    back: str,
) -> ResponseReturnValue:
    """A form of one part of the draft: kept, shown again with what is wrong, or beside what somebody else saved."""
    there = stored(opened)
    take_theirs(form, there)
    # A form that carries no mark would keep that of what it was filled from, and pass for one opened just now.
    seen = request.form.get("version", NEW)
    if seen != there.version.data:
        return both_versions(form, there, name=opened.version.title, back=back)
    if not form.validate():
        return page(opened), 422
    try:
        keep(opened, write(content_of(opened.version)), said)
    except PolicyRefused as refused:
        opened.session.rollback()
        show_problems(form, refused)
        return page(again(opened)), 422
    except StaleDataError:
        opened.session.rollback()
        newest = again(opened)
        return both_versions(form, stored(newest), name=newest.version.title, back=back)
    except NotPossible:
        return not_possible(opened)
    return redirect(back, 303)


def again(opened: Opened) -> Opened:
    """The same version read anew after something was rolled back."""
    return opened_version(opened.ma, str(opened.version.number))


def show_problems(form: EditForm, refused: PolicyRefused) -> None:
    """What stands against saving, beside the field that says most."""
    names = ("number", "codes", "units", "yes_no", "lines", "low", "high", "times", "percent", "scope")
    field = next((form[name] for name in names if name in form), fields_of(form)[0])
    field.errors = [*field.errors, *(str(one) for one in refused.problems)]


def compose_url(opened: Opened, anchor: str | None = None) -> str:
    """The page on which a draft is composed."""
    return url_for("policies.compose", ma=opened.ma, ban=opened.version.number, _anchor=anchor)


def rule_url(opened: Opened, seat: Seat) -> str:
    """The page of one rule."""
    return url_for("policies.compose_rule", ma=opened.ma, ban=opened.version.number, noi=str(seat))


_RULE_STEPS: Mapping[str, Callable[[Row, tree_edits.Path], Row | None]] = {
    "xoa": tree_edits.removed,
    "len": lambda rule, path: tree_edits.moved(rule, path, -1),
    "xuong": lambda rule, path: tree_edits.moved(rule, path, 1),
    "tat-ca": lambda rule, path: tree_edits.wrapped(rule, path, "all"),
    "mot-trong": lambda rule, path: tree_edits.wrapped(rule, path, "any"),
    "khong": lambda rule, path: tree_edits.wrapped(rule, path, "not"),
    "doi": tree_edits.switched,
    "bo-lop": tree_edits.unwrapped,
}
_PART_STEPS: Mapping[str, Callable[[Data, Part, str], Data]] = {
    "xoa": data_edits.part_removed,
    "len": lambda data, part, name: data_edits.part_moved(data, part, name, -1),
    "xuong": lambda data, part, name: data_edits.part_moved(data, part, name, 1),
}


def _said(step: str) -> str:
    said = {
        "xoa": _("Đã xóa."),
        "len": _("Đã chuyển lên."),
        "xuong": _("Đã chuyển xuống."),
        "doi": _("Đã đổi giữa «tất cả» và «một trong»."),
        "bo-lop": _("Đã bỏ lớp."),
    }
    return said.get(step) or _("Đã gộp thành lớp mới.")


@bp.post("/chinh-sach/quan-tri/<ma>/<ban>/soan/<viec>")
@require(Permission.POLICIES_WRITE)
def compose_step(ma: str, ban: str, viec: str) -> ResponseReturnValue:
    """One button: move, remove, wrap a part; or take the last step back."""
    opened = opened_version(ma, ban)
    if not is_draft(opened):
        return not_possible(opened)
    if viec == "hoan-tac":
        return _undo(opened)
    if "noi" in request.form:
        return _rule_step(opened, viec)
    return _part_step(opened, viec)


def _undo(opened: Opened) -> ResponseReturnValue:
    back = _rule_left(opened)
    if request.form.get("seen") != str(opened.version.version):
        return _somebody_else(back)
    said = _("Đã hoàn tác.")

    def undo() -> None:
        operations.undo_step(opened.session, opened.version, by=opened.by, at=opened.at, said=said)

    return _carried_out(opened, undo, back)


def _rule_left(opened: Opened) -> str:
    """The page of the rule a button stood on; the draft's own where it stood on none, or on one that is gone."""
    try:
        seat = Seat.read(request.form.get("noi_cu", ""))
        data_edits.rule_at(content_of(opened.version), seat)
    except LookupError:
        return compose_url(opened)
    return rule_url(opened, seat)


def _rule_step(opened: Opened, viec: str) -> ResponseReturnValue:
    seat = found_or_404(Seat.read, request.form.get("noi", ""))
    data = content_of(opened.version)
    rule = found_or_404(data_edits.rule_at, data, seat)
    step = _RULE_STEPS.get(viec)
    if step is None or rule is None:
        raise NotVisible
    if request.form.get("seen") != mark(rule):
        return _somebody_else(rule_url(opened, seat))
    path = found_or_404(tree_edits.read_path, request.form.get("o", ""))
    then = data_edits.with_rule(data, seat, found_or_404(step, rule, path))
    back = rule_url(opened, seat)
    return _carried_out(opened, lambda: keep(opened, then, _said(viec)), back)


def _part_step(opened: Opened, viec: str) -> ResponseReturnValue:
    step, name = _PART_STEPS.get(viec), request.form.get("ten", "")
    if step is None or request.form.get("phan") not in {one.value for one in Part}:
        raise NotVisible
    part, data = Part(request.form["phan"]), content_of(opened.version)
    row = found_or_404(data_edits.part_of, data, part, name)
    if request.form.get("seen") != mark(row):
        return _somebody_else(compose_url(opened))
    then = found_or_404(step, data, part, name)
    return _carried_out(opened, lambda: keep(opened, then, _said(viec)), compose_url(opened, part.value))


def _carried_out(opened: Opened, act: Callable[[], None], back: str) -> ResponseReturnValue:
    """Do it and go back, where the page says what was done; what is refused is said there."""
    try:
        act()
    except PolicyRefused as refused:
        opened.session.rollback()
        flash(_("Chưa làm được: %(why)s.", why=problem_words(refused.problems)), "bad")
        return redirect(back, 303)
    except StaleDataError:
        opened.session.rollback()
        return _somebody_else(back)
    except NotPossible:
        return not_possible(opened)
    opened.session.commit()
    return redirect(back, 303)


def problem_words(problems: Sequence[object]) -> str:
    """Everything that is wrong, in one sentence."""
    return "; ".join(str(one) for one in problems)


def _somebody_else(back: str) -> ResponseReturnValue:
    """Nothing was done, since what the button stood beside is not what it was."""
    flash(_("Có người vừa sửa mục này. Xem lại rồi làm lại nếu còn cần."), "warn")
    return redirect(back, 303)
