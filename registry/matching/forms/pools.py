"""The form of a list: its name, what it is kept for, and what a pipeline of leaders states."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import SelectField
from wtforms.validators import StopValidation, ValidationError

from registry.matching.rules.pools import LONGEST_NUMBER, LONGEST_TERM, PoolFacts, PoolKind
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

NAME_LENGTH = 200
POOL: Mapping[PoolKind, Any] = {
    PoolKind.TALENT: _l("Nguồn nhân tài"),
    PoolKind.PIPELINE: _l("Nguồn cán bộ lãnh đạo, quản lý"),
    PoolKind.PANEL: _l("Hội đồng, tổ chuyên gia"),
}
_OF_PIPELINE = _l("(bắt buộc với nguồn cán bộ lãnh đạo, quản lý)")


class _OfPipeline:
    """The field is asked of a pipeline alone."""

    field_flags = {"required_when": _OF_PIPELINE}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:
        if form.kind.data == PoolKind.PIPELINE and not field.data and not field.errors:
            raise StopValidation(str(self.sentence))


class PoolForm(WebForm):
    """A list of people."""

    ten = CleanString(
        _l("Tên danh sách"), [Required(_l("Nhập tên danh sách, tối đa 200 ký tự"))], limit=NAME_LENGTH
    )
    kind = SelectField(
        _l("Loại danh sách"),
        [Required(_l("Chọn loại danh sách"))],
        choices=choices(POOL.items()),
        default=PoolKind.TALENT,
    )
    term = CleanString(
        _l("Nhiệm kỳ"),
        [_OfPipeline(_l("Nhập nhiệm kỳ, ví dụ 2026–2031"))],
        limit=LONGEST_TERM,
        description=_l("Ví dụ: 2026–2031"),
    )
    position = CleanString(
        _l("Chức danh quy hoạch"),
        [_OfPipeline(_l("Nhập chức danh quy hoạch, ví dụ Phó Giám đốc Sở Y tế"))],
        limit=NAME_LENGTH,
        description=_l("Ví dụ: Phó Giám đốc Sở Y tế"),
    )
    decision_number = CleanString(
        _l("Số quyết định phê duyệt quy hoạch"),
        [_OfPipeline(_l("Nhập số quyết định, ví dụ 125-QĐ/TU"))],
        limit=LONGEST_NUMBER,
        description=_l("Ví dụ: 125-QĐ/TU"),
    )
    decided_on = DateBoxes(
        _l("Ngày quyết định"),
        [_OfPipeline(_l("Nhập ngày quyết định"))],
        sentence=_l("Ngày quyết định phải có thật, ví dụ 01 04 2026"),
    )

    def validate_decided_on(self, field: Any) -> None:
        """What is decided was decided by now."""
        decided: date | None = field.data
        if decided is not None and decided > today():
            raise ValidationError(_("Ngày quyết định không được sau hôm nay"))

    def facts(self) -> PoolFacts:
        """What was typed, of a form that was found right."""
        typed = PoolFacts(
            PoolKind(self.kind.data),
            str(self.term.data or ""),
            str(self.position.data or ""),
            str(self.decision_number.data or ""),
            self.decided_on.data,
        )
        return typed.settled()
