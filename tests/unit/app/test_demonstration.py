"""Demonstration people and needs: the same for a seed, varied, and nobody who could be real."""

import re
from datetime import date
from random import Random

from registry.app.demonstration.careers import careers
from registry.app.demonstration.drafts import need_drafts, people_drafts

PROVINCES = ("12", "01", "48")
DAY = date(2026, 11, 25)


def people(seed: int, count: int = 300):
    return people_drafts(Random(seed), count, provinces=PROVINCES, as_of=DAY)


def test_a_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert people(3) == people(3)
    assert people(3) != people(4)


def test_identity_numbers_contacts_and_addresses_belong_to_nobody() -> None:
    for one in people(1):
        assert one.email.endswith(".example")
        assert re.fullmatch(r"[a-z0-9.\-]+@minhhoa\.example", one.email), one.email
        assert one.identity is None or re.fullmatch(r"000[0-3][0-9]{8}", one.identity)


def test_about_a_third_is_anonymous() -> None:
    drawn = people(1, 900)
    free = [one for one in drawn if one.kind != "cadre"]
    assert 0.25 < sum(not one.named for one in free) / len(free) < 0.42


def test_every_kind_and_state_occurs() -> None:
    drawn = people(1, 600)
    assert {one.kind for one in drawn} == {"expert", "cadre", "overseas", "foreign"}
    assert {one.availability for one in drawn} == {"available", "paused", "not_available", "not_stated"}
    assert {claim.evidence for one in drawn for claim in one.skills} == {
        "self_declared",
        "attached",
        "verified",
        "rejected",
    }
    states = {one.state for one in need_drafts(Random(1), 30, provinces=PROVINCES, as_of=DAY)}
    assert states == {"open", "draft", "submitted", "approved", "on_hold", "filled", "cancelled", "rejected"}


def test_public_ids_are_distinct_and_of_the_product_shape() -> None:
    ids = [one.public_id for one in people(1)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", one) for one in ids)


def test_levels_and_jobs_are_plausible() -> None:
    for one in people(2):
        assert all(claim.level is None or 1 <= claim.level <= 5 for claim in one.skills)
        assert all(job.end is None or job.start[0] <= job.end[0] for job in one.jobs)
        assert one.birth_on < DAY


def test_careers_name_skills_once() -> None:
    assert len(careers()) >= 50
    for career in careers():
        assert len(set(career.core + career.extra)) == len(career.core + career.extra), career.key
