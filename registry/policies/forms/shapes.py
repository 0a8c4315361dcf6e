"""The kinds of amounts a benefit can have: how each is called, and which parts of the data form it is made of."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from registry.policies.rules.benefits import Period
from registry.policies.rules.checking import PARAMETER_NAMES
from registry.policies.rules.facts import CATALOGUE
from registry.policies.rules.reading_benefits import MONEY_FACTS, MOST_PERCENT, MOST_TIMES
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

Row = Mapping[str, Any]


class Shape(StrEnum):
    """The kinds of amounts a benefit can have; the values are words of addresses."""

    FIXED = "mot-so-tien"
    RANGE = "tu-den"
    UP_TO = "khong-qua"
    BY_PLACE = "theo-noi-lam-viec"
    LEVELS = "theo-muc"
    TIMES = "so-lan"
    TIMES_RANGE = "tu-den-so-lan"
    PERCENT = "phan-tram"
    PERCENT_UP_TO = "khong-qua-phan-tram"
    IN_KIND = "hien-vat"
    NEGOTIATED = "thoa-thuan"


SHAPE: Mapping[Shape, tuple[Any, Any]] = {
    Shape.FIXED: (_l("Một số tiền"), _l("Ví dụ: 100.000.000 ₫ một lần")),
    Shape.RANGE: (_l("Từ – đến"), _l("Ví dụ: từ 50 triệu đến 80 triệu")),
    Shape.UP_TO: (_l("Không quá"), _l("Văn bản chỉ ghi mức tối đa")),
    Shape.BY_PLACE: (_l("Theo nơi làm việc"), _l("Trạm y tế xã, miền núi, hải đảo … mỗi nơi một mức")),
    Shape.LEVELS: (_l("Theo mức do cơ quan xếp"), _l("Mức 1, mức 2 … khi duyệt mới chọn")),
    Shape.TIMES: (_l("Số lần mức lương cơ sở hoặc tối thiểu"), _l("Ví dụ: 500 lần mức lương cơ sở")),
    Shape.TIMES_RANGE: (_l("Từ – đến số lần mức lương"), _l("Ví dụ: từ 30 đến 50 lần")),
    Shape.PERCENT: (_l("Phần trăm của một khoản"), _l("Ví dụ: 150 % lương hiện hưởng")),
    Shape.PERCENT_UP_TO: (_l("Không quá phần trăm của một khoản"), _l("Ví dụ: không quá 50 % tiền thuê nhà")),
    Shape.IN_KIND: (_l("Không phải tiền"), _l("Nhà công vụ, việc làm cho vợ, chồng …")),
    Shape.NEGOTIATED: (_l("Theo thỏa thuận"), _l("Mức do hai bên thỏa thuận từng trường hợp")),
}
_KEYS: Mapping[Shape, frozenset[str]] = {
    Shape.FIXED: frozenset({"fixed"}),
    Shape.RANGE: frozenset({"min", "max"}),
    Shape.UP_TO: frozenset({"up_to"}),
    Shape.BY_PLACE: frozenset({"by", "steps"}),
    Shape.LEVELS: frozenset({"steps"}),
    Shape.TIMES: frozenset({"times", "of"}),
    Shape.TIMES_RANGE: frozenset({"times_min", "times_max", "of"}),
    Shape.PERCENT: frozenset({"percent", "of"}),
}
OF_FACT = frozenset({Shape.PERCENT, Shape.PERCENT_UP_TO})
OF_PARAMETER = frozenset({Shape.TIMES, Shape.TIMES_RANGE})
STEPPED = frozenset({Shape.BY_PLACE, Shape.LEVELS})
NO_MONEY = frozenset({Shape.IN_KIND, Shape.NEGOTIATED})
AMOUNTS: Mapping[Shape, tuple[tuple[str, str, int], ...]] = {
    # (field, key of the data form, the most it may be; 0 for sums)
    Shape.FIXED: (("low", "fixed", 0),),
    Shape.RANGE: (("low", "min", 0), ("high", "max", 0)),
    Shape.UP_TO: (("high", "up_to", 0),),
    Shape.TIMES: (("times", "times", MOST_TIMES),),
    Shape.TIMES_RANGE: (("times", "times_min", MOST_TIMES), ("times_most", "times_max", MOST_TIMES)),
    Shape.PERCENT: (("percent", "percent", MOST_PERCENT),),
    Shape.PERCENT_UP_TO: (("percent", "percent_up_to", MOST_PERCENT), ("cap", "cap_month", 0)),
}
SPANS = {"fixed": _l("một số tiền"), "range": _l("từ – đến"), "up_to": _l("không quá")}
PERIODS = {Period.ONCE: _l("một lần"), Period.MONTH: _l("mỗi tháng"), Period.YEAR: _l("mỗi năm")}


def shape_of(row: Row) -> Shape:
    """The kind of amount a stored benefit has."""
    if row["kind"] != "money":
        return Shape.IN_KIND if row["kind"] == "in_kind" else Shape.NEGOTIATED
    keys = frozenset(row["amount"])
    return next((shape for shape, wanted in _KEYS.items() if keys == wanted), Shape.PERCENT_UP_TO)


def step_filled(step: Row) -> dict[str, Any]:
    """What fills a row of steps."""
    kind = "fixed" if "fixed" in step else "range" if "min" in step else "up_to"
    return {
        "places": list(step.get("in") or ()),
        "code": step.get("code") or "",
        "text": step.get("text") or "",
        "kind": kind,
        "low": step.get("fixed", step.get("min")),
        "high": step.get("max", step.get("up_to")),
    }


def amount_filled(shape: Shape, amount: Row) -> dict[str, Any]:
    """What fills the fields of an amount."""
    found = {name: amount.get(key) for name, key, _most in AMOUNTS.get(shape, ())}
    return found | ({"of": amount["of"]} if "of" in amount else {})


def bases(shape: Shape) -> list[tuple[str, str]]:
    """What a multiple or a percent may be of, with names."""
    if shape in OF_PARAMETER:
        return list(PARAMETER_NAMES.items())
    return [(key, _(CATALOGUE[key].vi)) for key in MONEY_FACTS]


def kind_of(shape: Shape) -> str:
    """The kind of a benefit with such an amount, as the data form says it."""
    return {Shape.IN_KIND: "in_kind", Shape.NEGOTIATED: "negotiated"}.get(shape, "money")
