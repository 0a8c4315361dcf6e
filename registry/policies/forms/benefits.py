"""One benefit as a form: which kind of amount first, then the fields this kind has; amounts as people write them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.policies.forms.conditions import LONGEST_CLAUSE, LONGEST_WORDS
from registry.policies.forms.figures import ExactNumber, MaybeNumber, Vnd, as_exact
from registry.policies.forms.shapes import (
    AMOUNTS,
    NO_MONEY,
    OF_FACT,
    OF_PARAMETER,
    PERIODS,
    SPANS,
    STEPPED,
    Shape,
    amount_filled,
    bases,
    kind_of,
    shape_of,
    step_filled,
)
from registry.policies.rules.benefits import Period
from registry.policies.rules.data_edits import new_code
from registry.policies.rules.facts import WORKPLACES
from registry.policies.rules.reading_benefits import (
    MOST_MONTHS,
    MOST_PERCENT,
    MOST_TIMES,
    MOST_YEARS,
)
from registry.policies.rules.refusals import LONGEST_CODE
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

Row = Mapping[str, Any]
BLANK_STEPS = 3
MOST_STEPS = 20


class BenefitForm(EditForm):
    """All parts a benefit can have but for steps; `benefit_form` takes away those its kind of amount has not."""

    text = CleanText(
        _l("Lời của văn bản"), [Required(_l("Ghi khoản hưởng theo lời của văn bản"))], limit=LONGEST_WORDS
    )
    low = Vnd(_l("Số tiền"), [Required(_l("Nhập số tiền, ví dụ 1.500.000"))])
    high = Vnd(_l("Nhiều nhất"), [Required(_l("Nhập số tiền, ví dụ 1.500.000"))])
    times = ExactNumber(_l("Số lần"), [Required(_l("Nhập số lần, ví dụ 500"))])
    times_most = ExactNumber(_l("Đến số lần"), [Required(_l("Nhập số lần, ví dụ 500"))])
    percent = ExactNumber(_l("Phần trăm"), [Required(_l("Nhập số phần trăm, ví dụ 150"))])
    of = SelectField(_l("Của"), [Required(_l("Chọn khoản"))], choices=[])
    cap = Vnd(_l("Nhưng không quá mỗi tháng"), description=_l("Để trống khi văn bản không nêu."))
    period = SelectField(
        _l("Trả"),
        [Required(_l("Chọn kỳ trả"))],
        choices=choices((one.value, label) for one, label in PERIODS.items()),
    )
    months = MaybeNumber(
        _l("Trong số tháng"),
        description=_l("Chỉ với khoản mỗi tháng, mỗi năm. Để trống: không giới hạn."),
    )
    instalment_years = MaybeNumber(
        _l("Chia đều số năm"), description=_l("Chỉ với khoản một lần được trả dần. Để trống: trả một lần.")
    )
    instalments_optional = BooleanField(_l("Người hưởng được chọn nhận một lần hoặc chia nhiều năm"))
    exclusive = CleanString(
        _l("Không hưởng cùng lúc với"),
        limit=LONGEST_CODE,
        description=_l("Đặt cùng một tên cho các khoản chỉ được hưởng khoản cao nhất, ví dụ: nha-o."),
    )
    groups = SelectMultipleField(
        _l("Chỉ cho các nhóm"), choices=[], description=_l("Không chọn: mọi nhóm được hưởng.")
    )
    clause = CleanString(
        _l("Điều, khoản"), limit=LONGEST_CLAUSE, description=_l("Ví dụ: Điều 4 khoản 1 điểm b")
    )

    shape: Shape
    steps: int
    kept: Row

    def validate_high(self, field: Any) -> None:
        """Not below the lowest."""
        if "low" in self and self.low.data is not None and field.data < self.low.data:
            raise StopValidation(_("Mức cao nhất phải từ mức thấp nhất trở lên"))

    def validate_times(self, field: Any) -> None:
        """Within what the reader takes."""
        _at_most(field, MOST_TIMES)

    def validate_times_most(self, field: Any) -> None:
        """Not below the lowest, and within what the reader takes."""
        _at_most(field, MOST_TIMES)
        if self.times.data is not None and as_exact(field.data) < as_exact(self.times.data):
            raise StopValidation(_("Số lần cao nhất phải từ số lần thấp nhất trở lên"))

    def validate_percent(self, field: Any) -> None:
        """Within what the reader takes."""
        _at_most(field, MOST_PERCENT)

    def validate_months(self, field: Any) -> None:
        """Only of what is paid again and again."""
        if field.data is None:
            return
        if self.period.data == Period.ONCE:
            raise StopValidation(_("Khoản trả một lần không có số tháng: bỏ trống, hoặc đổi kỳ trả"))
        _between(field, 1, MOST_MONTHS)

    def validate_instalment_years(self, field: Any) -> None:
        """Only of what is paid once."""
        if field.data is None:
            return
        if self.period.data != Period.ONCE:
            raise StopValidation(_("Chỉ khoản trả một lần mới chia đều nhiều năm: bỏ trống, hoặc đổi kỳ trả"))
        _between(field, 2, MOST_YEARS)

    def step_names(self) -> list[int]:
        """The numbers of the rows of steps."""
        return list(range(self.steps))

    def step(self, number: int, part: str) -> Any:
        """One field of a row of steps."""
        return self[f"step{number}_{part}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, then the rows of steps with one another."""
        is_right = bool(super().validate(extra_validators))
        return (self.shape not in STEPPED or self._steps_fit()) and is_right

    def _steps_fit(self) -> bool:
        filled = [number for number in self.step_names() if self._is_filled(number)]
        if not filled:
            self._refuse(self.step(0, "low"), _("Nhập ít nhất một mức"))
        fitting = [self._step_fits(number) for number in filled]  # every row says what is wrong with it
        return bool(filled) and all(fitting)

    def _is_filled(self, number: int) -> bool:
        names = ("places", "low", "high") if self.shape is Shape.BY_PLACE else ("text", "low", "high")
        return any(self.step(number, one).data not in (None, "", []) for one in names)

    def _step_fits(self, number: int) -> bool:
        kind = self.step(number, "kind").data
        needs = {"fixed": ("low",), "range": ("low", "high"), "up_to": ("high",)}[kind]
        before = len(self.errors)
        for name in needs:
            if self.step(number, name).data is None:
                self._refuse(self.step(number, name), _("Nhập số tiền của mức này"))
        named = self.step(number, "places" if self.shape is Shape.BY_PLACE else "text")
        if not named.data:
            self._refuse(named, _("Ghi mức này dành cho đâu, hoặc tên của mức"))
        low, high = self.step(number, "low").data, self.step(number, "high").data
        if kind == "range" and low is not None and high is not None and high < low:
            self._refuse(self.step(number, "high"), _("Mức cao nhất phải từ mức thấp nhất trở lên"))
        return len(self.errors) == before

    def _refuse(self, field: Any, sentence: str) -> None:
        field.errors = [*field.errors, sentence]

    def row(self) -> dict[str, Any]:
        """The benefit in the data form. Parts the form does not show stay as they were."""
        own = {"amount", "months", "instalments", "group", "for", "clause", "period"}
        found: dict[str, Any] = {name: value for name, value in self.kept.items() if name not in own}
        found |= {"text": self.text.data, "kind": kind_of(self.shape)}
        if self.shape not in NO_MONEY:
            found["amount"] = self._amount()
        said = {
            "period": self._period(),
            "months": self.months.data if "months" in self else self._not_shown("months"),
            "instalments": self._instalments(),
            "group": self.exclusive.data,
            "for": list(self.groups.data or ()) if "groups" in self else self._not_shown("for"),
            "clause": self.clause.data,
        }
        found |= {name: value for name, value in said.items() if value not in (None, "", [])}
        return found

    def _not_shown(self, name: str) -> Any:
        """What was stored of a part this form does not have, unless the benefit was one of money until now."""
        was_money = self.kept.get("kind") == "money"
        return None if was_money and self.shape in NO_MONEY else self.kept.get(name)

    def _period(self) -> str | None:
        """Nothing where a text that says nothing was not changed."""
        period = self.period.data if "period" in self else self._not_shown("period")
        return period if "period" in self.kept or period != Period.ONCE else None

    def _instalments(self) -> Row | None:
        if "instalment_years" not in self:
            return self._not_shown("instalments")
        if self.instalment_years.data is None:
            return None
        years = {"years": self.instalment_years.data}
        kept: Row = self.kept.get("instalments") or {}
        if self.instalments_optional.data or "optional" in kept:
            return years | {"optional": bool(self.instalments_optional.data)}
        return years

    def _amount(self) -> dict[str, Any]:
        if self.shape in STEPPED:
            return self._stepped()
        kept: Row = self.kept.get("amount") or {}
        found = {key: _as_kept(kept.get(key), self[name].data) for name, key, _most in AMOUNTS[self.shape]}
        found = {key: value for key, value in found.items() if value is not None}
        return found | {"of": self.of.data} if "of" in self else found

    def _stepped(self) -> dict[str, Any]:
        steps: list[dict[str, Any]] = []
        for number in filter(self._is_filled, self.step_names()):
            steps.append(self._step_row(number, [one["code"] for one in steps if "code" in one]))
        return {"by": "workplace_kind", "steps": steps} if self.shape is Shape.BY_PLACE else {"steps": steps}

    def _step_row(self, number: int, taken: Sequence[str]) -> dict[str, Any]:
        kind, low, high = (self.step(number, one).data for one in ("kind", "low", "high"))
        span = {"fixed": {"fixed": low}, "range": {"min": low, "max": high}, "up_to": {"up_to": high}}[kind]
        if self.shape is Shape.BY_PLACE:
            return {"in": list(self.step(number, "places").data), **span}
        text = self.step(number, "text").data
        code = str(self.step(number, "code").data or "")
        if not code or code in taken:
            code = new_code(text, taken)
        return {"code": code, "text": text, **span}


