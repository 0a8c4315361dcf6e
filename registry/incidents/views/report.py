"""The report sheet of an incident as a PDF: what is known, the clock, the steps, the codes of the people affected."""

from typing import Any

from flask.typing import ResponseReturnValue

from registry import formats
from registry.accounts.access import require
from registry.accounts.rules import Permission
from registry.incidents import queries
from registry.incidents.queries.affected import affected
from registry.incidents.views import shown
from registry.incidents.views.blueprint import Opened, bp, open_incident
from registry.incidents.writers import report_pdf
from registry.web.attachments import attachment
from registry.web.i18n import current_language
from registry.web.i18n import gettext as _
from registry.web.installation import installation


@bp.get("/su-co/<ma>/phieu-bao.pdf")
@require(Permission.PRIVACY_READ)
def report_sheet(ma: str) -> ResponseReturnValue:
    """The sheet; it names nobody but by code."""
    opened = open_incident(ma)
    return attachment(report_pdf(_told(opened)), "application/pdf", f"su-co-{opened.incident.code}.pdf")


def _told(opened: Opened) -> dict[str, Any]:
    language = current_language()
    incident, session = opened.incident, opened.session
    counts = queries.counts_of(session, incident)
    return {
        "title": _("Phiếu báo sự cố dữ liệu cá nhân %(code)s", code=incident.code),
        "subtitle": _(
            "%(office)s, lập lúc %(at)s.",
            office=installation(session).tenant.name,
            at=formats.datetime(opened.at, language),
        ),
        "language": language,
        "sections": [
            {"name": _("Sự cố"), "rows": _facts(opened)},
            {
                "name": _("Người bị ảnh hưởng"),
                "rows": [
                    [_("Số người"), formats.number(counts.people, 0, language)],
                    [_("Đã gửi thư"), formats.number(counts.written, 0, language)],
                ],
            },
            {
                "name": _("Các bước"),
                "rows": [[step["when"], _step(step)] for step in shown.steps_of(session, incident)],
            },
        ],
        "codes_name": _("Mã hồ sơ của người bị ảnh hưởng"),
        "codes": [one.person.code for one in affected(session, incident)],
    }


def _facts(opened: Opened) -> list[list[str]]:
    incident, language = opened.incident, current_language()
    line = shown.line_of(opened.session, incident, opened.at)
    told = line["told"]
    due = formats.datetime(incident.report_due_at, language)
    unconfirmed = "" if line["is_limit_confirmed"] else f" ({_('chưa kiểm chứng')})"
    reported = incident.reported_at
    return [
        [_("Tên sự cố"), told.title],
        [_("Xảy ra lúc"), formats.datetime(incident.happened_at, language)],
        [_("Phát hiện lúc"), formats.datetime(incident.discovered_at, language)],
        [_("Hạn báo"), f"{due}{unconfirmed}"],
        [_("Báo cơ quan lúc"), formats.missing if reported is None else formats.datetime(reported, language)],
        [_("Đồng hồ"), line["clock"]],
        [_("Chuyện gì đã xảy ra"), told.what],
        [_("Hệ thống liên quan"), told.systems],
        [_("Loại dữ liệu"), told.kinds],
        [_("Có thể gây hại thế nào"), told.harm],
        [_("Biện pháp khắc phục"), told.measures],
    ]


def _step(step: dict[str, Any]) -> str:
    return "\n".join(part for part in (str(step["text"]), step["sub"], step["words"]) if part)
