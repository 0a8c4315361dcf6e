"""A short seeded part of the hostile inputs; the long runs, both databases and the browser: scripts/check_hostile.py."""

import pytest

from tests.factories.authz.asking import Asker
from tests.factories.hostile import PAYLOADS, Attacker, Sent, leads_away

REQUESTS, MORE_REQUESTS = 75, 600


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("requests", [REQUESTS, pytest.param(MORE_REQUESTS, marks=pytest.mark.slow)])
def test_nothing_breaks_and_nothing_leads_away(asker: Asker, requests: int) -> None:
    attacker = Attacker(asker.app, asker.connection, asker.world, seed=20261126)
    sent = list(attacker.run(requests))
    assert [one for one in sent if one.status >= 500 or one.fault] == []
    assert {one.status for one in sent} >= {200, 303, 400, 404, 405, 422}


def test_the_corpus_is_large_and_the_check_sees_a_redirectleads_away() -> None:
    assert len(set(PAYLOADS)) >= 200
    assert [
        where
        for where in ("//evil.example/a", "https://evil.example", "/\\evil.example")
        if not leads_away(where)
    ] == []
    assert not leads_away("/toi")
    assert not leads_away("http://localhost/toi")


def test_the_same_verdict_whatever_ids_a_database_gave() -> None:
    one = Sent("GET /a", 303, 0.1, "/nhu-cau/" + "a" * 26)
    other = Sent("GET /a", 303, 0.2, "/nhu-cau/" + "b" * 26)
    assert one.verdict == other.verdict != Sent("GET /a", 200, 0.1).verdict
