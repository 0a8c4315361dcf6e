"""People from rows: judged by the rules of the sheet «Ứng viên», made and taken back through the people room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, Judged, Made, RowRefused, SourceRow, made_or_none
from registry.exchange.queries.batches import was_touched
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.people import PersonRow, read_person_row
from registry.exchange.rules.skills import SkillMention
from registry.people.models import Contact, IdentityDocument, Person
from registry.people.models.sealed import contact_digests, identity_digests
from registry.people.operations import (
    IdentityTaken,
    register_people,
    register_person,
    take_back_registration,
)
from registry.people.rules import IdentityDraft, IdentityKind, LegalBasis, PersonDraft, SkillDraft
from registry.people.rules.problems import N_, Problem
from registry.skills.operations import keep_pending_terms
from registry.text import fold

PENDING_WHERE = "people"
KNOWN_RECORD = Problem("known_record", N_("Hồ sơ này đã có trong sổ: dòng được bỏ qua, hồ sơ cũ giữ nguyên"))
SAME_PERSON = Problem(
    "same_person", N_("Trùng họ tên, ngày sinh và liên hệ với một hồ sơ trong sổ: dòng được bỏ qua")
)
NAMESAKE = Problem(
    "namesake", N_("Trùng họ tên và ngày sinh với một hồ sơ trong sổ. Nếu là cùng một người, bỏ dòng này")
)
TWICE_IN_FILE = N_("Mục này đã có ở dòng %(row)d. Mỗi người chỉ ghi một dòng")
_IDENTITY_COLUMNS = {IdentityKind.CCCD: "identity", IdentityKind.PASSPORT: "passport"}


class PeopleRows:
    """The rows of one file of people. `default_basis` is the legal basis of rows that name none."""

    def __init__(self, lookups: Lookups, viewer: Viewer, default_basis: LegalBasis | None) -> None:
        self._lookups = lookups
        self._viewer = viewer
        self._basis = default_basis
        self._seen: dict[tuple[str, str], int] = {}
        self._ahead: dict[int, PersonRow] = {}

    def read_ahead(self, rows: Sequence[SourceRow]) -> None:
        """See RowKind."""
        self._ahead = {row.number: self._read(row) for row in rows}

    def _read(self, row: SourceRow) -> PersonRow:
        return read_person_row(row.cells, self._lookups, self._basis)

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        read = [(row, self._ahead.pop(row.number, None) or self._read(row)) for row in rows]
        drafts = [person.draft for _row, person in read if person.draft is not None]
        known = _Known(
            self._known_external_ids(session, drafts),
            _known_numbers(session, drafts),
            *self._namesakes(session, drafts),
        )
        return [self._judged(session, row, person, known) for row, person in read]

    def _judged(self, session: Session, row: SourceRow, person: PersonRow, known: "_Known") -> Judged:
        draft = person.draft
        if draft is None:
            return Judged(row.number, person.findings)
        repeated = list(self._repeated(row, draft))
        if repeated:
            return Judged(row.number, (*person.findings, *repeated))
        found = list(_already_there(row, draft, known))
        is_duplicate = bool(found)
        if not found:
            found = list(_namesake(session, row, draft, known))
            is_duplicate = any(finding.code == "same_person" for finding in found)
        return Judged(
            row.number, (*person.findings, *found), (draft, person.skills), is_duplicate=is_duplicate
        )

    def _repeated(self, row: SourceRow, draft: PersonDraft) -> Iterable[Finding]:
        """What an earlier row of the file named too: a slip, since nobody stands in a file twice."""
        named = [(_IDENTITY_COLUMNS[one.kind], one.number) for one in draft.identities]
        if draft.external_id:
            named.append(("external_id", draft.external_id))
        for column, value in named:
            first = self._seen.setdefault((column, value), row.number)
            if first != row.number:
                twice = Problem("twice_in_file", TWICE_IN_FILE, {"row": first})
                yield Finding(column, row.cells[column].text, twice)

    def _known_external_ids(self, session: Session, drafts: Sequence[PersonDraft]) -> set[str]:
        """External ids are an office's own: only records that the importing account may write are compared."""
        wanted = {draft.external_id for draft in drafts if draft.external_id}
        if not wanted:
            return set()
        found = session.scalars(
            select(Person.external_id).where(Person.external_id.in_(wanted), self._may_write())
        )
        return {external_id for external_id in found if external_id}

    def _may_write(self) -> ColumnElement[bool]:
        """The records that the importing account may write; no others are told of."""
        return scope_condition(
            self._viewer, Person.unit_path, Person.organisation_path, Permission.PEOPLE_WRITE
        )

    def _namesakes(
        self, session: Session, drafts: Sequence[PersonDraft]
    ) -> tuple[set[tuple[str, date]], set[tuple[str, date, str]]]:
        """People of the same name and birth date: (name, birth), and (name, birth, digest of a contact)."""
        names = {fold(draft.self.full_name) for draft in drafts if draft.self.birth}
        if not names:
            return set(), set()
        rows = session.execute(
            select(Person.folded_name, Person.birth_on, Contact.value_digest)
            .outerjoin(Contact, Contact.person_id == Person.id)
            .where(Person.folded_name.in_(names), Person.birth_on.is_not(None), self._may_write())
        ).all()
        namesakes = {(name, birth) for name, birth, _digest in rows if birth is not None}
        reached = {(name, birth, digest) for name, birth, digest in rows if birth is not None and digest}
        return namesakes, reached

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        [draft] = _whole_drafts(session, [judged])
        try:
            with session.begin_nested():
                person = register_person(session, draft, by=acting.by, at=acting.at, on=acting.on)
        except (IdentityTaken, IntegrityError) as refused:
            raise RowRefused from refused
        return Made(person.public_id, person.version)

    def make_many(self, session: Session, judged: Sequence[Judged], acting: Acting) -> list[Made | None]:
        """See RowKind. Together, or one by one when somebody took a number in the same moment."""
        try:
            with session.begin_nested():
                drafts = _whole_drafts(session, judged)
                made = register_people(session, drafts, by=acting.by, at=acting.at, on=acting.on)
        except IntegrityError:
            return [made_or_none(self, session, one, acting) for one in judged]
        return [None if one is None else Made(one.public_id, one.version) for one in made]


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


