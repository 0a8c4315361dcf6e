"""People from rows: judged by the rules of the sheet «Ứng viên», made and taken back through the people room."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, Judged, Made, RowRefused, SourceRow
from registry.exchange.queries.batches import was_touched
from registry.exchange.rules.cells import Finding
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.people import PersonRow, read_person_row
from registry.exchange.rules.skills import SkillMention
from registry.people.models import IdentityDocument, Person
from registry.people.models.sealed import identity_digests
from registry.people.operations import IdentityTaken, register_person, take_back_registration
from registry.people.rules import IdentityDraft, IdentityKind, LegalBasis, PersonDraft, SkillDraft
from registry.skills.operations import keep_pending

PENDING_WHERE = "people"
KNOWN_RECORD = "Hồ sơ này đã có trong sổ: dòng được bỏ qua, hồ sơ cũ giữ nguyên"
TWICE_IN_FILE = "Mục này đã có ở dòng %(row)d. Mỗi người chỉ ghi một dòng"
_IDENTITY_COLUMNS = {IdentityKind.CCCD: "identity", IdentityKind.PASSPORT: "passport"}


class PeopleRows:
    """The rows of one file of people. `default_basis` is the legal basis of rows that name none."""

    def __init__(self, lookups: Lookups, viewer: Viewer, default_basis: LegalBasis | None) -> None:
        self._lookups = lookups
        self._viewer = viewer
        self._basis = default_basis
        self._seen: dict[tuple[str, str], int] = {}

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        read = [(row, read_person_row(row.cells, self._lookups, self._basis)) for row in rows]
        drafts = [person.draft for _row, person in read if person.draft is not None]
        known_ids = self._known_external_ids(session, drafts)
        known_numbers = _known_numbers(session, drafts)
        return [self._judged(row, person, known_ids, known_numbers) for row, person in read]

    def _judged(
        self,
        row: SourceRow,
        person: PersonRow,
        known_ids: set[str],
        known_numbers: set[tuple[IdentityKind, str]],
    ) -> Judged:
        draft = person.draft
        if draft is None:
            return Judged(row.number, person.findings)
        repeated = list(self._repeated(row, draft))
        if repeated:
            return Judged(row.number, (*person.findings, *repeated))
        known = [
            Finding(column, value, "known_record", KNOWN_RECORD, is_error=False)
            for column, value, is_known in (
                ("external_id", draft.external_id or "", draft.external_id in known_ids),
                *(
                    (
                        _IDENTITY_COLUMNS[one.kind],
                        row.cells[_IDENTITY_COLUMNS[one.kind]].text,
                        _key(one) in known_numbers,
                    )
                    for one in draft.identities
                ),
            )
            if is_known
        ]
        return Judged(
            row.number, (*person.findings, *known), (draft, person.skills), is_duplicate=bool(known)
        )

    def _repeated(self, row: SourceRow, draft: PersonDraft) -> Iterable[Finding]:
        """What an earlier row of the file named too: a slip, since nobody stands in a file twice."""
        named = [(_IDENTITY_COLUMNS[one.kind], one.number) for one in draft.identities]
        if draft.external_id:
            named.append(("external_id", draft.external_id))
        for column, value in named:
            first = self._seen.setdefault((column, value), row.number)
            if first != row.number:
                yield Finding(column, row.cells[column].text, "twice_in_file", TWICE_IN_FILE % {"row": first})

    def _known_external_ids(self, session: Session, drafts: Sequence[PersonDraft]) -> set[str]:
        """External ids are an office's own: only records that the importing account may write are compared."""
        wanted = {draft.external_id for draft in drafts if draft.external_id}
        if not wanted:
            return set()
        inside: ColumnElement[bool] = scope_condition(
            self._viewer, Person.unit_path, Person.organisation_path, Permission.PEOPLE_WRITE
        )
        found = session.scalars(select(Person.external_id).where(Person.external_id.in_(wanted), inside))
        return {external_id for external_id in found if external_id}

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        draft, mentions = judged.plan
        skills = tuple(_skill_draft(session, mention) for mention in mentions)
        try:
            with session.begin_nested():
                person = register_person(
                    session, replace(draft, skills=skills), by=acting.by, at=acting.at, on=acting.on
                )
        except (IdentityTaken, IntegrityError) as refused:
            raise RowRefused from refused
        return Made(person.public_id, person.version)


def take_back_person(session: Session, made: ImportRow, acting: Acting, reason: str) -> bool:
    """Remove a person an import made unless somebody changed it since; whether it is gone."""
    person = session.scalar(select(Person).where(Person.public_id == made.subject_id))
    if person is None:
        return True
    is_as_made = person.version == made.subject_version
    if not is_as_made or was_touched(session, person.public_id, made.created_at, is_person=True):
        return False
    try:
        with session.begin_nested():
            take_back_registration(session, person, by=acting.by, at=acting.at, reason=reason)
    except IntegrityError:  # something that stands on the record came to be without a trace in its log
        return False
    return True


def _key(identity: IdentityDraft) -> tuple[IdentityKind, str]:
    return identity.kind, identity.number


def _known_numbers(session: Session, drafts: Sequence[PersonDraft]) -> set[tuple[IdentityKind, str]]:
    """The identity numbers some record holds already, whoever may see it."""
    by_digest = {
        digest: (one.kind, one.number)
        for draft in drafts
        for one in draft.identities
        for digest in identity_digests(session, one.kind, one.number)
    }
    if not by_digest:
        return set()
    found = session.scalars(
        select(IdentityDocument.number_digest).where(IdentityDocument.number_digest.in_(by_digest))
    )
    return {by_digest[digest] for digest in found}


def _skill_draft(session: Session, mention: SkillMention) -> SkillDraft:
    answer = mention.answer
    pending = keep_pending(session, mention.typed, PENDING_WHERE).id if answer.skill_id is None else None
    return SkillDraft(
        mention.typed,
        answer.skill_id,
        pending,
        level=mention.rank,
        needs_confirmation=answer.needs_confirmation,
        how=answer.how,
    )
