"""Sets: made and described anew. What was published is never changed by it. Flushes, never commits."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from registry.audit.operations import record
from registry.db.taking import unless_taken
from registry.open_data.models import OpenDataset
from registry.open_data.operations.errors import CodeTaken
from registry.open_data.rules.kinds import DatasetKind, Licence, Theme


@dataclass(frozen=True)
class DatasetWords:
    """What is said of a set, and may be said anew."""

    title: str
    title_en: str
    description: str
    description_en: str
    licence: Licence
    theme: Theme
    publisher: str


@dataclass(frozen=True)
class DatasetTerms:
    """What a set is of, for good: its address, its table, its place, and the programme where it is of one."""

    code: str
    kind: DatasetKind
    unit_id: int | None
    unit_path: str
    programme: str = ""


def define_dataset(
    session: Session, terms: DatasetTerms, words: DatasetWords, *, by: int | None, at: datetime
) -> OpenDataset:
    """Open a set that nobody outside sees before a release is published. Raises CodeTaken."""
    made = OpenDataset(**asdict(terms), **asdict(words), made_by_id=by)
    with unless_taken(session, CodeTaken()):
        session.add(made)
    detail = {"code": terms.code, "kind": terms.kind.value}
    record(session, by, "open_data.defined", "open_dataset", made.public_id, detail=detail, at=at)
    return made


def describe_dataset(
    session: Session, dataset: OpenDataset, words: DatasetWords, *, by: int | None, at: datetime
) -> None:
    """Say something else of a set; files that were published stay as they are."""
    changes: dict[str, tuple[object, object]] = {}
    for name, value in asdict(words).items():
        before = getattr(dataset, name)
        if before != value:
            setattr(dataset, name, value)
            changes[name] = (before, value)
    session.flush()
    if changes:
        record(session, by, "open_data.described", "open_dataset", dataset.public_id, changes=changes, at=at)
