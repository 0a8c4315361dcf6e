"""Lists of classes: judged against classes, records and organisations, written many rows at a time, taken back.

Whoever is in the registry takes part as themselves; of everybody else only a keyed number is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from registry.accounts.queries import scope_condition
from registry.accounts.rules import Permission, Viewer
from registry.consents.rules import PurposeCode
from registry.db.bulk import ids_beside, texts_of
from registry.db.keys import keyring_of
from registry.exchange.models import ImportRow
from registry.exchange.operations.kinds import Acting, Judged, Made, RowRefused, SourceRow
from registry.exchange.queries.batches import was_touched
from registry.exchange.rules.cells import Memory
from registry.exchange.rules.findings import Finding
from registry.exchange.rules.training import TrainingRow, read_training_row
from registry.organisations.queries import find_organisation
from registry.people.models import IdentityDocument, Person
from registry.people.models.sealed import number_digests
from registry.people.queries import visible_condition
from registry.people.rules import IdentityKind
from registry.people.rules.problems import N_, Problem
from registry.training.models import Participation, TrainingCourse, TrainingSession
from registry.training.operations import Act, enter_many, remove_participation
from registry.training.operations.crediting import credit
from registry.training.operations.enrolling import tell_entered
from registry.training.queries.numbers import identity_text, stranger_numbers
from registry.training.rules import ParticipationState, Result, SessionState, counts_on

NO_SESSION = Problem("no_session", N_("Không có lớp mang mã này trong phạm vi của bạn"))
CANCELLED = Problem("cancelled_session", N_("Lớp này đã hủy: không nhập danh sách vào đó"))
NOT_BEGUN = Problem("not_begun", N_("Lớp chưa khai giảng: chưa có người học xong hay kết quả"))
NO_RECORD = Problem("no_record", N_("Không có hồ sơ mang mã này trong phạm vi của bạn"))
NO_ORGANISATION = Problem(
    "no_organisation", N_("Chưa có đơn vị tên này: dòng vẫn được nhập, cột này để trống")
)
ALREADY_IN = Problem("already_in", N_("Người này đã có trong lớp: dòng được bỏ qua, kết quả cũ giữ nguyên"))
TWICE = N_("Người này đã có ở dòng %(row)d của cùng lớp. Mỗi người chỉ ghi một dòng trong một lớp")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a row makes: the columns of its participation, and the person when there is one."""

    values: Mapping[str, Any]
    person_id: int | None


