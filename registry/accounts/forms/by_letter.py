"""Forms that go with a letter: registering, a code, a forgotten password, another address."""

from typing import Any

from wtforms import PasswordField
from wtforms.validators import ValidationError

from registry.accounts.forms.accounts import EMAIL_LIMIT
from registry.accounts.rules import is_email
from registry.web.forms import CleanString, Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_PASSWORD_HINT = _l("Ít nhất 8 ký tự, chữ có dấu và dấu cách đều được. Một câu dài dễ nhớ thì khó đoán hơn.")


class _WithAddress(WebForm):
    """An address that letters will go to."""

    email = CleanString(
        _l("Thư điện tử"), [Required(_l("Nhập địa chỉ thư điện tử của bạn"))], limit=EMAIL_LIMIT, name="email"
    )

    def validate_email(self, field: Any) -> None:
        """The address has the shape of one."""
        if not is_email(str(field.data or "")):
            raise ValidationError(_("Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn"))


class RegistrationForm(_WithAddress):
    """An account for oneself. The password is typed once: whoever mistypes it sets another by letter."""

    display_name = CleanString(
        _l("Họ và tên"),
        [Required(_l("Nhập họ và tên"))],
        description=_l("Tên hiện trên trang sau khi bạn đăng nhập."),
        limit=120,
    )
    password = PasswordField(_l("Mật khẩu"), [Required(_l("Nhập mật khẩu"))], description=_PASSWORD_HINT)


class SignOnAccountForm(WebForm):
    """An account for somebody whose address the sign-in service has verified."""

    display_name = CleanString(
        _l("Họ và tên"),
        [Required(_l("Nhập họ và tên"))],
        description=_l("Tên hiện trên trang sau khi bạn đăng nhập."),
        limit=120,
    )
    password = PasswordField(_l("Mật khẩu"), [Required(_l("Nhập mật khẩu"))], description=_PASSWORD_HINT)


class LetterCodeForm(WebForm):
    """The code of a letter."""

    code = CleanString(
        _l("Mã xác nhận"),
        [Required(_l("Nhập mã trong thư"))],
        description=_l("Sáu chữ số trong thư vừa gửi."),
        limit=20,
    )


class ConfirmRegistrationForm(WebForm):
    """Where a letter is opened in another browser than the one of the registration, its password tells who it is."""

    password = PasswordField(
        _l("Mật khẩu"),
        [Required(_l("Nhập mật khẩu bạn đã chọn khi đăng ký"))],
        description=_l("Mật khẩu bạn đã chọn khi đăng ký, để chắc chắn chính bạn đã đăng ký."),
    )


class KnownPasswordForm(WebForm):
    """The password of an account there is already."""

    password = PasswordField(_l("Mật khẩu"), [Required(_l("Nhập mật khẩu"))])


class ForgottenForm(_WithAddress):
    """Whose password is forgotten."""


class NewPasswordForm(WebForm):
    """A new password behind a link that proves who asks."""

    password = PasswordField(
        _l("Mật khẩu mới"), [Required(_l("Nhập mật khẩu mới"))], description=_PASSWORD_HINT
    )
    again = PasswordField(_l("Nhập lại mật khẩu mới"), [Required(_l("Nhập lại mật khẩu mới"))])

    def validate_again(self, field: PasswordField) -> None:
        """Both new passwords are the same."""
        if self.password.data and field.data != self.password.data:
            raise ValidationError(_("Hai mật khẩu mới chưa giống nhau"))


class OwnEmailForm(_WithAddress):
    """Another address for one's own account; the password proves who asks."""

    email = CleanString(
        _l("Địa chỉ thư mới"), [Required(_l("Nhập địa chỉ thư mới"))], limit=EMAIL_LIMIT, name="email"
    )
    current = PasswordField(_l("Mật khẩu hiện nay"), [Required(_l("Nhập mật khẩu hiện nay"))])
