"""Forms of tasks, self-reviews and recommendations: shape and words."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.policies.forms.fields import day_field
from registry.programmes.forms.programme import LONGEST_TEXT, code_field, words_of
from registry.programmes.forms.words import AGENCIES_FAULT, VERDICT
from registry.programmes.models.programmes import LONGEST_NAME
from registry.programmes.rules.tasks import AgenciesFault
from registry.programmes.rules.words import AgencyPart
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_LONGEST_NAME = 200


class TaskForm(WebForm):
    """What is to be done, by whom, until when."""

    version = HiddenField()
    code = code_field(_l("Số thứ tự, mã"), _l("Ví dụ: 3.2"))
    title = CleanString(_l("Nhiệm vụ"), [Required(_l("Nhập nội dung nhiệm vụ"))], limit=LONGEST_NAME)
    about = CleanText(_l("Yêu cầu, sản phẩm"), limit=LONGEST_TEXT)
    lead = SelectField(
        _l("Đơn vị chủ trì"), [Required(AGENCIES_FAULT[AgenciesFault.NO_LEAD])], choices=[], default=""
    )
    head_name = CleanString(_l("Người đứng đầu chịu trách nhiệm"), limit=_LONGEST_NAME)
    head_office = CleanString(_l("Chức vụ người đứng đầu"), limit=_LONGEST_NAME)
    due_on = day_field(_l("Hạn hoàn thành"))
    document = SelectField(_l("Giao theo văn bản"), choices=[], default="")
    node = SelectField(_l("Thuộc nhóm"), choices=[], default="")
    co_operate = SelectMultipleField(_l("Đơn vị phối hợp"), choices=[])
    informed = SelectMultipleField(_l("Đơn vị được thông tin"), choices=[])

    def offer(
        self,
        agencies: Sequence[tuple[str, str]],
        documents: Sequence[tuple[str, str]],
        nodes: Sequence[tuple[str, str]],
    ) -> None:
        """Agencies, documents and places of the tree."""
        self.lead.choices = choices([("", _("Chọn đơn vị chủ trì")), *agencies])
        self.co_operate.choices = choices(agencies)
        self.informed.choices = choices(agencies)
        self.document.choices = choices([("", _("Không theo văn bản nào")), *documents])
        self.node.choices = choices([("", _("Không thuộc nhóm nào")), *nodes])

    @property
    def parts(self) -> list[tuple[str, AgencyPart]]:
        """(agency, part) as they were chosen."""
        lead = [(str(self.lead.data), AgencyPart.LEAD)] if self.lead.data else []
        others = [(str(one), AgencyPart.CO_OPERATE) for one in self.co_operate.data or ()]
        return [*lead, *others, *((str(one), AgencyPart.INFORMED) for one in self.informed.data or ())]

    def refuse(self, fault: AgenciesFault) -> None:
        """Say what is wrong with the agencies, where it is to be mended."""
        field: Any = self.co_operate if fault is AgenciesFault.TWICE else self.lead
        field.errors = [AGENCIES_FAULT[fault]]


class WordsForm(WebForm):
    """What is said with a step."""

    words = CleanText(_l("Nội dung"), [Required(_l("Ghi nội dung"))], limit=LONGEST_TEXT)


class PlainStepForm(WebForm):
    """A step that needs no words but may have some."""

    words = CleanText(_l("Ghi chú"), limit=LONGEST_TEXT)


class RoundForm(WebForm):
    """Who is asked for a self-review until when."""

    title = CleanString(
        _l("Đợt tự đánh giá"),
        [Required(_l("Nhập tên đợt"))],
        limit=_LONGEST_NAME,
        description=_l("Ví dụ: Sơ kết 2 năm"),
    )
    due_on = day_field(_l("Hạn gửi"), required=_l("Nhập hạn gửi"))
    document = SelectField(_l("Theo văn bản"), choices=[], default="")
    agencies = SelectMultipleField(_l("Đơn vị được hỏi"), choices=[])

    def offer(self, agencies: Sequence[tuple[str, str]], documents: Sequence[tuple[str, str]]) -> None:
        """Agencies and documents."""
        self.agencies.choices = choices(agencies)
        self.document.choices = choices([("", _("Không theo văn bản nào")), *documents])

    def validate_due_on(self, field: Any) -> None:
        """A day that is not over."""
        if field.data and field.data < today():
            raise StopValidation(_("Hạn gửi phải từ hôm nay trở đi"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Somebody is asked; asked here, since nothing may be chosen."""
        is_right = super().validate(*args, **kwargs)
        if not self.agencies.data:
            self.agencies.errors = [_("Chọn ít nhất một đơn vị")]
            return False
        return is_right


class ReviewForm(WebForm):
    """What an agency says of its own part."""

    verdict = RadioField(_l("Tự đánh giá"), [Required(_l("Chọn mức tự đánh giá"))], choices=words_of(VERDICT))
    head_name = CleanString(
        _l("Người đứng đầu ký"), [Required(_l("Nhập tên người đứng đầu"))], limit=_LONGEST_NAME
    )
    results = CleanText(_l("Kết quả"), [Required(_l("Ghi kết quả"))], limit=LONGEST_TEXT)
    obstacles = CleanText(_l("Khó khăn, vướng mắc"), limit=LONGEST_TEXT)
    proposals = CleanText(_l("Phương hướng, đề xuất"), limit=LONGEST_TEXT)


class RecommendationForm(WebForm):
    """Who asks for what, and who is to answer."""

    proposer = CleanString(_l("Bên kiến nghị"), [Required(_l("Nhập bên kiến nghị"))], limit=_LONGEST_NAME)
    words = CleanText(_l("Nội dung kiến nghị"), [Required(_l("Nhập nội dung"))], limit=LONGEST_TEXT)
    raised_on = day_field(_l("Ngày nêu"), required=_l("Nhập ngày nêu kiến nghị"))
    agency = SelectField(_l("Đơn vị trả lời"), choices=[], default="")
    due_on = day_field(_l("Hạn trả lời"))

    def offer(self, agencies: Sequence[tuple[str, str]]) -> None:
        """The agencies."""
        self.agency.choices = choices([("", _("Chưa chuyển đơn vị nào")), *agencies])

    def validate_raised_on(self, field: Any) -> None:
        """A day that has come."""
        if field.data and field.data > today():
            raise StopValidation(_("Ngày nêu không được sau hôm nay"))

    def validate_due_on(self, field: Any) -> None:
        """Not before it was raised."""
        if field.data and self.raised_on.data and field.data < self.raised_on.data:
            raise StopValidation(_("Hạn trả lời không được trước ngày nêu"))


class AnswerForm(WebForm):
    """What an agency answered, or what came of it, and when."""

    on = day_field(_l("Ngày"), required=_l("Nhập ngày"))
    words = CleanText(_l("Nội dung"), [Required(_l("Ghi nội dung"))], limit=LONGEST_TEXT)


class ForwardForm(WebForm):
    """To which agency a recommendation goes."""

    on = day_field(_l("Ngày chuyển"), required=_l("Nhập ngày chuyển"))
    agency = SelectField(_l("Đơn vị trả lời"), [Required(_l("Chọn đơn vị trả lời"))], choices=[])

    def offer(self, agencies: Sequence[tuple[str, str]]) -> None:
        """The agencies."""
        self.agency.choices = choices([("", _("Chọn đơn vị")), *agencies])
