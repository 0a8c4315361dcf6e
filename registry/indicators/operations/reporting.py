"""Freezing a report byte for byte, and publishing it by a second person. Flushes, never commits."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.indicators.models import ReportSnapshot
from registry.indicators.operations.errors import NotFrozen, OwnReport
from registry.indicators.rules.snapshots import SnapshotState, may_publish


@dataclass(frozen=True)
class ReportFiles:
    """A report as it leaves: what it says as plain values, and the two files made of them."""

    title: str
    starts: date
    ends: date
    unit_path: str
    organisation_path: str
    values: list[dict[str, Any]]
    code_version: str
    pdf: bytes
    workbook: bytes


def freeze_report(session: Session, files: ReportFiles, *, by: int | None, at: datetime) -> ReportSnapshot:
    """Keep a report for good: its bytes, values, definitions, the version of the code and the instant of the data."""
    made = ReportSnapshot(
        title=files.title,
        starts=files.starts,
        ends=files.ends,
        unit_path=files.unit_path,
        organisation_path=files.organisation_path,
        state=SnapshotState.FROZEN,
        values=files.values,
        code_version=files.code_version,
        data_at=at,
        pdf=files.pdf,
        workbook=files.workbook,
        digest=hashlib.sha256(files.pdf + files.workbook).hexdigest(),
        frozen_by_id=by,
        frozen_at=at,
    )
    session.add(made)
    session.flush()
    detail = {"sha256": made.digest, "ends": files.ends.isoformat()}
    record(session, by, "indicator.report_frozen", "report_snapshot", made.public_id, detail=detail, at=at)
    return made


def publish_report(session: Session, snapshot: ReportSnapshot, *, by: int | None, at: datetime) -> None:
    """A second person stands for a frozen report. Raises NotFrozen or OwnReport."""
    if snapshot.state is not SnapshotState.FROZEN:
        raise NotFrozen
    if not may_publish(by, snapshot.frozen_by_id):
        raise OwnReport
    snapshot.state, snapshot.published_by_id, snapshot.published_at = SnapshotState.PUBLISHED, by, at
    session.flush()
    changes: dict[str, tuple[object, object]] = {
        "state": (SnapshotState.FROZEN.value, SnapshotState.PUBLISHED.value)
    }
    record(
        session,
        by,
        "indicator.report_published",
        "report_snapshot",
        snapshot.public_id,
        changes=changes,
        at=at,
    )
