"""Forms of rows that somebody compared with their source, and of records given for one need. Nothing is queried."""

from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import lazy_gettext as _l


class ConfirmForm(WebForm):
    """Against what a row was checked, and when."""

    source = CleanString(
        _l("Đã đối chiếu với văn bản nào, điều khoản nào"),
        [Required(_l("Ghi văn bản và điều khoản"))],
        limit=500,
        description=_l("Ví dụ: Nghị định 356/2025/NĐ-CP, khoản 2 Điều 5, bản trên Công báo"),
    )
    checked_on = DateBoxes(
        _l("Ngày đối chiếu"),
        [Required(_l("Nhập ngày đối chiếu"))],
        sentence=_l("Ngày đối chiếu phải có thật, ví dụ 25 11 2026"),
        description=_l("Ví dụ: 25 11 2026"),
    )


class NeedForm(WebForm):
    """The one need a record was given for."""

    need = CleanString(
        _l("Mã nhu cầu"),
        [Required(_l("Nhập mã nhu cầu, ví dụ NC-2026-001"))],
        limit=40,
        description=_l("Ghi ở đầu trang nhu cầu."),
    )


class AnswerForm(WebForm):
    """An answer that is one button: nothing but the token."""
