"""What is wrong in the data of a policy, and where: every refusal says in Vietnamese how to mend it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from registry import formats, text
from registry.policies.rules.benefits import Exact
from registry.policies.rules.money import MOST_VND

LONGEST_TEXT = 2_000
LONGEST_CODE = 60
MOST_ROWS = 200
Row = Mapping[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the place in the policy («nhóm «ts» › điều kiện 2») and the words."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}" if self.where else self.words


class PolicyRefused(ValueError):
    """Data that may not be saved, with everything that is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the data being read, where it stands, and the list that collects what is wrong."""

    row: Row
    where: str = ""
    problems: list[Problem] = field(default_factory=list[Problem])

    def refuse(self, words: str) -> None:
        """Note one thing that is wrong here."""
        self.problems.append(Problem(self.where, words))

    def inside(self, value: object, where: str) -> "Place":
        """The place of a row within this one; what is no row is refused and read as an empty one."""
        path = f"{self.where} › {where}" if self.where else where
        if not isinstance(value, Mapping):
            self.problems.append(Problem(path, "phải là một mục có tên từng phần"))
            value = {}
        return Place(value, path, self.problems)  # pyright: ignore[reportUnknownArgumentType]

    def part(self, key: str, where: str) -> "Place | None":
        """The row under a key, if there is one."""
        value = self.row.get(key)
        return None if value is None else self.inside(value, where)

    def parts(self, key: str, where: str, most: int = MOST_ROWS) -> "list[Place]":
        """The rows under a key, named by their codes or numbers."""
        rows = self.listed(key, most)
        return [self.inside(row, f"{where} {_named(row, number)}") for number, row in enumerate(rows, 1)]

    def listed(self, key: str, most: int = MOST_ROWS) -> Sequence[Any]:
        """The list under a key; nothing is an empty list."""
        rows: Any = self.row.get(key)
        if rows is None:
            return ()
        if type(rows) not in (list, tuple):
            self.refuse(f"«{key}» phải là một danh sách")
            return ()
        if len(rows) > most:
            self.refuse(f"«{key}» có {len(rows)} mục; nhiều nhất là {most}")
            return rows[:most]
        return rows

    def only(self, allowed: frozenset[str]) -> None:
        """Refuse parts nobody would read: a name that is mistyped must not be passed over."""
        for key in self.row:
            if key not in allowed:
                self.refuse(f"không có phần nào tên «{key}»")

    def words(self, key: str, *, required: bool = False, limit: int = LONGEST_TEXT) -> str:
        """A text, cleaned; empty when there is none."""
        value = self.row.get(key)
        if value is None or value == "":
            if required:
                self.refuse(f"thiếu «{key}»")
            return ""
        if not isinstance(value, str):
            self.refuse(f"«{key}» phải là chữ")
            return ""
        try:
            return text.clean(value, limit=limit)
        except text.TextRefused as refused:
            is_long = refused.reason == "too_long"
            self.refuse(f"«{key}» " + (f"dài quá {limit} chữ" if is_long else "có ký tự không đọc được"))
            return ""

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of short texts."""
        found = self.listed(key)
        if not all(isinstance(one, str) and one and len(one) <= LONGEST_TEXT for one in found):
            self.refuse(f"«{key}» phải là danh sách các mã hoặc chữ")
            return ()
        return tuple(found)

    def day(self, key: str) -> date | None:
        """A date written 2026-03-01."""
        value = self.row.get(key)
        if value is None or value == "":
            return None
        day = read_day(value)
        if day is None:
            self.refuse(f"«{key}» phải là một ngày có thật, viết như 2026-03-01")
        return day

    def whole(self, key: str, lowest: int, highest: int) -> int | None:
        """A whole number within bounds."""
        value = self.row.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(f"«{key}» phải là số nguyên")
            return None
        if not lowest <= value <= highest:
            self.refuse(f"«{key}» phải từ {formats.number(lowest)} đến {formats.number(highest)}")
            return None
        return value

    def money(self, key: str) -> int | None:
        """An amount of whole đồng, from 0 to a thousand billion."""
        return self.whole(key, 0, MOST_VND)

    def exact(self, key: str, highest: int) -> Exact | None:
        """A positive multiple or percent: a whole number, or a decimal one written as text («1.5»)."""
        value = self.row.get(key)
        if value is None:
            return None
        number = read_exact(value)
        if number is None or not 0 < number <= highest:
            self.refuse(
                f'«{key}» phải là số lớn hơn 0, nhiều nhất {formats.number(highest)}, ví dụ 500 hoặc "1.5"'
            )
            return None
        return number

    def flag(self, key: str) -> bool:
        """Yes or no; nothing is no."""
        value = self.row.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"«{key}» phải là có hoặc không")
            return False
        return value

    def choice(self, key: str, of: type[Choice], default: Choice | None = None) -> Choice | None:
        """One of a closed list."""
        value = self.row.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in [one.value for one in of]:
            self.refuse(f"«{key}» phải là một trong: {', '.join(of)}")
            return default
        return of(value)


def read_day(value: object) -> date | None:
    """A date from its text, or nothing; years far from any law are taken for slips of the hand."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def read_exact(value: object) -> Exact | None:
    """A whole number or an exact decimal from its text; a float is refused, since it is not what was written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or len(value) > 20 or not value.replace(".", "", 1).isdecimal():
        return None
    number = Fraction(value if value[0] != "." and value[-1] != "." else "0")
    return number.numerator if number.denominator == 1 else number


def refuse_twice(codes: Sequence[str], refuse: Callable[[str], None], what: str) -> None:
    """Refuse a code that stands twice."""
    for code in sorted({one for one in codes if one and codes.count(one) > 1}):
        refuse(f"{what} «{code}» có hai lần")


def _named(row: object, number: int) -> str:
    code: object = row.get("code") if isinstance(row, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return f"«{code}»" if isinstance(code, str) and code else str(number)
