"""Forms of the journey: those of a record, in the words of whoever fills them in about themselves."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from registry.people.forms import words
from registry.people.forms.entries import (
    AchievementForm,
    CadreForm,
    EducationForm,
    ExperienceForm,
    LanguageForm,
)
from registry.people.forms.fields import OptionalRadio, PartialDateBoxes, ReadString, select
from registry.people.forms.sections import ContactsForm, SelfForm
from registry.people.rules import IdentityKind
from registry.registrations.rules import Audience, Task, TaskState
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

Words = dict[Any, Any]

AUDIENCE: Words = {
    Audience.EXPERT: _l("Chuyên gia đang sống ở Việt Nam"),
    Audience.OVERSEAS: _l("Người Việt Nam ở nước ngoài"),
    Audience.FOREIGN: _l("Chuyên gia nước ngoài"),
    Audience.CADRE: _l("Cán bộ, công chức, viên chức"),
}
AUDIENCE_HINTS: Words = {
    Audience.EXPERT: _l(
        "Người có chuyên môn, tay nghề cao, sinh viên tốt nghiệp xuất sắc, nhà khoa học trẻ."
    ),
    Audience.OVERSEAS: _l("Đang sống, học hoặc làm việc ở nước ngoài. Không hỏi số giấy tờ tùy thân."),
    Audience.FOREIGN: _l("Không có quốc tịch Việt Nam. Không hỏi số giấy tờ tùy thân."),
    Audience.CADRE: _l(
        "Đang làm việc trong cơ quan Đảng, Nhà nước, đoàn thể hoặc đơn vị sự nghiệp công lập."
    ),
}
TASK: Words = {
    Task.CONSENT: _l("Sự đồng ý"),
    Task.ABOUT: _l("Bản thân"),
    Task.CONTACTS: _l("Liên hệ"),
    Task.PAPERS: _l("Giấy tờ tùy thân"),
    Task.POST: _l("Chức vụ, vị trí công tác"),
    Task.EDUCATION: _l("Học vấn"),
    Task.SKILLS: _l("Kỹ năng"),
    Task.LANGUAGES: _l("Ngoại ngữ"),
    Task.EXPERIENCE: _l("Kinh nghiệm"),
    Task.DEEDS: _l("Công trình, thành tích"),
    Task.WISHES: _l("Nguyện vọng"),
}
HEADING: Words = {
    Task.CONSENT: _l("Bạn cho phép dùng thông tin vào việc gì?"),
    Task.ABOUT: _l("Bạn là ai?"),
    Task.CONTACTS: _l("Liên hệ với bạn bằng cách nào?"),
    Task.PAPERS: _l("Giấy tờ tùy thân của bạn"),
    Task.POST: _l("Bạn đang giữ chức vụ, vị trí nào?"),
    Task.EDUCATION: _l("Bạn đã học ở đâu?"),
    Task.SKILLS: _l("Kỹ năng nào đúng với bạn?"),
    Task.LANGUAGES: _l("Bạn biết ngoại ngữ nào?"),
    Task.EXPERIENCE: _l("Bạn đã làm việc ở đâu?"),
    Task.DEEDS: _l("Bạn có công trình, thành tích nào?"),
    Task.WISHES: _l("Bạn muốn làm việc thế nào?"),
}
LEAD: Words = {
    Task.CONTACTS: _l("Lưu ở dạng mã hóa. Chỉ cơ quan bạn cho phép xem tên mới thấy."),
    Task.PAPERS: _l("Không bắt buộc. Số giấy tờ chỉ để một người không có hai hồ sơ; chỉ lưu dạng mã hóa."),
    Task.EDUCATION: _l("Ghi bằng cấp cao nhất trước. Bằng đang học cũng ghi được."),
    Task.LANGUAGES: _l("Không có chứng chỉ vẫn ghi được: chọn bậc gần nhất với bạn."),
    Task.EXPERIENCE: _l("Chỉ nhớ tháng hay năm cũng được. Khoảng trống giữa hai việc là bình thường."),
    Task.DEEDS: _l(
        "Không bắt buộc. Bài báo, sách, sáng chế, giải thưởng, nhiệm vụ khoa học. Không hiện khi hồ sơ ẩn danh."
    ),
    Task.WISHES: _l("Bạn đổi lại lúc nào cũng được, và tạm dừng khi không muốn ai tìm thấy."),
}
TASK_STATE: Words = {
    TaskState.NOT_STARTED: _l("Chưa bắt đầu"),
    TaskState.IN_PROGRESS: _l("Đang làm"),
    TaskState.NEEDS_FIX: _l("Cần sửa"),
    TaskState.DONE: _l("Xong"),
}
WHY: Words = {
    Task.SKILLS: _l("Kỹ năng quyết định nhu cầu nào hợp với bạn."),
    Task.EXPERIENCE: _l("Nhiều nhu cầu hỏi số năm kinh nghiệm."),
    Task.EDUCATION: _l("Nhu cầu nêu trình độ thì cần mục này."),
    Task.WISHES: _l("Cơ quan cần biết bạn làm được khi nào, ở đâu."),
    Task.CONTACTS: _l("Không có cách liên hệ thì không ai mời bạn được."),
    Task.ABOUT: _l("Cho biết bạn là ai và đang ở đâu."),
    Task.LANGUAGES: _l("Nhu cầu có yếu tố nước ngoài thường hỏi ngoại ngữ."),
}


class AudienceForm(EditForm):
    """«Bạn là ai?»"""

    audience = RadioField(
        _l("Bạn là ai?"),
        [Required(_l("Chọn bạn là ai"))],
        choices=words.choices(AUDIENCE),
        default="",
    )


class AgreementForm(EditForm):
    """Consent by purpose. `shown` names the notices that were on the page, so that only they are agreed to."""

    purposes = SelectMultipleField(_l("Mục đích sử dụng"), choices=())
    visibility = OptionalRadio(
        _l("Ai được xem hồ sơ của bạn?"),
        [Required(_l("Chọn ai được xem hồ sơ của bạn"))],
        choices=choices(
            [("named", _l("Cơ quan trong tỉnh thấy tên")), ("anonymous", _l("Ẩn danh, hỏi tôi trước"))]
        ),
        default="",
    )
    shown = HiddenField()


class KnowledgeForm(EditForm):
    """The notice to officials whose record a law orders: read, not agreed to."""

    shown = HiddenField()


class AboutForm(SelfForm):
    """«Bản thân». Fields that do not concern an audience are taken away by the view."""

    right_to_stay = select(_l("Tình trạng cư trú"), words.pairs(words.RIGHT_TO_STAY, _l("Chưa nêu")))
    time_zone = select(_l("Múi giờ"), (), description=_l("Để cơ quan hẹn giờ thuận tiện cho bạn."))


class WaysForm(ContactsForm):
    """«Liên hệ»: at least one way, or nobody could answer."""

    def validate_email(self, field: ReadString) -> None:
        """Either an address or a number."""
        if not any(
            str(one.data or "").strip() for one in (field, self.other_email, self.phone, self.other_phone)
        ):
            raise ValidationError(_("Nhập thư điện tử hoặc điện thoại"))


class PapersForm(EditForm):
    """«Giấy tờ tùy thân»: one number, or none."""

    kind = RadioField(
        _l("Loại giấy tờ"),
        choices=words.choices(words.IDENTITY),
        default=IdentityKind.CCCD.value,
    )
    number = CleanString(
        _l("Số"), limit=40, description=_l("Chỉ lưu số đã mã hóa, không nhận ảnh chụp giấy tờ.")
    )
    country = CleanString(_l("Nước cấp"), default="Việt Nam", description=_l("Với hộ chiếu của nước khác."))
    issued_on = PartialDateBoxes(_l("Ngày cấp"), whole=True)
    expires_on = PartialDateBoxes(_l("Ngày hết hạn"), whole=True)


class MyWishesForm(EditForm):
    """«Nguyện vọng» in the first person; what is said is said today."""

    state = RadioField(
        _l("Bạn có sẵn sàng nhận việc không?"),
        [Required(_l("Chọn bạn có sẵn sàng nhận việc không"))],
        choices=words.choices(words.AVAILABILITY),
    )
    return_intent = OptionalRadio(
        _l("Bạn sẵn sàng đến mức nào?"), choices=words.choices(words.RETURN_INTENT), default=""
    )
    from_on = PartialDateBoxes(
        _l("Có thể bắt đầu từ ngày"), whole=True, description=_l("Để trống nếu bất cứ lúc nào.")
    )
    paused_until = PartialDateBoxes(
        _l("Tạm dừng đến hết ngày"), whole=True, description=_l("Chỉ ghi khi tạm dừng. Tự hết vào ngày này.")
    )
    forms = SelectMultipleField(_l("Bạn nhận hình thức nào?"), choices=words.choices(words.WORK_FORM))
    places = CleanText(
        _l("Bạn muốn làm việc ở đâu?"),
        limit=2000,
        description=_l("Mỗi dòng một nơi: tỉnh, hoặc xã và tỉnh. Ví dụ: Lai Châu"),
    )
    anywhere = BooleanField(_l("Tôi nhận việc ở mọi nơi"))
    remote = BooleanField(_l("Tôi nhận việc từ xa"))
    reason = CleanString(_l("Điều khác cơ quan nên biết"), limit=300)

    def validate_paused_until(self, field: PartialDateBoxes) -> None:
        """A day to end at belongs to a pause."""
        if field.data is not None and self.state.data != "paused":
            raise ValidationError(_("Chỉ ghi ngày này khi chọn «Tạm dừng»"))


class SkillCardForm(EditForm):
    """One skill: the words as typed, whether it is right, the level, and which concept where several are possible."""

    typed = CleanString(limit=200)
    row = HiddenField()
    on = BooleanField(_l("Đúng với tôi"))
    level = OptionalRadio(_l("Mức của bạn"), choices=(), default="")
    concept = RadioField(_l("Bạn muốn nói kỹ năng nào?"), choices=(), default="", validate_choice=False)


class SkillsForm(EditForm):
    """The page of skills: cards, and a place to type more."""

    count = WholeNumber(validators=[Optional()], default=0)
    more = CleanText(
        _l("Thêm kỹ năng khác"),
        limit=2000,
        description=_l(
            "Gõ như bạn vẫn gọi, mỗi dòng một kỹ năng. Ví dụ: cấp cứu nhi, chế biến chè, tiếng Mông"
        ),
    )


class PauseForm(EditForm):
    """How long nobody shall find the person; it ends by itself."""

    months = RadioField(
        _l("Tạm dừng bao lâu?"),
        [Required(_l("Chọn tạm dừng bao lâu"))],
        choices=choices(
            [
                ("1", _l("Một tháng")),
                ("3", _l("Ba tháng")),
                ("6", _l("Sáu tháng")),
                ("0", _l("Đến khi tôi mở lại")),
            ]
        ),
        default="",
    )
    reason = CleanString(_l("Lý do"), limit=300)


class DecisionForm(EditForm):
    """What an officer found about a held registration."""

    decision = RadioField(
        _l("Bạn đã xác định được gì?"),
        [Required(_l("Chọn kết quả xác định"))],
        choices=choices(
            [
                ("same", _l("Cùng một người: gắn tài khoản với hồ sơ đã có")),
                ("other", _l("Người khác, số giấy tờ ghi nhầm: lập hồ sơ mới không có số này")),
            ]
        ),
        default="",
    )


FORMS: Words = {
    Task.CONSENT: AgreementForm,
    Task.ABOUT: AboutForm,
    Task.CONTACTS: WaysForm,
    Task.PAPERS: PapersForm,
    Task.POST: CadreForm,
    Task.EDUCATION: EducationForm,
    Task.LANGUAGES: LanguageForm,
    Task.EXPERIENCE: ExperienceForm,
    Task.DEEDS: AchievementForm,
    Task.WISHES: MyWishesForm,
}
"""The form of each task, or of one entry of it; skills have a page of their own."""
