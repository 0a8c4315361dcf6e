"""A reported figure beside the computed one: where they differ beyond rounding, the contradiction has a name. Pure (IN-05).

Neither side is corrected. A contradiction is open until somebody explains or accepts it, with a reason; each may be
opened again.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.indicators.rules.figures import Figure
from registry.indicators.rules.numbers import decimal_places, half_up, signed_words
from registry.indicators.rules.units import may_be_added
from registry.indicators.rules.verdicts import Finding
from registry.people.rules.problems import N_, Problem

REASON_MISSING = N_("Ghi lý do: người đọc báo cáo cần biết vì sao hai số khác nhau")
NOT_PERMITTED = N_("Không chuyển được từ «%(source)s» sang «%(target)s»")
DIFFERS = N_("Báo cáo ghi %(reported)s, hệ thống đếm được %(computed)s (lệch %(difference)s)")
UNITS_DIFFER = N_(
    "Báo cáo ghi %(reported)s, hệ thống đếm được %(computed)s: khác đơn vị tính, không trừ được cho nhau"
)
AGREES = N_("Báo cáo ghi %(reported)s, hệ thống đếm được %(computed)s: khớp")
ABOUT = N_("Báo cáo ghi %(reported)s, hệ thống đếm được %(computed)s: số ước chừng, không đối chiếu được")
NO_SIDE = N_("Không đối chiếu được: báo cáo ghi %(reported)s, hệ thống đếm được %(computed)s")


class ContradictionState(StrEnum):
    """open → explained → accepted; each can be opened again."""

    OPEN = "open"
    EXPLAINED = "explained"
    ACCEPTED = "accepted"


STATE_WORDS = {
    ContradictionState.OPEN: N_("Chưa giải thích"),
    ContradictionState.EXPLAINED: N_("Đã giải thích"),
    ContradictionState.ACCEPTED: N_("Đã chấp nhận"),
}
_S = ContradictionState
_MOVES = {
    _S.OPEN: {_S.EXPLAINED, _S.ACCEPTED},
    _S.EXPLAINED: {_S.ACCEPTED, _S.OPEN},
    _S.ACCEPTED: {_S.OPEN},
}


@dataclass(frozen=True, slots=True)
class Beside:
    """Both figures and the verdict. `difference` is computed − reported, None where it has no meaning."""

    reported: Figure
    computed: Figure
    finding: Finding
    difference: Decimal | None
    problem: Problem

    @property
    def text(self) -> str:
        """The sentence with both numbers, in Vietnamese."""
        return self.problem.text


def beside(reported: Figure, computed: Figure) -> Beside:
    """Hold a reported figure against the computed one, at the decimals it was reported with."""
    values: dict[str, object] = {"reported": reported.words, "computed": computed.words}
    if reported.amount is None or computed.amount is None:
        return _unchecked(reported, computed, Problem("no_side", NO_SIDE, values))
    if not may_be_added({reported.unit, computed.unit}):
        problem = Problem("units_differ", UNITS_DIFFER, values)
        return Beside(reported, computed, Finding.CONTRADICTS, None, problem)
    if reported.is_about or computed.is_about:
        return _unchecked(reported, computed, Problem("about", ABOUT, values))
    difference = computed.amount - reported.amount
    if half_up(computed.amount, decimal_places(reported.amount)) == reported.amount:
        return Beside(reported, computed, Finding.CONSISTENT, difference, Problem("agrees", AGREES, values))
    values["difference"] = signed_words(difference)
    return Beside(reported, computed, Finding.CONTRADICTS, difference, Problem("differs", DIFFERS, values))


def may_move(source: ContradictionState, target: ContradictionState, reason: str) -> Problem | None:
    """Why a contradiction cannot go from one state to another; None where it can. Every move has a reason."""
    if target not in _MOVES[source]:
        values = {"source": STATE_WORDS[source], "target": STATE_WORDS[target]}
        return Problem("not_permitted", NOT_PERMITTED, values)
    return None if reason.strip() else Problem("reason_missing", REASON_MISSING)


def _unchecked(reported: Figure, computed: Figure, problem: Problem) -> Beside:
    return Beside(reported, computed, Finding.NOT_CHECKABLE, None, problem)
