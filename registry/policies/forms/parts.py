"""Groups, exclusions, modifiers, places of a version, and a policy from nothing: each a small form of its own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import StopValidation

from registry.policies.forms.conditions import LONGEST_CLAUSE, LONGEST_WORDS
from registry.policies.forms.fields import DraftForm, day_field
from registry.policies.forms.figures import ExactNumber, MaybeNumber, Vnd, as_exact
from registry.policies.forms.places import UnitBoxes
from registry.policies.rules.policy import EVERYWHERE
from registry.policies.rules.reading_benefits import MOST_PERCENT, MOST_YEARS
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText, Required
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

Row = Mapping[str, Any]
_COMMITMENTS = {
    "none": _l("không đòi cam kết, hoặc văn bản không nêu"),
    "years": _l("làm việc một số năm"),
    "times_training": _l("làm việc một số lần thời gian đào tạo"),
    "until": _l("làm việc đến hết một ngày"),
}
MOST_REMAINING, MOST_TIMES_TRAINING = 60, 20


class _GroupFields:
    """What a group is apart from its conditions and benefits."""

    group_title = CleanString(
        _l("Tên nhóm đối tượng"),
        [Required(_l("Ghi tên nhóm đối tượng, ví dụ Tiến sĩ"))],
        limit=300,
        description=_l("Ví dụ: Tiến sĩ, bác sĩ chuyên khoa II"),
    )
    group_clause = CleanString(
        _l("Điều, khoản"), limit=LONGEST_CLAUSE, description=_l("Ví dụ: Điều 3 khoản 2")
    )


class GroupForm(EditForm, _GroupFields):
    """A group: its name, its clause, years of work left, and the commitment it asks for."""

    remaining = MaybeNumber(
        _l("Còn ít nhất số năm công tác"), description=_l("Để trống khi văn bản không đòi.")
    )
    commitment = RadioField(_l("Cam kết"), choices=choices(_COMMITMENTS.items()), default="none")
    years = MaybeNumber(_l("Số năm cam kết"))
    times_training = MaybeNumber(_l("Số lần thời gian đào tạo"))
    until = day_field(_l("Đến hết ngày"))

    def validate_remaining(self, field: Any) -> None:
        """Years somebody can have left."""
        between(field, 1, MOST_REMAINING)

    def validate_years(self, field: Any) -> None:
        """Asked for where the commitment is one of years."""
        self._needed(field, "years")
        between(field, 1, MOST_YEARS)

    def validate_times_training(self, field: Any) -> None:
        """Asked for where the commitment is one of training times."""
        self._needed(field, "times_training")
        between(field, 1, MOST_TIMES_TRAINING)

    def validate_until(self, field: Any) -> None:
        """Asked for where the commitment goes to a day."""
        self._needed(field, "until")

    def _needed(self, field: Any, name: str) -> None:
        if self.commitment.data == name and field.data is None:
            raise StopValidation(_("Điền ô này, hoặc chọn cách cam kết khác"))

    def row(self, kept: Row) -> dict[str, Any]:
        """The group in the data form; conditions and benefits stay as they are."""
        said = {
            "title": self.group_title.data,
            "clause": self.group_clause.data,
            "min_remaining_years": self.remaining.data,
            "commitment": self._terms(kept.get("commitment") or {}),
        }
        return with_said(kept, said)

    def _terms(self, kept: Row) -> dict[str, Any] | None:
        name = str(self.commitment.data)
        if name == "none":
            return None
        value = self[name].data
        kept = {key: one for key, one in kept.items() if key not in _COMMITMENTS}
        return {**kept, name: value.isoformat() if isinstance(value, date) else value}


def group_filled(row: Row) -> dict[str, Any]:
    """What fills the form of a group."""
    terms: Row = row.get("commitment") or {}
    kind = next((one for one in _COMMITMENTS if terms.get(one) is not None), "none")
    until = terms.get("until")
    return {
        "group_title": row.get("title"),
        "group_clause": row.get("clause"),
        "remaining": row.get("min_remaining_years"),
        "commitment": kind,
        "years": terms.get("years"),
        "times_training": terms.get("times_training"),
        "until": None if until is None else date.fromisoformat(until),
    }


class NewPolicyForm(DraftForm, _GroupFields):
    """A policy from nothing: its code, what a draft says of itself, its places, and the first group."""

    code = CleanString(
        _l("Mã chính sách"),
        [Required(_l("Nhập mã, ví dụ QN-12-2027"))],
        limit=40,
        description=_l("Chữ không dấu, số và dấu gạch, ví dụ QN-12-2027. Mã đứng trong địa chỉ của trang."),
    )
    scope = UnitBoxes(_l("Địa bàn áp dụng"))

    def validate_code(self, field: Any) -> None:
        """Letters, digits and hyphens; written in capitals, as the codes that came with the product."""
        field.data = field.data.upper()
        if not all(one.isascii() and (one.isalnum() or one == "-") for one in field.data):
            raise StopValidation(_("Mã chỉ gồm chữ không dấu, số và dấu gạch, ví dụ QN-12-2027"))


class ScopeForm(EditForm):
    """Where a version holds."""

    scope = UnitBoxes(_l("Địa bàn áp dụng"))


def scope_rows(codes: Sequence[str]) -> list[dict[str, str]]:
    """Units as the data form writes a scope; the whole country stands alone."""
    if EVERYWHERE in codes:
        return [{"unit": EVERYWHERE}]
    return [dict(zip(("unit", "as_of"), one.split("@"), strict=True)) for one in codes]


def scope_codes(rows: Sequence[Row]) -> list[str]:
    """The other way round."""
    return [f"{one['unit']}@{one['as_of']}" if one.get("as_of") else str(one["unit"]) for one in rows]


class ExclusionForm(EditForm):
    """Who gets nothing, in the words of the text; the condition is beside it."""

    words = CleanText(
        _l("Lời của văn bản"), [Required(_l("Ghi ai bị loại trừ theo lời của văn bản"))], limit=LONGEST_WORDS
    )
    part_clause = CleanString(_l("Điều, khoản của mục này"), limit=LONGEST_CLAUSE)

    def row(self, kept: Row) -> dict[str, Any]:
        """The exclusion in the data form."""
        return with_said(kept, {"text": self.words.data, "clause": self.part_clause.data})


def exclusion_filled(row: Row) -> dict[str, Any]:
    """What fills the form of an exclusion."""
    return {"words": row.get("text"), "part_clause": row.get("clause")}


class ModifierForm(EditForm):
    """What is added for whom; the condition is beside it."""

    effect = RadioField(
        _l("Tăng"),
        choices=choices([("percent", _l("theo phần trăm")), ("add", _l("một số tiền"))]),
        default="percent",
    )
    percent = ExactNumber(_l("Số phần trăm"))
    add = Vnd(_l("Số tiền cộng thêm"))
    groups = SelectMultipleField(
        _l("Áp dụng cho các nhóm"), choices=[], description=_l("Không chọn: mọi nhóm.")
    )
    cap = Vnd(_l("Sau khi tăng không quá"), description=_l("Để trống khi văn bản không nêu."))
    words = CleanText(_l("Lời của văn bản"), limit=LONGEST_WORDS)
    part_clause = CleanString(_l("Điều, khoản của mục này"), limit=LONGEST_CLAUSE)

    def validate_percent(self, field: Any) -> None:
        """Asked for where percents are added."""
        if self.effect.data == "percent" and field.data is None:
            raise StopValidation(_("Nhập số phần trăm, ví dụ 10"))
        if field.data is not None and as_exact(field.data) > MOST_PERCENT:
            raise StopValidation(_("Nhập số không quá %(most)s", most=MOST_PERCENT))

    def validate_add(self, field: Any) -> None:
        """Asked for where a sum is added."""
        if self.effect.data == "add" and field.data is None:
            raise StopValidation(_("Nhập số tiền, ví dụ 5.000.000"))

    def row(self, kept: Row) -> dict[str, Any]:
        """The modifier in the data form."""
        name = str(self.effect.data)
        said = {
            "effect": {name: self[name].data},
            "applies_to": list(self.groups.data or ()) or "all",
            "cap": self.cap.data,
            "text": self.words.data,
            "clause": self.part_clause.data,
        }
        return with_said(kept, said)


def modifier_filled(row: Row) -> dict[str, Any]:
    """What fills the form of a modifier."""
    effect: Row = row.get("effect") or {}
    named = row.get("applies_to")
    return {
        "effect": "add" if "add" in effect else "percent",
        "percent": effect.get("percent"),
        "add": effect.get("add"),
        "groups": [] if named in (None, "all") else list(named),
        "cap": row.get("cap"),
        "words": row.get("text"),
        "part_clause": row.get("clause"),
    }


def with_said(kept: Row, said: Row) -> dict[str, Any]:
    """A stored row with what was said; what was emptied goes, what is not shown stays."""
    emptied = {name for name, value in said.items() if value in (None, "", [])}
    row = dict(kept) | dict(said)
    return {name: value for name, value in row.items() if name not in emptied}


def between(field: Any, low: int, high: int) -> None:
    """Refuse a number out of its range. Raises StopValidation."""
    if field.data is not None and not low <= field.data <= high:
        raise StopValidation(_("Nhập số từ %(low)s đến %(high)s", low=low, high=high))
