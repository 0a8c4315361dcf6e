"""The questions of the anonymous checker: every one may be left open, and nothing of the answers is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import SelectField

from registry.offers.forms.fields import UNKNOWN, Between, field_for, field_name, value_of
from registry.offers.rules.asking import Wanted, put
from registry.web.choices import choices
from registry.web.forms import WebForm, WholeNumber
from registry.web.i18n import gettext as _

_OLDEST = 100
_FIELD, _AGE = "field_code", "age_on"


class CheckForm(WebForm):
    """Where one would work, and what one is. Use `asking` to make the form for some facts."""

    wanted: tuple[Wanted, ...] = ()

    @classmethod
    def asking(
        cls,
        facts: Sequence[Wanted],
        *,
        provinces: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        names: Mapping[str, str],
    ) -> type["CheckForm"]:
        """The form with a field for each fact; without `provinces` the place is not asked."""
        fields: dict[str, Any] = {}
        if provinces:
            offered = [(UNKNOWN, _("Chưa biết, xem tất cả")), *provinces]
            fields["place"] = SelectField(
                _("Bạn muốn làm việc ở đâu?"), default=UNKNOWN, choices=choices(offered)
            )
        for one in facts:
            fields[field_name(one)] = _field(one, groups, names)
        return type("AskedCheckForm", (cls,), {**fields, "wanted": tuple(facts)})

    def rows(self, on: date) -> dict[str, Any]:
        """The answers in the data form; what was left open is absent."""
        found: dict[str, Any] = {}
        for one in self.wanted:
            field = self[field_name(one)]
            if one.fact.key == _AGE and field.data is not None:
                found["born"] = _years_before(on, int(field.data)).isoformat()
            elif one.fact.key == _FIELD:
                found |= {_FIELD: [field.data]} if field.data else {}
            elif (value := value_of(one, field)) is not None:
                put(found, one, value)
        return found


def _field(wanted: Wanted, groups: Sequence[tuple[str, str]], names: Mapping[str, str]) -> Any:
    if wanted.fact.key == _FIELD:
        return SelectField(
            _("Ngành đào tạo"), default=UNKNOWN, choices=choices([(UNKNOWN, _("Chưa biết")), *groups])
        )
    if wanted.fact.key == _AGE:
        return WholeNumber(_("Tuổi"), [Between(1, _OLDEST)], description=_("Số tuổi tròn hôm nay, ví dụ 34"))
    return field_for(wanted, dict(names))


def _years_before(on: date, years: int) -> date:
    """The day on which somebody of this age was born if the birthday is today."""
    day = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year - years, on.month, day)
