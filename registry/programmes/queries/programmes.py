"""The register of programmes, one of them, and what its page shows. Reads only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.organisations.models import Organisation
from registry.organisations.rules import OrganisationKind
from registry.programmes.models import (
    Programme,
    ProgrammeDocument,
    ProgrammeFact,
    ProgrammeMember,
    ProgrammeNode,
    ProgrammeTask,
)
from registry.programmes.queries.scope import own_task, visible, whole
from registry.programmes.rules.tasks import TaskState
from registry.web.paging import PAGE_SIZE, Page

MOST_AGENCIES = 400
# Nobody gives tasks of a programme to these; what they do is ordered from them.
_NEVER_ASKED = (OrganisationKind.ENTERPRISE, OrganisationKind.FOREIGN_INSTITUTE)
_ID_LENGTH = 26


def is_id(text: str) -> bool:
    """Whether a text could be a public id: what could not be is never asked for."""
    return len(text) == _ID_LENGTH and text.isascii() and text.isalnum()


def register(session: Session, viewer: Viewer, page: int) -> Page[Programme]:
    """One page of programmes, by their codes. Two statements."""
    seen = visible(viewer)
    total = session.scalar(select(func.count()).select_from(Programme).where(seen)) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE) or 1))
    rows = session.scalars(
        select(Programme)
        .where(seen)
        .options(joinedload(Programme.organisation))
        .order_by(Programme.code, Programme.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows=list(rows), total=total, number=number)


def task_counts(
    session: Session, viewer: Viewer, programmes: Sequence[Programme], on: date
) -> dict[int, tuple[int, int, int]]:
    """{programme: (tasks, done, late)} of what the viewer sees. One statement."""
    late = ProgrammeTask.done_on.is_(None) & (ProgrammeTask.due_on < on)
    rows = session.execute(
        select(
            ProgrammeTask.programme_id,
            func.count(),
            func.count().filter(ProgrammeTask.state == TaskState.DONE),
            func.count().filter(late),
        )
        .join(Programme, Programme.id == ProgrammeTask.programme_id)
        .where(ProgrammeTask.programme_id.in_([one.id for one in programmes]))
        .where(whole(viewer) | own_task(viewer))
        .group_by(ProgrammeTask.programme_id)
    )
    return {programme: (count, done, behind) for programme, count, done, behind in rows}


def programme_of(session: Session, viewer: Viewer, public_id: str) -> Programme | None:
    """A programme; None when there is none, or the viewer has nothing to do with it."""
    if not is_id(public_id):
        return None
    return session.scalar(
        select(Programme)
        .where(Programme.public_id == public_id, visible(viewer))
        .options(joinedload(Programme.organisation), joinedload(Programme.unit))
    )


def programme_named(session: Session, code: str) -> Programme | None:
    """The programme with this code («BT»), whoever asks."""
    return session.scalar(select(Programme).where(Programme.code == code))


def documents(session: Session, programme: Programme) -> Sequence[ProgrammeDocument]:
    """All documents of a programme, the oldest first."""
    return session.scalars(
        select(ProgrammeDocument)
        .where(ProgrammeDocument.programme_id == programme.id)
        .order_by(ProgrammeDocument.signed_on.is_(None), ProgrammeDocument.signed_on, ProgrammeDocument.id)
    ).all()


def document_of(session: Session, programme: Programme, public_id: str) -> ProgrammeDocument | None:
    """One document of a programme."""
    return session.scalar(
        select(ProgrammeDocument).where(
            ProgrammeDocument.programme_id == programme.id, ProgrammeDocument.public_id == public_id[:26]
        )
    )


def nodes(session: Session, programme: Programme) -> Sequence[ProgrammeNode]:
    """The whole tree of a programme in its order."""
    return session.scalars(
        select(ProgrammeNode)
        .where(ProgrammeNode.programme_id == programme.id)
        .options(joinedload(ProgrammeNode.owner))
        .order_by(ProgrammeNode.position, ProgrammeNode.id)
    ).all()


def node_of(session: Session, programme: Programme, public_id: str) -> ProgrammeNode | None:
    """One place in the tree of a programme."""
    return session.scalar(
        select(ProgrammeNode)
        .where(ProgrammeNode.programme_id == programme.id, ProgrammeNode.public_id == public_id[:26])
        .options(joinedload(ProgrammeNode.owner))
    )


def facts(session: Session, programme: Programme) -> Sequence[ProgrammeFact]:
    """What is printed of a programme and is no quantity, by its ids."""
    return session.scalars(
        select(ProgrammeFact)
        .where(ProgrammeFact.programme_id == programme.id)
        .order_by(ProgrammeFact.code, ProgrammeFact.id)
    ).all()


def members(session: Session, programme: Programme) -> Sequence[ProgrammeMember]:
    """Everybody who was or is in the working group, in the order they were entered."""
    return session.scalars(
        select(ProgrammeMember)
        .where(ProgrammeMember.programme_id == programme.id)
        .options(joinedload(ProgrammeMember.organisation))
        .order_by(ProgrammeMember.id)
    ).all()


def member_of(session: Session, programme: Programme, public_id: str) -> ProgrammeMember | None:
    """Somebody in the working group of a programme."""
    return session.scalar(
        select(ProgrammeMember).where(
            ProgrammeMember.programme_id == programme.id, ProgrammeMember.public_id == public_id[:26]
        )
    )


def agencies_to_choose(session: Session, programme: Programme) -> Sequence[Organisation]:
    """Open organisations of the place of a programme, by name: who may get a task."""
    return session.scalars(
        select(Organisation)
        .where(
            Organisation.unit_path.like(f"{programme.unit_path}%"),
            Organisation.valid_to.is_(None),
            Organisation.kind.not_in(_NEVER_ASKED),
        )
        .order_by(Organisation.sort_key, Organisation.id)
        .limit(MOST_AGENCIES)
    ).all()
