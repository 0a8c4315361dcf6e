"""The one door to Flask-WTF: the base form, its Vietnamese messages and the fields that clean what is typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast

from flask import Blueprint, Flask, g
from flask_wtf import CSRFProtect, FlaskForm  # pyright: ignore[reportUnknownVariableType] - it ships no types
from flask_wtf.csrf import CSRFError, generate_csrf  # pyright: ignore[reportUnknownVariableType]
from wtforms import Field, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from registry.text import TextRefused, clean
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.tokens import covered, uncovered

View = TypeVar("View", bound=Callable[..., Any])

__all__ = ["CSRFError", "CleanString", "CleanText", "Required", "WebForm", "WholeNumber", "csrf", "install"]

_COVERED = "covered_token"
_MOST = 2**31 - 1


class _Guard(CSRFProtect):  # pyright: ignore[reportUntypedBaseClass] - Flask-WTF ships no types
    """Flask-WTF's guard; it is given the token that came, uncovered."""

    def _get_csrf_token(self) -> str | None:
        sent: Any = super()._get_csrf_token()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return uncovered(str(sent)) if sent else None


csrf = _Guard()


def install(app: Flask) -> None:
    """Guard every unsafe request with a token, with or without a form object."""
    csrf.init_app(app)  # pyright: ignore[reportUnknownMemberType]
    app.add_template_global(shown_token, "csrf_token")
    app.context_processor(lambda: {"csrf_token": shown_token})  # Flask-WTF has one, and it hides the global


def shown_token() -> str:
    """The covered token of this request: every form of a page shows the same, so that repeating it weighs nothing."""
    if _COVERED not in g:
        setattr(g, _COVERED, covered(str(generate_csrf())))
    return str(g.get(_COVERED))


class _Words:
    """WTForms speaks no Vietnamese; these are its sentences in ours (msgid → sentence)."""

    words: ClassVar[dict[str, Any]] = {
        "This field is required.": _l("Nhập mục này"),
        "Not a valid choice.": _l("Chọn một mục trong danh sách"),
        "Not a valid choice": _l("Chọn một mục trong danh sách"),
        "'%(value)s' is not a valid choice for this field.": _l("Chọn một mục trong danh sách"),
        "'%(value)s' are not valid choices for this field.": _l("Chọn một mục trong danh sách"),
        "Invalid Choice: could not coerce.": _l("Chọn một mục trong danh sách"),
        "Not a valid integer value.": _l("Nhập một số nguyên, ví dụ 12"),
        "Not a valid decimal value.": _l("Nhập một số, ví dụ 12,5"),
        "Not a valid float value.": _l("Nhập một số, ví dụ 12,5"),
        "Not a valid date value.": _l("Nhập ngày có thật, ví dụ 15/08/1990"),
        "Invalid email address.": _l("Nhập địa chỉ thư điện tử đúng, ví dụ ten@vidu.vn"),
        "Number must be between %(min)s and %(max)s.": _l("Nhập số từ %(min)s đến %(max)s"),
        "Number must be at least %(min)s.": _l("Nhập số từ %(min)s trở lên"),
        "Number must be at most %(max)s.": _l("Nhập số không quá %(max)s"),
    }

    def gettext(self, string: str) -> str:
        found = self.words.get(string)
        return string if found is None else str(found)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        if "longer than" in singular:
            return _("Rút gọn còn không quá %%(max)d ký tự")
        if "at least" in singular:
            return _("Nhập ít nhất %%(min)d ký tự")
        return self.gettext(singular if n == 1 else plural)


