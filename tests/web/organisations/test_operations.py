"""Writing organisations on both databases: paths, names, successors, races."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.accounts.models import AccountRole
from registry.accounts.rules import Role, Scope, Viewer
from registry.audit.models import AuditEvent
from registry.db import Database
from registry.organisations import operations, queries
from registry.organisations.models import Organisation
from registry.organisations.operations import HasOpenUnits, NameTaken, WrongDay, WrongParent, WrongSuccessor
from registry.organisations.rules import MOST_LEVELS, OrganisationKind
from tests.factories.accounts import account
from tests.factories.organisations import committee, organisation

EVERYTHING = Viewer.installation()


def in_scope(unit_path: str, organisation_path: str = "") -> Viewer:
    return Viewer(1, frozenset(EVERYTHING.permissions), (Scope(unit_path, organisation_path),))


def actions(session: Session, one: Organisation) -> list[str]:
    found = select(AuditEvent.action).where(AuditEvent.subject_id == one.public_id).order_by(AuditEvent.id)
    return list(session.scalars(found))


def test_a_path_holds_the_ids_from_the_root_down(session: Session) -> None:
    root = committee(session)
    department = organisation(session, parent=root)
    assert root.path == f"{root.id}/"
    assert department.path == f"{root.id}/{department.id}/"
    assert department.unit_path == "VN/12/"
    session.expire_all()
    assert department.path == f"{root.id}/{department.id}/"
    assert department.version == 1
    assert actions(session, department) == ["organisation.created"]


def test_open_siblings_have_distinct_names_but_cousins_may_share_one(session: Session) -> None:
    root = committee(session)
    organisation(session, "Văn phòng", parent=root)
    other = committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    organisation(session, "Văn phòng", parent=other)
    for same in ("Văn phòng", "VĂN PHÒNG", "văn  phòng"):
        with pytest.raises(NameTaken):
            organisation(session, same, parent=root)
    with pytest.raises(NameTaken):
        committee(session)
    organisation(session, "Văn phong", parent=root)  # other marks are another name


def test_the_index_itself_refuses_a_second_sibling_and_the_refusal_is_named(session: Session) -> None:
    root = committee(session)
    organisation(session, "Văn phòng", parent=root)
    with pytest.raises(NameTaken):
        add_past_the_check(session, Organisation(name="Văn phòng", kind=OrganisationKind.OTHER, parent=root))
    with pytest.raises(IntegrityError):
        add_past_the_check(session, Organisation(name="Khác", kind=OrganisationKind.OTHER, unit_id=-5))


def add_past_the_check(session: Session, one: Organisation) -> None:
    """Add like somebody whose look at the siblings came a moment too early."""
    with operations.sibling_names(session):
        session.add(one)
        session.flush()


RACED = "Trung tâm hai người cùng thêm"


def test_of_two_people_adding_one_name_at_once_the_second_is_told(database: Database) -> None:
    outcomes: list[str] = []

    def add() -> None:
        with database.writing() as session:
            try:
                organisation(session, RACED, unit_path="")
            except NameTaken:
                outcomes.append("taken")

    with database.writing() as first:
        first.add(Organisation(name=RACED, kind=OrganisationKind.OTHER, path=""))
        first.flush()
        second = threading.Thread(target=add)
        second.start()
        second.join(timeout=0.3)
        assert outcomes == [], "the second waits for the first"
        first.commit()
        second.join(timeout=20)
    with database.writing() as session:
        session.execute(delete(Organisation).where(Organisation.name == RACED))
        session.commit()
    assert outcomes == ["taken"]


def test_moving_takes_everything_under_it_and_every_scope_along(session: Session) -> None:
    old, new = committee(session), committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    department = organisation(session, "Sở Y tế", parent=old)
    hospital = organisation(session, "Bệnh viện đa khoa", parent=department)
    neighbour = organisation(session, "Sở Xây dựng", parent=old)
    keeper = account(session, Role.OFFICER, "", department.path)
    before = {one.id: one.path for one in (old, new, neighbour)}
    operations.move_organisation(session, department, parent=new, by=None)
    assert department.path == f"{new.id}/{department.id}/"
    assert hospital.path == f"{new.id}/{department.id}/{hospital.id}/"
    assert {one.id: one.path for one in (old, new, neighbour)} == before
    role = session.scalars(select(AccountRole).where(AccountRole.account_id == keeper.id)).one()
    assert role.organisation_path == department.path
    assert actions(session, department) == ["organisation.created", "organisation.moved"]


def test_moving_to_the_same_place_does_nothing(session: Session) -> None:
    root = committee(session)
    department = organisation(session, parent=root)
    operations.move_organisation(session, department, parent=root, by=None)
    assert actions(session, department) == ["organisation.created"]


def test_an_organisation_cannot_lie_under_itself_or_a_closed_one_or_too_deep(session: Session) -> None:
    root = committee(session)
    department = organisation(session, parent=root)
    for below in (root, department):
        with pytest.raises(WrongParent):
            operations.move_organisation(session, root, parent=below, by=None)
    closed = organisation(session, "Sở cũ", parent=root)
    operations.close_organisation(session, closed, last_day=date(2025, 6, 30), successor=None, by=None)
    with pytest.raises(WrongParent):
        organisation(session, "Phòng mới", parent=closed)
    deep = root
    for level in range(2, MOST_LEVELS + 1):
        deep = organisation(session, f"Cấp {level}", parent=deep)
    with pytest.raises(WrongParent):
        organisation(session, "Quá sâu", parent=deep)
    with pytest.raises(WrongParent):
        operations.move_organisation(session, department, parent=deep, by=None)


def test_moving_onto_a_sibling_of_the_same_name_is_refused(session: Session) -> None:
    root, other = committee(session), committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    one = organisation(session, "Văn phòng", parent=root)
    organisation(session, "Văn phòng", parent=other)
    with pytest.raises(NameTaken):
        operations.move_organisation(session, one, parent=other, by=None)
    assert one.path.startswith(root.path)


def rename(session: Session, one: Organisation, name: str, on: date | None) -> None:
    operations.edit_organisation(session, one, name=name, kind=one.kind, unit=None, by=None, renamed_on=on)


def test_a_new_name_keeps_the_old_one_until_the_day_before(session: Session) -> None:
    one = organisation(session, "Sở Lao động", valid_from=date(2010, 1, 1))
    rename(session, one, "Sở Lao động - Thương binh", date(2015, 5, 1))
    rename(session, one, "Sở Nội vụ", date(2025, 3, 1))
    assert [(kept.name, kept.valid_from, kept.valid_to) for kept in one.names] == [
        ("Sở Lao động", date(2010, 1, 1), date(2015, 4, 30)),
        ("Sở Lao động - Thương binh", date(2015, 5, 1), date(2025, 2, 28)),
    ]
    assert queries.find_organisation(session, "so lao dong") is one
    rename(session, one, "Sở Nội vụ", None)
    assert len(one.names) == 2
    with pytest.raises(WrongDay):
        rename(session, one, "Sở Khác", date(2025, 3, 1))


def test_a_correction_keeps_no_former_name(session: Session) -> None:
    one = organisation(session, "Sở Nôi vụ")
    rename(session, one, "Sở Nội vụ", None)
    assert one.names == []
    assert one.folded == "so noi vu"
    assert actions(session, one) == ["organisation.created", "organisation.edited"]
    with pytest.raises(NameTaken):
        organisation(session, "Sở Nội vụ")


def test_closing_needs_nothing_open_below_and_a_successor_outside(session: Session) -> None:
    root = committee(session)
    one = organisation(session, "Sở Tài chính", parent=root)
    two = organisation(session, "Sở Kế hoạch", parent=root)
    with pytest.raises(HasOpenUnits):
        operations.close_organisation(session, root, last_day=date(2025, 6, 30), successor=None, by=None)
    with pytest.raises(WrongSuccessor):
        operations.close_organisation(session, two, last_day=date(2025, 6, 30), successor=two, by=None)
    operations.close_organisation(
        session, two, last_day=date(2025, 6, 30), successor=one, by=None, reason="Nghị quyết 18"
    )
    assert (two.valid_to, two.successor) == (date(2025, 6, 30), one)
    assert queries.find_organisation(session, "Sở Kế hoạch") is None
    with pytest.raises(WrongSuccessor):
        operations.close_organisation(session, one, last_day=date(2025, 6, 30), successor=two, by=None)
    assert actions(session, two)[-1] == "organisation.closed"


def test_a_closing_can_be_taken_back_unless_the_name_is_in_use(session: Session) -> None:
    root = committee(session)
    one = organisation(session, "Sở Tài chính", parent=root)
    operations.close_organisation(session, one, last_day=date(2025, 6, 30), successor=None, by=None)
    again = organisation(session, "Sở Tài chính", parent=root)
    with pytest.raises(NameTaken):
        operations.reopen_organisation(session, one, by=None)
    operations.close_organisation(session, again, last_day=date(2025, 7, 30), successor=None, by=None)
    operations.reopen_organisation(session, one, by=None, reason="Đóng nhầm")
    assert one.is_open
    operations.close_organisation(session, one, last_day=date(2025, 8, 30), successor=None, by=None)
    operations.close_organisation(session, root, last_day=date(2025, 8, 30), successor=None, by=None)
    with pytest.raises(WrongParent):
        operations.reopen_organisation(session, one, by=None)


def test_a_name_is_found_by_spelling_then_without_marks_inside_the_scope(session: Session) -> None:
    one = organisation(session, "Trường Tân Thành")
    two = organisation(session, "Trường Tân Thạnh", unit_path="VN/86/")
    assert queries.find_organisation(session, "trường tân thành") is one
    assert queries.find_organisation(session, "truong tan thanh") is None, "two fit"
    assert queries.find_organisation(session, "truong tan thanh", in_scope("VN/86/")) is two
    assert queries.find_organisation(session, "Trường Tân") is None
    assert queries.find_organisation(session, "") is None


def test_the_tree_holds_what_the_viewer_sees_and_hides_the_rest(session: Session) -> None:
    root = committee(session)
    department = organisation(session, "Sở Y tế", parent=root)
    organisation(session, "Bệnh viện", parent=department)
    organisation(session, "Sở Công Thương", parent=root)
    committee(session, "UBND tỉnh Vĩnh Long", "VN/86/")
    (line,) = queries.organisation_tree(session, in_scope("VN/12/"))
    assert [(one.organisation.name, one.depth) for one in queries.flat([line])] == [
        ("UBND tỉnh Lai Châu", 0),
        ("Sở Công Thương", 1),
        ("Sở Y tế", 1),
        ("Bệnh viện", 2),
    ]
    (part,) = queries.organisation_tree(session, in_scope("", department.path))
    assert [one.organisation.name for one in queries.flat([part])] == ["Sở Y tế", "Bệnh viện"]
    assert queries.organisation_tree(session, in_scope("VN/12/03150/")) == []
    assert queries.get_organisation(session, in_scope("VN/86/"), root.public_id) is None
    assert queries.parents_of(session, in_scope("", department.path), department) == []
    assert queries.parents_of(session, EVERYTHING, department) == [root]


def test_searching_looks_at_former_names_and_takes_wildcards_as_letters(session: Session) -> None:
    one = organisation(session, "Sở Nội vụ")
    rename(session, one, "Sở Nội vụ và Lao động", date(2025, 3, 1))
    organisation(session, "Sở Y tế")
    found = queries.organisations(session, EVERYTHING, text="noi vu")
    assert [row.name for row in found.rows] == ["Sở Nội vụ và Lao động"]
    assert queries.organisations(session, EVERYTHING, text="%").total == 2
    assert queries.organisations(session, EVERYTHING, text="tế_y").total == 1, "a line is a separator"
    assert queries.organisations(session, EVERYTHING, kind=OrganisationKind.ENTERPRISE).total == 0
    names = queries.names_to_offer(session, EVERYTHING)
    assert names == ["Sở Nội vụ và Lao động", "Sở Y tế"]


def test_the_second_of_two_edits_is_noticed(session: Session) -> None:
    one = organisation(session, "Sở Y tế")
    session.commit()
    other: Any = update(Organisation).where(Organisation.id == one.id).values(version=5)
    session.execute(other, execution_options={"synchronize_session": False})
    with pytest.raises(Exception, match="expected to update 1 row"):
        rename(session, one, "Sở Y tế tỉnh", None)
