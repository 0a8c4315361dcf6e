"""Lists of a programme as workbooks: its tasks and its recommendations, as far as the viewer sees them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.exchange.writers.book import put_text, written
from registry.papers.views.blueprint import bp, local_day
from registry.programmes.forms.words import LATENESS, RECOMMENDATION, TASK
from registry.programmes.models import Programme, ProgrammeTask
from registry.programmes.queries.registers import recommendations
from registry.programmes.queries.tasks import TaskFilter, tasks
from registry.programmes.rules.registers import age_days
from registry.programmes.rules.tasks import days_late, lateness
from registry.programmes.rules.words import AgencyPart
from registry.programmes.views.blueprint import opened, reader
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import write_session
from registry.web.i18n import gettext as _

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In Vietnamese on every machine: without the language 31/01 is shown as 01/31 where a spreadsheet speaks English.
_DAY = "[$-42A]dd/mm/yyyy"
_WIDTHS = {"long": 50, "short": 16}


@bp.get("/chuong-trinh/<ma>/nhiem-vu.xlsx")
@require(Permission.PROGRAMMES_READ)
def programme_tasks_book(ma: str) -> ResponseReturnValue:
    """The tasks of a programme, one a row."""
    session, programme = opened(ma)
    found = tasks(session, reader(), TaskFilter(programme_id=programme.id), today())
    columns = [
        *(_("Mã"), _("Nhiệm vụ"), _("Chủ trì"), _("Phối hợp"), _("Được thông tin"), _("Người đứng đầu")),
        *(_("Văn bản"), _("Ngày giao"), _("Hạn"), _("Trạng thái"), _("Xong ngày")),
        *(_("So với hạn"), _("Số ngày chậm")),
    ]
    rows = [_task_row(one, today()) for one in found.rows]
    return _book(programme, _("Nhiệm vụ"), "nhiem-vu", columns, rows)


def _task_row(one: ProgrammeTask, on: date) -> list[Any]:
    def of(part: AgencyPart) -> str:
        return "; ".join(row.organisation.name for row in one.agencies if row.part is part)

    return [
        *(one.code, one.title, *(of(part) for part in AgencyPart), one.head_name or one.head_office),
        *(one.document.number or one.document.title if one.document else "", one.assigned_on, one.due_on),
        *(TASK[one.state], one.done_on, LATENESS[lateness(one.due_on, one.done_on, on)]),
        days_late(one.due_on, one.done_on, on),
    ]


@bp.get("/chuong-trinh/<ma>/kien-nghi.xlsx")
@require(Permission.PROGRAMMES_READ)
def recommendations_book(ma: str) -> ResponseReturnValue:
    """The register of recommendations, one a row."""
    session, programme = opened(ma)
    columns = [
        *(_("Kiến nghị"), _("Bên kiến nghị"), _("Ngày nêu"), _("Đơn vị trả lời"), _("Hạn")),
        *(_("Trạng thái"), _("Trả lời"), _("Ngày trả lời"), _("Kết quả"), _("Ngày xong"), _("Tuổi (ngày)")),
    ]
    rows = [
        [
            *(one.words, one.proposer, one.raised_on, one.agency.name if one.agency else "", one.due_on),
            *(RECOMMENDATION[one.state], one.answer, one.answered_on, one.result, one.done_on),
            age_days(one.raised_on, one.done_on, today()),
        ]
        for one in recommendations(session, reader(), programme)
    ]
    return _book(programme, _("Kiến nghị"), "kien-nghi", columns, rows)


def _book(
    programme: Programme, title: str, word: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> ResponseReturnValue:
    at = now()
    content = written(lambda book: _fill(book, title, columns, rows))
    session = write_session()
    detail = {"list": word, "rows": len(rows)}
    record(
        session,
        current_account().id,
        "programme.listed",
        "programme",
        programme.public_id,
        detail=detail,
        at=at,
    )
    session.commit()
    return attachment(content, _WORKBOOK, f"{programme.code}-{word}-{local_day(at)}.xlsx")


def _fill(book: Any, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": _DAY, "valign": "top"})
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 1, _WIDTHS["long"])
    sheet.set_column(2, len(columns), _WIDTHS["short"])
    for column, text in enumerate(columns):
        put_text(sheet, 0, column, text, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                put_text(sheet, number, column, str(value), wrapped)
    sheet.freeze_panes(1, 0)
