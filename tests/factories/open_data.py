"""Open data for tests: sets of a province, releases in any state, classes whose lists tell of participants."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from registry.indicators.rules.figures import Period
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.operations.defining import DatasetTerms, DatasetWords, define_dataset
from registry.open_data.operations.releasing import prepare_release, publish_release, send_release
from registry.open_data.rules.kinds import DatasetKind, Licence, Theme
from registry.training.models import Participation
from tests.factories.indicators import Class, held, take_part

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
ON = date(2026, 11, 27)
HALF, YEAR = Period.half(2025, 1), Period.year(2025)


def dataset(
    session: Session,
    kind: DatasetKind = DatasetKind.TRAINING,
    code: str = "dao-tao",
    *,
    unit_path: str = "VN/12/",
    by: int | None = None,
    programme: str = "",
) -> OpenDataset:
    """A set of a place."""
    terms = DatasetTerms(code, kind, None, unit_path, programme)
    words = DatasetWords(
        f"Bộ dữ liệu {code}",
        f"Dataset {code}",
        "Đếm người học theo nhóm",
        "Learners by category",
        Licence.CC_BY,
        Theme.EDUCATION,
        "Sở Nội vụ",
    )
    return define_dataset(session, terms, words, by=by, at=AT)


def draft(
    session: Session, of: OpenDataset, by: int | None, period: Period = HALF, on: date = ON
) -> OpenRelease:
    """A release nobody else was shown."""
    return prepare_release(session, of, period, by=by, at=AT, on=on)


def waiting(
    session: Session, of: OpenDataset, by: int | None, period: Period = HALF, on: date = ON
) -> OpenRelease:
    """A release that waits for a second person."""
    made = draft(session, of, by, period, on)
    send_release(session, made, by=by, at=AT)
    return made


def published(
    session: Session,
    of: OpenDataset,
    by: int | None,
    second: int,
    period: Period = HALF,
    on: date = ON,
) -> OpenRelease:
    """A release everybody sees."""
    made = waiting(session, of, by, period, on)
    publish_release(session, made, by=second, at=AT)
    return made


def taught(
    session: Session,
    category: str,
    people: Iterable[int],
    *,
    day: date = date(2025, 3, 1),
    unit_path: str = "VN/12/",
    **told: Any,
) -> Class:
    """A class that was held, with strangers of these numbers; `told` is what its list says of all of them."""
    numbers = list(people)
    where = held(session, f"L-{category}-{numbers[0]}-{unit_path[3:5]}-{day:%m%d}", category, day, unit_path)
    take_part(session, where, numbers)
    if told:
        session.execute(
            update(Participation).where(Participation.session_id == where.session.id).values(**told)
        )
    session.flush()
    return where
