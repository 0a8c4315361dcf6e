"""A sample person, post and application as a form: the facts a version asks about, each of which may be left open.

A box left empty is «not known»; «không có» is said, and is something else.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.policies.forms.conditions import Countries, read_lines
from registry.policies.forms.fields import day_field
from registry.policies.forms.figures import MaybeNumber, Vnd
from registry.policies.rules.benefits import Amount, ByFact, Multiple, Percent, PercentUpTo
from registry.policies.rules.facts import CATALOGUE, NO_RULE, YEARLY_LIST, Fact, FactKind, Source, fact_of
from registry.policies.rules.policy import Version
from registry.policies.rules.preparing import Ready
from registry.web.choices import choices
from registry.web.forms import CleanString, CleanText, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

NOTHING = "khong-co"
BORN = "born"
Row = dict[str, Any]

SAMPLES: Mapping[str, tuple[Any, Row]] = {
    "tien-si-tre": (
        _l("Tiến sĩ 34 tuổi ở nước ngoài"),
        {
            "born": date(1992, 9, 1),
            "degree_rank": ["DH", "THS", "TS"],
            "gender": "male",
            "nationality": "Việt Nam",
            "classification": "G",
            "years_experience__any": 8,
            "academic_title": "none",
            "worked_here_before": "false",
        },
    ),
    "bac-si-vung-cao": (
        _l("Bác sĩ về trạm y tế xã miền núi"),
        {
            "born": date(1998, 3, 15),
            "degree_rank": ["DH"],
            "professional_degree": ["BS"],
            "gender": "female",
            "nationality": "Việt Nam",
            "classification": "K",
            "workplace_kind": ["commune_health_station", "mountain"],
            "worked_here_before": "false",
        },
    ),
    "sinh-vien-gioi": (
        _l("Sinh viên tốt nghiệp loại giỏi"),
        {
            "born": date(2003, 7, 20),
            "degree_rank": ["DH"],
            "gender": "female",
            "nationality": "Việt Nam",
            "classification": "G",
            "study_mode": "full_time",
            "years_experience__any": 0,
            "academic_title": "none",
        },
    ),
}
"""Made-up people to begin with: nobody's data."""


class SampleForm(WebForm):
    """The days of the application; the facts are added for each version."""

    decided_on = day_field(_l("Ngày quyết định"))
    applied_on = day_field(_l("Ngày nộp hồ sơ"), description=_l("Để trống: cùng ngày quyết định."))

    names: tuple[str, ...] = ()
    countries: Countries

    def facts(self, source: Source) -> Row:
        """What was said of the person, the post or the application, in the form `read_facts` takes."""
        found: Row = {}
        for name in self.names:
            fact = _fact_named(name)
            value = _value(fact, self[_field_name(name)], self.countries)
            if value is None or fact.source is not source:
                continue
            key, _colon, of = name.partition(":")
            if name == "age_on":
                found[BORN] = value
            elif of:
                found.setdefault(key, {})[of] = value
            elif fact.kind is FactKind.RANKING:
                found[key] = {"any": value}
            else:
                found[key] = value
        return found


def asked_names(ready: Ready) -> tuple[str, ...]:
    """The facts a version asks about, in conditions and in amounts, each once, in the order of the text."""
    names = [one.leaf.name for one in ready.leaves if one.leaf.fact not in (NO_RULE, YEARLY_LIST)]
    names += _of_list(ready.version) + [
        name for one in ready.version.benefits for name in _names_of(one.amount)
    ]
    if any(one.commitment and one.commitment.times_training for one in ready.version.groups):
        names.append("training:months")
    return tuple(dict.fromkeys(names))


def _names_of(amount: Amount | None) -> list[str]:
    """The facts an amount is computed from."""
    match amount:
        case ByFact(fact, _steps):
            return [fact]
        case Percent(_share, of) | PercentUpTo(_share, of, _):
            return [of]
        case Multiple(_low, _high, "regional_minimum_wage"):
            return ["wage_region"]
        case _:
            return []


def _of_list(version: Version) -> list[str]:
    return ["field_code"] if version.yearly_list else []