@dataclass(frozen=True)
class _Known:
    """What the registry holds already of the people in some rows."""

    external_ids: set[str]
    numbers: set[tuple[IdentityKind, str]]
    namesakes: set[tuple[str, date]]
    reached: set[tuple[str, date, str]]


def _already_there(row: SourceRow, draft: PersonDraft, known: _Known) -> Iterable[Finding]:
    """An external id or an identity number that a record has: the row makes nobody."""
    if draft.external_id in known.external_ids:
        yield Finding("external_id", draft.external_id or "", KNOWN_RECORD, is_error=False)
    for one in draft.identities:
        if _key(one) in known.numbers:
            column = _IDENTITY_COLUMNS[one.kind]
            yield Finding(column, row.cells[column].text, KNOWN_RECORD, is_error=False)


def _namesake(session: Session, row: SourceRow, draft: PersonDraft, known: _Known) -> Iterable[Finding]:
    """Same name, birth date and contact is the same person; same name and birth date alone is a doubt."""
    if draft.self.birth is None:
        return
    name, birth = fold(draft.self.full_name), draft.self.birth.earliest
    digests = {digest for one in draft.contacts for digest in contact_digests(session, one.kind, one.value)}
    value = row.cells["full_name"].text
    if any((name, birth, digest) in known.reached for digest in digests):
        yield Finding("full_name", value, SAME_PERSON, is_error=False)
    elif (name, birth) in known.namesakes:
        yield Finding("full_name", value, NAMESAKE, is_error=False)


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


def _whole_drafts(session: Session, judged: Sequence[Judged]) -> list[PersonDraft]:
    """The drafts of rows with their skills; a text that named no concept is kept and waits for a curator."""
    plans: list[tuple[PersonDraft, tuple[SkillMention, ...]]] = [one.plan for one in judged]
    unknown = [one.typed for _, mentions in plans for one in mentions if one.answer.skill_id is None]
    pending = keep_pending_terms(session, unknown, PENDING_WHERE)
    return [
        replace(draft, skills=tuple(_skill_draft(one, pending) for one in mentions))
        for draft, mentions in plans
    ]


def _skill_draft(mention: SkillMention, pending: Mapping[str, int]) -> SkillDraft:
    answer = mention.answer
    return SkillDraft(
        mention.typed,
        answer.skill_id,
        pending[mention.typed] if answer.skill_id is None else None,
        level=mention.rank,
        needs_confirmation=answer.needs_confirmation,
        how=answer.how,
    )
