"""Forms of signing in, the second factor, roles and states. Passwords pass through as they were typed; nothing here queries."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, PasswordField, SelectField
from wtforms.validators import ValidationError

from registry.accounts.rules import PasswordFault, Role, is_email
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

EMAIL_LIMIT = 254
# How the whole country is written in a form, where an empty value means that nothing was chosen.
WHOLE_COUNTRY = "VN"

ROLE_WORDS = {
    Role.CANDIDATE: _l("Người có hồ sơ"),
    Role.OFFICER: _l("Cán bộ phụ trách"),
    Role.CAMPAIGN_ADMIN: _l("Quản trị chiến dịch"),
    Role.SYSTEM_ADMIN: _l("Quản trị hệ thống"),
    Role.AUDITOR: _l("Kiểm tra, giám sát"),
}

_PASSWORD_WORDS = {
    PasswordFault.TOO_SHORT: _l("Đặt mật khẩu có ít nhất 8 ký tự, càng dài càng tốt"),
    PasswordFault.TOO_LONG: _l("Rút gọn mật khẩu, dài nhất 1.024 byte"),
    PasswordFault.COMMON: _l("Chọn mật khẩu khác: mật khẩu này nằm trong danh sách hay bị đoán"),
    PasswordFault.PREDICTABLE: _l("Chọn mật khẩu khác: dãy phím, ngày tháng và số điện thoại dễ bị đoán"),
    PasswordFault.PERSONAL: _l("Chọn mật khẩu khác, không làm từ tên hay địa chỉ thư của bạn"),
}


def password_sentence(fault: PasswordFault) -> str:
    """How to mend a password that was refused."""
    return str(_PASSWORD_WORDS[fault])


class SignInForm(WebForm):
    """Address and password. `next` is where the person wanted to go."""

    email = CleanString(
        _l("Thư điện tử"), [Required(_l("Nhập địa chỉ thư điện tử của bạn"))], limit=EMAIL_LIMIT, name="email"
    )
    password = PasswordField(_l("Mật khẩu"), [Required(_l("Nhập mật khẩu"))])
    next = HiddenField()


class ChangePasswordForm(WebForm):
    """The password of today proves who asks; the new one is typed once, since browsers show and keep it."""

    current = PasswordField(_l("Mật khẩu hiện nay"), [Required(_l("Nhập mật khẩu hiện nay"))])
    password = PasswordField(
        _l("Mật khẩu mới"),
        [Required(_l("Nhập mật khẩu mới"))],
        description=_l(
            "Ít nhất 8 ký tự, chữ có dấu và dấu cách đều được. Một câu dài dễ nhớ thì khó đoán hơn."
        ),
    )
    again = PasswordField(_l("Nhập lại mật khẩu mới"), [Required(_l("Nhập lại mật khẩu mới"))])

    def validate_again(self, field: PasswordField) -> None:
        """Both new passwords are the same."""
        if self.password.data and field.data != self.password.data:
            raise ValidationError(_("Hai mật khẩu mới chưa giống nhau"))


class CodeForm(WebForm):
    """The six digits of an authenticator app."""

    code = CleanString(
        _l("Mã 6 số"),
        [Required(_l("Nhập mã 6 số trong ứng dụng xác thực"))],
        description=_l("Mở ứng dụng xác thực trên điện thoại và gõ mã đang hiện. Mỗi mã dùng một lần."),
        limit=20,
    )


class RecoveryCodeForm(WebForm):
    """One of the recovery codes."""

    code = CleanString(
        _l("Mã dự phòng"),
        [Required(_l("Nhập một mã dự phòng chưa dùng"))],
        description=_l("Một trong 10 mã bạn đã in hoặc chép lại, ví dụ abcde-fgh23. Mỗi mã dùng một lần."),
        limit=40,
    )


class ProofForm(WebForm):
    """Password and code once more, before something dangerous. The names are used by no other form."""

    proof_password = PasswordField(
        _l("Mật khẩu của bạn"), [Required(_l("Nhập mật khẩu của bạn để xác nhận"))]
    )
    proof_code = CleanString(
        _l("Mã 6 số"),
        [Required(_l("Nhập mã 6 số trong ứng dụng xác thực"))],
        description=_l(
            "Mã đang hiện trong ứng dụng xác thực. Vừa dùng một mã thì đợi mã mới, nhiều nhất 30 giây."
        ),
        limit=20,
    )


class PasskeyForm(WebForm):
    """What the owner calls a passkey, and what the browser answered."""

    name = CleanString(
        _l("Tên khóa"),
        [Required(_l("Đặt tên để sau này nhận ra khóa"))],
        description=_l("Ví dụ: điện thoại của tôi, máy ở cơ quan."),
        limit=60,
    )
    answer = HiddenField()


class AnswerForm(WebForm):
    """What the browser answered to the question of a passkey, and where the person wanted to go."""

    answer = HiddenField()
    next = HiddenField()


class UnitForm(WebForm):
    """Something that counts in a unit; the view passes the units in. What is made of it has the field `unit`."""

    unit: SelectField

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """The units to choose from: (path, name). Nothing is chosen beforehand, least of all the whole country."""
        named = [(path or WHOLE_COUNTRY, name) for path, name in units]
        self.unit.choices = choices([("", _l("Chọn phạm vi")), *named])

    @property
    def unit_path(self) -> str:
        """The path of the chosen unit; "" for the whole country."""
        return "" if self.unit.data == WHOLE_COUNTRY else str(self.unit.data)


class _ScopedRole(UnitForm):
    """A role and where it counts."""

    role = SelectField(
        _l("Vai trò"),
        [Required(_l("Chọn vai trò"))],
        choices=choices(
            [("", _l("Chọn vai trò")), *((role.value, words) for role, words in ROLE_WORDS.items())]
        ),
    )
    unit = SelectField(
        _l("Phạm vi"),
        [Required(_l("Chọn phạm vi"))],
        description=_l("Người này chỉ thấy dữ liệu trong phạm vi được giao."),
    )
    commune = CleanString(
        _l("Mã xã, phường, đặc khu"),
        description=_l("Chỉ điền khi phạm vi là một xã, phường hay đặc khu. Ví dụ 11374."),
        limit=20,
    )


class RoleForm(_ScopedRole):
    """One more role for an account."""


class AccountForm(_ScopedRole):
    """A new account with its first role."""

    email = CleanString(_l("Thư điện tử"), [Required(_l("Nhập địa chỉ thư điện tử"))], limit=EMAIL_LIMIT)
    display_name = CleanString(
        _l("Họ và tên"),
        [Required(_l("Nhập họ và tên"))],
        description=_l("Hiện bên cạnh những việc người này làm."),
        limit=120,
    )

    def validate_email(self, field: Any) -> None:
        """The address has the shape of one."""
        if not is_email(str(field.data or "")):
            raise ValidationError(_("Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn"))


class ReasonForm(WebForm):
    """Why something is ended or reopened; the log keeps it."""

    reason = CleanText(
        _l("Lý do"), [Required(_l("Nhập lý do"))], limit=500, description=_l("Được ghi vào nhật ký.")
    )


class ConfirmForm(WebForm):
    """Nothing but the token: the act itself is what is sent."""
