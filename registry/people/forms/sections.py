"""Forms of the sections of a record that exist once: who the person is, contacts, papers, wishes, consents."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from registry.people.forms import words
from registry.people.forms.fields import (
    OptionalRadio,
    PartialDateBoxes,
    PlaceString,
    ReadString,
    RequiredWhen,
    select,
)
from registry.people.rules import (
    IdentityKind,
    normalise_email,
    normalise_phone,
    parse_name,
    parse_years,
    vocabulary,
)
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

LONGEST_NAME = 120
_WITH_CONSENT = _l("(bắt buộc khi có điều đã đồng ý)")


class LookUpForm(WebForm):
    """«Tra cứu hồ sơ lưu giữ»: one field for whatever exactly names one record."""

    typed = CleanString(
        _l("Mã hồ sơ, họ và tên, thư điện tử hoặc số điện thoại"),
        [Required(_l("Nhập mã hồ sơ, họ và tên, thư điện tử hoặc số điện thoại"))],
        description=_l("Nhập đủ, không tìm theo một phần. Ví dụ: HS-20418 hoặc Lò Văn Chiến"),
    )


class SelfForm(EditForm):
    """«Bản thân»."""

    full_name = ReadString(
        _l("Họ và tên"), [Required(_l("Nhập họ và tên"))], read=parse_name, limit=LONGEST_NAME
    )
    birth = PartialDateBoxes(
        _l("Ngày sinh"), is_birth=True, description=_l("Chỉ biết năm thì chỉ ghi năm. Ví dụ: 15 8 1990")
    )
    sex = OptionalRadio(_l("Giới tính"), choices=words.choices(words.SEX, _l("Chưa nêu")), default="")
    nationalities = CleanString(
        _l("Quốc tịch"),
        description=_l("Nhiều quốc tịch thì cách nhau bằng dấu phẩy. Ví dụ: Việt Nam, Nhật Bản"),
        default="Việt Nam",
    )
    origin = PlaceString(
        _l("Quê quán (gốc)"), description=_l("Nhận tên cũ, ví dụ: Ba Tri, Bến Tre. Không dùng để xếp hạng.")
    )
    birthplace = PlaceString(
        _l("Nơi sinh"), description=_l("Xã, phường và tỉnh, tên cũ cũng được. Không dùng để xếp hạng.")
    )
    residence_country = CleanString(
        _l("Đang ở nước nào"), default="Việt Nam", description=_l("Ví dụ: Việt Nam, Nhật Bản, Đức")
    )
    residence = PlaceString(
        _l("Nơi đang ở"), description=_l("Xã, phường và tỉnh; ở nước ngoài thì ghi thành phố.")
    )
    headline = CleanString(
        _l("Nghề nghiệp, chức danh chuyên môn"),
        description=_l("Hiện cả khi hồ sơ ẩn danh: không ghi tên người, tên cơ quan."),
    )
    summary = CleanText(_l("Giới thiệu"), limit=2000)
    stated_years = ReadString(
        _l("Số năm kinh nghiệm (tự khai)"), read=parse_years, limit=40, description=_l("Từ 0 đến 60")
    )


class ContactsForm(EditForm):
    """«Liên hệ»: two addresses and two numbers are enough for an office to reach anybody."""

    email = ReadString(_l("Thư điện tử"), read=normalise_email, limit=254)
    other_email = ReadString(_l("Thư điện tử khác"), read=normalise_email, limit=254)
    phone = ReadString(
        _l("Điện thoại"),
        read=normalise_phone,
        limit=40,
        description=_l("Số nước ngoài ghi cả mã nước, ví dụ +81 90 1234 5678"),
    )
    other_phone = ReadString(
        _l("Điện thoại khác"),
        read=normalise_phone,
        limit=40,
        description=_l("Ví dụ số ở nước ngoài, hoặc số cơ quan nếu dùng riêng"),
    )
    preferred = OptionalRadio(
        _l("Liên hệ bằng cách nào trước"),
        choices=choices(
            [("", _l("Cách nào cũng được")), ("email", _l("Thư điện tử")), ("phone", _l("Điện thoại"))]
        ),
        default="",
    )


class IdentityForm(WebForm):
    """«Giấy tờ»: one number of one kind."""

    kind = RadioField(
        _l("Loại giấy tờ"), choices=words.choices(words.IDENTITY), default=IdentityKind.CCCD.value
    )
    number = CleanString(
        _l("Số"),
        [Required(_l("Nhập số giấy tờ"))],
        limit=40,
        description=_l("Chỉ lưu số đã mã hóa, không nhận ảnh chụp giấy tờ."),
    )
    country = CleanString(_l("Nước cấp"), default="Việt Nam", description=_l("Với hộ chiếu của nước khác."))
    issued_on = PartialDateBoxes(_l("Ngày cấp"), whole=True)
    expires_on = PartialDateBoxes(_l("Ngày hết hạn"), whole=True)


class TraitsForm(WebForm):
    """Sensitive traits: read and written only with a permission of their own."""

    ethnicity = select(
        _l("Dân tộc"), [("", _l("Chưa nêu")), *((one.vi, one.vi) for one in vocabulary().ethnic_groups)]
    )
    religion = CleanString(_l("Tôn giáo"), limit=100)
    party_member = OptionalRadio(
        _l("Đảng viên"),
        choices=choices([("", _l("Chưa nêu")), ("yes", _l("Có")), ("no", _l("Không"))]),
        default="",
    )


class WishesForm(EditForm):
    """«Nguyện vọng»: when, in which forms and where the person would work."""

    state = RadioField(
        _l("Có nhận việc không"),
        [Required(_l("Chọn người này có nhận việc không"))],
        choices=words.choices(words.AVAILABILITY),
    )
    from_on = PartialDateBoxes(
        _l("Có thể bắt đầu từ ngày"), whole=True, description=_l("Để trống nếu chưa nói.")
    )
    paused_until = PartialDateBoxes(
        _l("Tạm dừng đến hết ngày"), whole=True, description=_l("Tự hết vào ngày này.")
    )
    forms = SelectMultipleField(_l("Hình thức làm việc"), choices=words.choices(words.WORK_FORM))
    reason = CleanString(_l("Lý do"), limit=300)
    anywhere = BooleanField(_l("Nhận việc ở mọi nơi"))
    remote = BooleanField(_l("Nhận việc từ xa"))
    places = CleanText(
        _l("Nơi nhận việc"),
        limit=2000,
        description=_l("Mỗi dòng một nơi: tỉnh, hoặc xã và tỉnh. Ví dụ: Lai Châu"),
    )
    stated_on = PartialDateBoxes(_l("Ngày người này nói"), whole=True, description=_l("Để trống là hôm nay."))

    def validate_paused_until(self, field: PartialDateBoxes) -> None:
        """A day to end at belongs to a pause."""
        if field.data is not None and self.state.data != "paused":
            raise ValidationError(_("Chỉ ghi ngày này khi chọn «Tạm dừng»"))


class ConsentForm(WebForm):
    """«Đồng ý»: purposes apart, none ticked beforehand, with the way and the day the consent came."""

    purposes = SelectMultipleField(_l("Người này đồng ý cho việc nào"), choices=())
    channel = OptionalRadio(
        _l("Đồng ý bằng cách nào"),
        [RequiredWhen("purposes", None, when=_WITH_CONSENT, sentence=_l("Chọn đồng ý bằng cách nào"))],
        choices=words.choices(words.CHANNEL),
        default="",
    )
    given_on = PartialDateBoxes(
        _l("Ngày đồng ý"),
        [RequiredWhen("purposes", None, when=_WITH_CONSENT, sentence=_l("Nhập ngày đồng ý"))],
        whole=True,
        description=_l("Ngày ghi trên giấy, hoặc ngày nói chuyện."),
    )


class WithdrawalForm(WebForm):
    """Taking back a consent: as easy as giving it."""

    channel = RadioField(
        _l("Người này rút bằng cách nào"),
        [Required(_l("Chọn rút bằng cách nào"))],
        choices=words.choices(words.CHANNEL),
        default="",
    )
    reason = CleanString(_l("Lý do"), limit=300)


class KeepingForm(WebForm):
    """Which office keeps the record and on what ground."""

    submission_key = HiddenField()
    keeper = select(_l("Đơn vị giữ hồ sơ"), ())
    legal_basis = RadioField(
        _l("Cơ sở lưu hồ sơ"),
        [Required(_l("Chọn cơ sở lưu hồ sơ"))],
        choices=words.choices(words.LEGAL_BASIS),
    )
    is_other_person = BooleanField(_l("Đã xem các hồ sơ giống ở trên: đây là một người khác"))
    external_id = CleanString(
        _l("Mã ngoài"), limit=100, description=_l("Mã của người này trong hệ thống khác, nếu có.")
    )


class Bundle:
    """Several forms on one page as one: one summary of errors, one token."""

    def __init__(self, **forms: WebForm) -> None:
        self.forms = forms

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["forms"][name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    @property
    def errors(self) -> dict[str, Any]:
        """The errors of all forms; empty when there is none."""
        return {name: form.errors for name, form in self.forms.items() if form.errors}

    def error_list(self) -> list[tuple[str, str]]:
        """(field id, sentence) of all forms in the order of the page."""
        return [pair for form in self.forms.values() for pair in form.error_list()]

    def hidden_tag(self) -> Any:
        """The token once, and the hidden fields of the first form."""
        return next(iter(self.forms.values())).hidden_tag()  # pyright: ignore[reportUnknownMemberType]
