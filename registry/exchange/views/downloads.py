"""Files to take home: the templates, and the workbook with the column «Lỗi»."""

from flask import abort
from flask.typing import ResponseReturnValue

from registry.accounts.access import current_account, require
from registry.accounts.rules import Permission
from registry.audit.operations import record
from registry.exchange.operations.templates import FILE_NAMES, template_of
from registry.exchange.queries.batches import MISTAKES, file_content
from registry.exchange.views.blueprint import KIND_SLUGS, bp, visible_batch
from registry.web.attachments import attachment
from registry.web.clock import now
from registry.web.database import db_session, write_session
from registry.web.errors import NotVisible

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/nhap-excel/mau/<loai>")
@require(Permission.IMPORTS_RUN)
def template(loai: str) -> ResponseReturnValue:
    """The empty workbook to fill in."""
    kind = KIND_SLUGS.get(loai)
    if kind is None:
        abort(404)
    return attachment(template_of(kind), _XLSX, FILE_NAMES[kind])


@bp.get("/nhap-excel/<ma>/tep-loi")
@require(Permission.IMPORTS_RUN)
def mistakes(ma: str) -> ResponseReturnValue:
    """The uploaded rows with what is to be mended; taking it is on the record."""
    batch = visible_batch(db_session(), ma)
    content = file_content(db_session(), batch, MISTAKES)
    if content is None:
        raise NotVisible
    session = write_session()
    by = current_account().id
    record(session, by, "import.mistakes_taken", "import_batch", batch.public_id, at=now())
    session.commit()
    return attachment(content, _XLSX, f"dong-loi-{batch.public_id[:8]}.xlsx")
