"""Supply and demand as they are counted: who counts, where, in which horizon; and in how many statements."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.accounts.rules import Role, Scope, Viewer
from registry.balance.operations import (
    AlreadyOpen,
    CampaignWanted,
    TrainingWanted,
    begin_campaign,
    meet_shortage,
    order_training,
    remove_movement,
    withdraw_forecast,
)
from registry.balance.queries.behind import counted_now, needs_behind, people_behind
from registry.balance.queries.counting import Part, cells
from registry.balance.queries.forecasts import forecasts, line_of, needs_of_forecast
from registry.balance.queries.movements import movements_of_year, moves
from registry.balance.queries.shortages import credited, credits_of, shortages
from registry.balance.queries.skills import skill_cells
from registry.balance.rules import (
    Direction,
    Horizon,
    MoveReason,
    NotPossible,
    ShortageState,
    Sign,
    Subject,
    SubjectKind,
    balance,
    yearly_flows,
)
from registry.candidacies.models import CandidacyStep
from registry.needs.models import Need
from registry.needs.rules import NeedState
from registry.people.models import Person
from registry.people.rules import AvailabilityState
from registry.privacy.operations.erasing import erase_person
from registry.training.models import TrainingOrder
from tests.factories.accounts import account
from tests.factories.balance import AT, COMPUTING, HEALTH, ON, forecast, movement, placed, shortage
from tests.factories.candidates import candidate, free_from, studied, worked
from tests.factories.needs import need, organisation, skill

ALL = Viewer.installation()
COMMUNE = "VN/12/03105/"


def wanted(session: Session, field: str, headcount: int, *, unit_path: str = "VN/12/", **terms: Any) -> Need:
    """An open need for people of a field."""
    return need(
        session,
        f"Cần {field}",
        state=NeedState.OPEN,
        experience_field=field,
        experience_years=1,
        headcount=headcount,
        unit_path=unit_path,
        **terms,
    )


def free(session: Session, name: str, field: str = "748", **traits: Any) -> Person:
    """Somebody of a field who can start today."""
    traits.setdefault("availability", free_from(ON))
    return candidate(session, name, experience=(worked(2020, None, field),), **traits)


@contextmanager
def statements(session: Session) -> Generator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(*told: Any) -> None:
        sent.append(told[2])

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(bind, "before_cursor_execute", note)


def test_one_province_is_short_here_and_has_more_there_kh4(session: Session) -> None:
    """KH4, IN-19: signed by occupation × sector × place × horizon, with the share nobody knows. Two statements."""
    wanted(session, "772", 5, unit_path=COMMUNE)
    wanted(session, "772", 2, unit_path=COMMUNE, expected_on=ON + timedelta(days=900))
    wanted(session, "748", 1)
    free(session, "Lò Thị Bình", "772", unit_path=COMMUNE)
    for name in ("Lò Văn An", "Vàng A Páo"):
        free(session, name)
    free(session, "Lò Văn Sau", availability=free_from(ON + timedelta(days=500)))
    free(session, "Lò Văn Ngờ", availability=free_from(None))
    candidate(session, "Lò Văn Im", education=(studied(4),))
    free(session, "Lò Văn Bận", availability=replace(free_from(None), state=AvailabilityState.NOT_AVAILABLE))
    free(session, "Lò Văn Nghỉ", availability=replace(free_from(None), state=AvailabilityState.PAUSED))
    session.flush()
    with statements(session) as sent:
        short = [balance(one) for one in cells(session, Part(ALL), Horizon.SHORT, on=ON)]
    assert len(sent) == 2
    assert [(one.row.key, one.difference, one.sign, one.row.unknown) for one in short] == [
        (("748", "74", "VN/12/", "short"), 1, Sign.SURPLUS, 2),
        (("772", "77", COMMUNE, "short"), -4, Sign.SHORTAGE, 0),
    ]
    far = [balance(one) for one in cells(session, Part(ALL), Horizon.LONG, on=ON)]
    assert [(one.row.demand, one.row.supply, one.row.unknown) for one in far] == [(1, 4, 1), (7, 1, 0)]
    inside = cells(session, Part(Viewer(None, ALL.permissions, (Scope(COMMUNE),))), Horizon.SHORT, on=ON)
    assert [one.key[2] for one in inside] == [COMMUNE]
    assert cells(session, Part(ALL, "VN/01/"), Horizon.SHORT, on=ON) == []


def test_every_number_opens_rows_that_add_up_to_it(session: Session) -> None:
    wanted(session, "748", 3)
    wanted(session, "772", 2)
    free(session, "Lò Văn An", education=(studied(4),))
    free(session, "Lò Văn Hai", education=(studied(6),))
    candidate(session, "Lò Văn Im", education=(studied(4),))
    part, sector = Part(ALL), Subject(SubjectKind.SECTOR, "74")
    found = needs_behind(session, part, ALL, COMPUTING, Horizon.SHORT, 1, on=ON)
    assert (found.places, [line.places for line in found.page.rows]) == (3, [3])
    assert needs_behind(session, part, ALL, None, Horizon.SHORT, 1, on=ON).places == 5
    people = people_behind(session, part, sector, Horizon.SHORT, on=ON)
    assert (people.people, people.by["degree"], people.by["kept"]) == (2, {"4": 1, "6": 1}, {"VN/12/": 2})
    assert people_behind(session, part, sector, Horizon.SHORT, on=ON, unknown=True).by["when"] == {
        "unstated": 1
    }
    assert counted_now(session, part, COMPUTING, Horizon.SHORT, on=ON) == (3, 2)


def test_skills_are_counted_by_concept_and_never_added_up(session: Session) -> None:
    """IN-19: a claim without a level is unknown; the same people stand behind the number."""
    need(session, "Kỹ sư", state=NeedState.OPEN, skills=[skill(session, "IT15")], headcount=4)
    for name, level in (("Lò Văn An", 3), ("Lò Văn Ba", None), ("Lò Văn Không", 0)):
        candidate(session, name, ("IT15", level), availability=free_from(ON))
    candidate(session, "Lò Văn Im", ("IT15", 4))
    with statements(session) as sent:
        ((row, _name),) = skill_cells(session, Part(ALL), Horizon.SHORT, on=ON)
    assert len(sent) == 2
    assert (row.key, row.demand, row.supply, row.unknown) == (("IT15",), 4, 1, 2)
    subject = Subject(SubjectKind.SKILL, "IT15")
    assert needs_behind(session, Part(ALL), ALL, subject, Horizon.SHORT, 1, on=ON).places == 4
    for unknown, people in ((False, 1), (True, 2)):
        found = people_behind(session, Part(ALL), subject, Horizon.SHORT, on=ON, unknown=unknown)
        assert found.people == people


def test_a_forecast_stands_beside_what_came_kh7(session: Session) -> None:
    """KH7, IN-20: places opened in its time and place, none that was called off; nothing before its day; withdrawn, nothing."""
    for title, opened, state in (
        ("Bác sĩ nội", date(2026, 3, 1), NeedState.OPEN),
        ("Bác sĩ ngoại", date(2026, 6, 1), NeedState.FILLED),
        ("Bác sĩ nhi", date(2025, 6, 1), NeedState.OPEN),
    ):
        made = need(session, title, state=state, experience_field="772", experience_years=1, headcount=3)
        made.opened_on = opened
    session.flush()
    done = forecast(session, 8)
    sector = forecast(session, 3, Subject(SubjectKind.SECTOR, "77"))
    ahead = forecast(session, 40, due_on=date(2030, 1, 1))
    elsewhere = forecast(session, 2, unit_path="VN/01/")
    with statements(session) as sent:
        found = {line.forecast.id: line.error for line in forecasts(session, ALL, on=ON).rows}
    assert len(sent) == 3
    assert [(found[one.id].actual, found[one.id].error) for one in (done, sector, ahead, elsewhere)] == [
        (6, 2),
        (6, -3),
        (None, None),
        (0, 2),
    ]
    assert found[ahead.id].forecast.horizon is Horizon.LONG
    needs, people = needs_of_forecast(session, ALL, done, 1)
    assert (needs.total, people) == (2, 6)
    withdraw_forecast(session, done, "Nhập nhầm", by=None, at=AT, on=ON)
    assert line_of(session, done, on=ON).error.actual is None
    with pytest.raises(NotPossible):
        withdraw_forecast(session, done, "Nhập nhầm", by=None, at=AT, on=ON)


def test_net_flow_of_a_year_names_nobody_outside_the_scope_kh5(session: Session) -> None:
    """KH5, IN-21: one statement for the sums; of the rows, two; who has no known degree is in no sum."""
    known = candidate(session, "Lò Thị Đi")
    paused = candidate(
        session, "Lò Thị Nghỉ", availability=replace(free_from(None), state=AvailabilityState.PAUSED)
    )
    movement(session, person=known)
    movement(session, person=paused, place="", reason=None)
    movement(session, rank=None)
    movement(session, rank=3)
    movement(session, Direction.IN, reason=MoveReason.HOME)
    movement(session, unit_path="VN/01/", place="VN/12/")
    here = Viewer(None, ALL.permissions, (Scope("VN/12/"),))
    with statements(session) as sent:
        (year,) = yearly_flows(moves(session, here))
    assert len(sent) == 1
    assert (year.year, year.came, year.went, year.net) == (2026, 1, 2, -1)
    assert year.went_because == (("pay", 1), (None, 1))
    assert yearly_flows(moves(session, here, least_rank=1))[0].went == 3
    with statements(session) as sent:
        page = movements_of_year(session, here, here, 2026, 1, on=ON)
    assert len(sent) == 2
    assert (page.total, {line.person for line in page.rows}) == (3, {known, None})
    nowhere = Viewer(None, ALL.permissions, ())
    assert {line.person for line in movements_of_year(session, here, nowhere, 2026, 1, on=ON).rows} == {None}


def test_who_moved_is_forgotten_and_still_counted(session: Session) -> None:
    left = candidate(session, "Lò Thị Đi")
    one = movement(session, person=left, words="Theo chồng về xuôi")
    erase_person(session, left, by=None, at=AT)
    session.refresh(one)
    assert (one.person_id, one.last_post, one.reason_text, one.reason) == (None, "", "", MoveReason.PAY)
    assert yearly_flows(moves(session, ALL))[0].went == 1
    remove_movement(session, one, by=None, at=AT)
    assert moves(session, ALL) == []


@pytest.fixture
def officer(session: Session) -> Account:
    """Who does it."""
    return account(session, Role.OFFICER, "VN/12/")


def test_a_shortage_opens_training_and_a_campaign_and_placements_are_credited_n7(
    session: Session, officer: Account
) -> None:
    """N7, TR-06, CP-11: counted after the day it was found, on its subject and place, undone ones not."""
    doctors = wanted(session, "772", 4)
    elsewhere = wanted(session, "772", 4, unit_path="VN/01/")
    one = shortage(session, HEALTH, size=3)
    late = shortage(session, Subject(SubjectKind.SECTOR, "77"), on=ON)
    with pytest.raises(AlreadyOpen) as there:
        shortage(session, HEALTH)
    assert there.value.shortage is one
    order = order_training(
        session,
        one,
        TrainingWanted("Sức khỏe", 2, organisation(session), None, None),
        by=officer.id,
        at=AT,
        on=ON,
    )
    assert isinstance(order, TrainingOrder)
    assert (order.shortage_code, order.occupation_code, one.state) == (one.code, "772", ShortageState.ORDERED)
    begun = CampaignWanted("Tìm bác sĩ", ON, ON + timedelta(days=60), "Bác sĩ", (doctors,))
    campaign = begin_campaign(session, one, begun, by=officer.id, at=AT)
    assert ([goal.people for goal in campaign.goals], one.state) == ([3], ShortageState.CAMPAIGNED)
    for act in (
        lambda: order_training(
            session,
            one,
            TrainingWanted("x", 1, organisation(session, "Sở Y tế"), None, None),
            by=None,
            at=AT,
            on=ON,
        ),
        lambda: begin_campaign(session, one, begun, by=None, at=AT),
    ):
        with pytest.raises(NotPossible):
            act()
    placed(session, "Lò Thị Một", doctors, officer)
    undone = placed(session, "Lò Thị Hai", doctors, officer)
    placed(session, "Lò Thị Ba", elsewhere, officer)
    for step in session.scalars(select(CandidacyStep).where(CandidacyStep.candidacy_id == undone.id)):
        step.undone_at = AT
    session.flush()
    with statements(session) as sent:
        assert credited(session, [one.id, late.id]) == {one.id: 1}
    assert len(sent) == 1
    assert [(each.need, each.placed) for each in credits_of(session, ALL, one)] == [(doctors, 1)]
    meet_shortage(session, one, "Đủ người", by=officer.id, at=AT, on=ON)
    assert [line.shortage.state for line in shortages(session, ALL).rows] == [
        ShortageState.OPEN,
        ShortageState.MET,
    ]
    with pytest.raises(NotPossible):
        meet_shortage(session, one, "Đủ người", by=officer.id, at=AT, on=ON)
    assert shortage(session, HEALTH).code == "TH-2026-003"
