"""Forms of a consultation: whom to ask, what an agency says, what is done with it. Shape and words."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import StopValidation

from registry.policies.forms.fields import day_field
from registry.policies.rules.consulting import LONGEST_COMMENT, CommentOutcome
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

MOST_AGENCIES = 100
LONGEST_AGENCY = 200
OUTCOME: dict[CommentOutcome, Any] = {
    CommentOutcome.ACCEPTED: _l("Tiếp thu"),
    CommentOutcome.EXPLAINED: _l("Giải trình"),
    CommentOutcome.REJECTED: _l("Không tiếp thu"),
}
OUTCOME_TAG = {
    CommentOutcome.ACCEPTED: "ok",
    CommentOutcome.EXPLAINED: "info",
    CommentOutcome.REJECTED: "bad",
}


class AskForm(WebForm):
    """Agencies, one a line, and until when they are to answer."""

    agencies = CleanText(
        _l("Cơ quan được hỏi"),
        [Required(_l("Nhập ít nhất một cơ quan"))],
        limit=MOST_AGENCIES * LONGEST_AGENCY,
        description=_l("Mỗi dòng một cơ quan. Ví dụ: Sở Khoa học và Công nghệ"),
    )
    due_on = day_field(_l("Hạn trả lời"), required=_l("Nhập hạn trả lời"))

    @property
    def names(self) -> list[str]:
        """The agencies, each once."""
        lines = (one.strip() for one in str(self.agencies.data or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate_agencies(self, field: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        """Names of a length names have, and no more than one letter is sent to."""
        if len(self.names) > MOST_AGENCIES:
            raise StopValidation(_("Nhập không quá %(most)d cơ quan", most=MOST_AGENCIES))
        long = next((one for one in self.names if len(one) > LONGEST_AGENCY), None)
        if long is not None:
            raise StopValidation(
                _("Tên cơ quan không quá %(most)d ký tự: mỗi dòng một cơ quan", most=LONGEST_AGENCY)
            )

    def validate_due_on(self, field: Any) -> None:
        """A day that is not over."""
        if field.data and field.data < today():
            raise StopValidation(_("Hạn trả lời phải từ hôm nay trở đi"))


class AnswerForm(WebForm):
    """When an agency answered, and one comment of it."""

    on = day_field(_l("Ngày trả lời"), required=_l("Nhập ngày cơ quan trả lời"))
    letter = CleanString(_l("Số công văn"), limit=80, description=_l("Ví dụ: 512/SKHCN-QLKH"))
    clause = CleanString(_l("Về điều, khoản"), limit=200, description=_l("Ví dụ: Điều 3 khoản 2"))
    words = CleanText(
        _l("Nội dung góp ý"),
        limit=LONGEST_COMMENT,
        description=_l("Để trống khi cơ quan thống nhất, không góp ý. Nhiều góp ý thì nhập từng góp ý một."),
    )

    def validate_on(self, field: Any) -> None:
        """A day that has come."""
        if field.data and field.data > today():
            raise StopValidation(_("Ngày trả lời không được sau hôm nay"))


class SettleForm(WebForm):
    """What is done with a comment: taken over with its change, or not, with the reason."""

    outcome = RadioField(
        _l("Xử lý"),
        [Required(_l("Chọn cách xử lý"))],
        choices=choices((one.value, text) for one, text in OUTCOME.items()),
    )
    reply = CleanText(
        _l("Trả lời, giải trình"),
        limit=LONGEST_COMMENT,
        description=_l("Bắt buộc khi giải trình hoặc không tiếp thu."),
    )
    change = CleanText(
        _l("Sửa gì trong dự thảo"), limit=LONGEST_COMMENT, description=_l("Bắt buộc khi tiếp thu.")
    )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Who is not followed is told why, and what is taken over changes something: asked here, since the boxes may be empty."""
        is_right = super().validate(*args, **kwargs)
        if self.outcome.data == CommentOutcome.ACCEPTED.value and not self.change.data:
            self.change.errors = [_("Viết dự thảo được sửa thế nào, ví dụ: Khoản 2 thêm «bác sĩ nội trú»")]
            return False
        if (
            self.outcome.data in (CommentOutcome.EXPLAINED.value, CommentOutcome.REJECTED.value)
            and not self.reply.data
        ):
            self.reply.errors = [_("Viết vì sao: cơ quan góp ý sẽ đọc")]
            return False
        return is_right
