"""The small pure parts beside the engine: sums as people write them, figures with their fingerprints, states, days."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.policies.rules.documents import Status
from registry.policies.rules.figures import figures_of, fingerprint, with_verdicts
from registry.policies.rules.money import read_vnd
from registry.policies.rules.periods import first_day, periods_meet
from registry.policies.rules.reading import read_version
from registry.policies.rules.states import InForce, VersionState, may_follow, standing

DATA = Path(__file__).parents[3] / "registry" / "policies" / "data" / "policies.json"
POLICIES: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["policies"]
DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "vnd"),
    [
        ("2.340.000", 2_340_000),
        ("2 340 000 ₫", 2_340_000),
        ("2340000 đồng", 2_340_000),
        ("150 triệu", 150_000_000),
        ("150tr", 150_000_000),
        ("1,5 tỷ đồng", 1_500_000_000),
        ("2,34 triệu", 2_340_000),
        ("1.297", 1297),
        ("0", None),
        ("1,5", None),
        ("1.29.7", None),
        ("2 tỷ tỷ", None),
        ("-5", None),
        ("1001 tỷ", None),
        ("٣٣", None),
        ("", None),
    ],
)
def test_sums_are_read_as_vietnamese_is_written(typed: str, vnd: int | None) -> None:
    assert read_vnd(typed) == vnd


def test_every_figure_has_a_name_of_its_own_and_all_verified_make_a_verified_version() -> None:
    for policy in POLICIES:
        keys = [one.key for one in figures_of(policy)]
        assert len(keys) == len(set(keys)), policy["code"]
        assert not read_version(with_verdicts(policy, keys[:-1])).verified
        assert read_version(with_verdicts(policy, keys)).verified
        benefits = [one for one in keys if "/benefits/" in one]
        marked = read_version(with_verdicts(policy, benefits[:1]))
        assert [one.verified for group in marked.groups for one in group.benefits].count(True) == len(
            benefits[:1]
        )


def test_a_fingerprint_follows_the_content_alone() -> None:
    one = {"b": [1, {"verified": True, "x": date(2026, 1, 1)}], "a": "Đ"}
    same = {"a": "Đ", "b": [1, {"x": "2026-01-01", "verified": False}]}
    assert fingerprint(one) == fingerprint(same)
    assert fingerprint(one) != fingerprint(same | {"a": "D"})
    with pytest.raises(TypeError):
        fingerprint({"a": object()})


def test_days_win_over_the_status_but_for_a_draft() -> None:
    first, last = date(2026, 1, 1), date(2026, 11, 27)
    assert standing(Status.DRAFT, first, None, DAY) is InForce.DRAFT
    assert standing(Status.IN_FORCE, date(2026, 11, 28), None, DAY) is InForce.UPCOMING
    assert standing(Status.EXPIRED, first, last, DAY) is InForce.IN_FORCE
    assert standing(Status.UNKNOWN, first, date(2026, 11, 26), DAY) is InForce.EXPIRED
    assert standing(Status.REPLACED, None, None, DAY) is InForce.EXPIRED
    assert standing(Status.UNKNOWN, first, None, DAY, is_replaced=True) is InForce.EXPIRED
    assert standing(Status.UNKNOWN, None, None, DAY) is InForce.UNDATED


def test_a_text_binds_so_many_days_after_signing() -> None:
    assert first_day(None, date(2026, 3, 1), 10) == date(2026, 3, 11)
    assert first_day(None, date(2026, 3, 1), None) == date(2026, 3, 1)
    assert first_day(date(2026, 4, 1), date(2026, 3, 1), 10) == date(2026, 4, 1)
    assert first_day(None, None, None) is None


def test_nothing_follows_what_is_withdrawn_and_nothing_skips_the_second_person() -> None:
    assert not any(may_follow(VersionState.WITHDRAWN, state) for state in VersionState)
    assert not may_follow(VersionState.DRAFT, VersionState.PUBLISHED)
    assert may_follow(VersionState.SUBMITTED, VersionState.PUBLISHED)


def test_periods_meet_on_one_common_day_and_reach_to_the_end_of_time_where_a_day_is_not_known() -> None:
    march, april = (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 4, 30))
    assert not periods_meet(march, april)
    assert not periods_meet(april, march)
    assert periods_meet(march, (date(2026, 3, 31), None))
    assert not periods_meet(march, (date(2026, 4, 1), None))
    assert periods_meet(april, (None, date(2026, 4, 1)))
    assert not periods_meet(april, (None, date(2026, 3, 31)))
    assert periods_meet(march, (None, None))
