"""The ranking's cards and the offer sheet as an officer meets them: states, amounts, nothing told that may not be read."""

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.demonstration.policies import add_policies
from registry.audit.models import AuditEvent
from registry.offers.models import OfferSheet
from registry.offers.queries.sheets import Altered, sheet_content_of
from registry.people.rules import PartialDate, SelfDraft, Sex
from tests.conftest import Client
from tests.factories import people as make_people
from tests.factories.accounts import post
from tests.factories.candidates import candidate, studied
from tests.factories.needs import AT
from tests.factories.pages import opened, parsed, words_of
from tests.factories.ranked_needs import Story

KEY = "LC-MINH-HOA@1"


@pytest.fixture
def story(session: Session, told: Story) -> Story:
    """The ranking with a policy that holds where the need is."""
    add_policies(session, now=AT)
    return told


def ranking_of(story: Story) -> str:
    return f"/nhu-cau/{story.need.public_id}/xep-hang"


def sheet_of(story: Story, person: Any) -> str:
    return f"/nhu-cau/{story.need.public_id}/de-xuat/{person.public_id}"


def policy_on(page: Any, key: str = KEY) -> Any:
    [found] = page.xpath(f"//*[@data-policy='{key}']")
    return found


def woman(session: Session, name: str, **traits: Any) -> Any:
    about = SelfDraft("", birth=PartialDate(1990, 5, 2), sex=Sex.FEMALE)
    return candidate(session, name, ("IT15", 4), about=about, education=(studied(6),), **traits)


def test_a_card_says_what_is_met_what_it_comes_to_and_what_is_missing(
    session: Session, national_officer: Client, story: Story
) -> None:
    woman(session, "Lò Thị Mai")
    page = opened(national_officer, ranking_of(story))
    cards = {words_of(card.xpath(".//h2")[0]): card for card in page.xpath("//article")}
    met = cards["Lò Thị Mai"].xpath(f".//*[@data-policy='{KEY}']")[0]
    assert met.get("data-state") == "met"
    assert "chưa kiểm chứng" in words_of(met)
    missing = cards["Nguyễn Thị Minh Khuê"].xpath(f".//*[@data-policy='{KEY}']")[0]
    assert missing.get("data-state") == "unknown"
    assert "chưa biết: Không quá 45 tuổi vào ngày nộp hồ sơ" in words_of(missing)
