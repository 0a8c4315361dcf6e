"""Forms and words of the register of incidents. Nothing is queried."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from wtforms import SelectField

from registry.incidents.rules import FoundBy, IncidentState, IncidentStepKind
from registry.web.choices import choices
from registry.web.clock import LOCAL_ZONE
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

MOST_WORDS = 4000
_TIME = re.compile(r"([01]?\d|2[0-3])[:hg.]([0-5]\d)", re.ASCII)

STATE: Mapping[IncidentState, Any] = {
    IncidentState.OPEN: _l("Đang mở, chưa báo"),
    IncidentState.REPORTED: _l("Đã báo cơ quan có thẩm quyền"),
    IncidentState.TOLD: _l("Đã báo người bị ảnh hưởng"),
    IncidentState.CLOSED: _l("Đã đóng"),
}
STATE_TAG = {
    IncidentState.OPEN: "bad",
    IncidentState.REPORTED: "info",
    IncidentState.TOLD: "info",
    IncidentState.CLOSED: "ok",
}
STEP: Mapping[IncidentStepKind, Any] = {
    IncidentStepKind.RECORDED: _l("Ghi sự cố"),
    IncidentStepKind.DESCRIBED: _l("Mô tả lại"),
    IncidentStepKind.SELECTED: _l("Lấy người bị ảnh hưởng từ nhật ký"),
    IncidentStepKind.ADDED: _l("Thêm một người"),
    IncidentStepKind.REMOVED: _l("Bỏ một người"),
    IncidentStepKind.REPORTED: _l("Báo cơ quan có thẩm quyền"),
    IncidentStepKind.TOLD: _l("Gửi thư cho người bị ảnh hưởng"),
    IncidentStepKind.CLOSED: _l("Đóng"),
}
FOUND: Mapping[FoundBy, Any] = {FoundBy.LOG: _l("từ nhật ký"), FoundBy.HAND: _l("ghi tay")}


class MomentForm(WebForm):
    """A form whose moments are a day and a time of day in Việt Nam."""

    def moment(self, name: str) -> datetime | None:
        """The moment of two fields, aware and in UTC; None, with a sentence on the field, for what is none."""
        day: date | None = self[f"{name}_on"].data
        field: Any = self[f"{name}_time"]
        found = _TIME.fullmatch(field.data or "")
        if found is None:
            field.errors = [_("Giờ phải có dạng 14:30")]
            return None
        at = time(int(found[1]), int(found[2]))
        return None if day is None else datetime.combine(day, at, LOCAL_ZONE).astimezone(UTC)


def _day(label: Any, sentence: Any, description: Any = None) -> DateBoxes:
    return DateBoxes(
        label,
        [Required(sentence)],
        sentence=_l("Ngày phải có thật, ví dụ 25 11 2026"),
        description=description or _l("Ví dụ: 25 11 2026"),
    )


def _hour(label: Any) -> CleanString:
    return CleanString(
        label, [Required(_l("Nhập giờ, ví dụ 14:30"))], limit=5, description=_l("Giờ Việt Nam, ví dụ 14:30")
    )


class IncidentForm(MomentForm):
    """What is told of an incident; the moments only while it is recorded."""

    happened_on = _day(_l("Ngày xảy ra"), _l("Nhập ngày xảy ra; chưa rõ thì ghi ngày sớm nhất có thể"))
    happened_time = _hour(_l("Giờ xảy ra"))
    discovered_on = _day(_l("Ngày phát hiện"), _l("Nhập ngày phát hiện"))
    discovered_time = _hour(_l("Giờ phát hiện"))
    title = CleanString(
        _l("Tên sự cố"),
        [Required(_l("Đặt cho sự cố một tên ngắn"))],
        limit=120,
        description=_l("Ví dụ: Mất máy tính có tệp xuất tháng 11"),
    )
    what = CleanText(_l("Chuyện gì đã xảy ra"), [Required(_l("Ghi chuyện gì đã xảy ra"))], limit=MOST_WORDS)
    systems = CleanText(_l("Hệ thống liên quan"), [Required(_l("Ghi hệ thống liên quan"))], limit=MOST_WORDS)
    kinds = CleanText(
        _l("Loại dữ liệu bị lộ, mất hoặc bị sửa"),
        [Required(_l("Ghi loại dữ liệu"))],
        limit=MOST_WORDS,
        description=_l("Loại, không phải giá trị: họ tên, số điện thoại, minh chứng…"),
    )
    harm = CleanText(_l("Có thể gây hại thế nào"), [Required(_l("Ghi hậu quả có thể có"))], limit=MOST_WORDS)
    measures = CleanText(
        _l("Đã và sẽ làm gì để khắc phục"), [Required(_l("Ghi biện pháp khắc phục"))], limit=MOST_WORDS
    )

    def without_moments(self) -> None:
        """Leave the moments out: they are not changed once the clock runs."""
        for name in ("happened_on", "happened_time", "discovered_on", "discovered_time"):
            del self[name]


TOLD_FIELDS = ("title", "what", "systems", "kinds", "harm", "measures")


class SelectionForm(MomentForm):
    """Which events of the log name the people affected."""

    since_on = _day(_l("Từ ngày"), _l("Nhập ngày bắt đầu"))
    since_time = _hour(_l("Từ giờ"))
    until_on = _day(_l("Đến ngày"), _l("Nhập ngày kết thúc"))
    until_time = _hour(_l("Đến giờ"))
    account = CleanString(
        _l("Tài khoản đã xem"), description=_l("Thư điện tử của tài khoản; để trống: mọi tài khoản.")
    )
    need = CleanString(_l("Cho nhu cầu"), limit=40, description=_l("Mã nhu cầu; để trống: mọi nhu cầu."))
    action = SelectField(_l("Loại việc trong nhật ký"), choices=[])

    def offer(self, actions: list[tuple[str, Any]]) -> None:
        """The kinds of events there are."""
        self.action.choices = choices([("", _("Mọi loại việc")), *actions])


class PersonForm(WebForm):
    """One person to be added, and why."""

    code = CleanString(_l("Mã hồ sơ"), [Required(_l("Nhập mã hồ sơ, ví dụ HS-20418"))], limit=20)
    reason = CleanText(_l("Vì sao người này bị ảnh hưởng"), [Required(_l("Ghi lý do"))], limit=MOST_WORDS)


class ReasonForm(WebForm):
    """Why somebody is taken off the list."""

    reason = CleanText(
        _l("Vì sao người này không bị ảnh hưởng"), [Required(_l("Ghi lý do"))], limit=MOST_WORDS
    )


class ReportForm(MomentForm):
    """That the authority had the report."""

    reported_on = _day(_l("Ngày báo"), _l("Nhập ngày báo"))
    reported_time = _hour(_l("Giờ báo"))
    words = CleanText(
        _l("Báo cho cơ quan nào, bằng văn bản số mấy"),
        [Required(_l("Ghi cơ quan nhận và số văn bản"))],
        limit=MOST_WORDS,
    )
    late = CleanText(
        _l("Vì sao trễ hạn"), limit=MOST_WORDS, description=_l("Bắt buộc khi lúc báo đã quá hạn.")
    )


class CloseForm(WebForm):
    """How an incident ended."""

    words = CleanText(_l("Kết quả xử lý"), [Required(_l("Ghi kết quả xử lý"))], limit=MOST_WORDS)


class TellForm(WebForm):
    """That the letters may go: nothing but the token."""
