"""The notices of purposes: complete in both languages, and legal numbers said to be unverified."""

import json
from pathlib import Path

import registry.consents
from registry.consents.rules import LAWFUL_WITHOUT_CONSENT, PurposeCode

FILE = Path(registry.consents.__file__).parent / "data" / "notices.json"
PURPOSES = json.loads(FILE.read_text(encoding="utf-8"))


def test_every_purpose_has_a_notice_in_both_languages() -> None:
    assert {one["purpose"] for one in PURPOSES} == set(PurposeCode)
    for purpose in PURPOSES:
        versions = {(notice["version"], notice["language"]) for notice in purpose["notices"]}
        assert {(1, "vi"), (1, "en")} <= versions
        assert all(
            notice["title"] and notice["text"] and notice["valid_from"] for notice in purpose["notices"]
        )


def test_periods_in_notices_are_marked_as_not_verified() -> None:
    for purpose in PURPOSES:
        for notice in purpose["notices"]:
            if "24" in notice["text"]:
                assert "(chưa kiểm chứng)" in notice["text"] or "(not verified)" in notice["text"]
            assert "chưa kiểm chứng" in notice["source"] or "not verified" in notice["source"]


def test_campaigns_and_sharing_always_need_consent() -> None:
    assert not {PurposeCode.CAMPAIGNS, PurposeCode.OTHER_PROVINCES} & LAWFUL_WITHOUT_CONSENT
