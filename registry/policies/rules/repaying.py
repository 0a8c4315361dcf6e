"""What has to be paid back on a day, with its formula: in full, by the months left, or a multiple. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from registry import formats
from registry.policies.rules.amounts import number_words, rounded
from registry.policies.rules.benefits import Repayment, RepaymentKind
from registry.policies.rules.commitments import Commitment, end, months_left


@dataclass(frozen=True, slots=True)
class Repayable:
    """`vnd` is nothing when the formula or the commitment is not known; `waived` is the ground that frees from it."""

    kind: RepaymentKind
    vnd: int | None
    formula: str
    due_on: date | None = None
    waived: str | None = None


def repayable(
    repayment: Repayment, paid: int, commitment: Commitment | None, on: date, ground: str | None = None
) -> Repayable:
    """What is repayable for `paid` đồng on a day of breach; nothing any more after the commitment's end.

    full = paid; pro rata = paid × months left / months in all; multiple = paid × multiple; half up. `ground`: why
    an officer would waive it. Where the text lists grounds only these free from it; where none was read, any does.
    """
    if repayment.kind in (RepaymentKind.UNKNOWN, RepaymentKind.NOT_STATED):
        words = "chưa đọc được công thức" if repayment.kind is RepaymentKind.UNKNOWN else "văn bản không nêu"
        return Repayable(repayment.kind, None, words)
    if ground and (not repayment.waived_when or ground in repayment.waived_when):
        return Repayable(repayment.kind, 0, f"được miễn: {ground}", waived=ground)
    if commitment is not None and on > end(commitment, on):
        return Repayable(repayment.kind, 0, "đã hết thời gian cam kết")
    vnd, formula = _amount(repayment, paid, commitment, on)
    due_on = on + timedelta(days=repayment.deadline_days) if repayment.deadline_days and vnd else None
    return Repayable(repayment.kind, vnd, formula, due_on)


def _amount(
    repayment: Repayment, paid: int, commitment: Commitment | None, on: date
) -> tuple[int | None, str]:
    if repayment.kind is RepaymentKind.FULL:
        return paid, f"toàn bộ = {formats.money(paid)}"
    if repayment.kind is RepaymentKind.MULTIPLE:
        vnd = rounded(repayment.multiple * paid)
        return vnd, f"{number_words(repayment.multiple)} × {formats.money(paid)} = {formats.money(vnd)}"
    if commitment is None:
        return None, "chưa rõ thời gian cam kết"
    left, months = months_left(commitment, on)
    vnd = rounded(Fraction(paid * left, months)) if months else 0
    return vnd, f"{formats.money(paid)} × {left}/{months} tháng = {formats.money(vnd)}"
