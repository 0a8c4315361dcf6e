"""What an officer says about two records. Shapes and words; nothing is queried."""

from wtforms import RadioField

from registry.web.choices import choices
from registry.web.forms import CleanText, WebForm
from registry.web.i18n import lazy_gettext as _l

FIRST, SECOND = "first", "second"


class MergeForm(WebForm):
    """Which of the two goes on, and why they are one person where that must be said."""

    survivor = RadioField(
        _l("Hồ sơ nào ở lại"),
        choices=choices([(FIRST, ""), (SECOND, "")]),
        description=_l("Mã của hồ sơ kia vẫn dùng được: nó dẫn tới hồ sơ ở lại."),
    )
    reason = CleanText(
        _l("Vì sao đây là một người"),
        limit=500,
        description=_l(
            "Ví dụ: đã xem bản chính căn cước ngày 25/11/2026. Cần ghi khi số giấy tờ khác nhau hoặc có hai tài khoản."
        ),
    )


class UndoForm(WebForm):
    """Why a merge is taken back."""

    reason = CleanText(_l("Vì sao tách lại"), limit=500)
