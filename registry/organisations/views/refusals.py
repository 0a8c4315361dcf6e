"""Why a change was refused, in words beside the field that mends it."""

from typing import Any

from flask import render_template

from registry.accounts.access import current_viewer
from registry.accounts.rules import Permission
from registry.organisations.models import Organisation
from registry.organisations.operations import HasOpenUnits, NameTaken, WrongDay, WrongParent, WrongSuccessor
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

# Which field each refusal belongs to, where the form has it, and the sentence.
_REFUSALS: tuple[tuple[type[Exception], tuple[str, ...], Any], ...] = (
    (
        NameTaken,
        ("name", "parent_text", "reason"),
        _l("Đã có đơn vị đang hoạt động tên này ở cùng cấp trên. Đặt tên khác hoặc dùng đơn vị đã có"),
    ),
    (
        WrongParent,
        ("parent_text", "reason"),
        _l("Chọn đơn vị cấp trên đang hoạt động, không phải chính đơn vị này hay đơn vị bên dưới nó"),
    ),
    (
        HasOpenUnits,
        ("last_day",),
        _l("Còn đơn vị bên dưới đang hoạt động. Chuyển hoặc đóng các đơn vị đó trước"),
    ),
    (
        WrongDay,
        ("renamed_on",),
        _l("Ngày mang tên mới phải sau ngày thành lập và sau lần đổi tên trước, không sau hôm nay"),
    ),
    (
        WrongSuccessor,
        ("successor_text",),
        _l("Chọn đơn vị kế tiếp đang hoạt động, không phải chính đơn vị này hay đơn vị bên dưới nó"),
    ),
)


def explain(form: Any, refused: Exception) -> None:
    """Put the sentence for a refusal on the field it belongs to."""
    for kind, fields, sentence in _REFUSALS:
        if isinstance(refused, kind):
            field = next(form[name] for name in fields if name in form)
            field.errors = [str(sentence)]


def is_reachable(form: Any, unit_path: str, above: str) -> bool:
    """Whether the viewer may write at this unit under this path ("" at the top); otherwise say so on the form."""
    viewer = current_viewer()
    if viewer.can(Permission.ORGANISATIONS_WRITE, at=(unit_path, above)):
        return True
    field = form.unit_text if "unit_text" in form else form.parent_text
    if "parent_text" in form and not any(
        above.startswith(scope.organisation_path) for scope in viewer.scopes
    ):
        field = form.parent_text
    field.errors = [_("Nơi này nằm ngoài phạm vi được giao cho bạn")]
    return False


def is_newest(form: Any, organisation: Organisation) -> bool:
    """Whether the page the form came from showed what is saved now; otherwise say so and show the newest."""
    if form.version.data == str(organisation.version):
        return True
    form.version.data = str(organisation.version)
    field = form.parent_text if "parent_text" in form else form.last_day
    field.errors = [_("Đơn vị này vừa được người khác sửa. Xem lại rồi gửi lần nữa")]
    return False


def form_page(view: str, form: Any, organisation: Organisation | None = None) -> str:
    """The page of a form of this room."""
    return render_template(f"organisations/{view}.html", form=form, organisation=organisation)
