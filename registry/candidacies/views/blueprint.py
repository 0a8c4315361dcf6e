"""The blueprint of the room, how its views come by a candidacy, and why something does not happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, url_for
from sqlalchemy.orm import Session

from registry.accounts.access import current_account, current_viewer
from registry.accounts.rules import Permission, Viewer
from registry.accounts.views.postman import settings
from registry.candidacies import operations, queries
from registry.candidacies.forms.words import CONFLICT, STAGE, STAGE_TAG
from registry.candidacies.models import Candidacy
from registry.candidacies.rules import MoveRefused, ReasonMissing
from registry.candidacies.rules.panels import Conflict
from registry.introductions.operations import Papers, papers_of
from registry.needs.models import Need
from registry.needs.queries import get_need
from registry.people.models import Person
from registry.people.queries import display_name
from registry.people.views.introduced import in_need
from registry.web.clock import now, today
from registry.web.database import db_session
from registry.web.errors import NotVisible
from registry.web.i18n import gettext as _
from registry.web.installation import installation

bp = Blueprint("candidacies", __name__)


@dataclass(frozen=True)
class Case:
    """A candidacy in the scope of whoever is signed in; `names` looks at people for its need."""

    session: Session
    candidacy: Candidacy
    names: Viewer
    may_decide: bool
    by: int
    on: date
    at: datetime

    @property
    def need(self) -> Need:
        """What the person is considered for."""
        return self.candidacy.need

    @property
    def person(self) -> Person:
        """Who is considered."""
        return self.candidacy.person

    @property
    def name(self) -> str:
        """The person's name, or the code where the name may not be shown."""
        return display_name(self.person, self.names)


def visible_case(ma: str) -> Case:
    """The candidacy of an address. Raises NotVisible."""
    session, viewer, on = db_session(), current_viewer(), today()
    found = queries.candidacy_of(session, viewer, ma, on=on)
    if found is None:
        raise NotVisible
    names = naming(viewer, found.need.public_id)
    may_decide = viewer.can(
        Permission.CANDIDACIES_DECIDE, at=(found.need.unit_path, found.need.organisation_path)
    )
    return Case(session, found, names, may_decide, current_account().id, on, now())


def decidable_case(ma: str) -> Case:
    """The same for whoever may decide at the place of the need. Raises NotVisible."""
    case = visible_case(ma)
    if not case.may_decide:
        raise NotVisible
    return case


def naming(viewer: Viewer, need: str | None) -> Viewer:
    """The viewer as one who looks at people for a need; without the right to read people nobody has a name."""
    return in_need(viewer, need).limited_to(Permission.PEOPLE_READ)


def visible_need(ma: str) -> Need:
    """The need, if its candidacies may be seen. Raises NotVisible."""
    need = get_need(db_session(), current_viewer().limited_to(Permission.CANDIDACIES_READ), ma)
    if need is None:
        raise NotVisible
    return need


def papers(session: Session) -> Papers | None:
    """Letters of this installation, with the addresses of this room."""
    public_url = settings().public_url
    return operations.leading_to(papers_of(public_url, installation(session).tenant.name), public_url)


def grounds_words(grounds: Sequence[Conflict]) -> str:
    """Why somebody may not decide, as a list."""
    return "; ".join(str(CONFLICT[one]) for one in grounds)


def install(app: Flask) -> None:
    """Let the page of a person, which lies below this room, show the person's candidacies."""
    app.add_template_global(_of_person, "candidacies_of")


def _of_person(person: Person) -> list[dict[str, Any]]:
    """What the viewer may see of a person's candidacies: the need, the stage, the way there."""
    viewer = current_viewer()
    if not viewer.can(Permission.CANDIDACIES_READ):
        return []
    return [
        {
            "title": one.need.title,
            "stage": STAGE[one.stage],
            "kind": STAGE_TAG.get(one.stage, ""),
            "href": url_for("candidacies.case_page", ma=one.public_id),
        }
        for one in queries.of_person(db_session(), viewer, person, on=today())
    ]


REFUSALS = (
    MoveRefused,
    ReasonMissing,
    operations.AlreadyAsked,
    operations.AlreadyNominated,
    operations.CandidacyClosed,
    operations.CheckRefused,
    operations.Conflicted,
    operations.ExpertUnreachable,
    operations.MayNotAllow,
    operations.NeedIsFull,
    operations.NeedNotOpen,
    operations.NominationIsOver,
    operations.NotAnswerable,
    operations.NothingToUndo,
    operations.OpinionIsOver,
    operations.PlacedElsewhere,
)


def refusal(refused: Exception) -> str:
    """Why something did not happen, and what to do about it."""
    if isinstance(refused, operations.Conflicted):
        return _(
            "Không quyết định được vì có quan hệ: %(grounds)s. Việc bị chặn đã ghi nhật ký.",
            grounds=grounds_words(refused.grounds),
        )
    return str(_sentences()[type(refused)])


def _sentences() -> dict[type[Exception], str]:
    return {
        MoveRefused: _("Ứng tuyển này không chuyển như vậy được nữa. Xem lại bước hiện tại."),
        ReasonMissing: _("Chọn lý do, hoặc ghi rõ trong ghi chú."),
        operations.AlreadyAsked: _("Chuyên gia này đã được hỏi và chưa trả lời."),
        operations.AlreadyNominated: _("Đã có tiến cử hoặc ứng tuyển cho nhu cầu này."),
        operations.CandidacyClosed: _("Ứng tuyển đã đóng nên không còn việc tiếp theo."),
        operations.CheckRefused: _("Lần kiểm tra này chưa đến hạn hoặc đã được ghi."),
        operations.ExpertUnreachable: _("Chuyên gia này hiện không liên lạc được qua sổ đăng ký."),
        operations.MayNotAllow: _(
            "Không cho phép được: người cho phép phải là người khác và không có quan hệ với người này."
        ),
        operations.NeedIsFull: _("Nhu cầu đã đủ người ký. Muốn ký thêm, sửa số người cần của nhu cầu trước."),
        operations.NeedNotOpen: _("Nhu cầu hiện không tuyển chọn nên không làm việc này được."),
        operations.NominationIsOver: _("Tiến cử này đã được trả lời."),
        operations.NotAnswerable: _("Không còn gì để trả lời ở đây."),
        operations.NothingToUndo: _("Không hoàn tác được nữa. Chuyển bước và ghi lý do."),
        operations.OpinionIsOver: _("Câu hỏi này không còn chờ trả lời."),
        operations.PlacedElsewhere: _("Người này đã ký cho một nhu cầu khác."),
    }
