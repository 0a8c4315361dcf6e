"""Words and the filter of the log page: what events are called, and how the address narrows them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from werkzeug.datastructures import MultiDict

from registry.accounts.forms import ROLE_WORDS
from registry.web.clock import LOCAL_ZONE
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_NOUNS: dict[str, Any] = {
    "access": _l("Quyền vào trang"),
    "account": _l("Tài khoản"),
    "audit": _l("Nhật ký"),
    "availability": _l("Nguyện vọng"),
    "consent": _l("Đồng ý"),
    "education": _l("Học vấn"),
    "evidence": _l("Minh chứng"),
    "experience": _l("Kinh nghiệm"),
    "import": _l("Nhập tệp"),
    "language_claim": _l("Ngoại ngữ"),
    "limit": _l("Giới hạn"),
    "match": _l("Xếp hạng"),
    "need": _l("Nhu cầu"),
    "organisation": _l("Đơn vị"),
    "people": _l("Danh sách ứng viên"),
    "person": _l("Hồ sơ"),
    "sign_in": _l("Đăng nhập"),
    "skill": _l("Kỹ năng"),
    "skill_claim": _l("Kỹ năng của ứng viên"),
    "stream": _l("Chuỗi nhật ký"),
    "vocabulary": _l("Danh mục kỹ năng"),
}

_VERBS: dict[str, Any] = {
    "all_ended": _l("kết thúc mọi phiên"),
    "changed": _l("sửa"),
    "closed": _l("đóng"),
    "commit": _l("ghi vào sổ"),
    "confirmed": _l("xác nhận"),
    "created": _l("tạo"),
    "done": _l("thành công"),
    "edited": _l("sửa"),
    "ended": _l("kết thúc"),
    "given": _l("ghi nhận"),
    "kept": _l("lưu"),
    "listed": _l("xem"),
    "loaded": _l("nạp"),
    "moved": _l("chuyển"),
    "opened": _l("mở"),
    "password_changed": _l("đổi mật khẩu"),
    "read": _l("xem"),
    "refused": _l("bị từ chối"),
    "registered": _l("đăng ký"),
    "reopened": _l("mở lại"),
    "revised": _l("sửa"),
    "role_ended": _l("kết thúc vai trò"),
    "role_granted": _l("giao vai trò"),
    "sign_in": _l("thử đăng nhập quá nhiều"),
    "suspended": _l("tạm khóa"),
    "undo": _l("hoàn tác"),
    "verified": _l("xác minh"),
    "withdrawn": _l("rút lại"),
}


_FIELDS: dict[str, Any] = {
    "at": _l("Lúc"),
    "birth_on": _l("Ngày sinh"),
    "count": _l("Số lượng"),
    "device": _l("Thiết bị"),
    "display_name": _l("Họ và tên"),
    "doi-tuong": _l("Mã đối tượng"),
    "email": _l("Thư điện tử"),
    "ends_on": _l("Đến ngày"),
    "full_name": _l("Họ và tên"),
    "limit": _l("Giới hạn"),
    "method": _l("Cách gửi"),
    "nguoi": _l("Người làm"),
    "organisation_path": _l("Đơn vị"),
    "permission": _l("Quyền cần có"),
    "purpose": _l("Mục đích"),
    "role": _l("Vai trò"),
    "source": _l("Dấu mạng"),
    "starts_on": _l("Từ ngày"),
    "state": _l("Trạng thái"),
    "temporary": _l("Dùng một lần"),
    "title": _l("Tên"),
    "unit_path": _l("Phạm vi"),
    "viec": _l("Việc"),
    "why": _l("Vì sao"),
}

_VALUES: dict[str, Any] = {
    **{role.value: words for role, words in ROLE_WORDS.items()},
    "wrong_password": _l("sai mật khẩu"),
    "unknown": _l("không có tài khoản"),
    "temporary_password_overdue": _l("mật khẩu dùng một lần đã hết hạn"),
    "signed_out": _l("đăng xuất"),
    "ended_by_owner": _l("chủ tài khoản kết thúc"),
    "password_changed": _l("đổi mật khẩu"),
    "suspended": _l("tạm khóa"),
    "closed": _l("đã đóng"),
    "account_from_network": _l("một tài khoản từ một mạng"),
    "account": _l("một tài khoản"),
    "network": _l("một mạng"),
    "everybody": _l("mọi người"),
}
_LONGEST_VALUE = 60


def field_words(name: str) -> str:
    """A field as people read it; one without a word is shown as it is named."""
    return str(_FIELDS.get(name, name.replace("_", " ")))


def value_words(value: Any) -> str:
    """A plain value of the log in words, cut where it would only be noise."""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, list):
        return value_words(", ".join(value_words(member) for member in cast("list[Any]", value)))
    text = str(_VALUES.get(value, value) if isinstance(value, str) else value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def action_words(action: str) -> str:
    """An action as people read it («Nhu cầu: đóng»); the parts without a word stay as they are named."""
    noun, _dot, verb = action.partition(".")
    if not verb:
        return action
    return _("%(noun)s: %(verb)s", noun=_NOUNS.get(noun, noun), verb=_VERBS.get(verb, verb.replace("_", " ")))


@dataclass(frozen=True)
class LogFilter:
    """What the address of the log page asks for, as it was typed."""

    actor: str
    action: str
    subject: str
    since: str
    until: str

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> "LogFilter":
        """Read the filter from the address."""
        return cls(
            *(arguments.get(name, "").strip()[:80] for name in ("nguoi", "viec", "doi-tuong", "tu", "den"))
        )

    @property
    def address(self) -> dict[str, str]:
        """The same filter for a link to another page of it."""
        names = ("nguoi", "viec", "doi-tuong", "tu", "den")
        values = (self.actor, self.action, self.subject, self.since, self.until)
        return {name: value for name, value in zip(names, values, strict=True) if value}

    @property
    def begins_at(self) -> datetime | None:
        """The start of the first day."""
        return _midnight(_day(self.since))

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last day, which counts too."""
        last = _day(self.until)
        return _midnight(None if last is None else last + timedelta(days=1))

    @property
    def wrong_days(self) -> list[tuple[str, str]]:
        """(field id, sentence) of the days that are none."""
        typed = (("tu", self.since), ("den", self.until))
        sentence = _("Nhập ngày có thật, ví dụ 15/08/2026")
        return [(name, sentence) for name, text in typed if text and _day(text) is None]


def _day(text: str) -> date | None:
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, shape).replace(tzinfo=LOCAL_ZONE).date()
        except ValueError:
            continue
    return None


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(0), tzinfo=LOCAL_ZONE)
