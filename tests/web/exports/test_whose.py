"""Whom a list may hold when it is asked for, and whom a file names when it is written and taken: as its taker may see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.operations import grant_role
from registry.accounts.rules import EVERYWHERE, Permission, Role, Viewer
from registry.candidacies.operations import open_candidacy
from registry.candidacies.rules import Source
from registry.exports.models import Export, ExportPerson
from registry.exports.operations.work import _in_file  # pyright: ignore[reportPrivateUsage]
from registry.exports.queries.cadre_rows import cadre_ids, cadre_pages, cadres_total
from registry.exports.queries.candidacy_rows import (
    candidacies_meant,
    candidacy_pages,
    candidate_ids,
    candidates_total,
)
from registry.exports.queries.exports import may_be_given, taker_of
from registry.exports.queries.grant_rows import grant_pages, granted_ids, granted_total
from registry.exports.queries.held import people_held
from registry.exports.queries.people_rows import PeoplePage
from registry.exports.queries.training_rows import trained_ids, trained_total, training_pages
from registry.exports.rules.columns import COLUMNS
from registry.exports.rules.kinds import ExportFormat, ExportKind, ExportList, ExportPurpose
from registry.people.models import Person
from registry.people.rules import CadreDraft, CadreKind
from tests.factories import training
from tests.factories.accounts import account
from tests.factories.grants import Office, proposed
from tests.factories.introductions import need_of
from tests.factories.people import ANONYMOUS, AT, NAMED, TODAY, person

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HERE, THERE = "VN/12/", "VN/01/"
Pages = Callable[..., Iterator[PeoplePage]]


@dataclass(frozen=True)
class Three:
    """Cadres: named, anonymous, and named but of another province. And whoever takes a list of them."""

    near: Person
    shy: Person
    far: Person
    officer: Account

    @property
    def all(self) -> Sequence[Person]:
        return (self.near, self.shy, self.far)


@pytest.fixture
def three(session: Session) -> Three:
    """See the class."""
    office = CadreDraft(CadreKind.CIVIL_SERVANT, organisation_text="Sở Thử", valid_from=date(2020, 7, 1))
    people = [
        person(session, name, unit_path=path, consents=agreed, cadres=(office,))
        for name, path, agreed in (
            ("Vàng Gần", HERE, NAMED),
            ("Lò Kín", HERE, ANONYMOUS),
            ("Đỗ Xa", THERE, NAMED),
        )
    ]
    return Three(people[0], people[1], people[2], account(session, Role.OFFICER, HERE))


def export_of(session: Session, three: Three, listed: ExportList, *named: Person) -> Export:
    """An export that holds all three, as if more had been in sight when it was asked for; `named` are named in its file."""
    made = Export(
        owner_id=three.officer.id, kind=ExportKind.PEOPLE, subject=listed.value, format=ExportFormat.CSV,
        purpose=ExportPurpose.REPORT, purpose_text="Báo cáo quý", made_at=AT,
        expires_at=datetime(2027, 1, 1, tzinfo=UTC), written=len(three.all),
    )  # fmt: skip
    session.add(made)
    session.flush()
    rows = [
        ExportPerson(export_id=made.id, person_id=one.id, is_named=one in named, why="") for one in three.all
    ]
    session.add_all(rows)
    session.flush()
    return made


def taking(session: Session, export: Export) -> Viewer:
    found = taker_of(session, export, TODAY)
    assert found is not None
    return found


def page_of(session: Session, pages: Pages, export: Export) -> PeoplePage:
    """The one page of an export, in its taker's eyes."""
    columns = [one for one in COLUMNS[export.listed] if one.key in {"code", "full_name"}]
    [found] = pages(session, export, taking(session, export), columns, on=TODAY)
    return found


def assert_masked(page: PeoplePage, three: Three) -> None:
    """Nobody of elsewhere, and nobody anonymous by name."""
    cells = list(chain.from_iterable(page.rows))
    assert three.far.code not in cells
    assert three.shy.full_name not in cells
    assert (three.near.full_name in cells, three.shy.code in cells) == (True, True)
    assert len(page.rows) == 2
    assert set(page.people) == {three.near.public_id, three.shy.public_id}
    assert (list(page.named), list(page.masked)) == ([three.near.id], [three.shy.id])


def test_cadres_are_those_in_sight(session: Session, three: Three) -> None:
    export = export_of(session, three, ExportList.CADRES)
    viewer = taking(session, export)
    assert set(session.scalars(cadre_ids(viewer, on=TODAY))) == {three.near.id, three.shy.id}
    assert cadres_total(session, viewer, on=TODAY) == 2
    assert_masked(page_of(session, cadre_pages, export), three)


