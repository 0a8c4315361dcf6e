"""Needs that other systems write: drafts alone, checked as on the screens, safe to send twice."""

from typing import Any

from flask import Response, request, url_for
from sqlalchemy.orm import Session

from registry.api.access import api_viewer, current_caller, require_scope
from registry.api.operations.writes import Answered, KeyReused, claim_write, keep_answer
from registry.api.rules import ApiScope, is_write_key, request_hash
from registry.api.schemas.document import Header, Operation
from registry.api.schemas.needs import Need, NeedDraft, NeedPatch
from registry.api.views.answering import sent
from registry.api.views.blueprint import programs
from registry.api.views.document import documented
from registry.api.views.examples import NEED, NEED_DRAFT, NEED_PATCH
from registry.api.views.need_form import read_draft, read_patch
from registry.api.views.needs import version_of, visible_need, whole
from registry.needs import models
from registry.needs.operations import ChangedMeanwhile, create_need, revise_need
from registry.needs.queries import get_need
from registry.needs.rules import NeedState
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.i18n import gettext as _
from registry.web.problems import Refused

_WRITE = ApiScope.NEEDS_WRITE
_KEY = Header(
    "Idempotency-Key",
    "Gửi lại cùng nội dung trong 24 giờ thì nhận lại đúng câu trả lời cũ; nội dung khác: 422",
    schema={"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]{1,80}$"},
)
_IF_MATCH = Header("If-Match", "ETag của bản đã đọc", is_required=True)


@programs.post("/needs")
@documented(
    Operation(
        "Tạo một nhu cầu; nó bắt đầu là bản nháp",
        Need,
        "Nhu cầu",
        _WRITE,
        status=201,
        body=NeedDraft,
        headers=(_KEY,),
        failures=(409, 415, 422),
        example=NEED | {"state": "draft"},
        body_example=NEED_DRAFT,
    )
)
@require_scope(_WRITE)
def create() -> Response:
    """A new draft."""
    draft, session = sent(NeedDraft), db_session()
    before = _claimed(session)
    if before is not None:
        return before
    read = read_draft(session, api_viewer(), draft)
    made = create_need(
        session,
        read.terms,
        skills=read.skills,
        conditions=read.conditions,
        by=current_caller().account_id,
        at=now(),
    )
    return _committed(session, made, 201)


@programs.patch("/needs/<ma>")
@documented(
    Operation(
        "Sửa một bản nháp; mục không gửi giữ nguyên",
        Need,
        "Nhu cầu",
        _WRITE,
        path={"ma": {"description": "Mã công khai"}},
        body=NeedPatch,
        headers=(_IF_MATCH, _KEY),
        failures=(404, 409, 412, 415, 422, 428),
        example=NEED | {"state": "draft"},
        body_example=NEED_PATCH,
    )
)
@require_scope(_WRITE)
def revise(ma: str) -> Response:
    """A draft with some members replaced, if it is still as it was read."""
    need = visible_need(ma)
    patch, session = sent(NeedPatch), db_session()
    before = _claimed(session)
    if before is not None:
        return before
    _hold_to_version(need)
    if need.state is not NeedState.DRAFT:
        raise Refused(409, _("Chỉ sửa được bản nháp qua API. Nhu cầu này đã được gửi duyệt hoặc đã đóng."))
    read = read_patch(session, api_viewer(), need, patch)
    try:
        revise_need(
            session,
            need,
            read.terms,
            skills=read.skills,
            conditions=read.conditions,
            version=need.version,
            by=current_caller().account_id,
            at=now(),
        )
    except ChangedMeanwhile as changed:
        raise Refused(412) from changed
    return _committed(session, need, 200)


def _hold_to_version(need: models.Need) -> None:
    if "If-Match" not in request.headers:
        raise Refused(428)
    if not request.if_match.contains(version_of(need)):
        raise Refused(412)


def _claimed(session: Session) -> Response | None:
    """What was answered to this very request before; None when it is new or carries no key."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not is_write_key(key):
        raise Refused(400, errors=[("Idempotency-Key", _("Dùng từ 1 đến 80 ký tự ASCII in được"))])
    hashed = request_hash(request.method, request.path, request.get_data())
    try:
        before = claim_write(session, current_caller().token_id, key, hashed, at=now())
    except KeyReused as reused:
        said = _("Idempotency-Key này đã dùng cho một yêu cầu khác. Dùng khóa mới")
        raise Refused(422, errors=[("Idempotency-Key", said)]) from reused
    if before is None:
        return None
    answer = _answer(before)
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _committed(session: Session, need: models.Need, status: int) -> Response:
    """Read the need as it stands now, keep the answer under its key, commit once."""
    session.flush()
    public_id = need.public_id
    session.expire(need)
    standing = get_need(session, api_viewer(), public_id)
    assert standing is not None  # noqa: S101 - it was written within the place of the key
    told = Answered(
        status,
        whole(standing).model_dump_json(),
        version_of(standing),
        url_for("api.need", ma=public_id) if status == 201 else "",
    )
    key = request.headers.get("Idempotency-Key")
    if key is not None:
        keep_answer(session, current_caller().token_id, key, told)
    session.commit()
    return _answer(told)


def _answer(told: Answered) -> Response:
    answer: Any = Response(told.body, told.status, mimetype="application/json")
    answer.set_etag(told.etag)
    if told.location:
        answer.headers["Location"] = told.location
        answer.autocorrect_location_header = False
    return answer
