"""The form of a need: the post, its skills, what counts for points, hard conditions, dates and place, shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import NumberRange, Optional

from registry.needs.forms.labels import (
    EVIDENCE_LABELS,
    KIND_LABELS,
    LANGUAGE_RANK_LABELS,
    RANK_LABELS,
)
from registry.needs.rules import (
    DEFAULT_SHARES,
    DESCRIPTION_LIMIT,
    MAX_DAYS,
    MAX_EXPERIENCE_YEARS,
    MAX_HEADCOUNT,
    MAX_WEIGHT,
    NOTE_LIMIT,
    SHORT_LIMIT,
    TITLE_LIMIT,
    NeedKind,
    Part,
)
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm, WholeNumber
from registry.web.i18n import lazy_gettext as _l

SKILL_TEXT_LIMIT = 4_000
_LEVELS = choices([("", "–"), *((str(level), str(level)) for level in range(1, 8))])
NOTHING = ("", _l("Không đặt điều kiện"))
Choice = tuple[str, Any]


@dataclass(frozen=True)
class NeedChoices:
    """The lists other rooms keep, as (code, label): fields of study and work, work forms, languages."""

    fields: Sequence[Choice]
    forms: Sequence[Choice]
    languages: Sequence[Choice]


class AlwaysSays:
    """For lists that hold an answer from the start: marking them «(không bắt buộc)» would be noise."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to check: the list itself refuses what it does not offer."""


class SkillRow(Form):
    """One typed skill, what was chosen when it was not clear, and how it counts."""

    class Meta:
        get_translations = WebForm.Meta.get_translations

    typed = CleanString(_l("Kỹ năng"), limit=200)
    seen = HiddenField()
    """The text for which `pick` was chosen; a text changed since asks anew."""
    pick = HiddenField()
    """A concept code, «giu» to keep the text as typed, or empty: nobody has chosen."""
    is_essential = BooleanField(_l("Bắt buộc"))
    level = SelectField(_l("Bậc cần"), choices=_LEVELS, default="")
    minimum = SelectField(_l("Tối thiểu"), choices=_LEVELS, default="")
    weight = SelectField(
        _l("Trọng số"), choices=choices((str(n), str(n)) for n in range(1, MAX_WEIGHT + 1)), default="1"
    )


def _share(part: Part, default: int) -> WholeNumber:
    labels = {
        Part.SKILLS: _l("Kỹ năng"),
        Part.EXPERIENCE: _l("Kinh nghiệm"),
        Part.QUALIFICATION: _l("Trình độ"),
        Part.AVAILABILITY: _l("Sẵn sàng nhận việc"),
        Part.PLACE: _l("Nơi làm việc"),
    }
    return WholeNumber(
        labels[part],
        [Required(_l("Nhập tỷ trọng, có thể là 0")), NumberRange(min=0, max=100)],
        default=default,
    )


def _ranks(labels: dict[int, Any], nothing: Choice) -> list[Any]:
    return choices([nothing, *((str(rank), label) for rank, label in labels.items())])


