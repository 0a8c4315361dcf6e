"""People from rows: judged by the rules of the sheet «Ứng viên», made and taken back through the people room."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.db.bulk import pairs_of, texts_of
from registry.db.keys import keyring_of
from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, Judged, Made, RowRefused, SourceRow, made_or_none
from registry.exchange.operations.plans import (
    PendingMoved,
    PersonPlan,
    ReadRow,
    ReadyPlan,
    RowFacts,
    facts_of,
    unknown_words,
    whole_draft,
)
from registry.exchange.queries.batches import was_touched
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.lookups import Lookups
from registry.exchange.rules.people import PersonRow, read_person_row
from registry.people.models import Contact, IdentityDocument, Person
from registry.people.operations import (
    Plans,
    Prepared,
    check_ground,
    enter_prepared,
    prepare_people,
    take_back_registration,
)
from registry.people.rules import IdentityKind, LegalBasis
from registry.people.rules.problems import N_, Problem
from registry.skills.operations import keep_pending_terms

PENDING_WHERE = "people"
KNOWN_RECORD = Problem("known_record", N_("Hồ sơ này đã có trong sổ: dòng được bỏ qua, hồ sơ cũ giữ nguyên"))
SAME_PERSON = Problem(
    "same_person", N_("Trùng họ tên, ngày sinh và liên hệ với một hồ sơ trong sổ: dòng được bỏ qua")
)
NAMESAKE = Problem(
    "namesake", N_("Trùng họ tên và ngày sinh với một hồ sơ trong sổ. Nếu là cùng một người, bỏ dòng này")
)
_MOST_PENDING = 5_000
TWICE_IN_FILE = N_("Mục này đã có ở dòng %(row)d. Mỗi người chỉ ghi một dòng")
_IDENTITY_COLUMNS = {IdentityKind.CCCD: "identity", IdentityKind.PASSPORT: "passport"}


class PeopleRows:
    """The rows of one file of people. `default_basis` is the legal basis of rows that name none.

    `pending` are the numbers that words naming no concept have been given so far.
    """

    def __init__(self, lookups: Lookups, viewer: Viewer, default_basis: LegalBasis | None) -> None:
        self.lookups = lookups
        self.basis = default_basis
        self.pending: dict[str, int] = {}
        self._viewer = viewer
        self._seen: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._ahead: dict[int, PersonRow] = {}

    def read_ahead(self, rows: Sequence[SourceRow]) -> None:
        """See RowKind."""
        self._ahead = {row.number: self._read(row) for row in rows}

    def _read(self, row: SourceRow) -> PersonRow:
        return read_person_row(row.cells, self.lookups, self.basis)

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        keyring, read = keyring_of(session), list[ReadRow]()
        for row in rows:
            person = self._ahead.pop(row.number, None) or self._read(row)
            draft, findings = person.draft, person.findings
            if draft is None:
                read.append(ReadRow(row.number, None, findings, None))
            else:
                facts = facts_of(draft, keyring, row.cells)
                read.append(ReadRow(row.number, facts, findings, PersonPlan(draft, person.skills)))
        return self.compare(session, read)

    def compare(self, session: Session, rows: Sequence[ReadRow], *, may_repeat: bool = True) -> list[Judged]:
        """The same of rows, the next ones of the file, that were read before.

        Of rows that may not repeat each other nothing is remembered: whoever gives them has left out those that do.
        """
        facts = [row.facts for row in rows if row.facts is not None]
        known = _Known(
            self._known_external_ids(session, facts),
            _known_numbers(session, facts),
            *self._namesakes(session, facts),
        )
        return [self._judged(row, known, may_repeat) for row in rows]

    def _judged(self, row: ReadRow, known: "_Known", may_repeat: bool) -> Judged:
        facts = row.facts
        if facts is None:
            return Judged(row.number, row.findings)
        repeated = list(self._repeated(row.number, facts)) if may_repeat else []
        if repeated:
            return Judged(row.number, (*row.findings, *repeated))
        found = list(_already_there(facts, known))
        is_duplicate = bool(found)
        if not found:
            found = list(_namesake(facts, known))
            is_duplicate = any(finding.code == "same_person" for finding in found)
        return Judged(row.number, (*row.findings, *found), row.plan, is_duplicate=is_duplicate)

    def _repeated(self, number: int, facts: RowFacts) -> Iterable[Finding]:
        """What an earlier row of the file named too: a slip, since nobody stands in a file twice."""
        named = [(_IDENTITY_COLUMNS[kind], said) for kind, said, _digests in facts.numbers]
        if facts.external_id:
            named.append(("external_id", facts.external_id))
        for column, value in named:
            first = self._seen[column].setdefault(value, number)
            if first != number:
                twice = Problem("twice_in_file", TWICE_IN_FILE, {"row": first})
                yield Finding(column, facts.texts.get(column, ""), twice)

    def _known_external_ids(self, session: Session, rows: Sequence[RowFacts]) -> set[str]:
        """External ids are an office's own: only records that the importing account may write are compared."""
        wanted = {row.external_id for row in rows if row.external_id}
        if not wanted:
            return set()
        found = session.scalars(
            select(Person.external_id).where(
                Person.external_id.in_(texts_of(session, wanted)), self._may_write()
            )
        )
        return {external_id for external_id in found if external_id}

    def _may_write(self) -> ColumnElement[bool]:
        """The records that the importing account may write; no others are told of."""
        return scope_condition(
            self._viewer, Person.unit_path, Person.organisation_path, Permission.PEOPLE_WRITE
        )

    def _namesakes(
        self, session: Session, rows: Sequence[RowFacts]
    ) -> tuple[set[tuple[str, date]], set[tuple[str, date, str]]]:
        """People of the same name and birth date: (name, birth), and (name, birth, digest of a contact)."""
        wanted = {(row.name, row.birth) for row in rows if row.birth is not None}
        if not wanted:
            return set(), set()
        found = session.execute(
            select(Person.folded_name, Person.birth_on, Contact.value_digest)
            .outerjoin(Contact, Contact.person_id == Person.id)
            .where(
                tuple_(Person.folded_name, Person.birth_on).in_(pairs_of(session, wanted)), self._may_write()
            )
        ).all()
        namesakes = {(name, birth) for name, birth, _digest in found if birth is not None}
        reached = {(name, birth, digest) for name, birth, digest in found if birth is not None and digest}
        return namesakes, reached

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        try:
            [made] = self._made(session, [judged], acting)
        except IntegrityError as refused:
            raise RowRefused from refused
        if made is None:
            raise RowRefused
        return made

    def make_many(self, session: Session, judged: Sequence[Judged], acting: Acting) -> list[Made | None]:
        """See RowKind. Together, or one by one when somebody took a number in the same moment."""
        try:
            return self._made(session, judged, acting)
        except IntegrityError:
            return [made_or_none(self, session, one, acting) for one in judged]

    def _made(self, session: Session, judged: Sequence[Judged], acting: Acting) -> list[Made | None]:
        plans = Plans(session.get_bind().dialect.name)
        with session.begin_nested():
            ready = self._ready(session, judged, plans, acting)
            made = enter_prepared(session, ready, plans, by=acting.by, at=acting.at, on=acting.on)
        return [None if one is None else Made(one.public_id, one.version) for one in made]

    def _ready(
        self, session: Session, judged: Sequence[Judged], plans: Plans, acting: Acting
    ) -> list[Prepared]:
        """All of them ready to be entered: what was not made ready before is now."""
        pending = self._counted(session, [one.plan for one in judged])
        left = {
            one.number: whole_draft(one.plan, pending) for one in judged if isinstance(one.plan, PersonPlan)
        }
        drafts = list(left.values())
        for draft in drafts:
            check_ground(draft)
        keyring = keyring_of(session)
        made = prepare_people(drafts, keyring, plans, by=acting.by, at=acting.at, on=acting.on)
        now = dict(zip(left, made, strict=True))
        return [now.get(one.number) or one.plan.prepared for one in judged]

    def _counted(self, session: Session, made: Sequence[PersonPlan | ReadyPlan]) -> Mapping[str, int]:
        """The numbers of the words that name no concept, each counted once more. Raises PendingMoved."""
        words = [
            word
            for plan in made
            for word in (plan.words if isinstance(plan, ReadyPlan) else unknown_words(plan.skills))
        ]
        found = keep_pending_terms(session, words, PENDING_WHERE)
        for plan in made:
            if isinstance(plan, ReadyPlan) and any(found[word] != plan.pending[word] for word in plan.words):
                raise PendingMoved
        if len(self.pending) < _MOST_PENDING:
            self.pending |= found
        return found


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


