"""Fields several forms of the room share. `offer` fills what only the view knows."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import SelectField
from wtforms.validators import NumberRange, Optional

from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import CleanString, Required, WholeNumber
from registry.web.i18n import lazy_gettext as _l

CODE_LIMIT = 40
DOCUMENT_LIMIT = 500
CURRICULUM_LIMIT = 8_000
NOTE_LIMIT = 500
Choice = tuple[str, Any]


def day_field(label: Any, *, required: Any = None, description: Any = None) -> DateBoxes:
    """A day in three boxes."""
    return DateBoxes(
        label,
        [] if required is None else [Required(required)],
        sentence=_l("Ngày phải có thật, ví dụ 25 11 2026"),
        description=description or "",
    )


def code_field(example: Any) -> CleanString:
    """A code that people write: each has its own."""
    return CleanString(_l("Mã"), [Required(_l("Nhập mã"))], limit=CODE_LIMIT, description=example)


def named_organisation(label: Any, *, required: Any = None, description: Any = None) -> CleanString:
    """An organisation by its name; the view finds it."""
    return CleanString(
        label,
        [] if required is None else [Required(required)],
        description=description or _l("Gõ tên như trong danh sách đơn vị."),
    )


def office_field() -> SelectField:
    """The office that keeps the row: what it is seen by. The view offers those of the writer."""
    return SelectField(_l("Đơn vị quản lý"), [Required(_l("Chọn đơn vị quản lý"))], choices=[])


class AlwaysSays:
    """For lists that hold an answer from the start: marking them «(không bắt buộc)» would be noise."""

    field_flags = {"required": True}  # noqa: RUF012 - WTForms reads it from the class

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to check: the list itself refuses what it does not offer."""


def one_of(
    label: Any, words: Mapping[Any, Any], *, required: Any = None, nothing: Any = None, description: Any = ""
) -> SelectField:
    """One of a closed list; `nothing` is what the empty choice says, where there is one."""
    empty: list[Choice] = [("", nothing or _l("Chọn"))] if nothing is not None or required is not None else []
    return SelectField(
        label,
        [Required(required)] if required is not None else [] if empty else [AlwaysSays()],
        choices=choices([*empty, *((str(code), text) for code, text in words.items())]),
        default="" if empty else None,
        description=description,
    )


def whole(label: Any, least: int, most: int, *, required: Any = None, description: Any = "") -> WholeNumber:
    """A whole number within bounds."""
    first = Optional() if required is None else Required(required)
    return WholeNumber(label, [first, NumberRange(min=least, max=most)], description=description)


def offered(pairs: Iterable[Choice], first: Choice | None = None) -> list[Any]:
    """Choices for a select that the view fills."""
    return choices([*([first] if first else []), *pairs])
