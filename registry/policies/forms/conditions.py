"""One condition as a form: the fact in words, the comparison in words, the value by the kind of the fact.

Form and rule say the same in both directions: what a form is filled with from a condition, it gives back unchanged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.people.rules.vocabulary import field_by_name, field_of_code
from registry.policies.forms.places import UnitBoxes
from registry.policies.rules.facts import CATALOGUE, MANY, YEARLY_LIST, Fact, FactKind, Source, fact_of
from registry.policies.rules.refusals import LONGEST_CODE
from registry.policies.rules.words import EVIDENCE
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

LONGEST_CLAUSE = 200
LONGEST_WORDS = 1_000
MOST_LINES = 100
Row = Mapping[str, Any]

_NUMBER_OPS = {
    ">=": _l("ít nhất"),
    "<=": _l("nhiều nhất (không quá)"),
    ">": _l("trên"),
    "<": _l("dưới"),
    "=": _l("đúng bằng"),
    "!=": _l("khác"),
}
_STEP_OPS = {
    ">=": _l("từ mức này trở lên"),
    "<=": _l("từ mức này trở xuống"),
    ">": _l("trên mức này"),
    "<": _l("dưới mức này"),
    "=": _l("đúng mức này"),
    "!=": _l("không phải mức này"),
    "in": _l("một trong các mức này"),
    "has_any": _l("có một trong các bằng này, không kể tương đương"),
}
_IS_OPS = {"=": _l("là"), "!=": _l("không phải"), "in": _l("là một trong"), "has_any": _l("có một trong")}
_RANK_OPS = {
    "<=": _l("trong số hạng đầu"),
    "<": _l("trước hạng"),
    ">=": _l("từ hạng này trở đi"),
    ">": _l("sau hạng"),
}
OPERATOR_WORDS: Mapping[FactKind, Mapping[str, Any]] = {
    FactKind.NUMBER: _NUMBER_OPS,
    FactKind.RANKING: _RANK_OPS,
    FactKind.SCALE: _STEP_OPS,
    FactKind.LADDER: _STEP_OPS,
    FactKind.CHOICE: _IS_OPS,
    FactKind.UNIT: _IS_OPS,
    FactKind.CODES: _IS_OPS,
    FactKind.FIELDS: _IS_OPS,
    FactKind.YES_NO: _IS_OPS,
}
SOURCES: Mapping[Source, Any] = {
    Source.PERSON: _l("Về người"),
    Source.POST: _l("Về vị trí làm việc"),
    Source.APPLICATION: _l("Về hồ sơ"),
}
_COUNTRIES = ("nationality", "residence_country")


def composable() -> dict[Source, list[Fact]]:
    """The facts a condition may be about, by who knows them."""
    facts = [one for one in CATALOGUE.values() if one.kind is not FactKind.MONEY and one.key != YEARLY_LIST]
    return {source: [one for one in facts if one.source is source] for source in Source}


def fact_named(name: str) -> Fact | None:
    """The fact of a form's address, as the catalogue names it, if a condition may be about it."""
    fact = CATALOGUE.get(name)
    return None if fact is None or fact.kind is FactKind.MONEY else fact


def fact_of_row(row: Row) -> Fact | None:
    """The fact a stored condition is about."""
    return fact_of(str(row["fact"]), row.get("of"))


@dataclass(frozen=True, slots=True)
class Countries:
    """How countries are read and said: the code a text names, or None; the name of a code."""

    code_of: Callable[[str], str | None]
    name_of: Callable[[str], str]


