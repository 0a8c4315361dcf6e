"""The blueprint of the room, and how its views come by a person, a need and the paper of letters."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session

from registry import formats
from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import EVERYWHERE, Viewer
from registry.accounts.views.postman import settings
from registry.introductions import operations, queries
from registry.introductions.forms import NEED, NEED_ELSE
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.queries import own_record
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.installation import installation

bp = Blueprint("introductions", __name__)


@dataclass(frozen=True)
class Own:
    """The record of whoever is signed in."""

    session: Session
    person: Person
    by: int
    on: date
    at: datetime


def own_or_none() -> Own | None:
    """The record behind the account of this request; None for an account without one."""
    session, account = db_session(), current_account()
    person = own_record(session, account.id)
    return None if person is None else Own(session, person, account.id, today(), now())


def must_own() -> Own:
    """The same for what cannot be done without a record. Raises NotVisible."""
    own = own_or_none()
    if own is None:
        raise NotVisible
    return own


def own_need(own: Own, ma: str) -> Need:
    """A need a person may read about: one that looks for people, or one they have to do with. Raises NotVisible."""
    need = get_need(own.session, Viewer(own.by, frozenset(), (EVERYWHERE,)), ma)
    if need is None:
        raise NotVisible
    concerns = need.state is NeedState.OPEN or (
        queries.standing_interest(own.session, own.person, need) is not None
        or queries.conversation_of(own.session, own.person, need) is not None
        or bool(queries.requests_about(own.session, own.person, need))
    )
    if not concerns:
        raise NotVisible
    return need


@dataclass(frozen=True)
class Pair:
    """A need of an officer's and a person who may be matched for it now; `viewer` looks for this need."""

    session: Session
    viewer: Viewer
    need: Need
    person: Person
    by: int
    on: date
    at: datetime


def visible_need(ma: str) -> Need:
    """The need, if the viewer may see it; otherwise NotVisible, as for one that does not exist."""
    need = get_need(db_session(), current_viewer(), ma)
    if need is None:
        raise NotVisible
    return need


def papers(session: Session) -> operations.Papers:
    """Letters of this installation."""
    return operations.papers_of(settings().public_url, installation(session).tenant.name)


def introduced(session: Session, viewer: Viewer, need: str) -> queries.Introduced | None:
    """Who is introduced for a need today, for the pages of lower rooms."""
    return queries.introduced(session, viewer, need, on=today())


def need_words(need: Need) -> dict[str, Any]:
    """A need as people outside the office read of it."""
    return {
        "ma": need.public_id,
        "title": need.title,
        "organisation": need.organisation.name if need.organisation else "",
        "state": NEED.get(need.state, NEED_ELSE),
        "is_open": need.state is NeedState.OPEN,
        "is_over": queries.is_over(need),
    }


def refusal(refused: Exception) -> str:
    """Why something did not happen, and what to do about it."""
    if isinstance(refused, operations.AskedLately):
        return _(
            "Đơn vị đã hỏi tên người này cách đây không lâu. Hỏi lại được sau ngày %(day)s.",
            day=formats.date(refused.until),
        )
    return str(_sentences()[type(refused)])


def _sentences() -> dict[type[Exception], str]:
    return {
        operations.NeedNotOpen: _("Nhu cầu hiện không tuyển chọn nên không làm việc này được."),
        operations.NotReachable: _("Hồ sơ này hiện không liên lạc được qua sổ đăng ký."),
        operations.AlreadyInterested: _("Bạn đã gửi quan tâm rồi."),
        operations.NotInterested: _("Không có quan tâm nào để rút."),
        operations.AlreadyNamed: _("Người này đã cho cơ quan biết tên, không cần hỏi."),
        operations.AlreadyAsked: _("Đã có một yêu cầu còn hiệu lực cho nhu cầu này."),
        operations.TooManyRequests: _(
            "Người này đang có nhiều yêu cầu chờ trả lời, hoặc hôm nay bạn đã hỏi nhiều. Hỏi lại vào ngày khác."
        ),
        operations.RequestIsOver: _("Yêu cầu này không còn chờ trả lời nữa."),
        operations.NoGroundToWrite: _("Gửi quan tâm trước, rồi nhắn cho đơn vị."),
        operations.ConversationStopped: _("Cuộc trao đổi này đã dừng."),
        operations.TooManyMessages: _(
            "Đã có nhiều tin chưa được trả lời, hoặc hôm nay đã nhắn nhiều. Chờ trả lời, hoặc nhắn vào ngày khác."
        ),
    }


REFUSALS = (
    operations.NeedNotOpen,
    operations.NotReachable,
    operations.AlreadyInterested,
    operations.NotInterested,
    operations.AlreadyNamed,
    operations.AlreadyAsked,
    operations.AskedLately,
    operations.TooManyRequests,
    operations.RequestIsOver,
    operations.NoGroundToWrite,
    operations.ConversationStopped,
    operations.TooManyMessages,
)
