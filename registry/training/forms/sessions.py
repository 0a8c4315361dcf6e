"""Forms of a session: the class itself, its steps, who takes part, results, partners, lecturers, seats."""

from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.validators import StopValidation

from registry.training.forms import words
from registry.training.forms.courses import ProgrammePartnerForm, refuse_earlier
from registry.training.forms.fields import (
    NOTE_LIMIT,
    code_field,
    day_field,
    named_organisation,
    office_field,
    one_of,
    whole,
)
from registry.training.rules import LONGEST_NUMBER, MOST_HOURS, MOST_SEATS, ParticipationState, Result
from registry.web.clock import today
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_GIVEN = {one: text for one, text in words.RESULT.items() if one is not Result.REVOKED}


class SessionForm(WebForm):
    """A class: planned days, mode, place, seats, who answers for it."""

    version = HiddenField()
    code = code_field(_l("Ví dụ: LLCT-TC-K12. Danh sách lớp nhập từ Excel ghi mã này."))
    office = office_field()
    mode = one_of(_l("Cách học"), words.MODE, required=_l("Chọn cách học"))
    site = CleanString(_l("Địa điểm"), description=_l("Ví dụ: Trường Chính trị tỉnh, hội trường A"))
    planned_start = day_field(
        _l("Khai giảng theo kế hoạch"), description=_l("Lớp mở sau ngày này được tính là chậm mở.")
    )
    planned_end = day_field(_l("Bế giảng theo kế hoạch"))
    seats = whole(_l("Số chỗ"), 1, MOST_SEATS)
    owner_name = CleanString(_l("Người phụ trách"))
    note = CleanString(_l("Ghi chú"), limit=NOTE_LIMIT)

    def validate_planned_end(self, field: Any) -> None:
        """Not before the start."""
        refuse_earlier(field, self.planned_start.data)


class MoveForm(WebForm):
    """The day a class began or ended."""

    target = HiddenField()
    on = day_field(_l("Ngày"), required=_l("Nhập ngày"))

    def validate_on(self, field: Any) -> None:
        """A day that has come."""
        refuse_future(field)


class EnrolForm(WebForm):
    """One person of the registry by the code of the record."""

    code = CleanString(
        _l("Mã hồ sơ"), [Required(_l("Nhập mã hồ sơ"))], limit=20, description=_l("Ví dụ: HS-20418")
    )
    sent_by = named_organisation(_l("Cơ quan cử đi học"))


class OutcomeForm(WebForm):
    """Attendance, result, mark, certificate; and until when whoever was sent to study has promised to stay."""

    version = HiddenField()
    state = one_of(_l("Tham gia"), words.PARTICIPATION)
    result = one_of(
        _l("Kết quả"),
        _GIVEN,
        nothing=_l("Chưa có"),
        description=_l("Đạt thì kỹ năng, trình độ của khóa học vào hồ sơ, có minh chứng «từ khóa học»."),
    )
    result_on = day_field(_l("Ngày có kết quả"))
    hours = whole(_l("Số tiết đã học"), 0, MOST_HOURS)
    grade = CleanString(_l("Điểm"), limit=5, description=_l("Thang 10, ví dụ: 8,5"))
    certificate_number = CleanString(_l("Số chứng chỉ"), limit=LONGEST_NUMBER)
    certificate_on = day_field(_l("Ngày cấp chứng chỉ"))
    committed_until = day_field(
        _l("Cam kết công tác đến hết ngày"), description=_l("Cho người được cử đi đào tạo.")
    )

    @property
    def grade_tenths(self) -> int | None:
        """The mark in tenths; None where none was typed, -1 where it is no mark."""
        typed = str(self.grade.data or "").replace(",", ".").strip()
        if not typed:
            return None
        whole_part, _dot, tenth = typed.partition(".")
        is_mark = whole_part.isascii() and whole_part.isdigit() and len(whole_part) <= 2
        is_tenth = not _dot or (tenth.isascii() and tenth.isdigit() and len(tenth) == 1)
        tenths = int(whole_part) * 10 + int(tenth or 0) if is_mark and is_tenth else -1
        return tenths if 0 <= tenths <= 100 else -1

    def validate_grade(self, _field: Any) -> None:
        """A mark of 0 to 10."""
        if self.grade_tenths == -1:
            raise StopValidation(_("Nhập điểm từ 0 đến 10, nhiều nhất một chữ số lẻ, ví dụ 8,5"))

    def validate_result(self, field: Any) -> None:
        """A result is of whoever has finished."""
        if field.data and self.state.data != ParticipationState.COMPLETED.value:
            raise StopValidation(_("Có kết quả thì chọn «Đã học xong» ở mục Tham gia"))

    def validate_result_on(self, field: Any) -> None:
        """A day that has come."""
        refuse_future(field)

    def validate_certificate_on(self, field: Any) -> None:
        """A day that has come."""
        refuse_future(field)


class ManyForm(WebForm):
    """One result for several that were ticked."""

    result = one_of(_l("Kết quả"), _GIVEN, required=_l("Chọn kết quả"))
    result_on = day_field(_l("Ngày có kết quả"), required=_l("Nhập ngày có kết quả"))

    def validate_result_on(self, field: Any) -> None:
        """A day that has come."""
        refuse_future(field)


class RevokeForm(WebForm):
    """Why a result is revoked."""

    reason = CleanString(
        _l("Lý do"),
        [Required(_l("Nhập lý do"))],
        limit=300,
        description=_l("Ví dụ: Quyết định 15/QĐ-TCT ngày 12/10/2026 hủy kết quả thi."),
    )


class PartnerForm(ProgrammePartnerForm):
    """An institution beside a session."""


class LecturerForm(WebForm):
    """Who teaches: somebody in the registry by code, else a name."""

    code = CleanString(
        _l("Mã hồ sơ"), limit=20, description=_l("Người có hồ sơ trong hệ thống, ví dụ: HS-20418")
    )
    name = CleanString(_l("Họ và tên"), description=_l("Chỉ ghi khi người này chưa có hồ sơ."))
    topic = CleanString(_l("Chuyên đề"))
    hours = whole(_l("Số tiết"), 1, MOST_HOURS)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """One of the two."""
        is_right = super().validate(*args, **kwargs)
        if bool(self.code.data) == bool(self.name.data):
            self.code.errors = [_("Ghi mã hồ sơ, hoặc họ và tên khi chưa có hồ sơ")]
            return False
        return is_right


class SeatsForm(WebForm):
    """Seats for one organisation."""

    organisation = named_organisation(_l("Cơ quan, đơn vị"), required=_l("Nhập tên cơ quan, đơn vị"))
    seats = whole(_l("Số chỗ"), 1, MOST_SEATS, required=_l("Nhập số chỗ"))


class SessionChoice(WebForm):
    """Which course a new session is of."""

    course = SelectField(_l("Khóa học"), [Required(_l("Chọn khóa học"))], choices=[])


def refuse_future(field: Any) -> None:
    """Say so when a day has not come."""
    if field.data and field.data > today():
        raise StopValidation(_("Ngày này không được sau hôm nay"))
