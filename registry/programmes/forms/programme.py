"""Forms of a programme, its documents, tree, working group and printed facts: shape and words."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import NumberRange, Optional, Regexp, StopValidation

from registry.policies.forms.fields import day_field
from registry.programmes.forms.words import FACT, LINK, MEMBER, NODE, ROLE, STATE
from registry.programmes.models.programmes import LONGEST_NAME
from registry.programmes.rules.numbers import read_number
from registry.programmes.rules.words import DocumentRole, NodeKind, ProgrammeState
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

LONGEST_TEXT = 8_000
_CODE = r"[0-9A-Za-zÀ-ỹĐđ][0-9A-Za-zÀ-ỹĐđ.\-_/]{0,39}"
_YEARS = (1990, 2100)


def words_of(table: dict[Any, Any]) -> list[Any]:
    """The words of a closed list as options."""
    return choices((one.value, text) for one, text in table.items())


def in_order(start: Any, end: Any) -> None:
    """The last day is not before the first."""
    if start.data and end.data and end.data < start.data:
        raise StopValidation(_("Ngày cuối không được trước ngày đầu"))


def code_field(label: Any, description: Any) -> CleanString:
    """A short code: letters, digits and the marks that numbers of documents have."""
    return CleanString(
        label,
        [
            Required(_l("Nhập mã")),
            Regexp(f"{_CODE}\\Z", message=_l("Mã gồm chữ, số, dấu chấm, gạch; không có khoảng trắng")),
        ],
        limit=40,
        description=description,
    )


class ProgrammeForm(WebForm):
    """What a programme says of itself."""

    version = HiddenField()
    code = code_field(_l("Mã"), _l("Ví dụ: PT hoặc DA06"))
    name = CleanString(_l("Tên chương trình, đề án"), [Required(_l("Nhập tên"))], limit=LONGEST_NAME)
    name_en = CleanString(_l("Tên tiếng Anh"), limit=LONGEST_NAME)
    about = CleanText(_l("Mục tiêu chung"), limit=LONGEST_TEXT)
    office = SelectField(
        _l("Cơ quan thường trực"),
        choices=[],
        description=_l("Cơ quan này thấy mọi nhiệm vụ; cơ quan khác thấy phần của mình."),
    )
    state = SelectField(_l("Trạng thái"), choices=words_of(STATE), default=ProgrammeState.RUNNING.value)
    starts_on = day_field(_l("Từ ngày"))
    ends_on = day_field(_l("Đến hết ngày"))
    horizons = CleanString(
        _l("Các mốc nhìn tới"), limit=100, description=_l("Các năm, cách nhau bằng dấu phẩy: 2030, 2045")
    )
    source = CleanString(_l("Nguồn của số liệu đã in"), limit=500)

    def offer(self, offices: Sequence[tuple[str, Any]]) -> None:
        """Offices the viewer may write for."""
        self.office.choices = choices(offices)

    @property
    def years(self) -> tuple[int, ...]:
        """The horizons that were typed, each once, in order."""
        typed = str(self.horizons.data or "").replace(";", ",").split(",")
        return tuple(sorted({int(one) for one in map(str.strip, typed) if one.isascii() and one.isdigit()}))

    def validate_horizons(self, field: Any) -> None:
        """Years, and few of them."""
        typed = [one.strip() for one in str(field.data or "").replace(";", ",").split(",") if one.strip()]
        first, last = _YEARS
        if any(
            not (one.isascii() and one.isdigit() and len(one) == 4 and first <= int(one) <= last)
            for one in typed
        ):
            raise StopValidation(
                _("Nhập các năm từ %(first)d đến %(last)d, ví dụ 2030, 2045", first=first, last=last)
            )

    def validate_ends_on(self, field: Any) -> None:
        """The last day is not before the first."""
        in_order(self.starts_on, field)


class DocumentForm(WebForm):
    """A document and where it comes from."""

    role = SelectField(
        _l("Loại"),
        [Required(_l("Chọn loại văn bản"))],
        choices=words_of(ROLE),
        default=DocumentRole.PLAN.value,
    )
    number = CleanString(
        _l("Số, ký hiệu"), limit=80, description=_l("Ví dụ: 3409/KH-UBND, 06-ĐA/TU, 541-KL/TU")
    )
    title = CleanString(_l("Trích yếu"), [Required(_l("Nhập trích yếu"))], limit=LONGEST_NAME)
    issuer = CleanString(_l("Cơ quan ban hành"), limit=200)
    signed_on = day_field(_l("Ngày ký"))
    effective_from = day_field(_l("Thực hiện từ ngày"))
    effective_to = day_field(_l("Đến hết ngày"))
    parent = SelectField(_l("Nối với văn bản"), choices=[], default="")
    link = SelectField(_l("Quan hệ với văn bản đó"), choices=[], default="")
    note = CleanString(_l("Ghi chú"), limit=500)

    def offer(self, documents: Sequence[tuple[str, str]]) -> None:
        """The documents of the programme."""
        self.parent.choices = choices([("", _("Không: đứng đầu chuỗi")), *documents])
        self.link.choices = choices(
            [("", _("Chọn quan hệ")), *((one.value, str(text)) for one, text in LINK.items())]
        )

    def validate_number(self, field: Any) -> None:
        """A number whose abbreviation says what it is must not be called something else."""
        found = read_number(str(field.data or ""))
        if found is not None and found.role is not None and found.role.value != self.role.data:
            raise StopValidation(
                _(
                    "Ký hiệu «%(kind)s» là %(role)s: sửa loại văn bản hoặc số, ký hiệu",
                    kind=found.kind,
                    role=str(ROLE[found.role]).lower(),
                )
            )

    def validate_link(self, field: Any) -> None:
        """What hangs on another says how."""
        if self.parent.data and not field.data:
            raise StopValidation(_("Chọn quan hệ với văn bản đã nối"))

    def validate_effective_to(self, field: Any) -> None:
        """The last day is not before the first."""
        in_order(self.effective_from, field)


class NodeForm(WebForm):
    """A place in the tree."""

    kind = SelectField(
        _l("Loại"), [Required(_l("Chọn loại"))], choices=words_of(NODE), default=NodeKind.OBJECTIVE.value
    )
    code = code_field(_l("Mã"), _l("Ví dụ: MT1 hoặc MT1.KQ2"))
    title = CleanString(_l("Tên"), [Required(_l("Nhập tên"))], limit=LONGEST_NAME)
    parent = SelectField(_l("Thuộc"), choices=[], default="")
    position = WholeNumber(_l("Thứ tự"), [Optional(), NumberRange(min=0, max=999)])
    owner = SelectField(_l("Đơn vị chịu trách nhiệm"), choices=[], default="")
    source = CleanString(
        _l("Nguồn số liệu"), limit=500, description=_l("Ví dụ: sổ lớp đào tạo của hệ thống này")
    )
    is_printed = BooleanField(_l("Tên này in trong văn bản"))

    def offer(self, nodes: Sequence[tuple[str, str]], agencies: Sequence[tuple[str, str]]) -> None:
        """The tree and the agencies."""
        self.parent.choices = choices([("", _("Không: đứng ở gốc")), *nodes])
        self.owner.choices = choices([("", _("Chưa có")), *agencies])


class MemberForm(WebForm):
    """Somebody in the working group."""

    role = SelectField(_l("Vai trò"), [Required(_l("Chọn vai trò"))], choices=words_of(MEMBER))
    name = CleanString(_l("Họ tên"), [Required(_l("Nhập họ tên"))], limit=200)
    office = CleanString(_l("Chức vụ"), limit=200)
    valid_from = day_field(_l("Từ ngày"))
    valid_to = day_field(_l("Đến hết ngày"))

    def validate_valid_to(self, field: Any) -> None:
        """The last day is not before the first."""
        in_order(self.valid_from, field)


class EndForm(WebForm):
    """The last day of something."""

    on = day_field(_l("Ngày cuối"), required=_l("Nhập ngày cuối"))


class FactForm(WebForm):
    """A printed figure that is no quantity."""

    code = code_field(_l("Mã"), _l("Ví dụ: BT-19"))
    kind = SelectField(_l("Loại"), [Required(_l("Chọn loại"))], choices=words_of(FACT))
    name = CleanString(_l("Là gì"), [Required(_l("Ghi số liệu này là gì"))], limit=200)
    value = CleanString(
        _l("Đúng như đã in"), [Required(_l("Nhập như đã in"))], limit=80, description=_l("Ví dụ: 2021-2025")
    )
    unit = CleanString(_l("Đơn vị tính"), limit=80)
    quote = CleanString(_l("Nguyên văn"), limit=500)
    paragraph = WholeNumber(_l("Đoạn thứ"), [Optional(), NumberRange(min=1, max=9999)])
    source = CleanString(_l("Nguồn"), limit=500)
