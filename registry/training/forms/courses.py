"""Forms of programmes, courses and what offices require. Shape and words."""

import re
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import StopValidation

from registry.training.forms import words
from registry.training.forms.fields import (
    CURRICULUM_LIMIT,
    DOCUMENT_LIMIT,
    code_field,
    day_field,
    named_organisation,
    office_field,
    one_of,
    whole,
)
from registry.training.rules import MOST_HOURS, CourseKind, fits
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

MOST_SKILLS = 20
_LEVEL = re.compile(r"(.*?)\s*\(([1-6])\)\s*")


class ProgrammeForm(WebForm):
    """A programme under one document, for a period."""

    version = HiddenField()
    code = code_field(_l("Ví dụ: CT-LD-2026"))
    name = CleanString(_l("Tên chương trình"), [Required(_l("Nhập tên chương trình"))])
    office = office_field()
    document = CleanString(
        _l("Văn bản"), limit=DOCUMENT_LIMIT, description=_l("Ví dụ: Kế hoạch 125/KH-UBND ngày 12/01/2026")
    )
    period_start = day_field(_l("Từ ngày"))
    period_end = day_field(_l("Đến hết ngày"))

    def validate_period_end(self, field: Any) -> None:
        """Not before the start."""
        refuse_earlier(field, self.period_start.data)


class CourseForm(WebForm):
    """A course: what it is, for whom, and what a pass gives."""

    version = HiddenField()
    code = code_field(_l("Ví dụ: LLCT-TC"))
    name = CleanString(_l("Tên khóa học"), [Required(_l("Nhập tên khóa học"))])
    programme = SelectField(_l("Thuộc chương trình"), choices=[], default="")
    office = office_field()
    kind = one_of(
        _l("Hình thức"),
        words.KIND,
        required=_l("Chọn đào tạo hoặc bồi dưỡng"),
        description=_l(
            "Đào tạo: cấp văn bằng. Bồi dưỡng: cho người đang làm việc. Hai số này không cộng vào nhau."
        ),
    )
    category = one_of(_l("Nhóm"), words.CATEGORY, required=_l("Chọn nhóm"))
    tier = one_of(_l("Cấp học viên"), words.TIER, nothing=_l("Không theo cấp"))
    field = one_of(_l("Lĩnh vực nghề"), words.FIELD, nothing=_l("Không phải đào tạo nghề"))
    quota_level = one_of(
        _l("Trình độ, thời hạn tính chỉ tiêu"), words.LEVEL, nothing=_l("Không tính theo trình độ")
    )
    hours = whole(_l("Số tiết"), 1, MOST_HOURS)
    curriculum = CleanText(
        _l("Nội dung chương trình học"), limit=CURRICULUM_LIMIT, description=_l("Mỗi dòng một chuyên đề.")
    )
    certificate = CleanString(
        _l("Tên chứng chỉ, chứng nhận"), description=_l("Ví dụ: Chứng chỉ bồi dưỡng ngạch chuyên viên")
    )
    political_theory_rank = one_of(
        _l("Người đạt được tính trình độ lý luận chính trị"),
        words.POLITICAL_THEORY,
        nothing=_l("Không tính"),
    )
    state_management_rank = one_of(
        _l("Người đạt được tính trình độ quản lý nhà nước"),
        words.STATE_MANAGEMENT,
        nothing=_l("Không tính"),
    )
    skills = CleanText(
        _l("Kỹ năng người đạt có được"),
        limit=4_000,
        description=_l("Mỗi dòng một kỹ năng, bậc trong ngoặc. Ví dụ: Quản lý dự án (3)"),
    )

    @property
    def skill_lines(self) -> list[tuple[str, int | None]]:
        """(text, level or nothing) of each line."""
        lines = [one.strip() for one in str(self.skills.data or "").splitlines()]
        return [_read(one) for one in lines if one]

    def validate_category(self, field: Any) -> None:
        """A degree stands among degrees. Of a kind that is none its own field speaks."""
        if (
            self.kind.data
            and not self.kind.errors
            and field.data
            and not fits(field.data, CourseKind(self.kind.data))
        ):
            raise StopValidation(
                _(
                    "Nhóm này không dành cho %(kind)s",
                    kind=str(words.KIND[CourseKind(self.kind.data)]).lower(),
                )
            )

    def validate_skills(self, _field: Any) -> None:
        """As many as a course can teach."""
        if len(self.skill_lines) > MOST_SKILLS:
            raise StopValidation(_("Nhập không quá %(most)d kỹ năng", most=MOST_SKILLS))


class RequirementForm(WebForm):
    """An office and the course it requires."""

    office_name = CleanString(
        _l("Chức vụ hoặc vị trí việc làm"),
        [Required(_l("Nhập chức vụ hoặc vị trí việc làm"))],
        description=_l("Ghi như trong hồ sơ cán bộ. Ví dụ: Trưởng phòng"),
    )
    course = SelectField(_l("Khóa học bắt buộc"), [Required(_l("Chọn khóa học"))], choices=[])
    office = office_field()
    due_on = day_field(_l("Phải học xong trước ngày"))
    document = CleanString(_l("Văn bản"), limit=DOCUMENT_LIMIT)


class ProgrammePartnerForm(WebForm):
    """An institution beside a whole programme."""

    organisation = named_organisation(_l("Tổ chức"), required=_l("Nhập tên tổ chức"))
    role = one_of(_l("Vai trò"), words.PARTNER, required=_l("Chọn vai trò"))
    country = SelectField(_l("Nước"), choices=[], default="")
    period_start = day_field(_l("Từ ngày"))
    period_end = day_field(_l("Đến hết ngày"))

    def validate_period_end(self, field: Any) -> None:
        """Not before the start."""
        refuse_earlier(field, self.period_start.data)


def refuse_earlier(field: Any, start: Any) -> None:
    """Say so when an end lies before its start."""
    if field.data and start and field.data < start:
        raise StopValidation(
            _("Ngày kết thúc không được trước ngày bắt đầu %(day)s", day=f"{start:%d/%m/%Y}")
        )


def _read(line: str) -> tuple[str, int | None]:
    found = _LEVEL.fullmatch(line)
    return (line, None) if found is None else (found[1], int(found[2]))
