"""What holds for all groups of a version: ladder of degrees, several groups at once, old grants, repayment."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import StopValidation

from registry.policies.forms.conditions import LONGEST_CLAUSE, LONGEST_WORDS
from registry.policies.forms.figures import ExactNumber, MaybeNumber, as_exact
from registry.policies.forms.parts import between, with_said
from registry.policies.rules.benefits import RepaymentKind
from registry.policies.rules.facts import DEGREES
from registry.web.choices import choices
from registry.web.edits import EditForm
from registry.web.forms import CleanString, CleanText
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

Row = Mapping[str, Any]
MOST_DEADLINE = 3650


class LadderForm(EditForm):
    """The policy's own order of degrees: the step of each, and none for those that count for nothing."""

    def codes(self) -> list[str]:
        """The degrees, in the order of the catalogue."""
        return [code for code in DEGREES if code in self]

    def steps(self) -> list[list[str]]:
        """The ladder in the data form: step by step from the lowest, equal ones in the order they had."""
        said = {code: int(self[code].data) for code in self.codes() if self[code].data not in (None, "", "0")}
        return [[code for code in said if said[code] == step] for step in sorted(set(said.values()))]


def ladder_form(steps: Sequence[Sequence[str]], **given: Any) -> LadderForm:
    """The form of a ladder: each degree with its step."""
    pairs = [
        ("0", _l("không xếp bậc")),
        *((str(n), _l("bậc %(n)s", n=n)) for n in range(1, len(DEGREES) + 1)),
    ]
    fields = {code: SelectField(_l(label), choices=choices(pairs)) for code, label in DEGREES.items()}
    filled = {code: str(number) for number, step in enumerate(steps, 1) for code in step}
    return type("LadderForm", (LadderForm,), fields)(
        data={code: filled.get(code, "0") for code in DEGREES} | dict(given.pop("data", {})), **given
    )


class TermsForm(EditForm):
    """What holds for all groups: several at once, old grants, the yearly list."""

    stacking = RadioField(
        _l("Người thuộc nhiều nhóm"),
        choices=choices(
            [
                ("highest_only", _l("chỉ hưởng nhóm có mức một lần cao nhất")),
                ("sum", _l("được cộng các mức")),
                ("exclusive_groups", _l("các khoản cùng tên nhóm loại trừ: chỉ hưởng khoản cao nhất")),
            ]
        ),
        default="highest_only",
    )
    yearly_list = SelectField(_l("Danh mục ngành hằng năm"), choices=[])
    transition = CleanText(
        _l("Quy định chuyển tiếp"),
        limit=LONGEST_WORDS,
        description=_l("Lời của văn bản. Để trống khi văn bản không nêu."),
    )
    keeps_old = BooleanField(_l("Người đang hưởng theo quy định cũ được hưởng tiếp đến hết thời hạn"))
    notes = CleanText(
        _l("Ghi chú cho người đọc"),
        limit=4_000,
        description=_l("Mỗi dòng một ghi chú, hiện ở trang công khai."),
    )

    def validate_keeps_old(self, field: Any) -> None:
        """A transition without words cannot be checked."""
        if field.data and not self.transition.data:
            raise StopValidation(_("Ghi lời của quy định chuyển tiếp, hoặc bỏ đánh dấu"))

    def changed(self, data: Row) -> dict[str, Any]:
        """The version with these terms."""
        text = self.transition.data
        kept: Row = data.get("transition") or {}
        transition = {**kept, "text": text, "keeps_old_grants": bool(self.keeps_old.data)} if text else None
        said: dict[str, Any] = {
            "stacking": self.stacking.data,
            "transition": transition,
            "yearly_list": self.yearly_list.data,
            "notes": [one.strip() for one in str(self.notes.data or "").splitlines() if one.strip()],
        }
        return {**with_said(data, said), "notes": said["notes"]}


def terms_filled(data: Row) -> dict[str, Any]:
    """What fills the form."""
    transition: Row = data.get("transition") or {}
    return {
        "stacking": data.get("stacking") or "highest_only",
        "yearly_list": data.get("yearly_list") or "",
        "transition": transition.get("text"),
        "keeps_old": bool(transition.get("keeps_old_grants")),
        "notes": "\n".join(data.get("notes") or ()),
    }


class RepaymentForm(EditForm):
    """What is paid back on a breach."""

    kind = RadioField(
        _l("Khi vi phạm cam kết"),
        choices=choices(
            [
                (RepaymentKind.NOT_STATED.value, _l("văn bản không nêu")),
                (RepaymentKind.FULL.value, _l("hoàn trả toàn bộ số đã nhận")),
                (RepaymentKind.PRO_RATA_MONTHS.value, _l("hoàn trả theo số tháng chưa phục vụ")),
                (RepaymentKind.MULTIPLE.value, _l("hoàn trả gấp nhiều lần số đã nhận")),
                (RepaymentKind.UNKNOWN.value, _l("văn bản có quy định, cách tính chưa đọc được")),
            ]
        ),
        default=RepaymentKind.NOT_STATED.value,
    )
    multiple = ExactNumber(_l("Số lần"))
    deadline_days = MaybeNumber(_l("Hạn trả, số ngày"))
    waived_when = CleanText(
        _l("Được miễn khi"), limit=4_000, description=_l("Mỗi dòng một trường hợp theo văn bản.")
    )
    clause = CleanString(_l("Điều, khoản"), limit=LONGEST_CLAUSE)
    text = CleanText(_l("Lời của văn bản"), limit=LONGEST_WORDS)

    def validate_multiple(self, field: Any) -> None:
        """Asked for where it is a multiple, and not beside anything else."""
        is_multiple = self.kind.data == RepaymentKind.MULTIPLE
        if is_multiple and field.data is None:
            raise StopValidation(_("Nhập số lần, ví dụ 2"))
        if not is_multiple and field.data is not None:
            raise StopValidation(_("Chỉ điền số lần khi hoàn trả gấp nhiều lần"))
        if field.data is not None and as_exact(field.data) > 100:
            raise StopValidation(_("Nhập số không quá %(most)s", most=100))

    def validate_deadline_days(self, field: Any) -> None:
        """Days until it must be paid."""
        between(field, 1, MOST_DEADLINE)

    def row(self, kept: Row | None) -> dict[str, Any] | None:
        """The repayment in the data form; nothing where the text says nothing and nothing was kept."""
        waived = [one.strip() for one in str(self.waived_when.data or "").splitlines() if one.strip()]
        said = {
            "kind": self.kind.data,
            "multiple": self.multiple.data,
            "deadline_days": self.deadline_days.data,
            "clause": self.clause.data,
            "text": self.text.data,
        }
        if kept is None and said["kind"] == RepaymentKind.NOT_STATED and not waived and not said["text"]:
            return None
        row = with_said(kept or {}, said)
        if waived or "waived_when" in row:
            row["waived_when"] = waived
        return row


def repayment_filled(row: Row | None) -> dict[str, Any]:
    """What fills the form."""
    kept = row or {}
    plain = {name: kept.get(name) for name in ("multiple", "deadline_days", "clause", "text")}
    return plain | {
        "kind": kept.get("kind") or RepaymentKind.NOT_STATED.value,
        "waived_when": "\n".join(kept.get("waived_when") or ()),
    }
