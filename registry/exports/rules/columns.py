"""The columns of each list. One table of facts; pure.

A column that the template of imports has too bears the same header, so that a file that left can come back in. Identity
numbers, sensitive traits and days of birth are no columns: no work on a list needs them, and each record shows them to
whoever may see them.
"""

from dataclasses import dataclass

from registry.exchange.rules.need_columns import NEED_COLUMNS, NEEDS_SHEET
from registry.exchange.rules.people_columns import PEOPLE_COLUMNS, PEOPLE_SHEET
from registry.exports.rules.kinds import ExportKind

_HEADERS = {
    **{("people", one.key): one.header for one in PEOPLE_COLUMNS},
    **{("needs", one.key): one.header for one in NEED_COLUMNS},
}


@dataclass(frozen=True)
class ExportColumn:
    """A column: its key, its header in the file, and whether it is ticked from the start."""

    key: str
    header: str
    is_usual: bool = True


def _same(kind: str, key: str, *, is_usual: bool = True) -> ExportColumn:
    """A column of the template of imports."""
    return ExportColumn(key, _HEADERS[kind, key], is_usual)


_PEOPLE = (
    ExportColumn("code", "Mã hồ sơ"),
    _same("people", "full_name"),
    _same("people", "headline"),
    _same("people", "kinds"),
    _same("people", "residence"),
    _same("people", "degree"),
    _same("people", "study_field"),
    _same("people", "years"),
    _same("people", "skills"),
    _same("people", "availability"),
    ExportColumn("evidence", "Minh chứng", is_usual=False),
    _same("people", "organisation", is_usual=False),
    _same("people", "position", is_usual=False),
    _same("people", "email", is_usual=False),
    _same("people", "phone", is_usual=False),
)
_PLACES_IN_RANKING = (
    ExportColumn("rank", "Hạng"),
    ExportColumn("certain", "Điểm"),
    ExportColumn("potential", "Điểm nếu đủ dữ liệu", is_usual=False),
)
_ON_SHORTLIST = (
    ExportColumn("list_note", "Ghi chú trong danh sách"),
    ExportColumn("list_added", "Vào danh sách lúc", is_usual=False),
)
_NEEDS = (
    ExportColumn("code", "Mã nhu cầu"),
    _same("needs", "title"),
    _same("needs", "kind"),
    ExportColumn("state", "Trạng thái"),
    _same("needs", "headcount"),
    _same("needs", "organisation"),
    _same("needs", "workplace"),
    _same("needs", "remote"),
    _same("needs", "essential"),
    _same("needs", "desirable"),
    _same("needs", "start_on", is_usual=False),
    _same("needs", "expected_on"),
    ExportColumn("opened_on", "Công bố ngày", is_usual=False),
    _same("needs", "legal_basis", is_usual=False),
    _same("needs", "description", is_usual=False),
)
COLUMNS: dict[ExportKind, tuple[ExportColumn, ...]] = {
    ExportKind.PEOPLE: _PEOPLE,
    ExportKind.NEEDS: _NEEDS,
    ExportKind.RANKING: (*_PLACES_IN_RANKING, *_PEOPLE),
    ExportKind.SHORTLIST: (*_PEOPLE, *_ON_SHORTLIST),
    ExportKind.SELECTION: _PEOPLE,
}
SHEETS = {kind: NEEDS_SHEET if kind is ExportKind.NEEDS else PEOPLE_SHEET for kind in ExportKind}


def chosen_columns(kind: ExportKind, keys: list[str]) -> tuple[ExportColumn, ...]:
    """The chosen columns in the order of the list."""
    return tuple(one for one in COLUMNS[kind] if one.key in keys)