def _already_there(facts: RowFacts, known: _Known) -> Iterable[Finding]:
    """An external id or an identity number that a record has: the row makes nobody."""
    if facts.external_id in known.external_ids:
        yield Finding("external_id", facts.external_id or "", KNOWN_RECORD, is_error=False)
    for kind, number, _digests in facts.numbers:
        if (kind, number) in known.numbers:
            column = _IDENTITY_COLUMNS[kind]
            yield Finding(column, facts.texts.get(column, ""), KNOWN_RECORD, is_error=False)


def _namesake(facts: RowFacts, known: _Known) -> Iterable[Finding]:
    """Same name, birth date and contact is the same person; same name and birth date alone is a doubt."""
    if facts.birth is None or (facts.name, facts.birth) not in known.namesakes:
        return
    is_same = any((facts.name, facts.birth, digest) in known.reached for digest in facts.contacts)
    said = SAME_PERSON if is_same else NAMESAKE
    yield Finding("full_name", facts.texts.get("full_name", ""), said, is_error=False)


def _known_numbers(session: Session, rows: Sequence[RowFacts]) -> set[tuple[IdentityKind, str]]:
    """The identity numbers some record holds already, whoever may see it."""
    by_digest = {
        digest: (kind, number) for row in rows for kind, number, digests in row.numbers for digest in digests
    }
    if not by_digest:
        return set()
    found = session.scalars(
        select(IdentityDocument.number_digest).where(
            IdentityDocument.number_digest.in_(texts_of(session, by_digest))
        )
    )
    return {by_digest[digest] for digest in found}