class ConditionForm(EditForm):
    """All parts a condition can have; `condition_form` takes away those its fact has not."""

    argument = SelectField(_l("Loại"), [Required(_l("Chọn loại"))], choices=[])
    argument_text = CleanString(_l("Bảng xếp hạng, năm"), limit=LONGEST_CODE)
    op = SelectField(_l("So sánh"), [Required(_l("Chọn cách so sánh"))], choices=[])
    yes_no = RadioField(_l("Điều kiện"), [Required(_l("Chọn một"))], choices=[])
    number = WholeNumber(_l("Số"), [Required(_l("Nhập một số, ví dụ 35"))])
    codes = SelectMultipleField(_l("Giá trị"), choices=[])
    lines = CleanText(_l("Giá trị khác"), limit=4_000)
    units = UnitBoxes(_l("Đơn vị hành chính"))
    as_of = SelectField(
        _l("Tính vào ngày"),
        [Required(_l("Chọn ngày"))],
        choices=choices([("decide", _l("ngày quyết định")), ("apply", _l("ngày nộp hồ sơ"))]),
    )
    clause = CleanString(
        _l("Điều, khoản"), limit=LONGEST_CLAUSE, description=_l("Ví dụ: Điều 3 khoản 2 điểm a")
    )
    evidence = SelectField(_l("Giấy tờ phải có"), choices=[])
    text = CleanText(
        _l("Lời của văn bản"),
        limit=LONGEST_WORDS,
        description=_l("Để trống thì câu được đặt từ các ô ở trên."),
    )

    fact: Fact
    kept: Row
    countries: Countries

    def validate_op(self, field: Any) -> None:
        """One value where one is compared, at least one where one of several is enough."""
        if "number" in self or ("units" in self and self.units.name_typed):
            return
        count = len(self._values())
        if not count:
            raise StopValidation(_("Chọn hoặc nhập ít nhất một giá trị"))
        if field.data not in MANY and count > 1:
            raise StopValidation(_("So sánh này cần đúng một giá trị: bỏ bớt giá trị, hoặc chọn «một trong»"))

    def validate_number(self, field: Any) -> None:
        """Within the range of the fact."""
        low, high = self.fact.lowest, self.fact.highest
        if not low <= field.data <= high:
            raise StopValidation(_("Nhập số từ %(low)s đến %(high)s", low=low, high=high))

    def _values(self) -> list[str]:
        found: list[str] = []
        if "codes" in self:
            found += list(self.codes.data or ())
        if "lines" in self:
            found += read_lines(self.fact, str(self.lines.data or ""), self.countries)[0]
        if "units" in self:
            found += list(self.units.data or ())
        order = _order_of(self.kept.get("value"))
        return sorted(dict.fromkeys(found), key=lambda one: order.get(one, len(order)))

    def validate_lines(self, field: Any) -> None:
        """Every line is a name or a code somebody knows, of a length codes have."""
        found, wrong = read_lines(self.fact, str(field.data or ""), self.countries)
        if wrong:
            raise StopValidation(_("Không nhận ra «%(what)s»: sửa hoặc bỏ dòng ấy", what=wrong[0][:60]))
        if len(found) > MOST_LINES:
            raise StopValidation(_("Nhập không quá %(most)d dòng", most=MOST_LINES))

    def row(self) -> dict[str, Any]:
        """The condition in the data form. Parts the form does not show stay as they were."""
        fact, of = _named(self.fact, self._argument())
        op, value = self._comparison()
        said: dict[str, Any] = {"fact": fact, "of": of, "op": op, "value": value}
        as_of = self.as_of.data if self.as_of.data != "decide" or "as_of" in self.kept else None
        said |= {"as_of": as_of, "clause": self.clause.data, "evidence": self.evidence.data}
        said["text"] = self.text.data
        emptied = {name for name, one in said.items() if one in (None, "")}
        row = dict(self.kept) | said
        return {name: one for name, one in row.items() if name not in emptied}

    def _argument(self) -> str:
        if "argument" in self:
            return str(self.argument.data or "")
        return str(self.argument_text.data or "") if "argument_text" in self else ""

    def _comparison(self) -> tuple[str, Any]:
        if "yes_no" in self:
            op, _colon, value = str(self.yes_no.data).partition(":")
            return op, value == "true"
        op = str(self.op.data)
        if "number" in self:
            return op, self.number.data
        values = self._values()
        return op, values if op in MANY else values[0]


def condition_form(
    fact: Fact, row: Row | None, yes_no: Sequence[str], countries: Countries, seen: str, **given: Any
) -> ConditionForm:
    """The form of a condition about a fact, filled with a stored one if there is one.

    `yes_no` are the sentences of a fact that is or is not, `seen` marks what is stored; `given` goes to the form.
    """
    kept: Row = row or {"fact": fact.key}
    form = ConditionForm(data=_filled(fact, kept, countries) | {"version": seen}, **given)
    form.fact, form.kept, form.countries = fact, kept, countries
    for name in _parts(fact) ^ {
        "argument",
        "argument_text",
        "yes_no",
        "number",
        "codes",
        "lines",
        "units",
        "op",
    }:
        del form[name]
    _offer(form, fact, kept, yes_no)
    return form