def test_candidacies_are_of_people_and_needs_in_sight(session: Session, three: Three) -> None:
    here, there = need_of(session), need_of(session, "Chuyên viên dữ liệu", unit_path=THERE)
    for one, need in ((three.near, here), (three.near, there), (three.shy, here), (three.far, here)):
        open_candidacy(session, one, need, source=Source.OFFICER, by=three.officer.id, at=AT)
    export = export_of(session, three, ExportList.CANDIDACIES)
    viewer, wanted = taking(session, export), candidacies_meant("", three.officer.id)
    found = set(session.scalars(candidate_ids(viewer, wanted, on=TODAY)))
    assert found == {three.near.id, three.shy.id}
    assert candidates_total(session, viewer, wanted, on=TODAY) == 2
    assert_masked(page_of(session, candidacy_pages, export), three)


def test_money_is_of_people_in_sight(session: Session, three: Three) -> None:
    head = account(session, Role.CAMPAIGN_ADMIN, "")
    for one in three.all:
        proposed(session, Office(one, three.officer, head))
    export = export_of(session, three, ExportList.GRANTS)
    viewer = taking(session, export)
    assert set(session.scalars(granted_ids(ExportList.GRANTS, "", viewer, on=TODAY))) == {
        three.near.id,
        three.shy.id,
    }
    assert granted_total(session, ExportList.GRANTS, "", viewer, on=TODAY) == 2
    assert_masked(page_of(session, grant_pages, export), three)


def test_a_class_is_a_list_of_people_in_sight_and_names_whose_records_its_taker_reads(
    session: Session, three: Three
) -> None:
    course = training.course(session)
    held = training.held(session, course)
    elsewhere = training.held(session, course, "LOP-XA", path=THERE)
    for one in three.all:
        for lesson in (held, elsewhere):
            training.takes_part(session, lesson, one)
    export = export_of(session, three, ExportList.TRAINING)
    export.address = held.public_id
    viewer = taking(session, export)
    seen = [three.near.id, three.shy.id]
    for lesson, people in ((held, seen), (elsewhere, [])):
        assert list(session.scalars(trained_ids(viewer, lesson.public_id, on=TODAY))) == people
        assert trained_total(session, viewer, lesson.public_id, on=TODAY) == len(people)
    assert_masked(page_of(session, training_pages, export), three)
    # Who keeps one province checks the training of all: the others learn there under their codes.
    grant_role(session, three.officer, Role.AUDITOR, EVERYWHERE, by=None, starts_on=TODAY, at=AT)
    session.commit()
    told = page_of(session, training_pages, export)
    cells = set(chain.from_iterable(told.rows))
    assert {three.near.full_name, three.far.code, f"Hồ sơ {three.far.code}"} <= cells
    assert three.far.full_name not in cells
    assert list(told.named) == [three.near.id]


def test_whoever_went_out_of_sight_is_neither_written_nor_told_of(session: Session, three: Three) -> None:
    export = export_of(session, three, ExportList.CANDIDACIES)
    viewer = taking(session, export)
    held = people_held(session, export, viewer, 0, TODAY)
    assert [one for _key, one in held] == [three.near, three.shy]
    told = session.execute(_in_file(export.id, viewer, export.listed.used_for, TODAY))
    assert [row.public_id for row in told] == [three.near.public_id, three.shy.public_id]


def test_a_file_is_given_while_all_in_it_are_seen_and_all_named_in_it_may_be_named(
    session: Session, three: Three
) -> None:
    def given(*gone: Person, named: Sequence[Person]) -> bool:
        export = export_of(session, three, ExportList.PEOPLE, *named)
        for one in gone:
            row: Any = session.scalars(
                select(ExportPerson).where(
                    ExportPerson.export_id == export.id, ExportPerson.person_id == one.id
                )
            ).one()
            row.is_named = None
        export.written = len(three.all) - len(gone)
        session.flush()
        return may_be_given(session, export, taking(session, export), on=TODAY)

    assert given(three.far, named=[three.near])
    assert not given(three.far, named=[three.near, three.shy])
    assert not given(named=[three.near])


def test_a_list_is_taken_where_its_right_counts_and_by_nobody_without(session: Session, three: Three) -> None:
    export = export_of(session, three, ExportList.CADRES)
    # Who reads needs of the whole country writes records of one province.
    at = datetime.now(UTC)
    grant_role(session, three.officer, Role.AUDITOR, EVERYWHERE, by=None, starts_on=TODAY, at=at)
    session.commit()
    viewer = taking(session, export)
    assert cadres_total(session, viewer, on=TODAY) == 2
    assert viewer.scopes == viewer.scopes_for(Permission.PEOPLE_WRITE)
    export.owner_id = account(session, Role.AUDITOR, "").id
    session.flush()
    assert taker_of(session, export, TODAY) is None
