"""Forms of places: what kind of area a unit is."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, SelectMultipleField

from registry.places.rules import AreaKind
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import lazy_gettext as _l

AREA_LABELS: dict[AreaKind, Any] = {
    AreaKind.MOUNTAIN: _l("Miền núi"),
    AreaKind.BORDER: _l("Biên giới"),
    AreaKind.ISLAND: _l("Hải đảo"),
    AreaKind.RURAL: _l("Nông thôn"),
    AreaKind.MINORITY: _l("Vùng đồng bào dân tộc thiểu số"),
    AreaKind.DIFFICULT: _l("Vùng có điều kiện khó khăn"),
    AreaKind.PRIORITY: _l("Địa bàn ưu tiên của tỉnh"),
}
_LONGEST_DOCUMENT = 200


class AreaForm(WebForm):
    """What a document says of a unit, or of one it came from, from a day on."""

    unit = SelectField(
        _l("Ghi cho"),
        [Required(_l("Chọn đơn vị"))],
        choices=[],
        description=_l(
            "Văn bản cũ thường ghi theo huyện: chọn huyện cũ, các xã mới của huyện được hưởng theo"
        ),
    )
    kinds = SelectMultipleField(
        _l("Đặc điểm"),
        choices=choices((kind.value, label) for kind, label in AREA_LABELS.items()),
        description=_l(
            "Ghi đủ trong một lần: đặc điểm không đánh dấu là không có. Không đánh dấu gì nghĩa là từ ngày ấy không còn đặc điểm nào"
        ),
    )
    valid_from = DateBoxes(
        _l("Từ ngày"),
        [Required(_l("Nhập ngày bắt đầu"))],
        sentence=_l("Ngày bắt đầu phải có thật, ví dụ 01/01/2024"),
    )
    document = CleanString(
        _l("Theo văn bản"),
        [Required(_l("Nhập số và ngày của văn bản"))],
        limit=_LONGEST_DOCUMENT,
        description=_l("Ví dụ: Quyết định 861/QĐ-TTg ngày 04/06/2021"),
    )

    @classmethod
    def about(cls, units: Sequence[tuple[str, str]], **more: Any) -> "AreaForm":
        """The form with these units to choose from, as (row id, words)."""
        form = cls(**more)
        form.unit.choices = choices(units)
        return form

    @property
    def said(self) -> frozenset[AreaKind]:
        """What was ticked."""
        return frozenset(map(AreaKind, self.kinds.data or ()))
