"""A kept offer sheet as a paper: benefits by clause, exclusions, commitment, cost by year, what is not known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry import formats
from registry.exports.forms import PURPOSE_WORDS
from registry.exports.rules.kinds import ExportPurpose
from registry.offers.models import OfferSheet
from registry.offers.views.telling import told_sheet
from registry.papers.views.blueprint import office_name
from registry.papers.writers.paper import Block, Facts, Paper, Prose, Section, Table
from registry.policies.views.answered import ToldAnswer, ToldLine, page_law
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _


def offer_paper(
    session: Session,
    row: OfferSheet,
    content: Mapping[str, Any],
    name: str,
    who: str,
    purpose: str,
    purpose_text: str,
    at: datetime,
) -> Paper:
    """The paper, in the language of the page; everything on it comes from the content that was kept."""
    told = told_sheet(content, page_law().words)
    sections = [Section(one.title, _policy(one)) for one in told["by_state"]["met"]]
    if not sections:
        sections = [
            Section(
                _("Được đề xuất"), [Prose([_("Chưa có chính sách nào đủ điều kiện theo dữ liệu hiện có.")])]
            )
        ]
    return Paper(
        title=_("Phiếu đề xuất chính sách"),
        name=name,
        language=current_language(),
        office=office_name(session),
        headline=content["need"]["title"],
        note="" if told["is_verified"] else _("Có con số chưa kiểm chứng: xem văn bản gốc trước khi trình."),
        facts=_facts(content, told),
        sections=[*sections, *_costs(told), *_open(told), Section(_("Dữ liệu đã dùng"), _used(told))],
        made=_made(row, who, purpose, purpose_text, at),
        page=_("Trang"),
        at=at,
        signatures=[_("Người lập"), _("Thủ trưởng đơn vị")],
        signed_where=_("…, ngày … tháng … năm …"),
    )


def _facts(content: Mapping[str, Any], told: Mapping[str, Any]) -> list[tuple[str, str]]:
    need, language = content["need"], current_language()
    rows = [
        (_("Nhu cầu"), f"{need['code']} – {need['title']}"),
        (_("Đơn vị"), need["organisation"]),
        (_("Nơi làm việc"), need["place"]),
        (_("Ngày quyết định"), formats.date(told["decided_on"], language)),
        (_("Ngày nộp hồ sơ"), formats.date(told["applied_on"], language)),
        (_("Ngày bắt đầu làm việc"), formats.date(told["starts_on"], language) if told["starts_on"] else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _policy(one: ToldAnswer) -> list[Block]:
    groups = "; ".join(
        f"{group.title} ({group.clause})" if group.clause else group.title for group in one.nearest
    )
    rows = [(_("Văn bản"), one.document), (_("Nhóm đối tượng"), groups)]
    rows += [(_("Cam kết"), one.commitment)] if one.commitment else []
    rows += [(_("Khi không giữ cam kết"), " ".join(one.repayment))] if one.repayment else []
    blocks: list[Block] = [Facts(rows)]
    if one.lines:
        columns = [_("Khoản"), _("Mức"), _("Cách tính, căn cứ")]
        blocks.append(Table(columns, [7, 6, 8], [_line(line) for line in one.lines]))
    said = [_("Không hưởng đồng thời: %(what)s", what=text) for text in one.left_out]
    if said or one.notes:
        blocks.append(Prose([*said, *one.notes]))
    return blocks


def _line(line: ToldLine) -> list[str]:
    amount = " ".join(part for part in (line.amount, line.how_often) if part)
    if line.total:
        amount = f"{amount}\n{_('cộng %(total)s', total=line.total)}"
    if line.needs:
        amount = _("cần biết %(what)s", what=", ".join(line.needs))
    ground = [line.formula, line.clause]
    if line.is_money and not line.is_verified:
        ground.append(_("chưa kiểm chứng"))
    return [line.text, amount, "\n".join(part for part in ground if part)]


def _costs(told: Mapping[str, Any]) -> list[Section]:
    table = told["costs"]
    if table is None:
        return []
    rows = [
        [row["title"], year, cost]
        for row in table["rows"]
        for year, cost in zip(table["years"], row["by_year"], strict=True)
        if cost
    ]
    total = table["total"]
    if not table["is_one"]:
        by_year = zip(table["years"], total["by_year"], strict=True)
        rows += [[_("Tất cả"), year, cost] for year, cost in by_year if cost]
    rows.append([_("Cộng các năm"), "", total["total"]])
    columns = [_("Chính sách"), _("Năm"), _("Chi phí ngân sách")]
    return [Section(_("Chi phí ngân sách theo năm"), [Table(columns, [10, 3, 7], rows, frozenset({2}))])]


def _open(told: Mapping[str, Any]) -> list[Section]:
    found: list[Section] = []
    if told["unknown"]:
        found.append(Section(_("Chưa tính được"), [Prose(list(told["unknown"]))]))
    waiting = [
        (one.title, "; ".join(one.nearest[0].changes[0]) if one.nearest[0].changes else _("thiếu dữ liệu"))
        for one in told["by_state"]["unknown"]
        if one.nearest
    ]
    if waiting:
        found.append(Section(_("Có thể đủ, còn thiếu dữ liệu"), [Facts(waiting)]))
    return found


def _used(told: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Facts([(label, f"{value} ({source})") for label, value, source in told["facts"]])]
    if told["hidden"]:
        hidden = ", ".join(told["hidden"])
        blocks.append(Prose([_("Ngoài quyền xem, không đưa vào tính: %(what)s.", what=hidden)]))
    return blocks


def _made(row: OfferSheet, who: str, purpose: str, purpose_text: str, at: datetime) -> str:
    language = current_language()
    return _(
        "%(who)s in lúc %(at)s; phiếu lưu lúc %(kept)s, mã kiểm tra %(hash)s. Mục đích: %(purpose)s (%(text)s). Có dữ liệu cá nhân: chỉ dùng cho mục đích này.",
        who=who,
        at=formats.datetime(at, language),
        kept=formats.datetime(row.made_at, language),
        hash=row.content_sha256[:16],
        purpose=str(PURPOSE_WORDS[ExportPurpose(purpose)]),
        text=purpose_text,
    )
