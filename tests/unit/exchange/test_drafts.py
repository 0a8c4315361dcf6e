"""Drafts kept between check and save come back as they were, in their place, and are nothing else."""

import pickle
import zlib
from datetime import UTC, date, datetime

import pytest

from registry.consents.rules import Channel, PurposeCode
from registry.db.keys import Keyring, WrongKey
from registry.exchange.operations.drafts import Draft, Part, opened_drafts, sealed_drafts, stamp_of
from registry.exchange.rules.grounds import LOCAL_ZONE
from registry.exchange.rules.lookups import SkillAnswer
from registry.exchange.rules.skills import SkillMention
from registry.people.rules import (
    AvailabilityDraft,
    ConsentDraft,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    LegalBasis,
    OverseasDraft,
    PartialDate,
    PersonDraft,
    SelfDraft,
    Sex,
    WorkForm,
)
from registry.skills.rules import LevelScale

RING = Keyring(["0" * 64])
PERSON = PersonDraft(
    SelfDraft("Đỗ Thị Ngân", PartialDate(1988, 3), Sex.FEMALE),
    LegalBasis.CONSENT,
    experts=(ExpertDraft(ExpertKind.EXPERT),),
    overseas=(OverseasDraft("JP"),),
    experience=(ExperienceDraft("Kỹ sư", started=PartialDate(2015), is_ongoing=True),),
    availability=AvailabilityDraft(date(2026, 11, 27), forms=frozenset({WorkForm.ADVICE})),
    consents=(
        ConsentDraft(PurposeCode.REGISTRY, datetime(2026, 11, 2, tzinfo=LOCAL_ZONE), Channel.PAPER),
        ConsentDraft(PurposeCode.MATCHING, datetime(2026, 11, 2, tzinfo=UTC), Channel.PAPER),
    ),
)
DRAFT = Draft(
    7, PERSON, (SkillMention("Hàn", SkillAnswer(3, "Hàn", LevelScale.TRADE, 2, False, "label"), 4, None),)
)


def test_drafts_come_back_as_they_were() -> None:
    sealed = sealed_drafts(RING, "b", 2, [DRAFT, DRAFT])
    assert opened_drafts(RING, "b", 2, sealed) == [DRAFT, DRAFT]


@pytest.mark.parametrize(("batch", "place"), [("b", 3), ("c", 2)])
def test_elsewhere_they_do_not_open(batch: str, place: int) -> None:
    with pytest.raises(WrongKey):
        opened_drafts(RING, batch, place, sealed_drafts(RING, "b", 2, [DRAFT]))


@pytest.mark.parametrize("foreign", [print, pytest.raises, Part(1, 1), zlib.compress])
def test_nothing_but_drafts_is_made(foreign: object) -> None:
    packed = zlib.compress(pickle.dumps([(1, foreign, ())]))
    sealed = RING.seal_bytes(packed, "import_file.content:b:drafts:2")
    with pytest.raises(pickle.UnpicklingError):
        opened_drafts(RING, "b", 2, sealed)


def test_a_part_is_done_when_all_that_can_be_made_of_it_are() -> None:
    part = Part(5, 4, 2, 6).without([4])
    assert not part.is_among({2, 3, 9})
    assert part.is_among({2, 3, 6})
    assert Part(3, 0).is_among(set())


def test_a_stamp_names_everything_it_is_made_of() -> None:
    assert (
        stamp_of("a", date(2026, 11, 27))
        == stamp_of("a", date(2026, 11, 27))
        != stamp_of("a", date(2026, 11, 28))
    )
