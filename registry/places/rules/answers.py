"""A place, and the answer to a typed text: one unit, a question with candidates, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.places.rules.kinds import KIND_WORDS_EN, UnitKind, UnitLevel

# More would not be read; the sentence says how many there are in all.
MOST_CANDIDATES = 12
_IN_A_SENTENCE = 5


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """One administrative unit during one validity, as the gazetteer holds it; compared by identity."""

    id: int
    code: str
    level: UnitLevel
    kind: UnitKind
    name: str
    full_name: str
    path: str
    sort_key: str
    valid_from: date
    valid_to: date | None
    parent: "Place | None" = field(default=None, repr=False)

    @property
    def is_current(self) -> bool:
        return self.valid_to is None

    def words(self, locale: str = "vi") -> str:
        """The unit inside the units above it: «xã An Thủy, huyện Ba Tri, tỉnh Bến Tre»."""
        own = self.own_words(locale)
        if self.parent is None or self.parent.level is UnitLevel.COUNTRY:
            return own
        return f"{own}, {self.parent.words(locale)}"

    def own_words(self, locale: str = "vi") -> str:
        """The unit alone: «xã An Thủy», “An Thủy Commune”."""
        if locale == "vi" or self.level is UnitLevel.COUNTRY:
            return self.full_name
        if self.name.isdigit():
            return f"{KIND_WORDS_EN[self.kind]} {self.name}"
        return f"{self.name} {KIND_WORDS_EN[self.kind]}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of today that a text may mean, with the former unit the text names, if it does."""

    unit: Place
    former: Place | None = None

    def words(self, locale: str = "vi") -> str:
        """«xã An Đức, huyện Ba Tri, tỉnh Bến Tre, nay là xã Ba Tri, tỉnh Vĩnh Long»."""
        unit, former = self.unit, self.former
        if former is None:
            return unit.words(locale)
        if former.level is UnitLevel.PROVINCE and unit.level is UnitLevel.PROVINCE:
            return f"{former.name}, {'nay là' if locale == 'vi' else 'now'} {unit.name}"
        if unit.level is UnitLevel.PROVINCE and former.parent is not None and former.parent.name == unit.name:
            return (
                f"{former.own_words(locale)} ({'cũ' if locale == 'vi' else 'former'}), {unit.words(locale)}"
            )
        if former.level is unit.level or former.name == unit.name:
            return f"{former.words(locale)}, {'nay là' if locale == 'vi' else 'now'} {unit.words(locale)}"
        return f"{former.words(locale)}, {'nay thuộc' if locale == 'vi' else 'now in'} {unit.words(locale)}"


class AnswerState(StrEnum):
    """What became of a typed text."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a typed text means. `unit` is set only when nothing had to be guessed.

    `former` is the former unit the text named. `candidates` are the readings to choose from (ambiguous)
    or the nearest names (unknown), `total` how many there are in all. `also` are former units of the
    same name that went elsewhere, although the text is the full name of a unit of today.
    """

    typed: str
    state: AnswerState
    unit: Place | None = None
    former: Place | None = None
    candidates: tuple[Candidate, ...] = ()
    total: int = 0
    also: tuple[Candidate, ...] = ()

    def words(self, locale: str = "vi") -> str:
        """The sentence to show beside what was typed."""
        if self.unit is not None:
            return Candidate(self.unit, self.former).words(locale)
        vi, en = _SENTENCES[self.state, bool(self.candidates)]
        listed = "; ".join(one.words(locale) for one in self.candidates[:_IN_A_SENTENCE])
        more = "; …" if self.total > _IN_A_SENTENCE else ""
        sentence = vi if locale == "vi" else en
        return sentence.format(typed=_shortened(self.typed), total=self.total, listed=listed + more)


_SENTENCES: dict[tuple[AnswerState, bool], tuple[str, str]] = {
    (AnswerState.AMBIGUOUS, True): (
        "«{typed}» có thể là {total} nơi. Ghi thêm huyện và tỉnh, hoặc chọn: {listed}",
        "“{typed}” can be {total} places. Add the district and province, or choose: {listed}",
    ),
    (AnswerState.UNKNOWN, True): (
        "Không tìm thấy «{typed}». Gần giống: {listed}",
        "“{typed}” was not found. Similar: {listed}",
    ),
    (AnswerState.UNKNOWN, False): (
        "Không tìm thấy «{typed}». Nhập tên xã, phường và tỉnh, ví dụ «Ba Tri, Vĩnh Long»",
        "“{typed}” was not found. Enter the commune and the province, for example “Ba Tri, Vĩnh Long”",
    ),
    (AnswerState.EMPTY, False): ("Nhập tên xã, phường hoặc tỉnh", "Enter a commune, ward or province"),
}
_LONGEST_QUOTE = 60


def _shortened(typed: str) -> str:
    return typed if len(typed) <= _LONGEST_QUOTE else f"{typed[:_LONGEST_QUOTE]}…"


def question(
    typed: str, state: AnswerState, candidates: Sequence[Candidate], *, ordered: bool = False
) -> PlaceAnswer:
    """An answer without a unit: the candidates, units of today first unless they come in an order."""
    if not ordered:
        candidates = sorted(candidates, key=_reading_order)
    shown = tuple(candidates[:MOST_CANDIDATES])
    return PlaceAnswer(typed, state, candidates=shown, total=len(candidates))


def _reading_order(candidate: Candidate) -> tuple[int, bool, str, str, int]:
    named = candidate.former or candidate.unit
    levels = (UnitLevel.COUNTRY, UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)
    above = candidate.unit.words()
    return (
        levels.index(named.level),
        candidate.former is not None,
        named.sort_key,
        f"{named.path} {above}",
        candidate.unit.id,
    )
