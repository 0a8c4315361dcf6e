"""Forms of the dated rows of a record: education, experience, skills, languages, achievements, facets, evidence."""

from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError

from registry.people.forms import words
from registry.people.forms.fields import (
    OptionalRadio,
    PartialDateBoxes,
    PlaceString,
    RequiredWhen,
    select,
)
from registry.people.rules import vocabulary
from registry.people.rules.doi import doi_of
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_FIELDS = [("", _l("Chưa nêu")), *words.terms(vocabulary().fields)]
_LONGEST_AGO = 1950


class PeriodForm(EditForm):
    """From and to, each as far as known."""

    started = PartialDateBoxes(_l("Từ"), description=_l("Chỉ biết năm, hoặc tháng và năm, cũng được."))
    ended = PartialDateBoxes(_l("Đến"), description=_l("Để trống nếu chưa biết hoặc chưa kết thúc."))

    def validate_ended(self, field: PartialDateBoxes) -> None:
        """The end is not before the beginning."""
        started = self.started.data
        if started is not None and field.data is not None and field.data.latest < started.earliest:
            raise ValidationError(_("Thời gian kết thúc phải sau thời gian bắt đầu"))


class EducationForm(PeriodForm):
    """«Học vấn»."""

    degree = select(
        _l("Trình độ"),
        [("", _l("Chưa nêu")), *words.terms(vocabulary().degrees)],
        validators=[Required(_l("Chọn trình độ"))],
    )
    field_code = select(_l("Lĩnh vực đào tạo"), _FIELDS)
    major = CleanString(_l("Ngành, chuyên ngành"))
    school = CleanString(_l("Trường"))
    school_country = CleanString(_l("Nước"), default="Việt Nam")
    is_completed = BooleanField(_l("Đã tốt nghiệp"), default=True)
    mode = select(_l("Hình thức"), words.pairs(words.STUDY_MODE, _l("Chưa nêu")))
    classification = select(_l("Xếp loại"), words.pairs(words.CLASSIFICATION, _l("Chưa nêu")))
    recognition_number = CleanString(
        _l("Số công nhận văn bằng"), description=_l("Với bằng do nước ngoài cấp.")
    )


class ExperienceForm(PeriodForm):
    """«Kinh nghiệm»."""

    title = CleanString(_l("Chức danh, công việc"), [Required(_l("Nhập chức danh hoặc công việc"))])
    organisation = CleanString(_l("Nơi làm việc"), description=_l("Không hiện khi hồ sơ ẩn danh."))
    field_code = select(_l("Lĩnh vực"), _FIELDS)
    is_ongoing = BooleanField(_l("Đang làm việc này"))
    country = CleanString(_l("Nước"), default="Việt Nam")
    place = PlaceString(_l("Địa bàn"))
    description = CleanText(_l("Việc đã làm"), limit=2000)

    def validate_is_ongoing(self, field: BooleanField) -> None:
        """What goes on has no end yet."""
        if field.data and self.ended.data is not None:
            raise ValidationError(_("Bỏ «Đang làm việc này», hoặc để trống mục «Đến»"))


class SkillForm(EditForm):
    """«Kỹ năng»: the words as people say them; the product answers what it understood."""

    typed = CleanString(
        _l("Kỹ năng"),
        [Required(_l("Nhập kỹ năng"))],
        description=_l("Gõ như bạn vẫn gọi, ví dụ: CNTT, xét nghiệm, tiếng Anh B2"),
    )
    level = select(
        _l("Bậc"), [("", _l("Chưa nêu"))], description=_l("Thang 0–5; ngoại ngữ đến bậc 6, bậc nghề đến 7.")
    )
    since_year = WholeNumber(
        _l("Có từ năm"), [Optional(), NumberRange(_LONGEST_AGO, 2100)], description=_l("Ví dụ: 2018")
    )
    concept = RadioField(_l("Bạn muốn nói kỹ năng nào?"), choices=(), default="", validate_choice=False)


