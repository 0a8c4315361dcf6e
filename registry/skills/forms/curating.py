"""The forms of curators: names, concepts, relations, merging, splitting. Shapes and words; nothing is queried."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from registry.skills.forms.words import FAMILIES, KINDS, LANGUAGES, SCALES, SECTORS
from registry.skills.rules import LabelKind, LabelLanguage, LevelScale
from registry.text import accented_key, match_key
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, Required, WebForm
from registry.web.i18n import lazy_gettext as _l

_LONGEST_NAME = 200
_LONGEST_CONTEXT = 500
_LONGEST_SECTORS = 200


def _fits_written_out(_form: Any, field: Field) -> None:
    """Names are kept written out for comparing, too, where one sign («ﬃ») may be three letters."""
    text = field.data or ""
    if max(len(match_key(text)), len(accented_key(text))) > _LONGEST_NAME:
        raise ValidationError(_l("Tên gọi quá dài khi các ký tự ghép được viết tách ra. Hãy rút ngắn"))


def _fits_beside_each_other(_form: Any, field: Field) -> None:
    if len("|".join(field.data or ())) > _LONGEST_SECTORS:
        raise ValidationError(_l("Chọn ít lĩnh vực hơn, chỉ những lĩnh vực mà chữ này hiểu như vậy"))


def _options(words: Any) -> list[Any]:
    return choices((one.value, text) for one, text in words.items())


class OfferedConcepts(RadioField):
    """Concepts a typed text may mean; `hints` says of each value what tells it from the others."""

    hints: Mapping[str, str]

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        self.hints = {}
        super().__init__(label, choices=[], validate_choice=False, **kwargs)
        self.flags.required = True  # a question is shown only where it has to be answered


class ChoosingForm(WebForm):
    """A form that asks for a concept by any of its names; `asked` is the text the offers were made for."""

    concept = CleanString(
        _l("Kỹ năng"),
        [Required(_l("Nhập tên một kỹ năng trong danh mục"))],
        limit=_LONGEST_NAME,
        description=_l("Tên, viết tắt, tiếng Anh hoặc mã"),
    )
    choice = OfferedConcepts(_l("Chọn kỹ năng"))
    asked = CleanString(limit=_LONGEST_NAME)


class LabelForm(WebForm):
    """A new name of a concept."""

    term = HiddenField()
    text = CleanString(
        _l("Tên gọi"),
        [Required(_l("Nhập tên gọi")), _fits_written_out],
        limit=_LONGEST_NAME,
        description=_l("Đúng như người ta viết, ví dụ «kế toán trưởng»"),
    )
    language = RadioField(
        _l("Ngôn ngữ"),
        [Required(_l("Chọn ngôn ngữ"))],
        choices=_options(LANGUAGES),
        default=LabelLanguage.VI.value,
    )
    kind = RadioField(
        _l("Loại"), [Required(_l("Chọn loại"))], choices=_options(KINDS), default=LabelKind.ALIAS.value
    )
    is_ambiguous = BooleanField(
        _l("Chữ này nhiều nghĩa"),
        description=_l("Dùng khi kỹ năng khác cũng được gọi như vậy; ghi ở dưới khi nào hiểu là kỹ năng này"),
    )
    sectors = SelectMultipleField(
        _l("Khi nói về lĩnh vực"), [_fits_beside_each_other], choices=_options(SECTORS)
    )
    words = CleanText(
        _l("Khi đứng cạnh các từ"),
        limit=_LONGEST_CONTEXT,
        description=_l("Mỗi dòng một từ, ví dụ «gia công»"),
    )


class _NamesForm(WebForm):
    """What a concept is called and where it belongs."""

    vi = CleanString(
        _l("Tên tiếng Việt"),
        [Required(_l("Nhập tên tiếng Việt")), _fits_written_out],
        limit=_LONGEST_NAME,
    )
    en = CleanString(_l("Tên tiếng Anh"), [_fits_written_out], limit=_LONGEST_NAME)
    family = SelectField(_l("Nhóm"), [Required(_l("Chọn nhóm"))], choices=_options(FAMILIES))
    sector = SelectField(_l("Lĩnh vực"), [Required(_l("Chọn lĩnh vực"))], choices=_options(SECTORS))


class EditConceptForm(_NamesForm):
    """Other names or another place of a concept. Its scale stays: levels have been stated on it."""


class NewConceptForm(_NamesForm):
    """A concept of this installation; `term` is the kept text it is made for."""

    term = HiddenField()
    scale = RadioField(
        _l("Thang bậc"),
        [Required(_l("Chọn thang bậc"))],
        choices=_options(SCALES),
        default=LevelScale.GENERAL.value,
        description=_l("Không đổi được về sau, vì bậc đã khai sẽ mất nghĩa"),
    )
    broader = CleanString(
        _l("Thuộc kỹ năng rộng hơn"),
        limit=_LONGEST_NAME,
        description=_l("Tên một kỹ năng trong danh mục; để trống nếu không có"),
    )
    choice = OfferedConcepts(_l("Chọn kỹ năng rộng hơn"))
    asked = CleanString(limit=_LONGEST_NAME)


class SplitForm(_NamesForm):
    """The labels that go to a new concept, and its names."""

    labels = SelectMultipleField(
        _l("Tên gọi chuyển sang kỹ năng mới"), [Required(_l("Chọn ít nhất một tên gọi"))], choices=[]
    )


class RelationForm(ChoosingForm):
    """Another concept and how the two are related."""

    kind = RadioField(
        _l("Quan hệ"),
        [Required(_l("Chọn quan hệ"))],
        choices=choices([("broader", _l("Rộng hơn kỹ năng này")), ("related", _l("Gần với kỹ năng này"))]),
        default="broader",
    )
