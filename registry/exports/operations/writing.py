"""Writing an export: what the file says of itself, its name, and who is told to have been in it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from registry import formats
from registry.audit.operations import record, record_read
from registry.exchange.writers.rows import Listed, write_csv, write_xlsx
from registry.exports.models import Export
from registry.exports.rules.columns import SHEETS, ExportColumn, chosen_columns
from registry.exports.rules.kinds import ExportFormat, ExportList
from registry.exports.rules.words import KINDS, PURPOSES
from registry.web.clock import LOCAL_ZONE

PEOPLE_AN_EVENT = 1_000
"""One event of the log names so many people at most."""

GROUPS_TOLD = (
    "Theo các nhóm của hồ sơ cán bộ, công chức, viên chức (Thông tư 06/2023/TT-BNV): chưa kiểm chứng với văn bản. "
    "Sổ đăng ký không giữ nhóm 5, 6, 8, 11, 12, 13, 14; ô trống là chưa biết."
)


def columns_of(export: Export) -> tuple[ExportColumn, ...]:
    """The columns that were chosen, as far as they are still known."""
    return chosen_columns(export.listed, export.columns)


def listed_as(export: Export, who: str, at: datetime) -> Listed:
    """What the file is called inside and says of itself: who, when, for what, which filters, the day of the data, how many.

    How many it holds may be less than was asked for: whoever may not be seen any more is left out.
    """
    lines = [
        ("Danh sách", KINDS[export.listed]),
        ("Người xuất", who),
        ("Lúc xuất", f"{at.astimezone(LOCAL_ZONE):%d/%m/%Y %H:%M}"),
        ("Mục đích", f"{PURPOSES[export.purpose]}: {export.purpose_text}"),
        *(("Điều kiện", told) for told in export.told or ["Không lọc"]),
        ("Ngày của dữ liệu", f"{at.astimezone(LOCAL_ZONE):%d/%m/%Y}"),
        ("Số dòng lúc yêu cầu", formats.number(export.rows)),
        ("Cột", "; ".join(one.full_header for one in columns_of(export))),
        ("Mã lần xuất", export.public_id),
        ("Lưu ý", "Tệp có dữ liệu cá nhân: chỉ dùng cho mục đích trên, xóa khi xong việc."),
    ]
    if not export.kind.holds_people:
        lines.pop()
    columns = columns_of(export)
    if export.listed is ExportList.CADRES:
        lines.append(("Nhóm cột", GROUPS_TOLD))
    return Listed(
        SHEETS[export.listed],
        tuple(one.header for one in columns),
        tuple(lines),
        tuple(one.group for one in columns) if any(one.group for one in columns) else (),
    )


def write_rows(
    target: Path, export: Export, listed: Listed, rows: Iterable[Sequence[str]], folder: Path
) -> int:
    """Write the file, readable by its owner alone; how many rows."""
    target.touch(mode=0o600)
    if export.format is ExportFormat.XLSX:
        with target.open("wb") as stream:
            return write_xlsx(stream, listed, rows, folder)
    with target.open("w", encoding="utf-8", newline="") as stream:
        return write_csv(stream, listed, rows)


def file_name(export: Export, on: date) -> str:
    """What the file is called where it is taken to: the list, the day, and by what the log knows it."""
    return f"{KINDS[export.listed]} {on.isoformat()} {export.public_id[:8]}.{export.format.value}"


def tell_people(session: Session, export: Export, people: Sequence[str], *, at: datetime) -> None:
    """Note in the log that these people (public ids) stand in the file: they see it themselves."""
    detail = {"page": "xuat", "export": export.public_id, "for": export.purpose.value}
    if export.need:
        detail["need"] = export.need
    for start in range(0, len(people), PEOPLE_AN_EVENT):
        some = people[start : start + PEOPLE_AN_EVENT]
        record_read(
            session,
            export.owner_id,
            "people.exported",
            people=some,
            purpose=export.listed.used_for.value,
            detail=detail,
            at=at,
        )


def note_taken(session: Session, export: Export, rows: int, *, at: datetime) -> None:
    """Note in the log that the file was taken, with how many rows."""
    detail = {**export.parameters, "rows": rows}
    record(session, export.owner_id, "export.taken", "export", export.public_id, detail=detail, at=at)
