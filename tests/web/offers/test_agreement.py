"""A few random people through form, database and page: the engine, the kept sheet and the page say the same."""

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.demonstration.policies import add_policies
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import sheet_content_of
from tests.conftest import Client
from tests.factories.accounts import post
from tests.factories.eligibility import (
    Engine,
    make_posts,
    of_content,
    of_page,
    random_form,
    random_person,
    tampered,
)
from tests.factories.needs import AT

PEOPLE = 20


def test_engine_kept_sheet_and_page_say_the_same(session: Session, national_officer: Client) -> None:
    add_policies(session, now=AT)
    rng, posts, engine = Random(26), make_posts(session), Engine(session)
    found_sums, is_control_found = 0, False
    for number in range(PEOPLE):
        person, need = random_person(session, rng, number), rng.choice(posts)
        sent = post(
            national_officer, f"/nhu-cau/{need.public_id}/de-xuat/{person.public_id}", random_form(rng)
        )
        assert sent.status_code == 303, sent.text
        row = session.scalars(select(OfferSheet).order_by(OfferSheet.id.desc()).limit(1)).one()
        content = sheet_content_of(session, row)
        wanted = engine.says(person, need, content["question"])
        text = national_officer.get(sent.location).text
        assert wanted.differs(of_content(content)) == []
        assert wanted.differs(of_page(text)) == []
        found_sums += sum(span is not None for sums in wanted.sums.values() for span in sums.values())
        if tampered(text) != text:
            is_control_found = bool(wanted.differs(of_page(tampered(text))))
            assert is_control_found
    assert found_sums > 5
    assert is_control_found
