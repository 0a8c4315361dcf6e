"""Fields of the room: partial dates in three boxes, text read by a rule, places and countries as typed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from wtforms import Field, RadioField, SelectField
from wtforms.validators import StopValidation, ValidationError

from registry.people.rules import PartialDate, Problem, parse_birth_date, parse_date
from registry.web.choices import choices
from registry.web.clock import today
from registry.web.forms import CleanString
from registry.web.i18n import gettext as _

_LONGEST_PART = 60


def words_of(problem: Problem) -> str:
    """The sentence of a problem in the language of the page."""
    return _(problem.sentence, **problem.params)


class PartialDateBoxes(Field):
    """Day, month and year in three boxes; day, or day and month, may stay empty where `whole` is not asked.

    Pasting a whole date into one box works too. `data` is a PartialDate or None; `parts` is what was typed.
    """

    parts: tuple[str, str, str] = ("", "", "")
    data: Any

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] = (),
        *,
        whole: bool = False,
        is_birth: bool = False,
        **kwargs: Any,
    ) -> None:
        self.whole, self.is_birth = whole, is_birth
        super().__init__(label, list(validators), **kwargs)

    def _value(self) -> str:
        return "/".join(self.parts) if any(self.parts) else ""

    def process_data(self, value: PartialDate | date | None) -> None:
        """Show a stored date."""
        if isinstance(value, date):
            value = PartialDate(value.year, value.month, value.day)
        self.data = value
        if value is None:
            self.parts = ("", "", "")
        else:
            self.parts = (_box(value.day), _box(value.month), str(value.year))

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was typed; sentences of ValueError become the field's errors."""
        if not valuelist:
            return
        self.parts = _boxes([str(value).strip()[:_LONGEST_PART] for value in valuelist])
        self.data = None
        if any(self.parts):
            self.data = self._read()

    def _read(self) -> PartialDate:
        day, month, year = self.parts
        has_hole = bool(day) and not month
        text = "?" if has_hole or not year else "/".join(part for part in self.parts if part)
        found = parse_birth_date(text, today()) if self.is_birth else parse_date(text)
        if isinstance(found, Problem):
            raise ValueError(words_of(found))
        if found is None or (self.whole and found.day is None):
            raise ValueError(_("Nhập đủ ngày, tháng, năm, ví dụ 15/08/1990"))
        return found

    @property
    def text(self) -> str:
        """The date as people read it; what was typed where it is no date."""
        return "/".join(part for part in self.parts if part) if self.data is None else self.data.text

    @property
    def day(self) -> date | None:
        """The date of a field that asks for whole dates."""
        return None if self.data is None else self.data.earliest


def _box(number: int | None) -> str:
    return "" if number is None else str(number)


def _boxes(typed: list[str]) -> tuple[str, str, str]:
    """Three boxes from three values, or from one in which a whole date was pasted or sent."""
    filled = [part for part in typed if part]
    if len(filled) == 1:
        pasted = filled[0].replace(" ", "/").replace("-", "/").replace(".", "/").split("/")
        if len(pasted) == 3 and len(pasted[0]) == 4:
            pasted.reverse()
        if len(pasted) > 1 or len(typed) == 1:
            typed = ["", "", *pasted][-3:] if len(pasted) <= 3 else [filled[0], "", ""]
    day, month, year = (*typed, "", "", "")[:3]
    return day, month, year


class ReadString(CleanString):
    """A line of text that a rule reads: `value` is what it read, the text stays as typed."""

    value: Any = None

    def __init__(
        self,
        label: Any = None,
        validators: Sequence[Callable[..., Any]] = (),
        *,
        read: Callable[[str], Any],
        **kwargs: Any,
    ) -> None:
        self.read = read
        super().__init__(label, validators, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Clean, then read; a problem becomes the field's error."""
        super().pre_validate(form)
        self.value = None
        if not self.data:
            return
        found = self.read(self.data)
        if isinstance(found, Problem):
            raise ValidationError(words_of(found))
        self.value = found


class OptionalRadio(RadioField):
    """Radios of which none need be chosen: browsers send nothing then, which is no wrong choice."""

    def pre_validate(self, form: Any) -> None:
        """Check the choice when there is one."""
        if self.data:
            super().pre_validate(form)


class RequiredWhen:
    """A field that another answer makes necessary: `when` says so beside the label, `sentence` when it is missing.

    `answer` is that answer; None stands for any answer at all.
    """

    def __init__(self, other: str, answer: str | None, *, when: Any, sentence: Any) -> None:
        self.other, self.answer, self.sentence = other, answer, sentence
        self.field_flags = {"required_when": when}

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse an empty field when the other one is answered so."""
        given: Any = form[self.other].data
        is_asked = bool(given) if self.answer is None else given == self.answer
        value: Any = field.data
        if is_asked and not value and not field.errors:
            raise StopValidation(str(self.sentence))


def refuse(field: Field, sentence: str) -> bool:
    """Put one more sentence on a field after the form was validated; False, for the caller to return."""
    field.errors = [*field.errors, sentence]
    return False


def select(label: Any, pairs: Sequence[tuple[str, Any]], **kwargs: Any) -> SelectField:
    """A select whose value is "" when nothing was sent; `pairs` are (value, words)."""
    return SelectField(label, choices=choices(pairs), default="", **kwargs)


class PlaceString(CleanString):
    """A place as people type it. The view resolves it and puts the answer here.

    `candidates` are (path, words) of a question to answer; `choice` is the path that was chosen; `answer`
    is what the text was understood as.
    """

    choice: str = ""
    candidates: Sequence[tuple[str, str]] = ()
    answer: str = ""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the text, and the answer to an earlier question about it."""
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            self.choice = str(formdata.get(self.choice_name, ""))[:200]

    @property
    def choice_name(self) -> str:
        """The name of the radios that answer the question."""
        return f"{self.name}-chon"