class NeedForm(WebForm):
    """The whole form of an officer. `submission` makes a second sending of the same form harmless."""

    submission = HiddenField()
    version = HiddenField()
    opened_with = HiddenField()

    title = CleanString(_l("Tên nhu cầu"), [Required(_l("Nhập tên nhu cầu"))], limit=TITLE_LIMIT)
    kind = SelectField(
        _l("Loại"), [AlwaysSays()], choices=choices(KIND_LABELS.items()), default=NeedKind.POSITION
    )
    headcount = WholeNumber(
        _l("Số người cần"),
        [Required(_l("Nhập số người cần")), NumberRange(min=1, max=MAX_HEADCOUNT)],
        default=1,
    )
    organisation = CleanString(
        _l("Cơ quan, đơn vị"),
        [Required(_l("Nhập tên cơ quan, đơn vị"))],
        description=_l("Gõ tên như trong danh sách đơn vị."),
    )
    legal_basis = CleanString(
        _l("Căn cứ"), limit=SHORT_LIMIT, description=_l("Ví dụ: Đề án vị trí việc làm 2026")
    )
    description = CleanText(_l("Mô tả công việc"), limit=DESCRIPTION_LIMIT)
    estimated_days = WholeNumber(
        _l("Số ngày làm việc dự kiến"),
        [Optional(), NumberRange(min=1, max=MAX_DAYS)],
        description=_l("Cho nhiệm vụ ngắn hạn, hội đồng."),
    )
    deliverable = CleanString(
        _l("Sản phẩm phải có"), limit=SHORT_LIMIT, description=_l("Ví dụ: báo cáo đánh giá kho dữ liệu.")
    )
    note = CleanText(_l("Ghi chú"), limit=NOTE_LIMIT)

    skills = FieldList(FormField(SkillRow))
    skill_text = CleanText(
        _l("Thêm kỹ năng"),
        limit=SKILL_TEXT_LIMIT,
        description=_l(
            "Mỗi dòng một kỹ năng, bậc cần trong ngoặc; không ghi bậc là bậc 3."
            " Ví dụ: Kỹ thuật dữ liệu (4); Tiếng Anh (bậc 4)"
        ),
    )

    experience_years = WholeNumber(
        _l("Số năm kinh nghiệm"), [Optional(), NumberRange(min=1, max=MAX_EXPERIENCE_YEARS)]
    )
    experience_field = SelectField(_l("Trong lĩnh vực"), [AlwaysSays()], default="")
    qualification_rank = SelectField(
        _l("Trình độ"),
        [AlwaysSays()],
        choices=_ranks(RANK_LABELS, ("", _l("Không tính điểm trình độ"))),
        default="",
    )
    qualification_fields = SelectMultipleField(
        _l("Ngành đào tạo được tính đủ điểm"),
        description=_l("Không chọn ngành nào nghĩa là ngành nào cũng được."),
    )

    degree_rank = SelectField(
        _l("Trình độ tối thiểu"), [AlwaysSays()], choices=_ranks(RANK_LABELS, NOTHING), default=""
    )
    condition_fields = SelectMultipleField(
        _l("Chỉ nhận ngành đào tạo"), description=_l("Không chọn ngành nào nghĩa là không đặt điều kiện.")
    )
    language_1 = SelectField(_l("Ngoại ngữ thứ nhất"), [AlwaysSays()], default="")
    language_rank_1 = SelectField(
        _l("Bậc tối thiểu"),
        [AlwaysSays()],
        choices=_ranks(LANGUAGE_RANK_LABELS, ("", _l("Chọn bậc"))),
        default="",
    )
    language_2 = SelectField(_l("Ngoại ngữ thứ hai"), [AlwaysSays()], default="")
    language_rank_2 = SelectField(
        _l("Bậc tối thiểu"),
        [AlwaysSays()],
        choices=_ranks(LANGUAGE_RANK_LABELS, ("", _l("Chọn bậc"))),
        default="",
    )
    available_by = DateBoxes(_l("Phải nhận việc được chậm nhất ngày"))
    scope_place = CleanString(
        _l("Chỉ xét hồ sơ thuộc địa bàn"),
        description=_l("Tên tỉnh, thành phố, xã hoặc phường. Tên cũ cũng được."),
    )
    evidence = SelectField(
        _l("Kỹ năng bắt buộc phải"),
        [AlwaysSays()],
        choices=choices([NOTHING, *EVIDENCE_LABELS.items()]),
        default="",
    )

    expected_on = DateBoxes(
        _l("Cần người trước ngày"),
        [AlwaysSays()],
        description=_l("Bản nháp có thể để trống; phải có khi gửi duyệt."),
    )
    start_on = DateBoxes(
        _l("Ngày bắt đầu làm việc"),
        description=_l("Nhận việc được trước ngày này thì đủ điểm."),
    )
    forms = SelectMultipleField(
        _l("Hình thức làm việc"), description=_l("Không chọn nghĩa là hình thức nào cũng được.")
    )
    workplace = CleanString(
        _l("Nơi làm việc"),
        description=_l(
            "Tên tỉnh, thành phố, xã hoặc phường. Tên cũ cũng được. Để trống thì lấy nơi đặt cơ quan, đơn vị;"
            " nơi đó cũng được tính điểm."
        ),
    )
    is_remote = BooleanField(_l("Có thể làm từ xa"))

    share_skills = _share(Part.SKILLS, DEFAULT_SHARES[0])
    share_experience = _share(Part.EXPERIENCE, DEFAULT_SHARES[1])
    share_qualification = _share(Part.QUALIFICATION, DEFAULT_SHARES[2])
    share_availability = _share(Part.AVAILABILITY, DEFAULT_SHARES[3])
    share_place = _share(Part.PLACE, DEFAULT_SHARES[4])

    def offer(self, lists: NeedChoices) -> None:
        """Fill the lists that other rooms keep."""
        self.experience_field.choices = choices([("", _l("Lĩnh vực nào cũng được")), *lists.fields])
        self.qualification_fields.choices = choices(lists.fields)
        self.condition_fields.choices = choices(lists.fields)
        self.forms.choices = choices(lists.forms)
        for field in (self.language_1, self.language_2):
            field.choices = choices([NOTHING, *lists.languages])

    def share_fields(self) -> list[WholeNumber]:
        """The five shares in the order of the parts."""
        return [
            self.share_skills,
            self.share_experience,
            self.share_qualification,
            self.share_availability,
            self.share_place,
        ]

    def rows(self) -> Iterable[Any]:
        """The skill rows that have a text; emptied rows count as removed."""
        return [entry for entry in self.skills if entry.form.typed.data]

    @property
    def errors(self) -> dict[str, Any]:
        """The errors of fields by name; those of skill rows as they are now, not as validation left them."""
        found: dict[str, Any] = dict(super().errors)
        rows = [entry.form.errors for entry in self.skills if entry.form.errors]
        return (
            found | {"skills": rows}
            if rows
            else {name: said for name, said in found.items() if name != "skills"}
        )

    def error_list(self) -> list[tuple[str, str]]:
        """As in every form; an error in a skill row leads to the field of that row."""
        found: list[tuple[str, str]] = []
        for field in self:
            cells: list[Any] = (
                [cell for entry in self.skills for cell in entry.form] if field is self.skills else [field]
            )
            found.extend((str(cell.id), str(sentence)) for cell in cells for sentence in cell.errors)
        return found

    def shape_is_valid(self, *, must_say_when: bool = False) -> bool:
        """Validate field by field, then what fields say together; `must_say_when` asks for the expected date."""
        is_valid = self.validate()
        checks = (self._shares_sum(), self._languages_have_levels(1), self._languages_have_levels(2))
        return is_valid and all(checks) and (not must_say_when or self._says_when())

    def ask_when(self) -> None:
        """Put on the field that a need is put forward only with the day by which people are expected."""
        _add_error(self.expected_on, _l("Nhập ngày cần người trước khi gửi duyệt"))

    def _says_when(self) -> bool:
        if self.expected_on.data is None and not self.expected_on.errors:
            _add_error(self.expected_on, _l("Nhập ngày cần người: chỉ bản nháp mới được để trống"))
        return not self.expected_on.errors

    def _shares_sum(self) -> bool:
        fields = self.share_fields()
        if any(field.errors for field in fields):
            return False
        total = sum(field.data or 0 for field in fields)
        if total == 100:
            return True
        _add_error(
            self.share_skills, _l("Năm tỷ trọng phải cộng thành 100, bây giờ là %(total)d", total=total)
        )
        return False

    def _languages_have_levels(self, number: int) -> bool:
        language, rank = self[f"language_{number}"], self[f"language_rank_{number}"]
        if language.data and not rank.data:
            _add_error(rank, _l("Chọn bậc tối thiểu của ngoại ngữ này"))
            return False
        return True


class ConflictForm(WebForm):
    """The second step after a conflict: the token, the version the choice was made against and its marks."""

    version = HiddenField()
    opened_with = HiddenField()


def _add_error(field: Any, sentence: Any) -> None:
    field.errors = [*field.errors, sentence]
