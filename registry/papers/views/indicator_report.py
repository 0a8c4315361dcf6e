"""«Báo cáo» of indicators as a workbook and as PDF: the lines of their page, from the same source; and freezing both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.exchange.writers.book import put_text, written
from registry.indicators.operations.reporting import ReportFiles, freeze_report
from registry.indicators.queries.categories import TrainingTable, training_table
from registry.indicators.queries.overview import lines_of
from registry.indicators.queries.reading import contradictions_of
from registry.indicators.rules.contradictions import STATE_WORDS
from registry.indicators.rules.periods import code_of, words_of
from registry.indicators.rules.restating import METHOD_WORDS, RestatedBy
from registry.indicators.views.blueprint import Wanted, wanted
from registry.indicators.views.words import LineWords, line_words
from registry.papers.rules.kinds import PaperFormat
from registry.papers.views.blueprint import Busy, as_file, bp, in_turn, local_day, office_name
from registry.papers.writers.paper import Block, Paper, Prose, Section, Table
from registry.papers.writers.pdf import paper_pdf
from registry.places.queries.former_provinces import place_words
from registry.places.rules import is_former_part
from registry.web.attachments import attachment
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH_FIRST, _WIDTH = 46, 22


@dataclass(frozen=True)
class Sheet:
    """One table: heads, rows of words, how wide its columns are on paper, which of them are numbers, and what is said below."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numbers: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Report:
    """Everything a report says, before it is a file."""

    title: str
    place: str
    period: str
    sheets: Sequence[Sheet]
    lines: Sequence[tuple[LineWords, str]]
    at: datetime


@bp.get("/chi-tieu/bao-cao/xem.xlsx")
@require(Permission.INDICATORS_READ)
def indicator_workbook() -> ResponseReturnValue:
    """The report as it would be now, as a workbook, one sheet a table."""
    session = db_session()
    asked = _asked(session)
    at = now()
    made = report_of_place(session, asked, at)
    _noted("xlsx", asked, at)
    return attachment(workbook_of(made), _WORKBOOK, f"chi-tieu-{code_of(asked.period)}-{local_day(at)}.xlsx")


@bp.get("/chi-tieu/bao-cao/xem.pdf")
@require(Permission.INDICATORS_READ)
def indicator_paper() -> ResponseReturnValue:
    """The same on paper."""
    session = db_session()
    asked = _asked(session)
    at = now()
    made = report_of_place(session, asked, at)
    paper = paper_of(session, made)
    try:
        with in_turn():
            file = as_file(paper, PaperFormat.PDF, f"chi-tieu-{code_of(asked.period)}")
    except Busy:
        return _busy()
    _noted("pdf", asked, at)
    return file


@bp.post("/chi-tieu/bao-cao/chot")
@require(Permission.INDICATORS_WRITE)
def freeze_indicator_report() -> ResponseReturnValue:
    """Freeze the report of a place and period: both files are kept byte for byte."""
    session = db_session()
    asked = _asked(session)
    if not current_viewer().can(Permission.INDICATORS_WRITE, at=(asked.place, "")):
        raise NotVisible
    at = now()
    made = report_of_place(session, asked, at)
    try:
        with in_turn():
            pdf = paper_pdf(paper_of(session, made))
    except Busy:
        return _busy()
    of_part = [made.place] if asked.part != asked.place else []
    files = ReportFiles(
        title=", ".join((made.title, *of_part, made.period)),
        starts=asked.period.start,
        ends=asked.period.end,
        unit_path=asked.place,
        organisation_path="",
        values=[_value(line, definition) for line, definition in made.lines],
        code_version=_version(),
        pdf=pdf,
        workbook=workbook_of(made),
    )
    frozen = freeze_report(session, files, by=current_account().id, at=at)
    session.commit()
    flash(_("Đã chốt báo cáo. Người khác công bố được."), "ok")
    return redirect(url_for("indicators.report", ma=frozen.public_id), 303)


def _asked(session: Session) -> Wanted:
    """What is asked for; a form says it as an address does."""
    asked = wanted(session, request.values)
    if not asked.indicators:
        raise NotVisible
    return asked


def _busy() -> ResponseReturnValue:
    flash(_("Nhiều người đang lấy tệp. Thử lại sau ít giây."), "warn")
    return redirect(url_for("indicators.reports"), 303)


def _noted(kind: str, asked: Wanted, at: datetime) -> None:
    session = write_session()
    detail = {"as": kind, "period": code_of(asked.period), "place": asked.part}
    record(session, current_account().id, "indicator.reported", "indicator", "-", detail=detail, at=at)
    session.commit()


def _version() -> str:
    try:
        return version("talent-registry")
    except PackageNotFoundError:
        return "0"


def report_of_place(session: Session, asked: Wanted, at: datetime) -> Report:
    """The lines of the page with their definitions, training by category, contradictions."""
    lines = lines_of(session, asked.indicators, asked.period, asked.part)
    words = [(line_words(one, asked.period), one.indicator.definition) for one in lines]
    training = training_table(session, asked.period, asked.place, asked.part) if asked.part else None
    sheets = [_measures([one for one, _definition in words], asked.part)]
    if training is not None and training.rows:
        sheets.append(_training(training))
    sheets += [_contradictions(session, asked), _definitions(words)]
    return Report(
        title=_("Báo cáo kết quả thực hiện chỉ tiêu nhân lực"),
        place=place_words(session, asked.part) if asked.part else "",
        period=words_of(asked.period),
        sheets=[one for one in sheets if one.rows],
        lines=words,
        at=at,
    )


