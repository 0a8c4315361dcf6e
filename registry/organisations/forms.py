"""Forms of organisations: shape and words. What they mean (units, parents) the views look up."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField

from registry.organisations.rules import OrganisationKind
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import lazy_gettext as _l

KIND_LABELS: dict[OrganisationKind, Any] = {
    OrganisationKind.COMMITTEE: _l("Ủy ban nhân dân, hội đồng nhân dân"),
    OrganisationKind.DEPARTMENT: _l("Sở, ban, ngành"),
    OrganisationKind.DIVISION: _l("Phòng, bộ phận"),
    OrganisationKind.PARTY_BODY: _l("Cơ quan Đảng, đoàn thể"),
    OrganisationKind.PUBLIC_SERVICE_UNIT: _l("Đơn vị sự nghiệp công lập"),
    OrganisationKind.UNIVERSITY: _l("Trường đại học, cao đẳng"),
    OrganisationKind.RESEARCH_INSTITUTE: _l("Viện nghiên cứu"),
    OrganisationKind.ENTERPRISE: _l("Doanh nghiệp"),
    OrganisationKind.ASSOCIATION: _l("Hội, hiệp hội"),
    OrganisationKind.FOREIGN_INSTITUTE: _l("Tổ chức nước ngoài"),
    OrganisationKind.OTHER: _l("Khác"),
}
_KINDS = choices((kind.value, label) for kind, label in KIND_LABELS.items())
_LONGEST_NAME = 200
_LONGEST_REASON = 300


class ChoiceOfOne(RadioField):
    """The readings of a typed text to choose from; empty, and not shown, until there is a question.

    A value that is no longer among the choices is no choice at all: the text decides again.
    """

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.choices or ()}:
            self.data = None


class _UnitForm(WebForm):
    """The part of a form that asks for the administrative unit."""

    unit_text = CleanString(
        _l("Địa bàn"), description=_l("Tên xã, phường và tỉnh, ví dụ «Ba Tri, Vĩnh Long»; tên cũ cũng được")
    )
    unit_choice = ChoiceOfOne(_l("Chọn địa bàn"), choices=[], validate_choice=False)


class OrganisationForm(_UnitForm):
    """A new organisation."""

    name = CleanString(
        _l("Tên đơn vị"), [Required(_l("Nhập tên đơn vị"))], limit=_LONGEST_NAME, description=_l("Tên đầy đủ")
    )
    kind = SelectField(_l("Loại"), choices=_KINDS, default=OrganisationKind.DEPARTMENT.value)
    parent_text = CleanString(_l("Trực thuộc"), description=_l("Tên đơn vị cấp trên; để trống nếu không có"))
    parent_choice = ChoiceOfOne(_l("Chọn đơn vị cấp trên"), choices=[], validate_choice=False)
    valid_from = DateBoxes(
        _l("Thành lập từ ngày"), sentence=_l("Ngày thành lập phải có thật, ví dụ 01/07/2025")
    )


class EditForm(_UnitForm):
    """The facts of an organisation; `version` is the version the reader saw, `opened_with` marks its values."""

    version = HiddenField()
    opened_with = HiddenField()
    name = CleanString(_l("Tên đơn vị"), [Required(_l("Nhập tên đơn vị"))], limit=_LONGEST_NAME)
    kind = SelectField(_l("Loại"), choices=_KINDS)
    renamed_on = DateBoxes(
        _l("Mang tên mới từ ngày"),
        sentence=_l("Ngày đổi tên phải có thật, ví dụ 01/07/2025"),
        description=_l("Chỉ điền khi đơn vị đổi tên; sửa lỗi gõ thì để trống"),
    )


class MoveForm(WebForm):
    """Another place in the tree."""

    version = HiddenField()
    parent_text = CleanString(
        _l("Trực thuộc đơn vị"), description=_l("Để trống để đưa lên cấp cao nhất"), limit=_LONGEST_NAME
    )
    parent_choice = ChoiceOfOne(_l("Chọn đơn vị cấp trên"), choices=[], validate_choice=False)


class CloseForm(WebForm):
    """The end of an organisation."""

    version = HiddenField()
    last_day = DateBoxes(
        _l("Hoạt động đến hết ngày"),
        [Required(_l("Nhập ngày cuối cùng đơn vị hoạt động"))],
        sentence=_l("Ngày cuối phải có thật, ví dụ 30/06/2025"),
    )
    successor_text = CleanString(
        _l("Đơn vị kế tiếp"),
        description=_l("Đơn vị nhận nhiệm vụ; để trống nếu giải thể"),
        limit=_LONGEST_NAME,
    )
    successor_choice = ChoiceOfOne(_l("Chọn đơn vị kế tiếp"), choices=[], validate_choice=False)
    reason = CleanText(_l("Căn cứ, lý do"), limit=_LONGEST_REASON)


class ReopenForm(WebForm):
    """Taking a closing back."""

    reason = CleanText(_l("Lý do mở lại"), [Required(_l("Nhập lý do mở lại"))], limit=_LONGEST_REASON)
