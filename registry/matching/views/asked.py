"""What a request asks of a ranking: the day, a page, a lowest score, and what is tried out without being saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from registry.matching.queries.considered import Considered
from registry.matching.queries.rankings import Shares
from registry.matching.views.search_address import CONSIDERED_LIST, CONSIDERED_MONTHS, CONSIDERED_NEED
from registry.people.rules import DatePrecision, read_date
from registry.web.i18n import gettext as _
from registry.web.paging import page_number

MOST_RELAXED = 16
_LONGEST_KEY = 200
# Far enough either way for any decision or plan, and far from the ends of the calendar.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


_MOST_TYPED = 30


@dataclass(frozen=True)
class Unread:
    """What could not be read: the sentence on top of the page, the one beside its field, and what was typed."""

    problem: str
    beside: str
    typed: tuple[str, ...]

    @staticmethod
    def of(typed: Sequence[str], problem: str, beside: str) -> "Unread":
        """With as much of what was typed as a field may show again."""
        return Unread(problem, beside, tuple(text[:_MOST_TYPED] for text in typed[:5]))


@dataclass(frozen=True)
class Asked:
    """A ranking as asked for. `unread` says of a parameter why it could not be read and was left out."""

    as_of: date
    is_today: bool = True
    page: int = 1
    minimum: int = 0
    relaxed: tuple[str, ...] = ()
    shares: Shares | None = None
    unread: Mapping[str, Unread] = field(default_factory=dict[str, Unread])
    considered: Considered = field(default_factory=Considered)

    @property
    def is_trial(self) -> bool:
        """Something other than the saved need of today is shown."""
        return bool(self.relaxed) or self.shares is not None or not self.is_today

    def arguments(self, **changes: Any) -> dict[str, Any]:
        """The query of this page for links, with some of it changed; what is usual is left out."""
        said: dict[str, Any] = {
            "ngay": None if self.is_today else self.as_of.isoformat(),
            "tu-diem": self.minimum or None,
            "noi": list(self.relaxed) or None,
            "ty-trong": list(self.shares) if self.shares else None,
            CONSIDERED_LIST: [one.public_id for one in self.considered.lists] or None,
            CONSIDERED_NEED: [one.public_id for one in self.considered.needs] or None,
            CONSIDERED_MONTHS: self.considered.months,
        }
        said.update(changes)
        return {name: value for name, value in said.items() if value is not None}


def read_asked(query: MultiDict[str, str], today: date) -> Asked:
    """Read the query of a ranking page. What cannot be read is told and replaced by what is usual."""
    unread: dict[str, Unread] = {}
    as_of = _day(query.get("ngay", ""), unread) or today
    return Asked(
        as_of=as_of,
        is_today=as_of == today,
        page=page_number(query.get("trang")),
        minimum=_minimum(query.get("tu-diem", ""), unread),
        relaxed=tuple(dict.fromkeys(key[:_LONGEST_KEY] for key in query.getlist("noi")[:MOST_RELAXED])),
        shares=_shares(query.getlist("ty-trong"), unread),
        unread=unread,
    )


def _day(text: str, unread: dict[str, Unread]) -> date | None:
    """A day as people type it (25/11/2026) or as links carry it (2026-11-25)."""
    if not text.strip():
        return None
    found = read_date(text)
    if found is not None and found.precision is DatePrecision.DAY and _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return found.earliest
    unread["ngay"] = Unread.of(
        [text],
        _("Ngày tính điểm phải có thật, ví dụ 25/11/2026. Bảng dưới đây tính theo hôm nay."),
        _("Nhập ngày có thật, ví dụ 25/11/2026"),
    )
    return None


def _minimum(text: str, unread: dict[str, Unread]) -> int:
    if not text.strip():
        return 0
    if _is_whole(text.strip(), 100):
        return int(text)
    unread["tu-diem"] = Unread.of(
        [text],
        _("Điểm tối thiểu phải là số nguyên từ 0 đến 100. Bảng dưới đây không lọc theo điểm."),
        _("Nhập số nguyên từ 0 đến 100"),
    )
    return 0


def _shares(texts: Sequence[str], unread: dict[str, Unread]) -> Shares | None:
    if not texts:
        return None
    beside = _("Nhập năm số nguyên từ 0 đến 100, cộng thành 100")
    if len(texts) == 5 and all(_is_whole(text.strip(), 100) for text in texts):
        first, second, third, fourth, fifth = (int(text) for text in texts)
        total = first + second + third + fourth + fifth
        if total == 100:
            return first, second, third, fourth, fifth
        beside = _("Năm số này cộng thành %(total)s, phải cộng thành 100", total=total)
    unread["ty-trong"] = Unread.of(
        texts,
        _(
            "Năm tỷ trọng phải là số nguyên và cộng thành 100. Bảng dưới đây dùng tỷ trọng đã lưu của nhu cầu."
        ),
        beside,
    )
    return None


def _is_whole(text: str, at_most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= at_most


def without_idle(asked: Asked, saved: Shares, conditions: Collection[str]) -> Asked:
    """The same without what changes nothing: the saved shares again, and keys that are no condition of the need."""
    return replace(
        asked,
        shares=None if asked.shares == saved else asked.shares,
        relaxed=tuple(key for key in asked.relaxed if key in conditions),
    )
