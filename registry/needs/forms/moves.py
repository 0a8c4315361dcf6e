"""Changing the state of a need."""

from wtforms import HiddenField

from registry.needs.rules import SHORT_LIMIT
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import lazy_gettext as _l


class MoveForm(WebForm):
    """The state to enter; a reason may be given."""

    target = HiddenField()
    reason = CleanString(_l("Lý do"), limit=SHORT_LIMIT)


class ReasonForm(MoveForm):
    """The same for a change that must say why."""

    reason = CleanString(
        _l("Lý do"),
        [Required(_l("Nhập lý do"))],
        limit=SHORT_LIMIT,
        description=_l(
            "Lý do được ghi vào nhật ký của nhu cầu. Không ghi họ tên hay thông tin riêng của ai."
        ),
    )
