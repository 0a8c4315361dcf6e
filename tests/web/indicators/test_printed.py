"""The five printed programmes over rows of the demonstration: reproduce the figure from records, or name the contradiction.

Names in capitals are items of «The five source programmes».
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from registry.accounts.rules import Role, Viewer
from registry.app.demonstration.indicators import add_indicators
from registry.app.demonstration.networks import add_networks
from registry.app.demonstration.training import add_training
from registry.cli import main
from registry.db import Database
from registry.indicators.models import Contradiction, Indicator, ServiceAssignment
from registry.indicators.operations.contradicting import move_contradiction
from registry.indicators.operations.defining import IndicatorTerms, TargetTerms, define_indicator, set_target
from registry.indicators.operations.errors import Impossible, MoveRefused, NoOwnerOrSource
from registry.indicators.operations.observing import Observed, enter_observation
from registry.indicators.queries.asking import asked_of, computed_figure, query_of, rows_of
from registry.indicators.queries.categories import training_table
from registry.indicators.queries.overview import line_of
from registry.indicators.queries.reading import indicator_of, observations_of
from registry.indicators.queries.showing import COMPUTED, OBSERVED, ON_RECORD, as_plain, figures_shown
from registry.indicators.rules.comparing import Standing, Trend
from registry.indicators.rules.contradictions import ContradictionState
from registry.indicators.rules.figures import Missing, Period, Reading, Refused
from registry.indicators.rules.horizons import against
from registry.indicators.rules.kinds import IndicatorKind
from registry.indicators.rules.numbers import written
from registry.indicators.rules.pace import PaceState
from registry.indicators.rules.ratios import Percent
from registry.training.models import Participation
from tests.factories.accounts import account
from tests.factories.databases import own_database
from tests.factories.people import people, person
from tests.factories.programmes import demonstration

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
HALF = Period.half(2025, 1)
TWO_YEARS = Period.years(2021, 2022)
COMPUTED_IDS = {
    *(f"BT-{number:02}" for number in (*range(1, 12), 13, 14, 17)),
    *("KH-01", "HP-01", "HP-02", "HP-03", "PT-01", "PT-02"),
    *(f"LC-{number:02}" for number in (3, 5, 6, 7, 8, 9, 10, 11, 13)),
}
"""The quantities that a named query counts from rows of the demonstration: 29 of 42."""


@pytest.fixture(scope="module")
def filled(
    database: Database, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[str, Database]]:
    """A database with the programmes, training and indicators of the demonstration, and a few people."""
    with own_database(database, request, tmp_path_factory.mktemp("in"), "printed") as (url, opened):
        with opened.writing() as session:
            by = account(session, Role.OFFICER, "VN/12/")
            people(session, [f"Nguyễn Văn {letter}" for letter in "ABCDEFGHIK"], unit_path="VN/56/")
            person(session, "Lò Thị Hạnh", unit_path="VN/12/")
            demonstration(session, by, on=NOW.date())
            add_training(session, by=by.id, seed="7", now=NOW, on=NOW.date())
            add_networks(session, by.id, now=NOW, on=NOW.date())
            add_indicators(session, by.id, now=NOW)
            session.commit()
        yield url, opened


@pytest.fixture
def rows(filled: tuple[str, Database]) -> Iterator[Session]:
    """A session on it; what a test changes is undone."""
    with filled[1].writing() as session:
        yield session


def shown(session: Session, **chosen: Any) -> dict[str, dict[str, Any]]:
    return {one.row.id: as_plain(one) for one in figures_shown(session, **chosen)}


def measure(session: Session, code: str) -> Indicator:
    found = indicator_of(session, Viewer.installation(), code)
    assert found is not None
    return found


def counted(session: Session, code: str, period: Period) -> Decimal | None:
    found = computed_figure(session, measure(session, code), period.start, period.end)
    assert found is not None
    return found.figure.amount


def test_all_86_are_covered_and_29_of_42_quantities_are_counted_from_rows(rows: Session) -> None:
    told = shown(rows)
    assert len(told) == 86
    by_kind = {
        kind: {name for name, one in told.items() if one["counted_as"] == kind}
        for kind in (COMPUTED, OBSERVED, ON_RECORD)
    }
    assert by_kind[COMPUTED] == COMPUTED_IDS
    assert len(by_kind[COMPUTED]) + len(by_kind[OBSERVED]) == 42
    assert len(by_kind[ON_RECORD]) == 44
    assert all(one["query"] and one["rows"] for name, one in told.items() if name in COMPUTED_IDS)
    # What differs from what is printed is three figures, each with a name and its arithmetic.
    differ = {name for name, one in told.items() if one["verdict"] == "contradicts"}
    assert differ == {"LC-05", "LC-06", "LC-08"}
    assert {name for name, one in told.items() if one["contradictions"]} == differ
    assert "lệch +3" in told["LC-08"]["contradictions"][0]["text"]
    # Every other counted figure is what is printed.
    for name in COMPUTED_IDS - differ - {"KH-01"}:
        assert Decimal(told[name]["computed"]["amount"]) == Decimal(told[name]["value"]), name


def test_bt1_bt2_seven_categories_of_people_are_exact_and_their_sum_is_no_number_of_people(
    rows: Session,
) -> None:
    printed = {
        "BT-DT": 429,
        "BT-LLCT": 1_297,
        "BT-QLNN": 1_335,
        "BT-KNLD": 1_075,
        "BT-CMNV": 15_185,
        "BT-QPAN": 2_549,
        "BT-HDND": 4_127,
    }
    for code, people_of in printed.items():
        found = computed_figure(rows, measure(rows, code), TWO_YEARS.start, TWO_YEARS.end)
        assert found is not None
        assert (found.figure.amount, found.figure.unit.name) == (people_of, "người")
        assert found.beside[0].figure.unit.name == "lượt người"
        assert (found.beside[0].figure.amount or 0) >= people_of
    table = training_table(rows, TWO_YEARS, "VN/86/")
    seven = [one for one in table.rows if one.code not in ("science_technology", "vocational")]
    assert sum(one.people for one in seven) == 25_997
    assert table.people < 25_997  # counted again: whoever is in two categories is one


def test_bt3_lượt_against_people_is_refused_with_the_bare_division_inside(rows: Session) -> None:
    told = shown(rows)
    assert [told[f"BT-{number:02}"]["computed"]["amount"] for number in (9, 10, 11)] == ["953", "470", "483"]
    refused = told["BT-09"]["percent"][0]
    assert (refused["percent"], refused["refused"]) == (None, "across_units")
    assert "119,1" in refused["reason"]
    assert "117,5" in told["BT-10"]["percent"][0]["reason"]
    assert "120,75" in told["BT-11"]["percent"][0]["reason"]
    assert told["BT-09"]["reported_verdict"] == "vượt chỉ tiêu đề ra"
    line = line_of(rows, measure(rows, "BT-KHCN"), TWO_YEARS)
    assert isinstance(line.percent, Refused)
    assert line.verdicts.standing is Standing.UNKNOWN


def test_bt4_bt6_partners_and_experts_are_counted_and_no_split_is_invented(rows: Session) -> None:
    assert counted(rows, "BT-LK", TWO_YEARS) == 20
    assert counted(rows, "BT-CG", TWO_YEARS) == 8
    indicator = measure(rows, "BT-CG")
    page = rows_of(rows, indicator, asked_of(indicator, TWO_YEARS.start, TWO_YEARS.end), 1)
    assert {row[4] for row in page.page.rows} == {None}  # nobody says from which country


def test_bt7_a_doctor_of_two_days_does_not_serve_a_station(rows: Session) -> None:
    told = shown(rows)["BT-14"]
    assert (told["computed"]["amount"], told["parameters"]["least_days"]) == ("100.0", 3)
    covered, whole = (int(side["amount"]) for side in told["computed"]["beside"])
    assert covered == whole > 100
    one = rows.scalars(select(ServiceAssignment).where(ServiceAssignment.days_a_week == 3).limit(1)).one()
    one.days_a_week = 2
    rows.flush()
    found = computed_figure(rows, measure(rows, "BT-TYT"), None, date(2023, 5, 11))
    assert found is not None
    assert found.rows == covered - 1
    assert (found.figure.amount or 0) < 100


def test_bt8_every_indicator_of_ben_tre_hangs_on_one_node(rows: Session) -> None:
    nodes = rows.execute(select(Indicator.code, Indicator.node_id).where(Indicator.code.like("BT-%"))).all()
    assert len(nodes) == 14
    assert all(node is not None for _code, node in nodes)


def test_bt11_up_on_the_former_period_and_below_the_plan_stand_side_by_side(rows: Session) -> None:
    line = line_of(rows, measure(rows, "LC-VL"), HALF)
    assert line.previous is not None
    assert line.previous.amount == 512
    assert (line.verdicts.trend, line.verdicts.standing) == (Trend.UP, Standing.NOT_REACHED)
    about = shown(rows)["BT-16"]
    assert about["reported"]["about"] is True


def test_kh1_kh2_a_missing_figure_has_a_reason_and_a_share_both_its_numbers(rows: Session) -> None:
    told = shown(rows, programme="KH")
    assert told["KH-01"]["reported"] == {
        "amount": None,
        "unit": "percent",
        "about": False,
        "why_missing": "not_printed",
    }
    holders, everybody = (int(side["amount"]) for side in told["KH-01"]["computed"]["beside"])
    assert 0 < holders < everybody
    assert told["KH-01"]["verdict"] == "not_checkable"
    assert (told["KH-02"]["percent"], told["KH-02"]["reported_verdict"]) == ([], "còn ít")


def test_hp1_members_on_a_day_are_the_same_after_later_joins_and_departures(rows: Session) -> None:
    indicator = measure(rows, "HP-HV")
    on = {
        day: computed_figure(rows, indicator, day, day)
        for day in (date(2020, 6, 1), date(2024, 4, 3), date(2024, 12, 31))
    }
    assert [int(one.figure.amount or 0) for one in on.values() if one] == [134, 125, 131]


def test_pt9_targets_of_several_horizons_stand_apart(rows: Session) -> None:
    indicator = measure(rows, "PT-MT")
    for year in (2045, 2030):
        terms = TargetTerms(
            Decimal(7), "objectives", None, date(year, 12, 31), Reading.WHOLE_PERIOD, f"Đến năm {year}"
        )
        set_target(rows, indicator, terms, by=None, at=NOW)
    documents = [one.document for one in indicator.targets]
    assert documents == ["Đến năm 2045", "Đến năm 2030"]
    assert len({one.public_id for one in indicator.targets}) == 2


def test_pt1_a_measure_without_owner_or_source_is_refused(rows: Session) -> None:
    terms = IndicatorTerms("Chỉ tiêu", IndicatorKind.COUNT, "people", owner=" ", source="Nguồn")
    with pytest.raises(NoOwnerOrSource):
        define_indicator(rows, "X-1", terms, at_unit="VN/25/", at_organisation="", by=None, at=NOW)
    wrong = IndicatorTerms("Chỉ tiêu", IndicatorKind.COUNT, "tasks", "Sở", "Nguồn", query="people_trained")
    with pytest.raises(Impossible):
        define_indicator(rows, "X-1", wrong, at_unit="VN/25/", at_organisation="", by=None, at=NOW)


def test_lc1_lc2_printed_percentages_follow_from_no_plan_and_the_implied_one_is_not_kept(
    rows: Session,
) -> None:
    told = shown(rows, programme="LC")
    trained, jobs, abroad = told["LC-05"], told["LC-06"], told["LC-07"]
    assert "10,6" in trained["explanation"]
    assert "9,0" in trained["explanation"]
    assert "từ 7.270 đến 7.343" in trained["explanation"]
    assert trained["implied"] == {"lowest": 7_270, "highest": 7_343}
    assert (jobs["implied"], jobs["percent"][0]["percent"]) == ({"lowest": 9_452, "highest": 9_466}, "66.4")
    assert (abroad["printed_percent"], abroad["printed_phrase"]) == ("133.1", "vượt 33,1\xa0% kế hoạch")
    assert abroad["implied"] == {"lowest": 160, "highest": 160}
    assert "không được in" in abroad["explanation"]
    assert abroad["plan"] == []  # 160 is printed nowhere
    assert jobs["printed_phrase"] == "bằng 59,7\xa0% kế hoạch"


def test_lc3_a_part_is_not_added_and_never_exceeds_its_whole(rows: Session) -> None:
    assert counted(rows, "LC-VL", HALF) == 5_647
    assert counted(rows, "LC-XKLD", HALF) == 213
    indicator = measure(rows, "LC-XKLD")
    whole = next(
        one for one in observations_of(rows, [measure(rows, "LC-VL").id]) if one.published_id == "LC-06"
    )
    too_many = Observed(HALF.start, HALF.end, Decimal(5_648), "Báo cáo", part_of=whole)
    with pytest.raises(Impossible):
        enter_observation(rows, indicator, too_many, by=None, at=NOW)
    assert shown(rows, programme="LC")["LC-07"]["part_of"] == "LC-06"


def test_lc4_lc5_pace_by_the_months_or_a_stated_profile_and_three_targets_apart(rows: Session) -> None:
    trained, jobs = (line_of(rows, measure(rows, code), HALF) for code in ("LC-DTN", "LC-VL"))
    assert trained.pace is not None
    assert jobs.pace is not None
    assert (trained.pace.state, jobs.pace.state) == (PaceState.BEHIND, PaceState.AHEAD)
    assert isinstance(trained.percent, Percent)
    assert trained.percent.arithmetic == "716 ÷ 6.775 = 10,6\xa0%"
    indicator = measure(rows, "LC-DTN")
    plan_2025 = next(one for one in indicator.targets if one.published_id == "LC-03")
    plan_2025.profile = [["2025-06-30", "10"]]
    profiled = line_of(rows, indicator, HALF)
    assert profiled.pace is not None
    assert profiled.pace.state is PaceState.AHEAD
    unclear = next(one.plan for one in indicator.targets if one.published_id == "LC-02")
    assert unclear.reading is Reading.UNCLEAR
    assert len(against(trained.figure, [unclear])) == 2  # each reading is shown


def test_lc6_the_quota_is_of_its_levels_alone(rows: Session) -> None:
    told = shown(rows, programme="LC")["LC-03"]
    assert (told["computed"]["amount"], told["computed"]["unit"]) == ("6775", "places")


def test_lc8_former_districts_stand_beside_the_printed_number(rows: Session) -> None:
    told = shown(rows, programme="LC")
    assert (told["LC-08"]["computed"]["amount"], told["LC-08"]["reported"]["amount"]) == ("8", "5")
    assert [told[f"LC-{number:02}"]["computed"]["amount"] for number in (9, 10, 11)] == ["79", "38", "150"]


def test_lc9_lc10_initiatives_and_kinds_of_measures(rows: Session) -> None:
    assert counted(rows, "LC-SK", Period.year(2024)) == 40
    found = rows.execute(select(Indicator.code, Indicator.kind).where(Indicator.code.like("LC-%")))
    kinds = {row.code: row.kind for row in found}
    assert (kinds["LC-DVC"], kinds["LC-KTS"], kinds["LC-TTHC"]) == (
        IndicatorKind.SHARE,
        IndicatorKind.RATIO,
        IndicatorKind.REDUCTION,
    )
    line = line_of(rows, measure(rows, "LC-TTHC"), Period.year(2025))
    assert (line.figure.amount, line.figure.why_missing) == (None, Missing.NOT_COLLECTED)


def test_deleting_one_row_changes_the_figure(rows: Session) -> None:
    """The control: a figure that stays as it was when a row goes is not counted."""
    indicator = measure(rows, "BT-HDND")
    once = (
        select(func.min(Participation.id))
        .where(Participation.category == "council_delegates", Participation.unit_path.like("VN/86/%"))
        .group_by(Participation.participant)
        .having(func.count() == 1)
        .limit(1)
    )
    rows.execute(delete(Participation).where(Participation.id == rows.scalar(once)))
    told = shown(rows, programme="BT")
    assert told["BT-07"]["computed"]["amount"] == "4126"
    assert told["BT-07"]["verdict"] == "contradicts"
    assert "lệch −1" in told["BT-07"]["explanation"]
    page = rows_of(rows, indicator, asked_of(indicator, TWO_YEARS.start, TWO_YEARS.end), 1)
    assert page.page.total == 4_126


@pytest.mark.parametrize(
    "code", ["BT-DT", "BT-KHCN", "BT-LK", "LC-VL", "LC-SK", "HP-HV", "PT-MT", "LC-CT", "BT-TYT"]
)
def test_the_rows_of_a_figure_count_up_to_it(rows: Session, code: str) -> None:
    indicator = measure(rows, code)
    observed = observations_of(rows, [indicator.id])[-1]
    found = computed_figure(rows, indicator, observed.starts, observed.ends)
    assert found is not None
    query = query_of(indicator)
    assert query is not None
    asked = asked_of(indicator, observed.starts, observed.ends)
    page = rows_of(rows, indicator, asked, 1)
    if query.whole is None:
        assert page.adds_up_to == found.figure.amount
    else:
        whole = rows_of(rows, indicator, asked, 1, whole=True)
        assert [page.page.total, whole.page.total] == [side.figure.amount for side in found.beside]


def test_a_contradiction_is_explained_with_a_reason_and_never_corrected(rows: Session) -> None:
    found = rows.scalars(select(Contradiction).join(Indicator).where(Indicator.code == "LC-HUYEN")).one()
    with pytest.raises(MoveRefused):
        move_contradiction(rows, found, ContradictionState.EXPLAINED, " ", by=None, at=NOW)
    move_contradiction(rows, found, ContradictionState.EXPLAINED, "Nguồn chỉ kể năm huyện", by=None, at=NOW)
    move_contradiction(rows, found, ContradictionState.ACCEPTED, "Giữ số như in", by=None, at=NOW)
    with pytest.raises(MoveRefused):
        move_contradiction(rows, found, ContradictionState.EXPLAINED, "Lại", by=None, at=NOW)
    told = shown(rows, programme="LC")["LC-08"]
    assert (told["reported"]["amount"], told["contradictions"][0]["state"]) == ("5", "accepted")
    assert [written(Decimal(told["computed"]["amount"])), len(found.steps)] == ["8", 2]


def test_the_command_prints_them_as_the_contract_says(
    filled: tuple[str, Database],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Any,
) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_URL", filled[0])
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REGISTRY_FIELD_KEYS", "k" * 40)
    assert main(["indicators", "show", "--json", "--programme", "BT"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == 28
    asked = {
        "id",
        "indicator",
        "unit",
        "reported",
        "computed",
        "plan",
        "percent",
        "verdict",
        "explanation",
        "rows",
    }
    assert asked <= told[0].keys()
    assert "25997" not in json.dumps(told)
    assert main(["indicators", "show", "--period", "2025-n1"]) == 0
    assert "LC-05" in capsys.readouterr().out
    assert main(["indicators", "show", "--programme", "XX"]) == 1