def _parts(fact: Fact) -> set[str]:
    """The parts of the form that a fact has."""
    found = {"op"}
    if fact.arguments:
        found.add("argument")
    elif fact.any_argument:
        found.add("argument_text")
    if fact.kind is FactKind.YES_NO:
        return (found | {"yes_no"}) - {"op"}
    if fact.kind in (FactKind.NUMBER, FactKind.RANKING):
        return found | {"number"}
    if fact.kind is FactKind.UNIT:
        return found | {"units"}
    if fact.values:
        found.add("codes")
    return found if fact.is_closed else found | {"lines"}


def _filled(fact: Fact, row: Row, countries: Countries) -> dict[str, Any]:
    value: Any = row.get("value")
    values: list[Any] = [] if value is None else list(value) if type(value) in (list, tuple) else [value]
    known = [one for one in values if one in fact.values]
    return {
        "argument": _argument_of(fact, row) or next(iter(fact.arguments), ""),
        "argument_text": _argument_of(fact, row),
        "op": row.get("op"),
        "yes_no": None if value is None else f"{row['op']}:{str(value).lower()}",
        "number": value if isinstance(value, int) else None,
        "codes": known,
        "lines": "\n".join(line_of(fact, str(one), countries) for one in values if one not in fact.values),
        "units": values,
        "as_of": row.get("as_of") or ("apply" if not row.get("op") and fact.key == "age_on" else "decide"),
        "clause": row.get("clause") or "",
        "evidence": row.get("evidence") or "",
        "text": row.get("text") or "",
    }


def _offer(form: ConditionForm, fact: Fact, row: Row, yes_no: Sequence[str]) -> None:
    words = OPERATOR_WORDS[fact.kind]
    if "op" in form:
        form.op.choices = choices([(one, words[one]) for one in fact.operators])
    if "yes_no" in form:
        pairs = [("=:true", yes_no[0]), ("=:false", yes_no[1])]
        if row.get("op") == "!=":
            pairs += [("!=:true", yes_no[1]), ("!=:false", yes_no[0])]
        form.yes_no.choices = choices(pairs)
    if "argument" in form:
        own = _argument_of(fact, row)
        extra = {own: own} if own and own not in fact.arguments else {}
        named = {**fact.arguments, **extra}
        form.argument.choices = choices([(key, _(label)) for key, label in named.items()])
    if "codes" in form:
        form.codes.choices = choices([(key, _(label)) for key, label in fact.values.items()])
    papers = {"": _("không đòi giấy tờ"), **{key: _(label) for key, label in EVIDENCE.items()}}
    own = str(row.get("evidence") or "")
    form.evidence.choices = choices([*papers.items(), *([(own, own)] if own not in papers else [])])


def _named(fact: Fact, argument: str) -> tuple[str, str | None]:
    """The names a condition gives a fact: «training:kind» is the part `kind` of `training`."""
    if ":" in fact.key:
        key, _colon, of = fact.key.partition(":")
        return key, of
    return fact.key, argument or None


def _argument_of(fact: Fact, row: Row) -> str:
    return "" if ":" in fact.key else str(row.get("of") or "")


def _order_of(value: Any) -> dict[str, int]:
    """The order in which a stored condition named its values, so that it comes back as it was."""
    return {str(one): number for number, one in enumerate(value)} if type(value) in (list, tuple) else {}


def line_of(fact: Fact, code: str, countries: Countries) -> str:
    """One value as a line of the form: a country by its name, a field with its code first."""
    if fact.key in _COUNTRIES:
        return countries.name_of(code)
    found = field_of_code(code) if fact.kind is FactKind.FIELDS else None
    return code if found is None else f"{code} {found.vi}"


def read_lines(fact: Fact, text: str, countries: Countries) -> tuple[list[str], list[str]]:
    """(codes, lines nobody understands) of what was typed, one a line."""
    found: list[str] = []
    wrong: list[str] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        code = _read_line(fact, line, countries)
        (wrong if code is None else found).append(line if code is None else code)
    return found, wrong


def _read_line(fact: Fact, line: str, countries: Countries) -> str | None:
    if fact.key in _COUNTRIES:
        return countries.code_of(line)
    if fact.kind is FactKind.FIELDS:
        digits = line.split(maxsplit=1)[0].rstrip(":,.")
        if digits.isascii() and digits.isdecimal() and len(digits) <= 7:
            return digits
        named = field_by_name(line)
        return None if named is None else named.code
    return line if len(line) <= LONGEST_CODE else None
