"""Tables of supply and demand as pages and files show them: by sector, occupation, place, skill, and every cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from registry import formats
from registry.balance.forms.words import HORIZON_SHORT, SIGN, SIGN_TAG, UNSTATED_NAME
from registry.balance.queries.counting import Part, cells
from registry.balance.queries.places import names_of_units
from registry.balance.queries.skills import skill_cells
from registry.balance.rules import (
    Balance,
    BalanceRow,
    Horizon,
    Shown,
    Sign,
    Subject,
    SubjectKind,
    balance,
    masked,
    occupations,
    sectors,
    shown,
    sums_of,
)
from registry.balance.rules.masking import hide_all
from registry.balance.views.blueprint import Asked, number, signed
from registry.web.clock import today
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_OCCUPATION, _SECTOR, _UNIT = 0, 1, 2


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is called, what else is said of it, its numbers, and where they lead."""

    name: str
    about: tuple[str, ...]
    shown: Shown
    subject: Subject | None
    unit_path: str
    horizon: Horizon
    opens: bool = True
    """Whether the rows behind it can be asked for: of what is kept for a unit itself, beside those below, they cannot."""

    @property
    def demand(self) -> str:
        """Free posts."""
        return number(self.shown.demand)

    @property
    def supply(self) -> str:
        """People who are free."""
        return number(self.shown.supply, is_hidden=self.shown.is_hidden)

    @property
    def unknown(self) -> str:
        """People of whom it is not known."""
        return number(self.shown.unknown, is_hidden=self.shown.is_hidden)

    @property
    def difference(self) -> str:
        """Supply − demand, with its sign."""
        return signed(self.shown.difference, is_hidden=self.shown.is_hidden)

    @property
    def share(self) -> str:
        """People of whom it is not known ÷ all people of the row."""
        share = self.shown.unknown_share
        return "" if share is None or not self.shown.unknown else percent(share)

    @property
    def sign(self) -> tuple[Any, str]:
        """The word for the sign and its colour."""
        return SIGN[self.shown.sign], SIGN_TAG[self.shown.sign]

    @property
    def is_short(self) -> bool:
        """Whether people are missing."""
        return self.shown.sign is Sign.SHORTAGE

    @property
    def address(self) -> dict[str, Any]:
        """What the numbers lead to, as it stands in an address."""
        found: dict[str, Any] = {"dia-ban": self.unit_path, "ky-han": self.horizon.value}
        if self.subject is not None:
            found |= {"loai": self.subject.kind.value, "ma": self.subject.code}
        return {key: value for key, value in found.items() if value or key == "ma"}

    def href(self, endpoint: str, **values: Any) -> str:
        """The page of the rows behind a number."""
        return url_for(f"balance.{endpoint}", **self.address, **values)

    def cells(self) -> list[str | int | None]:
        """The row as it stands in a file: hidden numbers are empty, and the last column says so."""
        one = self.shown
        share = None if one.unknown_share is None or one.unknown is None else percent(one.unknown_share)
        hidden = _("ẩn: ít người") if one.is_hidden else ""
        return [
            self.name, *self.about, one.demand, one.supply, one.difference, str(SIGN[one.sign]), one.unknown,
            share or "", hidden,
        ]  # fmt: skip


HEADERS = ("Cầu", "Cung", "Chênh lệch", "Dấu", "Chưa rõ", "Tỷ lệ chưa rõ", "Ghi chú")


@dataclass(frozen=True)
class Counted:
    """A table with its sum, and how many of its rows have which sign."""

    lines: Sequence[Line]
    total: Line | None

    @property
    def signs(self) -> str:
        """How many rows are short and how many have more: one does not make up for the other."""
        found = dict.fromkeys(Sign, 0)
        for line in self.lines:
            found[line.shown.sign] += 1
        return _(
            "%(short)s dòng thiếu, %(more)s dòng dư, %(even)s dòng cân bằng",
            short=number(found[Sign.SHORTAGE]),
            more=number(found[Sign.SURPLUS]),
            even=number(found[Sign.EVEN]),
        )


def percent(share: Fraction) -> str:
    """A share as percent."""
    return formats.percent(float(share * 100), 1, current_language())


def rows_of(session: Session, wanted: Asked) -> list[BalanceRow]:
    """All cells a page is made from."""
    return cells(session, wanted.part, wanted.horizon, on=today())


def total_of(rows: Sequence[BalanceRow]) -> Balance:
    """The sum of all cells; noughts where there are none."""
    return next(iter(sums_of(rows, ())), balance(BalanceRow((), 0, 0)))


def by_sector(rows: Sequence[BalanceRow], wanted: Asked) -> Counted:
    """One line a sector with anything in it."""
    seen, total = _seen(sums_of(rows, (_SECTOR,)), total_of(rows), wanted)

    def line(one: Shown) -> Line:
        code = one.key[0]
        name = sectors().get(code, str(UNSTATED_NAME))
        return _line(wanted, name, (), one, Subject(SubjectKind.SECTOR, code))

    return _counted(wanted, [line(one) for one in seen], total)