class LanguageForm(EditForm):
    """«Ngoại ngữ»."""

    language = select(
        _l("Ngoại ngữ"),
        [("", _l("Chọn ngoại ngữ")), *words.terms(vocabulary().languages)],
        validators=[Required(_l("Chọn ngoại ngữ"))],
    )
    rank = select(
        _l("Bậc"),
        [
            ("", _l("Chưa nêu")),
            ("0", _l("Không biết")),
            *(
                (str(one.rank), _l("Bậc %(rank)s (%(cefr)s)", rank=one.rank, cefr=one.cefr))
                for one in vocabulary().language_levels
            ),
        ],
    )
    certificate = CleanString(_l("Chứng chỉ"), description=_l("Ví dụ: IELTS 6.5, JLPT N2"))


class AchievementForm(EditForm):
    """«Thành tích»."""

    kind = select(
        _l("Loại"),
        words.pairs(words.ACHIEVEMENT, _l("Chọn loại")),
        validators=[Required(_l("Chọn loại thành tích"))],
    )
    title = CleanString(_l("Tên"), [Required(_l("Nhập tên thành tích"))], limit=500)
    level = CleanString(_l("Cấp"), description=_l("Ví dụ: cấp tỉnh, cấp bộ"))
    role = CleanString(_l("Vai trò"), description=_l("Ví dụ: chủ nhiệm, đồng tác giả"))
    decision_number = CleanString(_l("Số quyết định"))
    doi = CleanString(_l("DOI"), description=_l("Của bài báo, sách. Ví dụ: 10.1000/182"))
    when = PartialDateBoxes(_l("Thời gian"))

    def validate_doi(self, field: CleanString) -> None:
        """A name of a work, or its address at doi.org."""
        if field.data and not doi_of(field.data):
            raise ValidationError(_("DOI bắt đầu bằng «10.», ví dụ 10.1000/182; không có thì để trống"))


class AffinityForm(PeriodForm):
    """«Gắn bó với địa phương»: what ties somebody to a place, since when, and how far they would go for it."""

    kind = select(
        _l("Gắn bó thế nào?"),
        words.pairs(words.AFFINITY, _l("Chọn một mục")),
        validators=[Required(_l("Chọn điều gắn bó"))],
    )
    place = PlaceString(_l("Nơi gắn bó"), description=_l("Tỉnh, hoặc xã, phường. Ví dụ: Lai Châu"))
    organisation = CleanString(
        _l("Hội, trường hoặc cơ quan"), description=_l("Không hiện khi hồ sơ ẩn danh.")
    )
    willingness = select(
        _l("Sẵn sàng đến mức nào với nơi này?"), words.pairs(words.WILLINGNESS, _l("Chưa nêu"))
    )
    note = CleanString(_l("Ghi chú"), limit=500)


class FacetForm(EditForm):
    """A facet with its dates."""

    valid_from = PartialDateBoxes(_l("Từ ngày"), whole=True)
    valid_to = PartialDateBoxes(_l("Đến hết ngày"), whole=True)

    def validate_valid_to(self, field: PartialDateBoxes) -> None:
        """The end is not before the beginning."""
        if self.valid_from.data is not None and field.data is not None and field.data < self.valid_from.data:
            raise ValidationError(_("Ngày kết thúc phải sau ngày bắt đầu"))


class ExpertForm(FacetForm):
    """The person as an expert."""

    kind = select(
        _l("Đối tượng"),
        words.pairs(words.EXPERT, _l("Chọn đối tượng")),
        validators=[Required(_l("Chọn đối tượng"))],
    )
    academic_title = select(_l("Học hàm"), words.pairs(words.ACADEMIC_TITLE, _l("Không có hoặc chưa nêu")))
    expertise = CleanText(_l("Chuyên môn sâu"), limit=2000)


