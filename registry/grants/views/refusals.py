"""Why something did not happen, in words that say how to mend it, at the field it concerns."""

from typing import Any

from registry import formats
from registry.grants import operations
from registry.policies.rules import PolicyRefused
from registry.web.forms import WebForm
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

REFUSALS = (
    operations.AlreadyDecided,
    operations.AmountNeeded,
    operations.AnswerChanged,
    operations.AnswerDiffers,
    operations.DayOutOfOrder,
    operations.EndNeeded,
    operations.GroundNeeded,
    operations.GroundNotListed,
    operations.LinesNotFixed,
    operations.NoSuchGroup,
    operations.NotApplicable,
    operations.OutOfBounds,
    operations.OverPaid,
    operations.SecondPersonNeeded,
    PolicyRefused,
)
"""What a form is shown again for; `NotPossible` leads back to the page instead."""

_FIELDS: dict[type[Exception], tuple[str, ...]] = {
    operations.AmountNeeded: ("amount",),
    operations.AnswerDiffers: ("signed_on",),
    operations.DayOutOfOrder: ("on", "until", "signed_on"),
    operations.EndNeeded: ("until",),
    operations.GroundNeeded: ("ground", "words"),
    operations.GroundNotListed: ("ground", "words"),
    operations.NoSuchGroup: ("groups",),
    operations.OutOfBounds: ("amount", "months"),
    operations.OverPaid: ("amount",),
}


def put(form: WebForm, refused: Exception) -> None:
    """Say it at the field it concerns; what concerns none is said at the last field there is."""
    fields: Any = form
    names = [name for name in _FIELDS.get(type(refused), ()) if name in fields]
    shown = [one.name for one in fields if one.name != "csrf_token"]
    field = fields[names[0] if names else shown[-1]]
    field.errors = [*field.errors, sentence(refused)]


def sentence(refused: Exception) -> str:
    """One sentence."""
    if isinstance(refused, operations.OutOfBounds):
        return _(
            "Văn bản cho từ %(low)s đến %(high)s",
            low=formats.number(refused.low),
            high=formats.number(refused.high),
        )
    if isinstance(refused, operations.OverPaid):
        return _(
            "Nhiều hơn số còn phải chi: nhập không quá %(due)s",
            due=formats.money(refused.due, current_language()),
        )
    if isinstance(refused, operations.DayOutOfOrder):
        return _day_sentence(refused)
    if isinstance(refused, operations.NotApplicable):
        return _("Không đề xuất được theo phiên bản này: %(why)s", why=str(refused))
    if isinstance(refused, operations.GroundNotListed):
        return _("Văn bản chỉ cho miễn khi: %(listed)s", listed="; ".join(refused.listed))
    if isinstance(refused, PolicyRefused):
        return str(refused)
    return str(_sentences()[type(refused)])


def _day_sentence(refused: operations.DayOutOfOrder) -> str:
    if refused.after is None:
        return _("Ngày không được sau hôm nay")
    return _(
        "Ngày không hợp với việc này: không sau hôm nay nếu đã xảy ra, và phải từ sau mốc %(day)s",
        day=formats.date(refused.after, current_language()),
    )


def _sentences() -> dict[type[Exception], str]:
    return {
        operations.AlreadyDecided: _(
            "Người này đã có đề xuất hoặc quyết định còn hiệu lực theo chính sách này cho cùng nhóm. Thu hồi hoặc chấm dứt bản đó trước."
        ),
        operations.AmountNeeded: _("Cách tính của văn bản chưa được đọc: nhập số phải hoàn trả"),
        operations.AnswerChanged: _(
            "Dữ kiện hoặc tham số vừa thay đổi nên kết quả khác lúc trước. Xem lại kết quả mới rồi gửi lại."
        ),
        operations.AnswerDiffers: _(
            "Theo ngày ký này số tiền khác với đề xuất (mức lương cơ sở hoặc dữ kiện khác). Rút đề xuất và lập lại theo ngày ký đúng."
        ),
        operations.EndNeeded: _("Nhập ngày cuối của cam kết, sau ngày bắt đầu"),
        operations.GroundNeeded: _(
            "Khác với kết quả tính theo văn bản, hoặc văn bản không cho mức: phải ghi căn cứ"
        ),
        operations.LinesNotFixed: _(
            "Còn khoản chưa ấn định số tiền hoặc số tháng, hoặc còn khoản chưa chi. Làm xong các khoản đó trước."
        ),
        operations.NoSuchGroup: _("Chọn ít nhất một nhóm của phiên bản"),
        operations.SecondPersonNeeded: _(
            "Người đề xuất, hoặc người ghi vi phạm, không tự duyệt được. Nhờ người khác có quyền duyệt."
        ),
    }
