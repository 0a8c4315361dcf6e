"""The facts an application adds to what is on record: built from what the policies that may apply ask for."""

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.validators import StopValidation

from registry.offers.forms.fields import UNKNOWN, field_for, field_name, value_of
from registry.offers.rules.asking import Asking, Level, Wanted, put
from registry.web.choices import choices
from registry.web.dates import DateBoxes
from registry.web.forms import Required, WebForm
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

_DAY = _l("Ngày phải có thật, ví dụ 25 11 2026")
_LEVEL = "level_"


class ApplicationForm(WebForm):
    """Days, facts and choices of one application. Use `asking` to make the form for some versions."""

    wanted: tuple[Wanted, ...] = ()
    levels: tuple[Level, ...] = ()

    decided_on = DateBoxes(_l("Ngày quyết định"), [Required(_l("Nhập ngày quyết định"))], sentence=_DAY)
    applied_on = DateBoxes(
        _l("Ngày nộp hồ sơ"), sentence=_DAY, description=_l("Để trống nếu cùng ngày quyết định.")
    )
    starts_on = DateBoxes(
        _l("Ngày bắt đầu làm việc"), sentence=_DAY, description=_l("Để trống nếu cùng ngày quyết định.")
    )

    @classmethod
    def asking(
        cls, asked: Asking, facts: tuple[Wanted, ...], names: Mapping[str, str] | None = None
    ) -> type["ApplicationForm"]:
        """The form with a field for each of `facts`, each level the office chooses, and instalments where they exist.

        `names` are the words of codes of open lists (units, countries).
        """
        fields: dict[str, Any] = {field_name(one): field_for(one, dict(names or {})) for one in facts}
        for level in asked.levels:
            offered = [(UNKNOWN, _("Chưa xếp mức")), *level.steps]
            fields[_LEVEL + level.benefit.replace("-", "_")] = SelectField(
                level.text, default=UNKNOWN, choices=choices(offered)
            )
        if asked.may_choose_instalments:
            fields["instalments"] = BooleanField(_("Nhận thành nhiều phần theo năm"))
        return type("AskedApplicationForm", (cls,), {**fields, "wanted": facts, "levels": asked.levels})

    def field_of(self, wanted: Wanted) -> Any:
        """The field of a fact."""
        return self[field_name(wanted)]

    def level_fields(self) -> list[Any]:
        """The fields of levels, in order."""
        return [self[_LEVEL + one.benefit.replace("-", "_")] for one in self.levels]

    def validate_applied_on(self, field: Any) -> None:
        """Nobody decides before somebody applies."""
        if field.data and self.decided_on.data and field.data > self.decided_on.data:
            raise StopValidation(_("Ngày nộp hồ sơ không được sau ngày quyết định"))

    def rows(self) -> dict[str, Any]:
        """The application in the data form: facts by key, days as texts, levels and instalments chosen."""
        found: dict[str, Any] = {}
        for one in self.wanted:
            value = value_of(one, self.field_of(one))
            if value is not None:
                put(found, one, value)
        for name in ("applied_on", "starts_on"):
            if self[name].data:
                found[name] = self[name].data.isoformat()
        steps = {
            level.benefit: field.data
            for level, field in zip(self.levels, self.level_fields(), strict=True)
            if field.data
        }
        if steps:
            found["steps"] = steps
        if "instalments" in self and self["instalments"].data:
            found["instalments"] = True
        return found
