"""Forms of requests: the person's own, one that an officer records, and what an office does with it."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import NumberRange

from registry.consents.rules import Channel
from registry.privacy.forms import words as names
from registry.privacy.rules import IdentityCheck, RightKind
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import lazy_gettext as _l

MOST_WORDS = 4000


class OwnForm(WebForm):
    """What a person writes in their own account; `purpose` only where the kind has one."""

    purpose = RadioField(_l("Cho mục đích nào"), choices=[])
    words = CleanText(_l("Lời nhắn cho cơ quan"), limit=MOST_WORDS)


class RecordForm(WebForm):
    """A request that came on paper or by telephone."""

    code = CleanString(
        _l("Mã hồ sơ"),
        [Required(_l("Nhập mã hồ sơ, ví dụ HS-20418"))],
        limit=20,
        description=_l("Mã ghi ở đầu trang hồ sơ, ví dụ HS-20418. Ghi được cả khi hồ sơ không còn hiện."),
    )
    kind = RadioField(_l("Người này yêu cầu gì"), choices=names.pairs(names.KIND))
    purpose = SelectField(
        _l("Cho mục đích nào"),
        choices=choices([("", _l("Mọi mục đích")), *((p.value, w) for p, w in names.PURPOSE.items())]),
        description=_l("Chỉ dùng khi rút đồng ý hoặc phản đối."),
    )
    words = CleanText(_l("Nội dung yêu cầu"), limit=MOST_WORDS)
    channel = RadioField(
        _l("Yêu cầu đến bằng cách nào"),
        choices=names.pairs({one: names.CHANNEL[one] for one in (Channel.PAPER, Channel.PHONE)}),
    )
    identity_check = RadioField(
        _l("Đã kiểm tra đúng người bằng cách nào"),
        choices=names.pairs(
            {one: text for one, text in names.IDENTITY.items() if one is not IdentityCheck.ACCOUNT}
        ),
    )
    received_on = DateBoxes(
        _l("Ngày nhận"),
        [Required(_l("Nhập ngày nhận yêu cầu"))],
        sentence=_l("Ngày nhận phải có thật, ví dụ 25 11 2026"),
        description=_l("Hai hạn tính từ ngày này. Ví dụ: 25 11 2026"),
    )
    has_third_party = BooleanField(
        _l("Có bên thứ ba hoặc bên xử lý phải cùng thực hiện"),
        description=_l("Khi đó hạn hoàn tất dài hơn."),
    )

    def require_choices(self) -> None:
        """Mark what must be chosen, for the labels."""
        for field in (self.kind, self.channel, self.identity_check):
            field.flags.required = True


class StepForm(WebForm):
    """What an office writes to the person."""

    words = CleanText(_l("Lời gửi người yêu cầu"), limit=MOST_WORDS)

    def __init__(self, sentence: Any = None, **kwargs: Any) -> None:
        """With a `sentence` the words must be written, and it says so."""
        super().__init__(**kwargs)  # pyright: ignore[reportUnknownMemberType] - Flask-WTF ships no types
        if sentence is not None:
            self.words.validators = [Required(sentence)]
            self.words.flags.required = True


class ExtendForm(StepForm):
    """More time for the end, once."""

    days = WholeNumber(_l("Thêm bao nhiêu ngày"), [Required(_l("Nhập số ngày gia hạn"))])

    def limit_to(self, most: int) -> None:
        """The most days the limit allows."""
        self.days.validators = [*self.days.validators, NumberRange(1, most)]


class EraseForm(WebForm):
    """The typed code, so that nobody is erased by a slip."""

    code = CleanString(_l("Mã hồ sơ cần xóa"), [Required(_l("Gõ mã hồ sơ để xóa"))], limit=20)


WITH_PURPOSE = frozenset({RightKind.WITHDRAWAL, RightKind.OBJECTION})
"""Kinds that may be about one purpose."""

__all__ = ["WITH_PURPOSE", "EraseForm", "ExtendForm", "OwnForm", "RecordForm", "StepForm"]
