"""Words that are kept between pages: said in the language of each page, and anew when what they are made of changes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask import Flask

from registry.matching.queries.search import Reason
from registry.matching.queries.search.asked import Item
from registry.matching.rules import Part, PartKind
from registry.matching.views.search_words import how_words, why_words
from registry.people.queries import SkillLine
from registry.people.queries.cards import ClaimShown
from registry.people.rules import EvidenceState
from registry.people.views.claim_words import skill_words
from registry.skills.rules import LevelScale
from registry.web.i18n import install

PART = Part(PartKind.SKILL, "KT01", "Kế toán", "ke toan", "folded", "Accounting")
NEAR: Mapping[int, int] = {7: 90}


@pytest.fixture(scope="module")
def page() -> Flask:
    app = Flask(__name__)
    app.secret_key = "s" * 40
    install(app)
    return app


def line(label: str = "Kế toán", level: int | None = 4) -> SkillLine:
    return SkillLine(
        ClaimShown(1, 7, level), label, "KT01", LevelScale.GENERAL, EvidenceState.VERIFIED, "Accounting"
    )


def reason(said: SkillLine) -> Reason:
    return Reason(Item(PART, NEAR, "", (), {}), "skill", 90, said, evidence=said.evidence)


def test_a_claim_is_said_in_the_language_of_each_page_and_under_its_present_name(page: Flask) -> None:
    for _again in range(2):
        with page.test_request_context("/"):
            assert skill_words(line()) == "Kế toán · bậc 4"
            assert skill_words(line("Kế toán viên")) == "Kế toán viên · bậc 4"
            assert skill_words(line(level=5)) == "Kế toán · bậc 5"
            assert skill_words(line(level=0)) == "Kế toán · không có"
            assert skill_words(line(level=None)) == "Kế toán"
        with page.test_request_context("/?lang=en"):
            assert skill_words(line()) == "Accounting · level 4"


def test_why_somebody_fits_follows_the_language_the_claim_and_its_proof(page: Flask) -> None:
    claimed = replace(line(), label="<Kế> toán")
    attached = replace(reason(claimed), evidence=EvidenceState.ATTACHED)
    for _again in range(2):
        with page.test_request_context("/"):
            told = why_words([reason(claimed)], [])
            assert told.startswith("<mark>&lt;Kế&gt; toán · bậc 4</mark> kỹ năng hẹp hơn của «Kế toán»")
            assert told.endswith("đã xác minh")
            assert why_words([attached], []).endswith("có minh chứng")
            assert "«<Kế> toán · bậc 4»" in how_words(reason(claimed))
            assert how_words(reason(claimed)) != how_words(attached)
        with page.test_request_context("/?lang=en"):
            assert why_words([reason(claimed)], []).startswith("<mark>Accounting · level 4</mark> ")
            assert "«Kế toán»" not in how_words(reason(claimed))


def test_another_word_typed_for_the_same_is_told_as_it_was_typed(page: Flask) -> None:
    typed = replace(reason(line()), item=Item(replace(PART, words="kế toán"), NEAR, "", (), {}))
    with page.test_request_context("/"):
        assert "«ke toan»" in how_words(reason(line()))
        assert "«kế toán»" in how_words(typed)