def by_occupation(rows: Sequence[BalanceRow], wanted: Asked) -> Counted:
    """One line an occupation, with its sector."""
    balances = sums_of(rows, (_OCCUPATION, _SECTOR))
    if wanted.is_own:
        seen: list[Shown] = [shown(one) for one in balances]
    else:
        hidden = {
            line.subject.code
            for line in by_sector(rows, wanted).lines
            if line.subject and line.shown.is_hidden
        }
        seen = []
        for sector in dict.fromkeys(one.row.key[1] for one in balances):
            inside = [one for one in balances if one.row.key[1] == sector]
            # Where the sum is hidden its parts are, too: added up they would tell it.
            seen += hide_all(inside) if sector in hidden else masked(inside, None)[0]

    def line(one: Shown) -> Line:
        occupation, sector = one.key
        name = occupations().get(occupation, str(UNSTATED_NAME))
        return _line(
            wanted, name, (sectors().get(sector, ""),), one, Subject(SubjectKind.OCCUPATION, occupation)
        )

    _none, total = _seen(sums_of(rows, (_SECTOR,)), total_of(rows), wanted)
    return _counted(wanted, [line(one) for one in seen], total)


def by_unit(session: Session, rows: Sequence[BalanceRow], wanted: Asked) -> Counted:
    """One line a unit below the one that is asked for; what is kept for the unit itself has a line of its own."""
    below = _below(wanted.part.unit_path)
    keyed = [BalanceRow((below(one.key[_UNIT]),), one.demand, one.supply, one.unknown) for one in rows]
    # In one order on every page: what else is hidden must not depend on it.
    sums = sorted(sums_of(keyed, (0,)), key=lambda one: one.row.key)
    seen, total = _seen(sums, total_of(rows), wanted)
    names = names_of_units(session, [one.key[0] for one in seen])

    def line(one: Shown) -> Line:
        path = one.key[0]
        is_itself = path == wanted.part.unit_path
        name = _("Chung của cả địa bàn") if is_itself else names.get(path, path)
        return replace(_line(wanted, name, (), one, None, path), opens=not is_itself)

    return _counted(wanted, [line(one) for one in seen], total)


def of_every_cell(session: Session, part: Part) -> list[Line]:
    """Occupation × sector × unit × horizon, only where there is a post or a person. For own records alone."""
    found: list[Line] = []
    for horizon in Horizon:
        wanted = Asked(part, horizon, is_own=True)
        rows = rows_of(session, wanted)
        names = names_of_units(session, [one.key[_UNIT] for one in rows])
        for row in rows:
            occupation, sector, path, _horizon = row.key
            about = (
                sectors().get(sector, ""),
                names.get(path, path) or _("Không theo địa bàn nào"),
                str(HORIZON_SHORT[horizon]),
            )
            name = occupations().get(occupation, str(UNSTATED_NAME))
            subject = Subject(SubjectKind.OCCUPATION, occupation)
            found.append(_line(wanted, name, about, shown(balance(row)), subject, path))
    return sorted(found, key=lambda one: (one.about[2] != str(HORIZON_SHORT[Horizon.SHORT]), *_order(one)))


def by_skill(session: Session, wanted: Asked) -> Counted:
    """The most wanted skills. No sum: who has two skills stands in two lines."""
    found = skill_cells(session, wanted.part, wanted.horizon, on=today())
    names = {row.key[0]: name for row, name in found}
    balances = [balance(row) for row, _name in found]
    seen = [shown(one) for one in balances] if wanted.is_own else masked(balances, None)[0]
    lines = [
        _line(wanted, names[one.key[0]], (), one, Subject(SubjectKind.SKILL, one.key[0])) for one in seen
    ]
    return Counted(sorted(lines, key=_order), None)


def signs_in(lines: Sequence[Line]) -> str:
    """How many cells are short and how many have more."""
    return Counted(lines, None).signs


def _seen(balances: Sequence[Balance], total: Balance, wanted: Asked) -> tuple[list[Shown], Shown | None]:
    if wanted.is_own:
        return [shown(one) for one in balances], shown(total)
    return masked(balances, total)


def _counted(wanted: Asked, lines: list[Line], total: Shown | None) -> Counted:
    last = None if total is None else _line(wanted, _("Cộng"), (), total, None)
    return Counted(sorted(lines, key=_order), last)


def _order(line: Line) -> tuple[Any, ...]:
    """What is missing most first; what is not known last."""
    difference = line.shown.difference
    return line.name == str(UNSTATED_NAME), difference is None, difference or 0, line.name, line.unit_path


def _line(
    wanted: Asked,
    name: str,
    about: tuple[str, ...],
    one: Shown,
    subject: Subject | None,
    unit_path: str | None = None,
) -> Line:
    path = wanted.part.unit_path if unit_path is None else unit_path
    return Line(name, about, one, subject, path, wanted.horizon)


def _below(unit_path: str) -> Callable[[str], str]:
    """From the path of a row to that of the unit just below one; of the whole country to its provinces."""
    depth = unit_path.count("/") + 1 if unit_path else 2

    def cut(path: str) -> str:
        parts = path.split("/")[:-1]
        return "".join(f"{part}/" for part in parts[:depth])

    return cut