def _measures(lines: Sequence[LineWords], part: str) -> Sheet:
    columns = [
        _("Chỉ tiêu"),
        _("Đơn vị tính"),
        _("Kế hoạch"),
        _("Thực hiện"),
        _("Tỷ lệ"),
        _("Nguồn và đối chiếu"),
    ]
    rows = [
        [
            f"{one.name} ({one.days})" if one.days else one.name,
            one.unit,
            one.plan,
            f"{one.figure} ({one.beside})" if one.beside else one.figure,
            one.percent,
            _said(one),
        ]
        for one in lines
    ]
    note = _("«–» là không có số, kèm lý do; không phải 0. Số đếm được mở ra từng dòng trên hệ thống.")
    if is_former_part(part):
        note = f"{note} {_(METHOD_WORDS[RestatedBy.ROWS])}."
    return Sheet(_("Kết quả"), columns, rows, [5, 2, 3, 3, 2, 6], frozenset({2, 3, 4}), note)


def _said(one: LineWords) -> str:
    return ". ".join(
        filter(None, ("; ".join(tag.text for tag in one.tags), one.why, one.percent_note, *one.notes))
    )


def _training(found: TrainingTable) -> Sheet:
    rows = [[_(one.name), formats.number(one.attendances), formats.number(one.people)] for one in found.rows]
    rows.append([_("Mọi nội dung"), formats.number(found.attendances), formats.number(found.people)])
    note = _("Số người của mọi nội dung được đếm lại trên danh sách, không cộng từ các nội dung.")
    columns = [_("Nội dung"), _("Lượt"), _("Người")]
    return Sheet(_("Đào tạo, bồi dưỡng"), columns, rows, [6, 2, 2], frozenset({1, 2}), note)


def _contradictions(session: Session, asked: Wanted) -> Sheet:
    rows = [
        [one.indicator.name, one.text, _(STATE_WORDS[one.state]), one.steps[-1].reason if one.steps else "–"]
        for one in contradictions_of(session, [one.id for one in asked.indicators])
    ]
    columns = [_("Chỉ tiêu"), _("Chỗ lệch"), _("Trạng thái"), _("Lý do")]
    return Sheet(_("Chỗ lệch với báo cáo nguồn"), columns, rows, [3, 7, 2, 4])


def _definitions(words: Sequence[tuple[LineWords, str]]) -> Sheet:
    rows = [[one.code, one.name, definition or "–"] for one, definition in words]
    return Sheet(_("Định nghĩa"), [_("Mã"), _("Chỉ tiêu"), _("Đếm cái gì")], rows, [2, 4, 8])


def workbook_of(made: Report) -> bytes:
    """The workbook, one sheet a table, the same words as on paper."""
    return written(lambda book: _fill(book, made))


def _fill(book: Any, made: Report) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    right = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "align": "right"})
    title = book.add_format({"bold": True, "font_size": 14})
    for one in made.sheets:
        sheet = book.add_worksheet(one.name[:31])
        sheet.set_column(0, 0, _WIDTH_FIRST)
        sheet.set_column(1, len(one.columns), _WIDTH)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        put_text(sheet, 0, 0, made.title, title)
        put_text(sheet, 1, 0, f"{made.place}, {made.period}")
        for column, text in enumerate(one.columns):
            put_text(sheet, 3, column, text, bold)
        for number, row in enumerate(one.rows, start=4):
            for column, text in enumerate(row):
                put_text(sheet, number, column, text, right if column in one.numbers else plain)
        if one.note:
            put_text(sheet, len(one.rows) + 5, 0, one.note)
        sheet.freeze_panes(4, 1)


def paper_of(session: Session, made: Report) -> Paper:
    """The paper in the form officials expect: office, title, tables, signatures."""
    return Paper(
        title=made.title,
        name=f"{made.place}, {made.period}",
        language="vi",
        office=office_name(session),
        headline="",
        note=_("Số liệu lúc %(at)s.", at=formats.datetime(made.at)),
        facts=[
            (_("Phạm vi"), made.place),
            (_("Kỳ"), made.period),
            (_("Số liệu lúc"), formats.datetime(made.at)),
        ],
        sections=[Section(one.name, _blocks(one)) for one in made.sheets],
        made=_("Lập bởi %(who)s", who=current_account().display_name),
        page=_("Trang"),
        at=made.at,
        signatures=[_("Người lập"), _("Thủ trưởng đơn vị")],
        signed_where=_("…, ngày … tháng … năm …"),
    )


def _blocks(one: Sheet) -> list[Block]:
    table = Table(one.columns, one.widths, one.rows, one.numbers)
    return [table, Prose([one.note])] if one.note else [table]


def _value(line: LineWords, definition: str) -> dict[str, Any]:
    """A line as it is frozen: words, definition, and the way to its rows."""
    return {
        "code": line.code,
        "name": line.name,
        "unit": line.unit,
        "days": line.days,
        "plan": line.plan,
        "plan_document": line.plan_document,
        "figure": line.figure,
        "beside": line.beside,
        "percent": line.percent,
        "tags": [tag.text for tag in line.tags],
        "notes": ". ".join(filter(None, (line.why, line.percent_note, *line.notes))),
        "definition": definition,
        "rows_args": line.rows_args if line.has_rows else {},
    }
