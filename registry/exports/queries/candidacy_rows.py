"""Candidacies as rows: of everybody in the export one row for each of their candidacies that the filters mean."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qsl

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from registry.accounts.rules import Viewer
from registry.candidacies.models import Candidacy, CandidacyDecision
from registry.candidacies.queries import Wanted, conditions_of
from registry.candidacies.rules import DecisionKind, Stage
from registry.candidacies.rules.reasons import reason_words
from registry.candidacies.rules.words import NEXT_STEPS, OUTCOMES, SOURCES, STAGES
from registry.consents.rules import PurposeCode
from registry.exports.models import Export
from registry.exports.queries.held import people_held
from registry.exports.queries.people_rows import PeoplePage
from registry.exports.rules.columns import ExportColumn
from registry.needs.models import Need
from registry.needs.queries import in_scope
from registry.people.models import Person
from registry.people.queries import display_name, is_public_id, may_be_named, visible_condition
from registry.web.clock import LOCAL_ZONE


@dataclass(frozen=True)
class CandidacyLine:
    """What one row is written from; decisions by kind, the newest of each."""

    candidacy: Candidacy
    name: str
    decisions: Mapping[DecisionKind, CandidacyDecision]


def candidacies_meant(address: str, by: int | None) -> Wanted:
    """The filter of an address as the register of candidacies has it."""
    pairs = parse_qsl(address)
    named = dict(pairs)
    known = {str(one) for one in Stage}
    stages = frozenset(Stage(value) for name, value in pairs if name == "buoc" and value in known)
    need = named.get("nhu-cau", "")
    return Wanted(
        stages=stages,
        owner={"toi": by, "chua-ai": 0}.get(named.get("phu-trach", "")),
        is_overdue=named.get("qua-han") == "1",
        need=need if is_public_id(need) else "",
        unit_path=named.get("dia-ban", ""),
        is_open=named.get("ca-da-dong") != "1" and not stages,
    )


def _meant(viewer: Viewer, wanted: Wanted, on: date) -> Select[Candidacy]:
    found = (
        select(Candidacy)
        .join(Need, Need.id == Candidacy.need_id)
        .join(Person, Person.id == Candidacy.person_id)
        .where(
            in_scope(viewer),
            visible_condition(viewer, PurposeCode.MATCHING, on=on),
            *conditions_of(wanted, on),
        )
    )
    return found.where(Candidacy.stage.in_(wanted.stages)) if wanted.stages else found


def candidate_ids(viewer: Viewer, wanted: Wanted, *, on: date) -> Select[int]:
    """The row ids of whoever has a candidacy that is meant, in the order of names."""
    people = _meant(viewer, wanted, on).with_only_columns(Candidacy.person_id)
    return (
        select(Person.id)
        .where(Person.id.in_(people), visible_condition(viewer, PurposeCode.MATCHING, on=on))
        .order_by(Person.name_sort_key, Person.id)
    )


def candidates_total(session: Session, viewer: Viewer, wanted: Wanted, *, on: date) -> int:
    """How many they are."""
    counted = func.count(Candidacy.person_id.distinct())
    return session.scalar(_meant(viewer, wanted, on).with_only_columns(counted)) or 0


def candidacy_pages(
    session: Session, export: Export, viewer: Viewer, columns: Sequence[ExportColumn], *, on: date
) -> Iterator[PeoplePage]:
    """Page after page of an export; of somebody with several candidacies, one row for each."""
    after, wanted = 0, candidacies_meant(export.address, export.owner_id)
    while rows := people_held(session, export, viewer, after, on):
        after = rows[-1][0]
        people = [person for _key, person in rows]
        lines = _lines(session, people, viewer, wanted, on)
        held = {line.candidacy.person_id for line in lines}
        shown = [one for one in people if one.id in held]
        named = [one.id for one in shown if may_be_named(one, viewer)]
        yield PeoplePage(
            [[_CELLS[one.key](line) for one in columns] for line in lines],
            [one.public_id for one in shown],
            sorted(named),
            [one.id for one in shown if one.id not in named],
            after,
        )


def _lines(
    session: Session, people: Sequence[Person], viewer: Viewer, wanted: Wanted, on: date
) -> list[CandidacyLine]:
    ids = [one.id for one in people]
    of_person: defaultdict[int, list[Candidacy]] = defaultdict(list)
    rows = session.scalars(
        _meant(viewer, wanted, on)
        .where(Candidacy.person_id.in_(ids))
        .options(joinedload(Candidacy.need), joinedload(Candidacy.owner))
        .order_by(Candidacy.id)
    ).all()
    for row in rows:
        of_person[row.person_id].append(row)
    decisions: defaultdict[int, dict[DecisionKind, CandidacyDecision]] = defaultdict(dict)
    decided = select(CandidacyDecision).where(CandidacyDecision.candidacy_id.in_([row.id for row in rows]))
    for one in session.scalars(decided.order_by(CandidacyDecision.id)):
        decisions[one.candidacy_id][one.kind] = one
    return [
        CandidacyLine(row, display_name(person, viewer), decisions[row.id])
        for person in people
        for row in of_person[person.id]
    ]


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"


def _moment(at: datetime | None) -> str:
    return "" if at is None else _day(at.astimezone(LOCAL_ZONE).date())


def _decided(kind: DecisionKind) -> Callable[[CandidacyLine], str]:
    def cell(line: CandidacyLine) -> str:
        one = line.decisions.get(kind)
        return "" if one is None else OUTCOMES[one.outcome]

    return cell


def _reason(line: CandidacyLine) -> str:
    one = line.decisions.get(DecisionKind.SELECTION) or line.decisions.get(DecisionKind.REFERRAL)
    return "" if one is None else reason_words(one.reason, "vi")


_CELLS: Mapping[str, Callable[[CandidacyLine], str]] = {
    "code": lambda line: line.candidacy.person.code,
    "full_name": lambda line: line.name,
    "need_code": lambda line: line.candidacy.need.code,
    "need_title": lambda line: line.candidacy.need.title,
    "stage": lambda line: STAGES[line.candidacy.stage],
    "since": lambda line: _moment(line.candidacy.stage_since),
    "source": lambda line: SOURCES[line.candidacy.source],
    "referral": _decided(DecisionKind.REFERRAL),
    "selection": _decided(DecisionKind.SELECTION),
    "reason": _reason,
    "next_step": lambda line: NEXT_STEPS[line.candidacy.next_step] if line.candidacy.next_step else "",
    "due_on": lambda line: _day(line.candidacy.next_due_on),
    "owner": lambda line: line.candidacy.owner.display_name if line.candidacy.owner else "",
    "opened_on": lambda line: _moment(line.candidacy.opened_at),
    "closed_on": lambda line: _moment(line.candidacy.closed_at),
}
