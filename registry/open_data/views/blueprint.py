"""The blueprint of the room, and who of the offices may see and do what of a set."""

from collections.abc import Mapping

from flask import Blueprint
from sqlalchemy.orm import Session

from registry.accounts.access import current_viewer, whole_viewer
from registry.accounts.rules import Permission
from registry.open_data.models import OpenDataset, OpenRelease
from registry.open_data.queries.reading import dataset_of, release_of
from registry.open_data.rules.kinds import DatasetKind
from registry.web.errors import NotVisible

bp = Blueprint("open_data", __name__)

_BEHIND: Mapping[DatasetKind, Permission] = {
    DatasetKind.INDICATORS: Permission.INDICATORS_WRITE,
    DatasetKind.TRAINING: Permission.TRAINING_WRITE,
    DatasetKind.BREAKDOWN: Permission.TRAINING_WRITE,
    DatasetKind.SECTORS: Permission.PEOPLE_READ,
    DatasetKind.AREAS: Permission.PEOPLE_READ,
}
"""Who is told of small counts inside: whoever keeps the lists, or may open the records."""


def may(permission: Permission, dataset: OpenDataset) -> bool:
    """Whether the viewer has a permission on the whole place of a set."""
    return whole_viewer().can(permission, at=(dataset.unit_path, ""))


def may_see_hidden(dataset: OpenDataset) -> bool:
    """Whether the viewer may read the counts that leave in no file."""
    return may(_BEHIND[dataset.kind], dataset)


def visible_dataset(session: Session, ma: str) -> OpenDataset:
    """The set, if it stands in the scopes of the permission the view asks for; otherwise NotVisible."""
    found = dataset_of(session, current_viewer(), ma)
    if found is None:
        raise NotVisible
    return found


def visible_release(session: Session, ma: str) -> OpenRelease:
    """The release, if its set stands in the scopes of the permission the view asks for."""
    found = release_of(session, current_viewer(), ma)
    if found is None:
        raise NotVisible
    return found