class _Class(NamedTuple):
    """What rows need of the class they name."""

    code: str
    id: int
    state: SessionState
    start: date | None
    end: date | None
    category: str
    unit_path: str
    organisation_path: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the registry holds of the rows at hand."""

    people: Mapping[str, int]
    codes: Mapping[str, int]
    there: frozenset[tuple[int, int]]


class TrainingRows:
    """The rows of one file of lists of classes."""

    def __init__(self, viewer: Viewer, today: date) -> None:
        self._viewer, self._today = viewer, today
        self._memory: Memory = {}
        self._sessions: dict[str, _Class | None] = {}
        self._organisations: dict[str, int | None] = {}
        self._seen: dict[tuple[int, int], int] = {}

    def read_ahead(self, rows: Sequence[SourceRow]) -> None:
        """See RowKind: these rows cost little to read."""

    def judge(self, session: Session, rows: Sequence[SourceRow]) -> list[Judged]:
        """See RowKind."""
        read = [(row.number, read_training_row(row.cells, self._memory, self._today)) for row in rows]
        self._load_sessions(session, [one.session for _number, one in read])
        people = self._people(session, [one.identity for _number, one in read])
        codes = self._codes(session, [one.code for _number, one in read])
        numbers = {number: self._participants(session, one, people, codes) for number, one in read}
        known = _Known(people, codes, self._there(session, read, numbers))
        return [self._judged(session, number, one, known, numbers[number]) for number, one in read]

    def _load_sessions(self, session: Session, codes: Sequence[str]) -> None:
        wanted = sorted({code for code in codes if code} - self._sessions.keys())
        if not wanted:
            return
        may = scope_condition(
            self._viewer,
            TrainingSession.unit_path,
            TrainingSession.organisation_path,
            Permission.TRAINING_WRITE,
        )
        rows = session.execute(
            select(
                TrainingSession.code,
                TrainingSession.id,
                TrainingSession.state,
                TrainingSession.actual_start,
                TrainingSession.actual_end,
                TrainingCourse.category,
                TrainingSession.unit_path,
                TrainingSession.organisation_path,
            )
            .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
            .where(TrainingSession.code.in_(texts_of(session, wanted)), may)
        )
        found = {row.code: _Class(*row) for row in rows}
        self._sessions |= {code: found.get(code) for code in wanted}

    def _people(self, session: Session, numbers: Sequence[str]) -> dict[str, int]:
        """{identity number: row id of whoever holds it}, wherever their record is kept: people are counted once."""
        keyring = keyring_of(session)
        by_digest = {
            digest: number
            for number in {one for one in numbers if one}
            for digest in number_digests(keyring, IdentityKind.CCCD, number)
        }
        if not by_digest:
            return {}
        digests = IdentityDocument.number_digest.in_(texts_of(session, by_digest))
        there = session.scalars(select(IdentityDocument.number_digest).where(digests)).all()
        if not there:  # most lists name few who are in the registry
            return {}
        held = aliased(Person)
        kept = visible_condition(Viewer.installation(), PurposeCode.REGISTRY, on=self._today)
        rows = session.execute(
            select(IdentityDocument.number_digest, Person.id)
            .join(held, held.id == IdentityDocument.person_id)
            .join(Person, Person.id == func.coalesce(held.merged_into_id, held.id))
            .where(
                IdentityDocument.kind == IdentityKind.CCCD,
                IdentityDocument.number_digest.in_(there),
                kept,
            )
        )
        return {by_digest[digest]: person for digest, person in rows}

    def _codes(self, session: Session, codes: Sequence[str]) -> dict[str, int]:
        """{code: row id} of the records the importing account may read."""
        wanted = {code for code in codes if code}
        if not wanted:
            return {}
        viewer = self._viewer.limited_to(Permission.PEOPLE_READ)
        rows = session.execute(
            select(Person.code, Person.id).where(
                Person.code.in_(texts_of(session, wanted)),
                visible_condition(viewer, PurposeCode.REGISTRY, on=self._today),
            )
        )
        return dict(iter(rows))

    def _participants(
        self, session: Session, row: TrainingRow, people: Mapping[str, int], codes: Mapping[str, int]
    ) -> list[int]:
        """The numbers a participant may stand under, the one to write first."""
        person = codes.get(row.code) or people.get(row.identity)
        if person is not None:
            return [person]
        text = identity_text(row.identity, row.name, row.birth, row.sent_by)
        return stranger_numbers(keyring_of(session), text)

    def _there(
        self, session: Session, read: Sequence[tuple[int, TrainingRow]], numbers: Mapping[int, Sequence[int]]
    ) -> frozenset[tuple[int, int]]:
        """(session, participant) of those who stand in these classes already."""
        ids = sorted({held.id for held in self._sessions.values() if held is not None})
        wanted = sorted({one for number, _row in read for one in numbers[number]})
        if not ids or not wanted:
            return frozenset()
        rows = session.execute(
            select(Participation.session_id, Participation.participant).where(
                Participation.participant.in_(wanted)
            )
        )
        known = set(ids)
        return frozenset((held, one) for held, one in rows if held in known)

    def _judged(
        self, session: Session, number: int, row: TrainingRow, known: _Known, numbers: Sequence[int]
    ) -> Judged:
        found = list(row.findings)
        held = self._sessions.get(row.session)
        found += self._of_session(row, held)
        if row.code and row.code not in known.codes and not row.has_errors:
            found.append(Finding("code", row.code, NO_RECORD))
        if held is None or any(one.is_error for one in found):
            return Judged(number, tuple(found))
        first = self._seen.setdefault((held.id, numbers[0]), number)
        if first != number:
            twice = Problem("twice_in_file", TWICE, {"row": first})
            return Judged(number, (*found, Finding("full_name", "", twice)))
        sent_by = self._organisation(session, row.sent_by)
        if row.sent_by and sent_by is None:
            found.append(Finding("sent_by", row.sent_by, NO_ORGANISATION, is_error=False))
        if any((held.id, one) in known.there for one in numbers):
            found.append(Finding("full_name", "", ALREADY_IN, is_error=False))
            return Judged(number, tuple(found), is_duplicate=True)
        person = numbers[0] if numbers[0] > 0 else None
        values = _values(row, held, sent_by) | {"participant": numbers[0], "person_id": person}
        return Judged(number, tuple(found), _Plan(values, person))

    def _of_session(self, row: TrainingRow, held: _Class | None) -> list[Finding]:
        if not row.session:
            return []
        if held is None:
            return [Finding("session", row.session, NO_SESSION)]
        if held.state is SessionState.CANCELLED:
            return [Finding("session", row.session, CANCELLED)]
        if held.start is None and (row.result or row.state is ParticipationState.COMPLETED):
            return [Finding("result" if row.result else "state", "", NOT_BEGUN)]
        return []

    def _organisation(self, session: Session, name: str) -> int | None:
        if name and name not in self._organisations:
            found = find_organisation(session, name)
            self._organisations[name] = None if found is None else found.id
        return self._organisations.get(name)

    def make(self, session: Session, judged: Judged, acting: Acting) -> Made:
        """See RowKind."""
        [made] = self.make_many(session, [judged], acting)
        if made is None:
            raise RowRefused
        return made

    def make_many(self, session: Session, judged: Sequence[Judged], acting: Acting) -> list[Made | None]:
        """See RowKind. Together, or one by one when somebody entered one of them in the same moment."""
        ids = ids_beside(len(judged))
        rows = [
            _Plan(one.plan.values | {"public_id": key}, one.plan.person_id)
            for one, key in zip(judged, ids, strict=True)
        ]
        if not rows:
            return []
        act = Act(acting.by, acting.at, acting.on)
        if enter_many(session, [one.values for one in rows]):
            _credit(session, rows, act)
            return [Made(key, 1) for key in ids]
        made: list[Made | None] = []
        for one, key in zip(rows, ids, strict=True):
            is_made = enter_many(session, [one.values])
            if is_made:
                _credit(session, [one], act)
            made.append(Made(key, 1) if is_made else None)
        return made


def _values(row: TrainingRow, held: _Class, sent_by: int | None) -> dict[str, Any]:
    """The columns of a participation; what the row leaves open is what the class tells."""
    is_over = held.state is SessionState.FINISHED or row.result is not None
    usual = ParticipationState.COMPLETED if is_over else ParticipationState.REGISTERED
    state = row.state or usual
    has_result = row.result is not None
    return {
        "session_id": held.id,
        "state": state,
        "result": row.result,
        "result_on": (row.result_on or held.end) if has_result else None,
        "hours": row.hours,
        "grade_tenths": row.grade_tenths,
        "certificate_number": row.certificate,
        "certificate_on": row.certificate_on,
        "sent_by_id": sent_by,
        "sex": row.sex,
        **row.traits,
        "category": held.category,
        "happened_on": counts_on(state, held.state, held.start, held.end),
        "unit_path": held.unit_path,
        "organisation_path": held.organisation_path,
    }


def _credit(session: Session, rows: Sequence[_Plan], act: Act) -> None:
    """Of people in the registry each entry is told, and what a pass gives enters the profile."""
    own = [str(one.values["public_id"]) for one in rows if one.person_id is not None]
    if not own:
        return
    entered = session.scalars(
        select(Participation)
        .where(Participation.public_id.in_(texts_of(session, own)))
        .options(
            joinedload(Participation.person),
            joinedload(Participation.session)
            .joinedload(TrainingSession.course)
            .selectinload(TrainingCourse.skills),
            selectinload(Participation.credits),
        )
        .order_by(Participation.id)
    )
    for one in entered.all():
        tell_entered(session, one, act)
        if one.result is Result.PASSED:
            credit(session, one, act)


def take_back_participation(session: Session, made: ImportRow, acting: Acting, reason: str) -> bool:
    """Take somebody out of a class unless the entry was changed since; whether it is gone."""
    row = session.scalar(select(Participation).where(Participation.public_id == made.subject_id))
    if row is None:
        return True
    is_as_made = row.version == made.subject_version
    if not is_as_made or was_touched(session, row.public_id, made.created_at, is_person=False):
        return False
    remove_participation(session, row, Act(acting.by, acting.at, acting.on), reason=reason)
    return True