def benefit_form(
    shape: Shape, row: Row | None, groups: Sequence[tuple[str, str]] | None, seen: str, **given: Any
) -> BenefitForm:
    """The form of a benefit with a kind of amount, filled with a stored one if there is one.

    `groups` are offered for an extra benefit, which may be for some of them alone; nothing for a benefit of a group.
    `seen` marks what is stored.
    """
    kept: Row = row or {}
    has_shape = bool(kept) and shape_of(kept) is shape
    stored: Sequence[Row] = (kept["amount"]["steps"] if has_shape else ()) if shape in STEPPED else ()
    count = min(len(stored) + BLANK_STEPS, MOST_STEPS + BLANK_STEPS) if shape in STEPPED else 0
    made = type("BenefitForm", (BenefitForm,), _step_fields(shape, count))
    filled = _filled(kept) | (amount_filled(shape, kept["amount"]) if has_shape and "amount" in kept else {})
    for number, step in enumerate(stored):
        filled |= {f"step{number}_{part}": value for part, value in step_filled(step).items()}
    form = cast("BenefitForm", made(data=filled | {"version": seen}, **given))
    form.shape, form.steps, form.kept = shape, count, kept
    for name in _missing(shape, groups):
        del form[name]
    if "of" in form:
        form.of.choices = choices(bases(shape))
    if "groups" in form:
        form.groups.choices = choices(groups or ())
    if shape is Shape.RANGE:
        form.low.label.text = _("Từ")
        form.high.label.text = _("Đến")
    return form


