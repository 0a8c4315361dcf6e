"""Moves between two rankings in words and marks: ▲ ▼ mới, by how much, and because of what."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from registry import formats
from registry.matching.engine.changes import Cause, Move, Row, Shifts
from registry.matching.engine.outcome import Match
from registry.matching.queries import Ranked
from registry.matching.queries.changes import Since
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l
from registry.web.i18n import ngettext

CAUSE_WORDS = {
    Cause.PROFILE: _l("hồ sơ đã đổi"),
    Cause.NEED: _l("yêu cầu của nhu cầu đã đổi"),
    Cause.WEIGHTS: _l("tỷ trọng hoặc trọng số đã đổi"),
    Cause.VOCABULARY: _l("danh mục kỹ năng đã đổi"),
    Cause.DATE: _l("ngày tính đã sang ngày khác"),
    Cause.FORMULA: _l("cách tính điểm đã đổi"),
    Cause.OTHERS: _l("người khác thay đổi, điểm của người này vẫn thế"),
}
_NEW_PROFILE = _l("hồ sơ mới được xét, hoặc đã đổi")
_GONE_PROFILE = _l("hồ sơ đã đổi, hoặc không còn được xét")


def mark(move: Move) -> Markup:
    """The mark beside a place, with the words for those who cannot see it."""
    if move.before is None:
        return Markup("<span>{}</span>").format(_("mới"))
    if move.shift == 0:
        return Markup("")
    sign, spoken = ("▲", _up(move.shift)) if move.shift > 0 else ("▼", _down(-move.shift))
    return Markup('<span aria-hidden="true">{} {}</span><span class="vh">{}</span>').format(
        sign, formats.number(abs(move.shift)), spoken
    )


def note(move: Move) -> str:
    """What happened to a place and why, as one sentence."""
    return _("%(what)s: %(why)s.", what=_what(move), why="; ".join(_why(move)))


def _what(move: Move) -> str:
    before, after = move.before, move.after
    if before is None:
        return _("Mới vào bảng")
    if after is None:
        return _("Không còn trong bảng, trước ở hạng %(rank)s", rank=before.rank)
    if move.shift == 0:
        moved = _("Vẫn hạng %(rank)s", rank=after.rank)
    else:
        moved = _up(move.shift) if move.shift > 0 else _down(-move.shift)
    if before.certain == after.certain:
        return moved
    points = {"old": formats.points(before.certain), "new": formats.points(after.certain)}
    return _("%(moved)s, điểm từ %(old)s thành %(new)s", moved=moved, **points)


def _up(places: int) -> str:
    return ngettext("Lên %(num)s hạng", "Lên %(num)s hạng", places)


def _down(places: int) -> str:
    return ngettext("Xuống %(num)s hạng", "Xuống %(num)s hạng", places)


def _why(move: Move) -> Sequence[str]:
    words = {**CAUSE_WORDS}
    if move.before is None:
        words[Cause.PROFILE] = _NEW_PROFILE
    elif move.after is None:
        words[Cause.PROFILE] = _GONE_PROFILE
    return [str(words[cause]) for cause in move.causes]


def of_row(compared: Since | None, found: Ranked, match: Match, rank: int) -> Move | None:
    """How a person of today's ranking came to the place; None when nothing is known to have changed."""
    if compared is None:
        return None
    move = compared.comparison.move(Row(rank, match.person, match.certain, found.facts[match.person]))
    earlier = compared.comparison.earlier
    if move is not None and move.before is None and not earlier.is_whole and rank > len(earlier.rows):
        return None  # so far down nothing was kept
    return move


def shown_beside(person: dict[str, Any], move: Move | None) -> dict[str, Any]:
    """The person of a card with the mark and the sentence of a move."""
    return person if move is None else {**person, "shift": mark(move), "shift_note": note(move)}


def summary(moved: Shifts) -> list[str]:
    """The counts of moves as phrases; nothing moved says so."""
    phrases = [
        (moved.new_in_50, ngettext("%(num)s người mới vào 50 người đầu", "%(num)s người mới vào 50 người đầu", moved.new_in_50)),
        (moved.new_in_100, ngettext("%(num)s người mới vào 100 người đầu", "%(num)s người mới vào 100 người đầu", moved.new_in_100)),
        (moved.up, ngettext("%(num)s người lên hạng", "%(num)s người lên hạng", moved.up)),
        (moved.down, ngettext("%(num)s người xuống hạng", "%(num)s người xuống hạng", moved.down)),
        (moved.left, ngettext("%(num)s người không còn trong bảng", "%(num)s người không còn trong bảng", moved.left)),
    ]  # fmt: skip
    return [text for count, text in phrases if count] or [_("Không ai đổi hạng")]


def summary_of(counts: Mapping[str, int]) -> list[str]:
    """The same of counts as an alert keeps them."""
    return summary(Shifts(**counts))
