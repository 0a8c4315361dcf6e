"""Releases: prepared, sent to a second person, published or refused by that person, withdrawn. Flushes, never commits."""

import hashlib
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.indicators.rules.figures import Period
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.operations.errors import NoReason, OwnRelease, TellsTooMuch, WrongState
from registry.open_data.queries.asked import Asked
from registry.open_data.queries.building import asked_for, content_of
from registry.open_data.queries.reading import ever_public, next_number
from registry.open_data.rules.against import Clash
from registry.open_data.rules.columns import COLUMNS
from registry.open_data.rules.files import About, Files, files_of
from registry.open_data.rules.grids import kept, read
from registry.open_data.rules.hiding import chosen
from registry.open_data.rules.kinds import LICENCES, STOCKS
from registry.open_data.rules.lines import written
from registry.open_data.rules.remainders import all_clashes
from registry.open_data.rules.states import ReleaseState, is_second, may_follow


def prepare_release(
    session: Session,
    dataset: OpenDataset,
    period: Period,
    *,
    by: int | None,
    at: datetime,
    on: date,
    note: str = "",
    code_version: str = "",
) -> OpenRelease:
    """Build a release, hide what must be hidden, and freeze its files. Nobody outside sees it yet."""
    asked = asked_for(session, dataset, period, on)
    content = content_of(session, dataset, asked)
    counted, _left = chosen(content.grids, content.together, ever_public(session))
    rows = written(content.lines, COLUMNS[dataset.kind], counted.hidden)
    # Numbers follow each other, whoever else prepares one of the same set.
    session.execute(select(OpenDataset.id).where(OpenDataset.id == dataset.id).with_for_update())
    number = next_number(session, dataset)
    files = files_of(_about(dataset, asked, number), COLUMNS[dataset.kind], rows)
    made = OpenRelease(
        dataset=dataset,
        number=number,
        as_of=on,
        starts=None if dataset.kind in STOCKS else asked.starts,
        ends=asked.ends,
        note=note,
        rows=len(rows),
        tables=kept(counted),
        code_version=code_version,
        prepared_by_id=by,
        prepared_at=at,
        **_columns_of(files),
    )
    session.add(made)
    session.flush()
    _told(session, made, "open_data.prepared", by, at)
    return made


def send_release(session: Session, release: OpenRelease, *, by: int | None, at: datetime) -> None:
    """Hand it to a second person. Raises WrongState."""
    _move(release, ReleaseState.WAITING)
    release.sent_at = at
    session.flush()
    _told(session, release, "open_data.sent", by, at)


def publish_release(session: Session, release: OpenRelease, *, by: int | None, at: datetime) -> None:
    """A second person makes it public for good. Raises WrongState, OwnRelease, or TellsTooMuch.

    It is held against everything public as it is now: another release may have come out since it was prepared.
    """
    _ensure_second(release, by)
    if not may_follow(release.state, ReleaseState.PUBLISHED):
        raise WrongState
    # Two releases published at once would not see each other.
    session.execute(select(OpenDataset.id).order_by(OpenDataset.id).with_for_update()).all()
    found = [one for one in told_with_others(session, release) if one.blocks]
    if found:
        raise TellsTooMuch(found)
    _move(release, ReleaseState.PUBLISHED)
    release.decided_by_id, release.published_at = by, at
    session.flush()
    _told(session, release, "open_data.published", by, at)


def refuse_release(
    session: Session, release: OpenRelease, reason: str, *, by: int | None, at: datetime
) -> None:
    """A second person does not publish it, and says why. Raises WrongState, OwnRelease or NoReason."""
    _ensure_second(release, by)
    _end(session, release, ReleaseState.REFUSED, reason, by, at)
    release.decided_by_id = by
    session.flush()
    _told(session, release, "open_data.refused", by, at, reason)


def withdraw_release(
    session: Session, release: OpenRelease, reason: str, *, by: int | None, at: datetime
) -> None:
    """Take a published release away; its address says so from now on. Raises WrongState or NoReason."""
    _end(session, release, ReleaseState.WITHDRAWN, reason, by, at)
    _told(session, release, "open_data.withdrawn", by, at, reason)


def drop_release(session: Session, release: OpenRelease, *, by: int | None, at: datetime) -> None:
    """Throw a draft away that nobody else was shown. Raises WrongState."""
    if release.state is not ReleaseState.DRAFT:
        raise WrongState
    _told(session, release, "open_data.dropped", by, at)
    session.delete(release)
    session.flush()


def told_with_others(session: Session, release: OpenRelease) -> list[Clash]:
    """What a release tells together with everything that is or was public."""
    return all_clashes(read(release.tables), ever_public(session, release))


def _about(dataset: OpenDataset, asked: Asked, number: int) -> About:
    licence = LICENCES[dataset.licence]
    return About(
        code=dataset.code,
        number=number,
        title=dataset.title,
        title_en=dataset.title_en,
        licence=licence.name,
        licence_url=licence.url,
        publisher=dataset.publisher,
        place=asked.place_name,
        as_of=asked.on,
        starts=None if dataset.kind in STOCKS else asked.starts,
        ends=asked.ends,
    )


def _columns_of(files: Files) -> dict[str, bytes | int | str]:
    return {
        "csv": files.csv,
        "json": files.json,
        "dictionary": files.dictionary,
        "csv_bytes": len(files.csv),
        "json_bytes": len(files.json),
        "csv_digest": hashlib.sha256(files.csv).hexdigest(),
        "json_digest": hashlib.sha256(files.json).hexdigest(),
    }


def _move(release: OpenRelease, state: ReleaseState) -> None:
    if not may_follow(release.state, state):
        raise WrongState
    release.state = state


def _ensure_second(release: OpenRelease, by: int | None) -> None:
    if not is_second(by, release.prepared_by_id):
        raise OwnRelease


def _end(
    session: Session, release: OpenRelease, state: ReleaseState, reason: str, by: int | None, at: datetime
) -> None:
    if not reason.strip():
        raise NoReason
    _move(release, state)
    release.reason, release.ended_by_id, release.ended_at = reason, by, at
    session.flush()


def _told(
    session: Session, release: OpenRelease, action: str, by: int | None, at: datetime, reason: str = ""
) -> None:
    detail = {
        "dataset": release.dataset.code,
        "release": release.number,
        "csv_sha256": release.csv_digest,
        "json_sha256": release.json_digest,
    }
    record(session, by, action, "open_release", release.public_id, reason=reason, detail=detail, at=at)
