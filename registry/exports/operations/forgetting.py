"""Letting go of exports: by their owner, and of whoever is erased. Flushes, never commits; files without a row are removed
by the worker, and nobody can ask for them before."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.leases import changed
from registry.exports.models import Export, ExportPerson
from registry.jobs.operations import request_cancel


def forget_export(session: Session, export: Export, *, by: int, at: datetime) -> None:
    """The owner no longer wants it: a job that writes it stops."""
    if export.job is not None:
        request_cancel(session, export.job, at=at)
    record(session, by, "export.forgotten", "export", export.public_id, at=at)
    session.execute(delete(ExportPerson).where(ExportPerson.export_id == export.id))
    session.delete(export)
    session.flush()


def forget_all_exports(session: Session) -> int:
    """A registry that was restored: the files of its exports are not there. How many; the log keeps who asked for what."""
    session.execute(delete(ExportPerson).execution_options(synchronize_session=False))
    gone = session.execute(delete(Export).execution_options(synchronize_session=False))
    session.flush()
    return changed(gone)


def forget_person_in_exports(session: Session, person_id: int) -> None:
    """Whoever is erased: files that were or are being made of lists with them go whole, from other lists they just go."""
    held = select(ExportPerson.export_id).where(ExportPerson.person_id == person_id)
    made = session.scalars(select(Export.id).where(Export.id.in_(held), Export.job_id.is_not(None))).all()
    if made:
        session.execute(delete(ExportPerson).where(ExportPerson.export_id.in_(made)))
        session.execute(delete(Export).where(Export.id.in_(made)))
    session.execute(delete(ExportPerson).where(ExportPerson.person_id == person_id))
    session.flush()
