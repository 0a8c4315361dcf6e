"""«Báo cáo» of a campaign as a workbook and as PDF: the numbers of its page, from the same source. Nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.campaigns.forms.words import STATE, STEP
from registry.campaigns.models import Campaign
from registry.campaigns.operations.writing import standing_of
from registry.campaigns.queries.overview import Overview, overview_of
from registry.campaigns.views.blueprint import page_of, session_and
from registry.campaigns.views.funnels import shown_steps, step_rows
from registry.campaigns.views.numbers import days, money, number, percent
from registry.campaigns.views.shown import OF_NEED, text_name
from registry.exchange.writers.book import put_text, written
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn, local_day, office_name
from registry.papers.writers.paper import Block, Facts, Paper, Section, Table
from registry.web.attachments import attachment
from registry.web.clock import now, today
from registry.web.database import write_session
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (42, 18)


@dataclass(frozen=True)
class Sheet:
    """One table: texts in the first column, and in the others what `show` makes of numbers on paper."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


@bp.get("/chien-dich/<ma>/bao-cao.xlsx")
@require(Permission.CAMPAIGNS_READ)
def campaign_workbook(ma: str) -> ResponseReturnValue:
    """The numbers as a workbook, one sheet a table."""
    session, campaign = session_and(ma)
    at = now()
    sheets = sheets_of(campaign, overview_of(session, campaign, at=at))
    content = written(lambda book: _fill(book, sheets))
    _noted(campaign, "xlsx", at)
    return attachment(content, _WORKBOOK, f"{campaign.code}-{local_day(at)}.xlsx")


@bp.get("/chien-dich/<ma>/bao-cao.pdf")
@require(Permission.CAMPAIGNS_READ)
def campaign_paper(ma: str) -> ResponseReturnValue:
    """The same on paper."""
    session, campaign = session_and(ma)
    at = now()
    paper = paper_of_campaign(session, campaign, overview_of(session, campaign, at=at))
    try:
        with in_turn():
            made = as_file(paper, PaperFormat.PDF, campaign.code)
    except Busy:
        flash(_("Nhiều người đang lấy tệp. Thử lại sau ít giây."), "warn")
        return redirect(page_of(campaign, "show"), 303)
    _noted(campaign, "pdf", at)
    return made


def _noted(campaign: Campaign, kind: str, at: Any) -> None:
    session = write_session()
    by = current_account().id
    record(session, by, "campaign.reported", "campaign", campaign.public_id, detail={"as": kind}, at=at)
    session.commit()


def sheets_of(campaign: Campaign, overview: Overview) -> list[Sheet]:
    """Everything in numbers."""
    told = [one.step for one in shown_steps(overview.steps)] if overview.needs else []
    return [
        Sheet(_("Tổng quan"), [_("Chỉ số"), _("Giá trị")], _sums(campaign, overview)),
        Sheet(
            _("Phễu"),
            [_("Bước"), _("Số người"), _("So với bước trước"), _("So với lời mời"), _("Số ngày (trung vị)")],
            [
                [row["name"], row["people"], row["of_previous"], row["of_first"], row["days"]]
                for row in step_rows(campaign, overview.steps)
            ],
        ),
        Sheet(
            _("Nhu cầu"),
            [_("Nhu cầu"), _("Cần"), _("Hồ sơ đủ mục"), _("Phỏng vấn"), _("Đã ký"), _("Còn thiếu")],
            [
                [one.need.title, one.wanted, *(one.count(step) for step in OF_NEED), one.lacking]
                for one in overview.needs
            ],
        ),
        Sheet(
            _("Phễu theo nhu cầu"),
            [_("Bước"), *(one.need.title for one in overview.needs)],
            [[str(STEP[step]), *(one.count(step) for one in overview.needs)] for step in told],
        ),
        Sheet(
            _("Kênh"),
            [_("Kênh"), _("Mời"), _("Trả lời"), _("Đã ký")],
            [
                [channel.name, group.reached, group.replied, group.signed]
                for channel, group in overview.channels
            ],
        ),
        Sheet(
            _("Thư"),
            [_("Thư"), _("Gửi"), _("Trả lời"), _("Đã ký")],
            [[text_name(key), group.reached, group.replied, group.signed] for key, group in overview.texts],
        ),
        Sheet(
            _("Kế hoạch"),
            [_("Đến hết ngày"), _("Kế hoạch"), _("Đã ký")],
            [
                [
                    formats.date(day, current_language()),
                    planned,
                    formats.missing if signed is None else signed,
                ]
                for day, planned, signed in zip(
                    overview.plan.days, overview.plan.planned, overview.plan.signed, strict=True
                )
            ],
        ),
        Sheet(
            _("Ngân sách"),
            [_("Khoản"), _("Nguồn"), _("Dự toán"), _("Đã cam kết"), _("Đã chi")],
            [[line.name, line.source, line.planned, line.committed, line.paid] for line in overview.lines],
        ),
    ]