def _as_kept(kept: Any, now: Any) -> Any:
    """A number as it was stored where it is the same («4» for 4): what nobody changed keeps its fingerprint."""
    is_same = kept is not None and now is not None and as_exact(kept) == as_exact(now)
    return kept if is_same else now


def _missing(shape: Shape, groups: object) -> set[str]:
    amounts = {"low", "high", "times", "times_most", "percent", "of", "cap"}
    has = {name for name, _key, _most in AMOUNTS.get(shape, ())}
    if shape in OF_FACT | OF_PARAMETER:
        has.add("of")
    gone = amounts - has
    if shape in NO_MONEY:
        gone |= {"months", "instalment_years", "instalments_optional", "period"}
    return gone if groups is not None else gone | {"groups"}


def _step_fields(shape: Shape, count: int) -> dict[str, Any]:
    """Fields of rows of steps; what row a field is in is said by its label."""
    found: dict[str, Any] = {}
    for number in range(count):
        name = f"step{number}_"
        if shape is Shape.BY_PLACE:
            found[name + "places"] = SelectMultipleField(
                _l("Nơi làm việc"), choices=choices((key, _l(label)) for key, label in WORKPLACES.items())
            )
        else:
            found[name + "code"] = HiddenField()
            found[name + "text"] = CleanString(_l("Tên của mức"), limit=LONGEST_CLAUSE)
        found[name + "kind"] = SelectField(
            _l("Cách ghi"), [Required(_l("Chọn cách ghi"))], choices=choices(SPANS.items()), default="fixed"
        )
        found[name + "low"] = Vnd(_l("Số tiền, hoặc từ"))
        found[name + "high"] = Vnd(_l("Đến, hoặc không quá"))
    return found


def _filled(row: Row) -> dict[str, Any]:
    parts: Row = row.get("instalments") or {}
    return {
        "text": row.get("text") or "",
        "period": row.get("period") or Period.ONCE.value,
        "months": row.get("months"),
        "instalment_years": parts.get("years"),
        "instalments_optional": bool(parts.get("optional")),
        "exclusive": row.get("group") or "",
        "groups": list(row.get("for") or ()),
        "clause": row.get("clause") or "",
    }


def _at_most(field: Any, most: int) -> None:
    if field.data is not None and as_exact(field.data) > most:
        raise StopValidation(_("Nhập số không quá %(most)s", most=f"{most:,}".replace(",", ".")))


def _between(field: Any, low: int, high: int) -> None:
    if not low <= field.data <= high:
        raise StopValidation(_("Nhập số từ %(low)s đến %(high)s", low=low, high=high))
