"""«Loại người đã xem xét» on the pages of a search and of a ranking: what may be chosen, the chips, the words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.matching.queries.considered import PERIODS, Considered, Source, choices
from registry.matching.views import search_address as address
from registry.web.i18n import gettext as _
from registry.web.i18n import ngettext

NOBODY: Mapping[str, None] = dict.fromkeys(
    (address.CONSIDERED_LIST, address.CONSIDERED_NEED, address.CONSIDERED_MONTHS)
)
"""The changes to an address that leave nobody out."""


@dataclass(frozen=True)
class Box:
    """A list or need that may be ticked."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Panel:
    """What may be chosen and what is chosen. `missing` of what the address names may not be opened or never was."""

    lists: list[Box]
    needs: list[Box]
    months: list[tuple[int, str, bool]]
    chosen: int
    missing: int


def panel(session: Session, viewer: Viewer, asked: Considered) -> Panel:
    """The choices of a viewer, those chosen first."""
    lists, needs = choices(session, viewer)
    return Panel(
        _boxes(asked.lists, lists),
        _boxes(asked.needs, needs),
        [(months, _months(months), months == asked.months) for months in PERIODS],
        len(asked.lists) + len(asked.needs) + bool(asked.months),
        asked.missing,
    )


def _boxes(chosen: Sequence[Source], offered: Sequence[Source]) -> list[Box]:
    others = [one for one in offered if one not in chosen]
    return [
        *(Box(one.public_id, one.name, True) for one in chosen),
        *(Box(one.public_id, one.name, False) for one in others),
    ]


def _months(months: int) -> str:
    return ngettext("trong %(num)s tháng qua", "trong %(num)s tháng qua", months)


def chips(asked: Considered | None, args: address.Args, href: Callable[..., str]) -> list[tuple[str, str]]:
    """(words, address without it) of everything that leaves people out."""
    if asked is None:
        return []
    found = [
        (
            _("Bỏ người trong danh sách «%(name)s»", name=one.name),
            _less(href, args, address.CONSIDERED_LIST, one),
        )
        for one in asked.lists
    ]
    found += [
        (
            _("Bỏ người đã xem xét cho «%(name)s»", name=one.name),
            _less(href, args, address.CONSIDERED_NEED, one),
        )
        for one in asked.needs
    ]
    if asked.months:
        words = _("Bỏ người đã xem xét %(when)s", when=_months(asked.months))
        found.append((words, href(args, **{address.CONSIDERED_MONTHS: None})))
    return found


def _less(href: Callable[..., str], args: address.Args, param: str, gone: Source) -> str:
    return href(args, **{param: [one for one in args.getlist(param) if one != gone.public_id] or None})
