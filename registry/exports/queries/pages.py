"""The rows of an export, whatever its list is, page after page. Reads only."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from registry.accounts.rules import Viewer
from registry.exports.models import Export
from registry.exports.queries.cadre_rows import cadre_pages
from registry.exports.queries.candidacy_rows import candidacy_pages
from registry.exports.queries.grant_rows import grant_pages
from registry.exports.queries.people_rows import PeoplePage, people_pages
from registry.exports.queries.training_rows import training_pages
from registry.exports.rules.columns import ExportColumn
from registry.exports.rules.kinds import ExportList

_WRITERS = {
    ExportList.CADRES: cadre_pages,
    ExportList.CANDIDACIES: candidacy_pages,
    ExportList.GRANTS: grant_pages,
    ExportList.COMMITMENTS: grant_pages,
    ExportList.TRAINING: training_pages,
}


def list_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of a list of people, as its columns have them."""
    write = _WRITERS.get(export.listed, people_pages)
    yield from write(session, export, viewer, columns, on=on)