class _CoveredToken(FlaskForm.Meta.csrf_class):  # pyright: ignore[reportGeneralTypeIssues, reportUntypedBaseClass, reportUnknownMemberType]
    """The token field of a form; the guard has judged what was sent before a form is made."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        return shown_token()


class WebForm(FlaskForm):  # pyright: ignore[reportUntypedBaseClass] - Flask-WTF ships no types
    """Every form of the product. Subclasses say shape and words; they never query."""

    class Meta(FlaskForm.Meta):  # pyright: ignore[reportUntypedBaseClass, reportUnknownMemberType]
        csrf_class = _CoveredToken

        def get_translations(self, form: Any) -> _Words:
            return _Words()

    def error_list(self) -> list[tuple[str, str]]:
        """(field id, sentence) for the summary at the top, in the order of the fields."""
        found: list[tuple[str, str]] = []
        fields: Any = self
        for field in fields:
            found.extend((str(field.id), str(sentence)) for sentence in _flat(field.errors))
        return found


class Required:
    """The field must be filled; the sentence names what to enter («Nhập họ và tên»)."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Field) -> None:
        value: Any = field.data
        if value is None or (isinstance(value, str) and not value.strip()) or value == []:
            field.errors = []  # pyright: ignore[reportAttributeAccessIssue] - one sentence is enough
            raise StopValidation(str(self.sentence))


class _Cleaned:
    """Mixed into a text field: NFC, trimmed, without control or direction marks, of bounded length.

    What was typed stays in the field when it is refused, so that nothing is lost.
    """

    limit: int
    multiline: bool
    data: Any

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            self.data = clean(str(self.data), limit=self.limit, multiline=self.multiline)
        except TextRefused as refused:
            raise ValidationError(refusal_sentence(refused, self.limit)) from refused


def refusal_sentence(refused: TextRefused, limit: int) -> str:
    """How to mend a text that was refused."""
    if refused.reason == "too_long":
        return _("Rút gọn còn không quá %(limit)d ký tự", limit=limit)
    if refused.reason == "bidi":
        return _("Bỏ ký tự đổi chiều chữ (ký tự ẩn), rồi nhập lại")
    if refused.reason == "control":
        return _("Bỏ ký tự điều khiển (ký tự ẩn), rồi nhập lại")
    return _("Chữ không đọc được. Nhập lại bằng bảng mã Unicode")


class CleanString(_Cleaned, StringField):
    """One line of text."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] = (),
        *,
        limit: int = 200,
        **kwargs: Any,
    ) -> None:
        self.limit, self.multiline = limit, False
        super().__init__(label, [*validators, *_optional(validators)], **kwargs)


class CleanText(_Cleaned, TextAreaField):
    """Several lines of text."""

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] = (),
        *,
        limit: int = 4000,
        **kwargs: Any,
    ) -> None:
        self.limit, self.multiline = limit, True
        super().__init__(label, [*validators, *_optional(validators)], **kwargs)


class WholeNumber(IntegerField):
    """A whole number. What is no number is said once: that it also is out of range would be no help.

    A number beyond every range is held at the largest of a column: to compare one of hundreds of digits with a range
    raises OverflowError.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed as a number, no further away than a column can hold."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = max(-_MOST, min(_MOST, self.data))

    def pre_validate(self, form: Any) -> None:
        if self.process_errors and any(str(typed).strip() for typed in self.raw_data or ()):
            raise StopValidation


def _optional(validators: Sequence[Callable[..., Any]]) -> list[Any]:
    needed = any(isinstance(validator, Required | Length) for validator in validators)
    return [] if needed else [Optional()]


def _flat(errors: Any) -> list[Any]:
    """The sentences of a field, also of the rows inside a list or a sub-form."""
    if isinstance(errors, Mapping):
        nested = cast("Mapping[str, Any]", errors)
        return [sentence for inner in nested.values() for sentence in _flat(inner)]
    if isinstance(errors, list | tuple):
        rows = cast("Sequence[Any]", errors)
        return [sentence for inner in rows for sentence in _flat(inner)]
    return [errors] if errors else []


def exempt_programs(blueprint: Blueprint) -> None:
    """Let the addresses for programs do without a token: they look at no cookie, so nobody's browser can be misled."""
    csrf.exempt(blueprint)  # pyright: ignore[reportUnknownMemberType]


def exempt_from_token(view: View) -> View:
    """Let a view that no form of ours posts to (a browser's report) do without a token."""
    csrf.exempt(view)  # pyright: ignore[reportUnknownMemberType]
    return view
