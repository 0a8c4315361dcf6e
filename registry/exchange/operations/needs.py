"""Needs from rows and from job posts: always drafts, made and taken back through the needs room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, Judged, Made, OneByOne, RowRefused, SourceRow
from registry.exchange.queries.batches import was_touched
from registry.exchange.rules.cells import REFUSALS
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.needs import NeedRow, read_need_row
from registry.needs.models import Need
from registry.needs.operations import create_need, draft_need_from_post
from registry.needs.operations.taking_back import take_back_need
from registry.needs.rules import NOTE_LIMIT, Asked, JobPost, NeedState, NeedTerms, PostRefused, read_post
from registry.organisations.models import Organisation
from registry.organisations.operations import create_organisation
from registry.organisations.queries import find_organisation, organisations_named
from registry.organisations.rules import OrganisationKind
from registry.people.rules.problems import N_, Problem

KNOWN_NEED = Problem("known_record", N_("Nhu cầu này đã có: dòng được bỏ qua, nhu cầu cũ giữ nguyên"))
TWICE_IN_FILE = N_("Mã này đã có ở dòng %(row)d. Mỗi nhu cầu có một mã")
_POST_PROBLEMS = {
    "missing": N_("Tin thiếu mục này"),
    "not_text": N_("Mục này phải là chữ"),
    "not_list": N_("Mục này phải là danh sách"),
    "too_many": N_("Mục này có quá nhiều phần tử"),
    "too_long": N_("Mục này dài quá mức cho phép"),
}


class _Once:
    """Which external ids the file named before."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def findings(self, key: str, external_id: str | None, row: int, known: set[str]) -> tuple[Finding, ...]:
        """An id named twice is a slip; one that the registry knows makes nothing again."""
        if external_id is None:
            return ()
        first = self._seen.setdefault(external_id, row)
        if first != row:
            return (Finding(key, external_id, Problem("twice_in_file", TWICE_IN_FILE, {"row": first})),)
        if external_id in known:
            return (Finding(key, external_id, KNOWN_NEED, is_error=False),)
        return ()


class NeedRows(OneByOne):
    """The rows of one file of needs."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._once = _Once()

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        read = [(row.number, read_need_row(row.cells, self._lookups)) for row in rows]
        known = _known_ids(session, [need.external_id for _number, need in read])
        judged: list[Judged] = []
        for number, need in read:
            more = self._once.findings("external_id", need.external_id, number, known)
            plan = None if need.terms is None or any(one.is_error for one in more) else need
            judged.append(Judged(number, (*need.findings, *more), plan, is_duplicate=bool(more)))
        return judged

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        row: NeedRow = judged.plan
        terms = row.terms
        if terms is None:
            raise RowRefused
        try:
            with session.begin_nested():
                need = create_need(
                    session,
                    self._with_organisation(session, row, terms, acting),
                    skills=row.skills,
                    conditions=row.conditions,
                    by=acting.by,
                    at=acting.at,
                    external_id=row.external_id,
                )
        except (Asked, IntegrityError) as refused:
            raise RowRefused from refused
        return Made(need.public_id, need.version)

    def _with_organisation(
        self, session: Session, row: NeedRow, terms: NeedTerms, acting: Acting
    ) -> NeedTerms:
        """The named organisation, made when there is none; without a name the office's own.

        A name that several organisations have, or one outside the office's own organisation, is not
        guessed and not taken: it stays readable in the note.
        """
        office = self._lookups.office
        if not row.organisation:
            return _of_organisation(terms, office.organisation_id, office.organisation_path)
        found = _organisation(session, row.organisation, terms, acting)
        if found is not None and found.path.startswith(office.organisation_path):
            return _of_organisation(terms, found.id, found.path)
        note = f"Cơ quan ghi trong tệp: {row.organisation}\n{terms.note}".strip()[:NOTE_LIMIT]
        return _of_organisation(replace(terms, note=note), office.organisation_id, office.organisation_path)


class PostRows(OneByOne):
    """The posts of one JSON file; every post becomes a draft need."""

    def __init__(self) -> None:
        self._once = _Once()

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        read = [(row, _read_post(row)) for row in rows]
        known = _known_ids(session, [post.slug for _row, post in read if isinstance(post, JobPost)])
        judged: list[Judged] = []
        for row, post in read:
            if isinstance(post, Finding):
                judged.append(Judged(row.number, (post,)))
                continue
            more = self._once.findings("slug", post.slug, row.number, known)
            plan = None if any(one.is_error for one in more) else row.post
            judged.append(Judged(row.number, more, plan, is_duplicate=bool(more)))
        return judged

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        try:
            with session.begin_nested():
                drafted = draft_need_from_post(session, judged.plan, by=acting.by, at=acting.at)
        except (Asked, PostRefused, IntegrityError) as refused:
            raise RowRefused from refused
        if not drafted.is_new:
            raise RowRefused
        return Made(drafted.need.public_id, drafted.need.version)


def _read_post(row: SourceRow) -> JobPost | Finding:
    post = row.post or {}
    try:
        return read_post(post)
    except PostRefused as refused:
        value = post.get(refused.field)
        message = _POST_PROBLEMS.get(refused.reason) or REFUSALS[refused.reason]
        quoted = value[:200] if isinstance(value, str) else ""
        return Finding(refused.field, quoted, Problem(refused.reason, message))


def _known_ids(session: Session, external_ids: Sequence[str | None]) -> set[str]:
    """External ids of needs are unique in the registry, so all needs are compared."""
    wanted = {external_id for external_id in external_ids if external_id}
    if not wanted:
        return set()
    found = session.scalars(select(Need.external_id).where(Need.external_id.in_(wanted)))
    return {external_id for external_id in found if external_id}


@dataclass(frozen=True)
class _Seat:
    """The unit an organisation made by an import belongs to: that of its first need."""

    id: int
    path: str


def _of_organisation(terms: NeedTerms, organisation_id: int | None, path: str) -> NeedTerms:
    return replace(terms, organisation_id=organisation_id, organisation_path=path)


def _organisation(session: Session, name: str, terms: NeedTerms, acting: Acting) -> Organisation | None:
    """The one organisation of this name, made when there is none; None when there are several."""
    found = find_organisation(session, name)
    if found is not None or organisations_named(session, name):
        return found
    seat = _Seat(terms.unit_id, terms.unit_path) if terms.unit_id is not None else None
    return create_organisation(
        session, name=name, kind=OrganisationKind.OTHER, parent=None, unit=seat, by=acting.by
    )


def take_back_drafted(session: Session, made: ImportRow, acting: Acting, reason: str) -> bool:
    """Remove a need an import made unless somebody changed it since; whether it is gone."""
    need = session.scalar(select(Need).where(Need.public_id == made.subject_id))
    if need is None:
        return True
    is_as_made = need.version == made.subject_version and need.state is NeedState.DRAFT
    if not is_as_made or was_touched(session, need.public_id, made.created_at, is_person=False):
        return False
    take_back_need(session, need, by=acting.by, at=acting.at, reason=reason)
    return True
