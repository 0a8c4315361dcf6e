"""A short seeded part of the hostile inputs; the long runs, both databases and the browser: scripts/check_hostile.py."""

import pytest

from tests.factories.authz.asking import Asker
from tests.factories.hostile.attacker import Attacker

REQUESTS = 600


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_breaks_and_nothing_leads_away(asker: Asker) -> None:
    attacker = Attacker(asker.app, asker.connection, asker.world, seed=20261127)
    sent = list(attacker.run(REQUESTS))
    assert [one for one in sent if one.status >= 500 or one.fault] == []
    assert {one.status for one in sent} >= {200, 303, 400, 404, 405, 422}
