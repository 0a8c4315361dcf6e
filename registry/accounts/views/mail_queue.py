"""«Hàng đợi thư»: how many letters wait, went or failed, for whoever administers the whole installation.

Neither recipients nor words are shown: who keeps the machine running need not read its letters.
"""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from registry.accounts import operations
from registry.accounts.access import current_account, current_viewer, require
from registry.accounts.rules import EVERYWHERE
from registry.accounts.views.blueprint import bp
from registry.accounts.views.postman import settings
from registry.accounts.views.reach import MANAGE
from registry.mail.queries import LetterLine, letter_lines, letters_by_state
from registry.mail.rules import LetterState
from registry.web.clock import now
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.i18n import lazy_gettext as _l

KIND_WORDS: dict[str, Any] = {
    "account_merged": _l("Tài khoản không còn hồ sơ"),
    "account_reopened": _l("Tài khoản mở lại"),
    "address_known": _l("Địa chỉ đã có tài khoản"),
    "address_wanted": _l("Có người xin dùng địa chỉ"),
    "campaign": _l("Thư mời của chiến dịch"),
    "candidacy_elsewhere": _l("Ứng tuyển đóng vì nhận việc nơi khác"),
    "candidacy_moved": _l("Ứng tuyển có thay đổi"),
    "commitment_due": _l("Cam kết sắp hết thời gian"),
    "confirm_email": _l("Xác nhận địa chỉ mới"),
    "confirm_registration": _l("Xác nhận đăng ký"),
    "email_changed": _l("Đã đổi địa chỉ"),
    "email_changing": _l("Có yêu cầu đổi địa chỉ"),
    "grant_news": _l("Có tin về hỗ trợ"),
    "incident_clock": _l("Hạn báo sự cố sắp hết"),
    "task_soon": _l("Nhiệm vụ sắp đến hạn"),
    "task_overdue": _l("Nhiệm vụ quá hạn"),
    "incident_notice": _l("Sự cố với dữ liệu"),
    "link_identity": _l("Nối với dịch vụ đăng nhập chung"),
    "message_waits": _l("Có tin nhắn của đơn vị"),
    "need_closed": _l("Nhu cầu có liên quan đã đóng"),
    "no_account": _l("Không có tài khoản"),
    "nomination_waits": _l("Có người tiến cử"),
    "opinion_asked": _l("Hỏi ý kiến chuyên gia"),
    "password_changed": _l("Đã đổi mật khẩu"),
    "profile_invitation": _l("Mời nhận hồ sơ"),
    "reset_password": _l("Đặt mật khẩu mới"),
    "reveal_asked": _l("Đơn vị hỏi danh tính"),
    "reveal_expired": _l("Yêu cầu biết danh tính hết hạn"),
    "retention_draft": _l("Báo trước khi xóa: đăng ký gõ dở"),
    "retention_papers": _l("Báo trước khi xóa: giấy tờ"),
    "retention_pool": _l("Hỏi có ở lại nguồn không"),
    "retention_profile": _l("Báo trước khi xóa: hồ sơ"),
    "retention_stale": _l("Hỏi hồ sơ còn đúng không"),
    "retention_withdrawn": _l("Báo trước khi xóa: đã rút đồng ý"),
    "sign_in_slowed": _l("Nhiều lần đăng nhập sai"),
}
STATE_WORDS = {
    LetterState.QUEUED: _l("Đang chờ"),
    LetterState.SENDING: _l("Đang gửi"),
    LetterState.SENT: _l("Đã gửi"),
    LetterState.FAILED: _l("Không gửi được"),
    LetterState.SUPPRESSED: _l("Địa chỉ không nhận"),
    LetterState.CANCELLED: _l("Đã hủy"),
}
_FAULT_WORDS: dict[str, Any] = {
    "": "",
    "address": _l("địa chỉ không viết được vào thư"),
    "dropped": _l("máy chủ thư ngắt giữa chừng"),
    "folder": _l("không ghi được vào thư mục thư"),
    "given-up": _l("đã thử nhiều lần"),
    "overdue": _l("đã quá hạn dùng"),
    "restored": _l("giữ lại vì sổ đăng ký được khôi phục từ bản sao lưu: có thể đã gửi rồi"),
    "smtp": _l("máy chủ thư trả lời lạ"),
    "suppressed": _l("địa chỉ đã bị từ chối trước đây"),
    "bounced": _l("thư bị trả lại"),
    "unwanted": _l("người nhận không muốn nhận nữa"),
    "timeout": _l("máy chủ thư không trả lời kịp"),
    "tls": _l("không lập được kết nối an toàn"),
    "unreachable": _l("không nối được máy chủ thư"),
    "wrong-key": _l("không mở được bằng khóa hiện có"),
}


@bp.get("/he-thong/thu")
@require(MANAGE)
def mail_queue() -> ResponseReturnValue:
    """The counts, what waits, what failed."""
    _only_for_the_whole()
    session, at = db_session(), now()
    counted = letters_by_state(session)
    return render_template(
        "accounts/mail_queue.html",
        counts=[(words, counted[state]) for state, words in STATE_WORDS.items()],
        waiting=_shown(letter_lines(session, [LetterState.QUEUED, LetterState.SENDING], at=at)),
        failed=_shown(letter_lines(session, [LetterState.FAILED, LetterState.SUPPRESSED], at=at)),
        has_server=settings().mail_server is not None,
    )


@bp.post("/he-thong/thu/<ma>/gui-lai")
@require(MANAGE)
def send_letter_again(ma: str) -> ResponseReturnValue:
    """Queue a letter that failed once more; an address that refused letters is written to again."""
    _only_for_the_whole()
    session = db_session()
    if operations.send_again(session, ma, by=current_account().id, at=now()):
        session.commit()
        flash(_("Đã xếp thư vào hàng đợi để gửi lại."), "ok")
    else:
        flash(
            _("Thư này không gửi lại được nữa. Nhờ người cần thư làm lại bước của họ để có thư mới."), "warn"
        )
    return redirect(url_for(".mail_queue"), 303)


@bp.post("/he-thong/thu/<ma>/huy")
@require(MANAGE)
def cancel_letter(ma: str) -> ResponseReturnValue:
    """Take back a letter that waits; what it said is forgotten."""
    _only_for_the_whole()
    session = db_session()
    if operations.cancel_waiting(session, ma, by=current_account().id, at=now()):
        session.commit()
        flash(_("Đã hủy thư. Nội dung đã bị xóa."), "ok")
    else:
        flash(_("Thư này đang được gửi hoặc đã xong nên không hủy được."), "warn")
    return redirect(url_for(".mail_queue"), 303)


def _only_for_the_whole() -> None:
    """The queue is one for the installation: a part of the country has none of its own."""
    if EVERYWHERE not in current_viewer().scopes_for(MANAGE):
        raise NotVisible


def _shown(lines: Any) -> list[dict[str, Any]]:
    return [_line(one) for one in lines]


def _line(one: LetterLine) -> dict[str, Any]:
    return {
        "letter": one,
        "kind": KIND_WORDS.get(one.kind, one.kind),
        "state": STATE_WORDS[one.state],
        "fault": _fault_words(one.fault),
    }


def _fault_words(fault: str) -> str:
    if fault.startswith("smtp-"):
        return _("máy chủ thư trả lời %(code)s", code=fault.removeprefix("smtp-"))
    return str(_FAULT_WORDS.get(fault, fault))
