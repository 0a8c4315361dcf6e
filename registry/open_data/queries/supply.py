"""Supply and demand by sector and by area: the counts of the balance of supply and demand, of all horizons together."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.balance.queries.counting import Part, cells
from registry.balance.queries.places import names_of_units
from registry.balance.rules import Balance, BalanceRow, Horizon, balance, sums_of
from registry.balance.rules.tables import TOTAL, Cell, Table
from registry.open_data.queries.asked import Asked
from registry.open_data.rules.grids import Grid
from registry.open_data.rules.lines import Content, Line, Value
from registry.open_data.rules.names import SUM, SUM_EN
from registry.people.rules import vocabulary
from registry.people.rules.problems import N_

SUPPLY, UNKNOWN = "supply", "unknown"
NOTHING = N_("Chưa có nhu cầu đang mở và chưa có người sẵn sàng")
_SECTOR, _UNIT = 1, 2
_NOT_STATED = "unstated"
_ITSELF = "itself"
Facts = Callable[[str | None], dict[str, Value]]


def sector_content(session: Session, asked: Asked) -> Content:
    """One line a sector."""
    names = {one.code: (one.vi, one.en) for one in vocabulary().field_groups}
    names |= {_NOT_STATED: ("Chưa ghi ngành nghề", "Not stated"), TOTAL: (SUM, SUM_EN)}

    def facts(row: str | None) -> dict[str, Value]:
        code = row or TOTAL
        name, name_en = names.get(code, (code, ""))
        return {
            "linh_vuc_ma": "" if code == _NOT_STATED else code,
            "linh_vuc": name,
            "linh_vuc_en": name_en,
            "dia_ban": asked.place_name,
            "so_lieu_ngay": asked.on.isoformat(),
        }

    keyed = [
        BalanceRow((one.key[_SECTOR] or _NOT_STATED,), one.demand, one.supply, one.unknown)
        for one in _cells(session, asked)
    ]
    return _content(
        asked, keyed, "supply_sectors", {code: name for code, (name, _en) in names.items()}, facts
    )


def area_content(session: Session, asked: Asked) -> Content:
    """One line a unit just below the place; what is kept for the place itself has a line of its own."""
    rows = _cells(session, asked)
    below = _below(asked.place)
    areas = {one.key[_UNIT]: below(one.key[_UNIT]) for one in rows}
    names = names_of_units(session, areas.values())
    keyed = [
        BalanceRow((_row_of(areas[one.key[_UNIT]], asked.place),), one.demand, one.supply, one.unknown)
        for one in rows
    ]
    words = {_ITSELF: f"{asked.place_name} (chung)", TOTAL: SUM} | names

    def facts(row: str | None) -> dict[str, Value]:
        code = row or TOTAL
        path = asked.place if code == _ITSELF else code
        return {
            "dia_ban_ma": code if code == TOTAL else path.strip("/").rpartition("/")[2],
            "dia_ban": words.get(code, code),
            "so_lieu_ngay": asked.on.isoformat(),
        }

    return _content(asked, keyed, "supply_areas", words, facts)


def _cells(session: Session, asked: Asked) -> Sequence[BalanceRow]:
    return cells(session, Part(Viewer.installation(), asked.place), Horizon.LONG, on=asked.on)


def _content(
    asked: Asked, keyed: Sequence[BalanceRow], name: str, words: Mapping[str, str], facts: Facts
) -> Content:
    sums = sorted(sums_of(keyed, (0,)), key=lambda one: (one.row.key[0] == _NOT_STATED, one.row.key))
    if not sums:
        return Content([], [Line(facts(None), why=NOTHING)])
    grid = _grid(asked, name, sums, words)
    lines = [_line(facts(one.row.key[0]), one, one.row.key[0]) for one in sums]
    return Content([grid], [*lines, _line(facts(None), _total(sums), TOTAL)])


def _grid(asked: Asked, name: str, sums: Sequence[Balance], words: Mapping[str, str]) -> Grid:
    """A unit below is a place of its own, wherever it is told of; so is the sum of the whole place."""
    counts: dict[Cell, int] = {}
    same: dict[Cell, tuple[str, str]] = {
        (TOTAL, column): (column, asked.place) for column in (SUPPLY, UNKNOWN)
    }
    for one in sums:
        row = one.row.key[0]
        counts |= {(row, SUPPLY): one.row.supply or 0, (row, UNKNOWN): one.row.unknown}
        if "/" in row:
            same |= {(row, column): (column, row) for column in (SUPPLY, UNKNOWN)}
    rows = tuple(one.row.key[0] for one in sums)
    table = Table(rows, (SUPPLY, UNKNOWN), counts, has_row_sums=False)
    said = {**words, SUPPLY: "Cung", UNKNOWN: "Chưa rõ"}
    return Grid(name, table, asked.place, words=said, same=same)


def _total(sums: Sequence[Balance]) -> Balance:
    demand = sum(one.row.demand or 0 for one in sums)
    supply = sum(one.row.supply or 0 for one in sums)
    return balance(BalanceRow((TOTAL,), demand, supply, sum(one.row.unknown for one in sums)))


def _line(facts: dict[str, Value], one: Balance, row: str) -> Line:
    figures = {"cung": one.row.supply, "chua_ro": one.row.unknown, "chenh_lech": one.difference}
    return Line(facts | {"cau": one.row.demand}, figures, ((0, (row, SUPPLY)), (0, (row, UNKNOWN))))


def _row_of(path: str, place: str) -> str:
    return _ITSELF if path == place else path or _NOT_STATED


def _below(place: str) -> Callable[[str], str]:
    """From the path of a row to that of the unit just below the place; of the whole country to its provinces."""
    depth = place.count("/") + 1 if place else 2

    def cut(path: str) -> str:
        return "".join(f"{part}/" for part in path.split("/")[:-1][:depth])

    return cut