class CadreForm(FacetForm):
    """The person as cán bộ, công chức or viên chức."""

    kind = select(
        _l("Đối tượng"),
        words.pairs(words.CADRE, _l("Chọn đối tượng")),
        validators=[Required(_l("Chọn cán bộ, công chức hay viên chức"))],
    )
    organisation = CleanString(_l("Cơ quan, đơn vị"))
    office = CleanString(_l("Chức vụ"))
    position = CleanString(_l("Vị trí việc làm"))
    rank_code = select(
        _l("Ngạch, hạng chức danh"),
        [("", _l("Chưa nêu")), *((one.code, f"{one.code} · {one.vi}") for one in vocabulary().civil_ranks)],
    )
    step = WholeNumber(_l("Bậc lương"), [Optional(), NumberRange(1, 16)])
    coefficient = CleanString(_l("Hệ số lương"), limit=10, description=_l("Ví dụ: 4,98"))
    political_theory = select(
        _l("Lý luận chính trị"),
        [("", _l("Chưa nêu")), *words.terms(vocabulary().political_theory)],
    )
    state_management = select(
        _l("Quản lý nhà nước"),
        [("", _l("Chưa nêu")), *words.terms(vocabulary().state_management)],
    )
    recruited_on = PartialDateBoxes(_l("Ngày tuyển dụng"), whole=True)

    def validate_coefficient(self, field: CleanString) -> None:
        """A coefficient such as 4,98."""
        if field.data and self.coefficient_hundredths is None:
            raise ValidationError(_("Nhập hệ số, ví dụ 4,98"))

    @property
    def coefficient_hundredths(self) -> int | None:
        """The coefficient × 100; None when nothing readable was typed."""
        whole, _comma, part = str(self.coefficient.data or "").strip().replace(".", ",").partition(",")
        if not (whole + part).isascii() or not whole.isdigit() or len(whole) > 2 or len(part) > 2:
            return None
        if part and not part.isdigit():
            return None
        return int(whole) * 100 + int(part.ljust(2, "0") if part else "0")


class OverseasForm(FacetForm):
    """The person as somebody who lives abroad."""

    country = CleanString(_l("Nước đang sống"), [Required(_l("Nhập nước đang sống"))])
    right_to_stay = select(_l("Tình trạng cư trú"), words.pairs(words.RIGHT_TO_STAY, _l("Chưa nêu")))
    return_intent = select(_l("Dự định về nước"), words.pairs(words.RETURN_INTENT, _l("Chưa nêu")))
    time_zone = select(_l("Múi giờ"), ())


class EvidenceForm(WebForm):
    """A paper or a link behind claims. No files: where the paper lies, or where the link leads."""

    title = CleanString(
        _l("Giấy tờ, chứng chỉ"),
        [Required(_l("Nhập tên giấy tờ hoặc chứng chỉ"))],
        description=_l("Ví dụ: Bằng thạc sĩ, Chứng chỉ JLPT N2"),
    )
    issuer = CleanString(_l("Nơi cấp"))
    number = CleanString(_l("Số hiệu"), limit=100)
    issued_on = PartialDateBoxes(_l("Ngày cấp"), whole=True)
    expires_on = PartialDateBoxes(_l("Ngày hết hạn"), whole=True)
    reference = CleanString(
        _l("Nơi lưu hoặc đường dẫn"),
        limit=500,
        description=_l("Ví dụ: hồ sơ giấy số 12/2026, hoặc https://…"),
    )
    claims = SelectMultipleField(_l("Chứng minh cho mục nào"), choices=())

    def validate_claims(self, field: SelectMultipleField) -> None:
        """Evidence of nothing is none."""
        if not field.data:
            raise ValidationError(_("Chọn ít nhất một mục mà giấy tờ này chứng minh"))


class VerificationForm(WebForm):
    """What an officer found: verified by a method, or rejected with a reason."""

    version = HiddenField()
    result = RadioField(
        _l("Kết quả"),
        [Required(_l("Chọn kết quả"))],
        choices=choices([("verified", _l("Xác minh: giấy tờ đúng")), ("rejected", _l("Trả lại: chưa đạt"))]),
        default="",
    )
    method = OptionalRadio(
        _l("Đã xác minh bằng cách nào"),
        [
            RequiredWhen(
                "result",
                "verified",
                when=_l("(bắt buộc khi giấy tờ đúng)"),
                sentence=_l("Chọn đã xác minh bằng cách nào"),
            )
        ],
        choices=words.choices(words.METHOD),
        default="",
    )
    until = PartialDateBoxes(
        _l("Xác minh có giá trị đến hết ngày"), whole=True, description=_l("Để trống nếu không có hạn.")
    )
    reason = CleanString(
        _l("Lý do trả lại"),
        [
            RequiredWhen(
                "result",
                "rejected",
                when=_l("(bắt buộc khi trả lại)"),
                sentence=_l("Nhập lý do trả lại"),
            )
        ],
        limit=300,
        description=_l("Người có hồ sơ đọc được lý do này."),
    )
