"""The two drawings: bars of demand and supply by sector, and the map of the provinces. Each from the rows of its table."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from registry import charts
from registry.accounts.access import whole_viewer
from registry.accounts.rules import Permission, Viewer
from registry.balance.queries.counting import Part, cells
from registry.balance.rules import BalanceRow, Horizon, Shown, masked, shown, sums_of
from registry.balance.views.blueprint import number, signed
from registry.balance.views.counted import Counted
from registry.charts import PairedHeads, PairedRow, TileRow
from registry.places.queries import ProvinceName, province_names
from registry.web.clock import today
from registry.web.i18n import gettext as _

_STEPS = ((2, 5), (10, 30), (100, 300), (1_000, 3_000))
"""Where classes of the map begin (near, far): the widest that some province reaches."""


@dataclass(frozen=True)
class Province:
    """A province as the table beneath the map has it; None where nobody wrote a need or keeps a person."""

    place: ProvinceName
    shown: Shown | None

    @property
    def demand(self) -> str:
        """Free posts."""
        return number(self.shown.demand if self.shown else None)

    @property
    def supply(self) -> str:
        """People who are free."""
        return number(self.shown.supply, is_hidden=self.shown.is_hidden) if self.shown else number(None)

    @property
    def difference(self) -> str:
        """Supply − demand, with its sign."""
        return signed(self.shown.difference, is_hidden=self.shown.is_hidden) if self.shown else signed(None)

    @property
    def value(self) -> int | None:
        """The difference as a number."""
        return None if self.shown is None else self.shown.difference


def bars(counted: Counted, place: str) -> tuple[Markup, Markup]:
    """Demand over supply by sector, for desks and for phones."""
    rows = [
        PairedRow(line.name, line.shown.demand, line.shown.supply, line.demand, line.supply, line.difference)
        for line in counted.lines
    ]
    heads = PairedHeads(_("Số người"), _("Chênh lệch"))
    label = _("Cầu và cung nhân lực theo lĩnh vực, %(place)s; bảng số liệu ở ngay dưới", place=place)
    return charts.paired_bars(rows, heads, label), charts.paired_bars(rows, heads, label, narrow=True)


def provinces_now(session: Session) -> list[Province]:
    """All provinces of today with the sum of every sector and horizon. Two statements and the names.

    Counted over the whole installation: a province tells no more than its sums, and of people a reader may not open
    small ones are hidden.
    """
    everything = cells(session, Part(Viewer.installation()), Horizon.LONG, on=today())
    keyed = [
        BalanceRow((_province_of(one.key[2]),), one.demand, one.supply, one.unknown) for one in everything
    ]
    found = {one.row.key[0]: one for one in sums_of(keyed, (0,))}
    viewer = whole_viewer()
    places = province_names(session)
    own = {one.path for one in places if viewer.can(Permission.PEOPLE_READ, at=(one.path, ""))}
    seen = {path: shown(one) for path, one in found.items() if path in own}
    others = sorted((one for path, one in found.items() if path not in own), key=lambda one: one.row.key)
    seen |= {one.key[0]: one for one in masked(others, None)[0]}
    return [Province(one, seen.get(one.path)) for one in places]


def tile_map(provinces: list[Province], own: str) -> dict[str, Any]:
    """The map for desks and for phones, with what its five classes mean."""
    near, far = _steps(provinces)
    rows = [
        TileRow(one.place.path.split("/")[1], one.difference, charts.gap_tone(one.value, near, far))
        for one in provinces
        if one.shown is not None
    ]
    label = _("Cung trừ cầu của 34 tỉnh, thành phố; bảng số liệu ở ngay dưới")
    own_code = own.split("/")[1] if own.count("/") > 1 else ""
    legend = (
        ("gap-1", _("Thiếu từ %(far)s", far=number(far))),
        ("gap-2", _("Thiếu %(near)s–%(far)s", near=number(near), far=number(far - 1))),
        ("gap-3", _("Thiếu dưới %(near)s", near=number(near))),
        ("gap-4", _("Đủ hoặc dư dưới %(near)s", near=number(near))),
        ("gap-5", _("Dư từ %(near)s", near=number(near))),
        ("gap-none", _("Chưa có số liệu hoặc ẩn")),
    )
    return {
        "wide": charts.tile_map(rows, label, own=own_code),
        "narrow": charts.tile_map(rows, label, own=own_code, narrow=True),
        "legend": legend,
    }


def _steps(provinces: list[Province]) -> tuple[int, int]:
    most = max((abs(one.value) for one in provinces if one.value is not None), default=0)
    return next((step for step in reversed(_STEPS) if step[1] <= most), _STEPS[0])


def _province_of(path: str) -> str:
    return "".join(f"{part}/" for part in path.split("/")[:2])
