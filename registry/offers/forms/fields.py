"""Fields for facts of the catalogue: one for each kind of fact, each with a way to say that it is not known."""

from collections.abc import Callable, Mapping
from typing import Any

from wtforms import Field, SelectField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.offers.rules.asking import Wanted
from registry.policies.forms.fields import MoneyField
from registry.policies.rules import FactKind
from registry.policies.rules.facts import EXPERIENCES, LANGUAGES
from registry.web.choices import choices
from registry.web.forms import CleanString, WholeNumber
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

UNKNOWN, YES, NO, NOTHING = "", "yes", "no", "none_of_these"
# «Hạng của trường» without naming a table: the table is not asked where no text names one.
RANKED_BY = "stated"
_YES_NO = ((UNKNOWN, _l("Chưa biết")), (YES, _l("Có")), (NO, _l("Không")))
_EXPERIENCE_WORDS = {
    "any": _l("Số năm công tác"),
    "continuous": _l("Số năm công tác liên tục"),
    "specialist": _l("Số năm làm chuyên môn"),
    "research_abroad": _l("Số năm nghiên cứu ở nước ngoài"),
    "international_project": _l("Số năm làm trong dự án quốc tế"),
}


def label_of(wanted: Wanted) -> str:
    """What a fact is called above its field."""
    if wanted.fact.key == "years_experience":
        return str(_EXPERIENCE_WORDS.get(wanted.of or "any", EXPERIENCES.get(wanted.of or "", "")))
    if wanted.fact.key == "language_level":
        language = LANGUAGES.get(wanted.of or "", wanted.of or "")
        return _("Bậc %(language)s (1 đến 6)", language=_(language))
    return _(wanted.fact.vi)


def field_name(wanted: Wanted) -> str:
    """The name of its field: «f_training_months»."""
    return "f_" + wanted.name.replace(":", "__").replace("-", "_")


class Between:
    """A whole number between two bounds, said in words."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def __call__(self, form: Any, field: Field) -> None:  # noqa: ARG002 - as WTForms calls it
        value: Any = field.data
        if value is not None and not self.lowest <= value <= self.highest:
            raise StopValidation(_("Nhập số từ %(low)s đến %(high)s", low=self.lowest, high=self.highest))


class _NothingElse:
    """«None of these» beside one of them says two things at once."""

    def __call__(self, form: Any, field: Field) -> None:  # noqa: ARG002 - as WTForms calls it
        chosen: list[str] = field.data or []
        if NOTHING in chosen and len(chosen) > 1:
            raise StopValidation(_("Chọn «Không thuộc loại nào» thì bỏ chọn các loại khác"))


def field_for(wanted: Wanted, names: dict[str, str] | None = None) -> Any:
    """The unbound field of a fact; `names` are the words of codes the catalogue does not know."""
    fact, label = wanted.fact, label_of(wanted)
    unit = _("Đơn vị: %(unit)s", unit=_(fact.unit)) if fact.unit else ""
    words = {code: (names or {}).get(code) or _(said) for code, said in wanted.values.items()}
    match fact.kind:
        case FactKind.YES_NO:
            return SelectField(label, default=UNKNOWN, choices=choices(_YES_NO))
        case FactKind.NUMBER | FactKind.RANKING:
            return WholeNumber(label, [Between(fact.lowest, fact.highest)], description=unit)
        case FactKind.MONEY:
            said = _("Đồng mỗi tháng. Ví dụ: 30 triệu") if "tháng" in fact.unit else _("Đồng. Ví dụ: 2 tỷ")
            return MoneyField(label, limit=40, description=said)
        case FactKind.SCALE | FactKind.CHOICE:
            rest = [] if fact.is_closed else [(NOTHING, _("Khác"))]
            return SelectField(
                label, default=UNKNOWN, choices=choices([(UNKNOWN, _("Chưa biết")), *words.items(), *rest])
            )
        case FactKind.UNIT:
            rest = (NOTHING, _("Nơi khác"))
            return SelectField(
                label, default=UNKNOWN, choices=choices([(UNKNOWN, _("Chưa biết")), *words.items(), rest])
            )
        case FactKind.CODES | FactKind.LADDER:
            rest = (NOTHING, _("Không thuộc loại nào"))
            return SelectMultipleField(label, [_NothingElse()], choices=choices([*words.items(), rest]))
        case FactKind.FIELDS:
            return CleanString(label, limit=40, description=_("Mã ngành đào tạo, ví dụ 7480201"))


def value_of(wanted: Wanted, field: Any) -> Any:
    """The value in the data form; None when it is not known. Facts with named parts are not put together here."""
    data = field.data
    if data in (None, "", []):
        return None
    read = _READ.get(wanted.fact.kind)
    if read is not None:
        return read(wanted, field)
    # Of an open list: another code than those compared with; «--» is nobody's.
    return "--" if data == NOTHING else data


_READ: Mapping[FactKind, Callable[[Wanted, Any], Any]] = {
    FactKind.YES_NO: lambda _wanted, field: field.data == YES,
    FactKind.MONEY: lambda _wanted, field: field.vnd,
    FactKind.CODES: lambda _wanted, field: [] if NOTHING in field.data else list(field.data),
    FactKind.LADDER: lambda _wanted, field: [] if NOTHING in field.data else list(field.data),
    FactKind.UNIT: lambda _wanted, field: [] if field.data == NOTHING else [field.data],
    FactKind.FIELDS: lambda _wanted, field: [field.data],
    FactKind.RANKING: lambda wanted, field: {wanted.of or RANKED_BY: field.data},
}
