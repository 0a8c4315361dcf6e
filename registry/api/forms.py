"""The form of a new key. Shape and words; no database."""

from datetime import timedelta

from wtforms import SelectField, SelectMultipleField

from registry.accounts.forms.accounts import UnitForm
from registry.api.models import NAME_LIMIT
from registry.api.rules import ApiScope
from registry.web.choices import choices
from registry.web.forms import CleanString, Required
from registry.web.i18n import lazy_gettext as _l

SCOPE_WORDS = {
    ApiScope.PEOPLE_READ: _l("Đọc hồ sơ người (tên ẩn như trên màn hình)"),
    ApiScope.NEEDS_READ: _l("Đọc nhu cầu"),
    ApiScope.NEEDS_WRITE: _l("Tạo và sửa bản nháp nhu cầu"),
    ApiScope.MATCHES_READ: _l("Đọc xếp hạng của nhu cầu kèm giải thích"),
    ApiScope.SKILLS_READ: _l("Đọc danh mục kỹ năng, nhận dạng kỹ năng"),
    ApiScope.PLACES_READ: _l("Đọc địa bàn và đơn vị kế thừa"),
    ApiScope.CHANGES_READ: _l("Theo dõi hồ sơ, và nhu cầu nếu đọc được, nào vừa thay đổi"),
}


class TokenForm(UnitForm):
    """Which system, what it may do, where, for how long. Nothing is ticked beforehand."""

    name = CleanString(
        _l("Tên hệ thống"),
        [Required(_l("Nhập tên hệ thống sẽ dùng khóa"))],
        limit=NAME_LIMIT,
        description=_l("Người có hồ sơ thấy tên này ở «Ai đã xem tôi». Ví dụ: Phần mềm nhân sự Sở Nội vụ."),
    )
    scopes = SelectMultipleField(
        _l("Được làm gì"),
        [Required(_l("Chọn ít nhất một quyền"))],
        choices=choices((scope.value, words) for scope, words in SCOPE_WORDS.items()),
    )
    unit = SelectField(
        _l("Phạm vi"),
        [Required(_l("Chọn phạm vi"))],
        description=_l("Khóa chỉ thấy dữ liệu trong phạm vi này."),
    )
    days = SelectField(
        _l("Hết hạn sau"),
        [Required(_l("Chọn thời hạn"))],
        choices=choices(
            [
                ("", _l("Chọn thời hạn")),
                ("30", _l("30 ngày")),
                ("90", _l("90 ngày")),
                ("180", _l("180 ngày")),
                ("365", _l("365 ngày")),
            ]
        ),
        description=_l("Dài nhất một năm. Hết hạn thì tạo khóa mới."),
    )

    @property
    def lives(self) -> timedelta:
        """How long the key is to open."""
        return timedelta(days=int(str(self.days.data)))