def sample_form(
    names: tuple[str, ...], units: Mapping[str, str], countries: Countries, **given: Any
) -> SampleForm:
    """The form that asks for these facts. `units` are the places conditions name, to choose from."""
    fields: Row = {_field_name(name): _field(name, units) for name in names}
    form = type("SampleForm", (SampleForm,), fields)(meta={"csrf": False}, **given)
    form.names, form.countries = names, countries
    return form


def _field_name(name: str) -> str:
    return BORN if name == "age_on" else name.replace(":", "__")


def _fact_named(name: str) -> Fact:
    key, _colon, of = name.partition(":")
    found = fact_of(key, of or None)
    return found if found is not None else CATALOGUE[key]


def _label(name: str, fact: Fact) -> Any:
    _key, _colon, of = name.partition(":")
    kind = fact.arguments.get(of, of) if fact.key != name else ""
    return _l("%(fact)s, %(kind)s", fact=_(fact.vi), kind=_(kind)) if kind else _l(fact.vi)


def _field(name: str, units: Mapping[str, str]) -> Any:
    fact = _fact_named(name)
    label = _label(name, fact)
    if name == "age_on":
        return day_field(_l("Ngày sinh"))
    if fact.kind is FactKind.UNIT:
        return SelectMultipleField(label, choices=choices([(NOTHING, _l("nơi khác")), *units.items()]))
    if fact.kind in (FactKind.NUMBER, FactKind.RANKING):
        unit: Any = _l("Tính bằng: %(unit)s", unit=_(fact.unit)) if fact.unit else ""
        return MaybeNumber(label, [_Within(fact.lowest, fact.highest)], description=unit)
    if fact.kind is FactKind.MONEY:
        return Vnd(label, description=_l("Ví dụ: 25.000.000"))
    return _coded(fact, label)


def _coded(fact: Fact, label: Any) -> Any:
    """The field of a fact whose values are codes: to choose from where they are listed, else one a line."""
    unknown: list[tuple[str, Any]] = [("", _l("chưa biết"))]
    if fact.kind is FactKind.YES_NO:
        return SelectField(
            label, choices=choices([*unknown, ("true", _l("có")), ("false", _l("không"))]), default=""
        )
    if fact.kind is FactKind.SCALE or (fact.kind is FactKind.CHOICE and fact.is_closed):
        return SelectField(label, choices=choices([*unknown, *_named(fact)]), default="")
    if fact.values:
        return SelectMultipleField(label, choices=choices([(NOTHING, _l("không có")), *_named(fact)]))
    if fact.kind is FactKind.CHOICE:
        return CleanString(label, [_Known(fact)], limit=100)
    return CleanText(label, [_Known(fact)], limit=2000, description=_l("Mỗi dòng một mục, bằng tên hoặc mã."))


def _named(fact: Fact) -> list[tuple[str, Any]]:
    return [(key, _l(label)) for key, label in fact.values.items()]


class _Within:
    """Within the range of the fact."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        if field.data is not None and not self.low <= field.data <= self.high:
            raise StopValidation(_("Nhập số từ %(low)s đến %(high)s", low=self.low, high=self.high))


class _Known:
    """Every line is a name or a code somebody knows."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact

    def __call__(self, form: Any, field: Any) -> None:
        _codes, wrong = read_lines(self.fact, str(field.data or ""), form.countries)
        if wrong:
            raise StopValidation(_("Không nhận ra «%(what)s»: sửa hoặc bỏ dòng ấy", what=wrong[0][:60]))


def _value(fact: Fact, field: Any, countries: Countries) -> Any:
    """What a field says of its fact; None for nothing."""
    data: Any = field.data
    if data in (None, "", []):
        return None
    if isinstance(data, date):
        return data.isoformat()
    if fact.kind is FactKind.YES_NO:
        return data == "true"
    if type(data) is list:
        said: list[str] = list(data)  # pyright: ignore[reportUnknownArgumentType]
        return [one for one in said if one != NOTHING]
    if isinstance(data, str) and not (fact.values and fact.is_closed):
        codes = read_lines(fact, data, countries)[0]
        return (codes[0] if codes else None) if fact.kind is FactKind.CHOICE else codes
    return data
