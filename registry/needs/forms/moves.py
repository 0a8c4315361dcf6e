"""Changing the state of a need, and making a new one from it."""

from wtforms import HiddenField

from registry.needs.rules import SHORT_LIMIT
from registry.web.forms import CleanString, WebForm
from registry.web.i18n import lazy_gettext as _l


class MoveForm(WebForm):
    """The state to enter and why."""

    target = HiddenField()
    reason = CleanString(
        _l("Lý do"),
        limit=SHORT_LIMIT,
        description=_l(
            "Lý do được ghi vào nhật ký của nhu cầu. Không ghi họ tên hay thông tin riêng của ai."
        ),
    )


class CopyForm(WebForm):
    """A button only: the token is all it carries."""