def _sums(campaign: Campaign, overview: Overview) -> list[list[Any]]:
    ahead = overview.forecast
    return [
        [_("Mục tiêu (người)"), overview.goal],
        [_("Đã ký (người)"), overview.signed],
        [_("Theo tiến độ đến hôm nay cần (người)"), overview.plan.due_today],
        [
            _("Dự báo đến %(day)s (người)", day=formats.date(campaign.ends_on, current_language())),
            formats.missing if ahead is None else ahead.people,
        ],
        [_("Cách dự báo"), _("giữ tốc độ ký trung bình từ ngày bắt đầu")],
        [_("Dự toán (₫)"), overview.sums.planned],
        [_("Đã cam kết (₫)"), overview.sums.committed],
        [_("Đã chi (₫)"), overview.sums.paid],
        [_("Đã chi cho một người có hồ sơ"), money(overview.costs.registered)],
        [_("Đã chi cho một người đang làm việc"), money(overview.costs.placed)],
        [_("Đã chi cho một người còn làm sau 12 tháng"), money(overview.costs.retained)],
        [_("Từ mời đến ký (ngày, trung vị)"), days(overview.days_to_sign)],
    ]


def _fill(book: Any, sheets: Sequence[Sheet]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    whole = book.add_format({"num_format": "#,##0"})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        sheet.set_column(0, 0, _WIDTHS[0])
        sheet.set_column(1, len(one.columns), _WIDTHS[1])
        for column, text in enumerate(one.columns):
            put_text(sheet, 0, column, text, bold)
        for number_of, row in enumerate(one.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number_of, column, value, whole)
                else:
                    put_text(sheet, number_of, column, str(value))
        sheet.freeze_panes(1, 0)


def paper_of_campaign(session: Session, campaign: Campaign, overview: Overview) -> Paper:
    """The paper, in the language of the page."""
    first, *others = sheets_of(campaign, overview)
    period = formats.date_range(campaign.starts_on, campaign.ends_on, current_language())
    return Paper(
        title=_("Báo cáo chiến dịch"),
        name=campaign.title,
        language=current_language(),
        office=office_name(session),
        headline=campaign.legal_basis,
        note=_(
            "Đếm người, mỗi người một lần; ai đã qua một bước thì tính ở mọi bước trước. Đạt %(share)s kế hoạch.",
            share=percent(overview.signed / overview.goal if overview.goal else None),
        ),
        facts=[
            (_("Mã"), campaign.code),
            (_("Trạng thái"), str(STATE[standing_of(campaign, today())])),
            (_("Thời gian"), period),
            (_("Số liệu lúc"), formats.datetime(overview.at, current_language())),
        ],
        sections=[
            Section(first.name, [Facts([(str(what), _text(value)) for what, value in first.rows])]),
            *(Section(one.name, _table(one)) for one in others if one.rows),
        ],
        made=_("Lập bởi %(who)s", who=current_account().display_name),
        page=_("Trang"),
        at=overview.at,
        signatures=[_("Người lập"), _("Thủ trưởng đơn vị")],
        signed_where=_("…, ngày … tháng … năm …"),
    )


def _table(one: Sheet) -> list[Block]:
    rows = [[_text(value) for value in row] for row in one.rows]
    numbers = frozenset(
        column
        for column in range(1, len(one.columns))
        if all(isinstance(row[column], int) for row in one.rows)
    )
    return [Table(one.columns, [6, *([3] * (len(one.columns) - 1))], rows, numbers)]


def _text(value: Any) -> str:
    return number(value) if isinstance(value, int) else str(value)
