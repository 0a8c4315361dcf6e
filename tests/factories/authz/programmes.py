"""A programme in each place with everything that has an address; in that of A the agency O has its part."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.organisations.models import Organisation
from registry.policies.operations import AgencyAnswer
from registry.programmes.operations.programmes import (
    DocumentTerms,
    NodeTerms,
    add_document,
    add_member,
    add_node,
)
from registry.programmes.operations.registers import (
    RecommendationTerms,
    consult_agencies,
    keep_answer,
    raise_recommendation,
)
from registry.programmes.operations.tasks import ask_reviews
from registry.programmes.rules.words import DocumentRole, MemberRole, NodeKind
from registry.web.clock import today
from tests.factories.authz.actors import BELOW, A, B
from tests.factories.organisations import organisation
from tests.factories.programmes import programme, task

Objects = dict[str, dict[str, dict[str, str]]]
_PLACES = {"own": A, "below": BELOW, "other": B}
_KINDS = (
    "programme",
    "programme_document",
    "programme_node",
    "programme_member",
    "programme_task",
    "programme_review",
    "programme_recommendation",
    "programme_asked",
    "programme_comment",
)


def make_programmes(session: Session, inner: str) -> Objects:
    """The parts of their addresses. `inner` is the path of the agency O."""
    found: Objects = {kind: {} for kind in _KINDS}
    agency_o = session.scalars(select(Organisation).where(Organisation.path == inner)).one()
    for where, path in _PLACES.items():
        agency = agency_o if where == "own" else organisation(session, f"Phòng {where}", unit_path=path)
        _fill(session, where, path, agency, found)
    return found


def _fill(session: Session, where: str, path: str, agency: Organisation, found: Objects) -> None:
    at, on = datetime.now(UTC), today()
    one = programme(session, code=f"CT-{where}", unit_path=path)
    ma = {"ma": one.public_id}
    draft = DocumentTerms(DocumentRole.SCHEME, f"Dự thảo {where}")
    document = add_document(session, one, draft, by=None, at=at)
    node = add_node(session, one, NodeTerms(NodeKind.TASK_GROUP, "N1", "Nhóm"), by=None, at=at)
    member = add_member(session, one, MemberRole.HEAD, "Tổ trưởng", by=None, at=at)
    given = task(session, one, agency, f"Việc {where}")
    due = on + timedelta(days=9)
    asked = ask_reviews(session, one, "Sơ kết", [agency.id], due_on=due, by=None, at=at, on=on)
    raised = RecommendationTerms("Hội", f"Kiến nghị {where}", on, organisation_id=agency.id)
    recommended = raise_recommendation(session, one, raised, by=None, at=at)
    (consulted,) = consult_agencies(session, document, ["Thống kê tỉnh"], due_on=due, by=None, at=at, on=on)
    comment = keep_answer(session, consulted, AgencyAnswer(on, "", "", "Xem lại"), by=None, at=at)
    session.flush()
    assert comment is not None
    found["programme"][where] = ma
    found["programme_document"][where] = {**ma, "van_ban": document.public_id}
    found["programme_node"][where] = {**ma, "nut": node.public_id}
    found["programme_member"][where] = {**ma, "nguoi": member.public_id}
    found["programme_task"][where] = {**ma, "nhiem_vu": given.public_id}
    found["programme_review"][where] = {**ma, "ban": asked.reviews[0].public_id}
    found["programme_recommendation"][where] = {**ma, "kien_nghi": recommended.public_id}
    found["programme_asked"][where] = {**ma, "co_quan": consulted.public_id}
    found["programme_comment"][where] = {**ma, "gop_y": comment.public_id}
