"""What the database holds becomes what the formula is given."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from registry.accounts.rules import Scope, Viewer
from registry.consents.rules import Channel, PurposeCode
from registry.matching.engine.dates import Moment
from registry.matching.engine.facts import (
    AvailabilityStated,
    EducationHeld,
    ExperienceHeld,
    Field,
    LanguageHeld,
    PersonFacts,
    PlacesStated,
)
from registry.matching.queries.people import Reads, person_facts
from registry.people.models import SkillClaim
from registry.people.operations import withdraw_consent
from registry.people.rules import (
    AcceptedPlaceDraft,
    AvailabilityState,
    EducationDraft,
    EvidenceState,
    ExperienceDraft,
    LanguageDraft,
    PartialDate,
    PlaceKind,
    SkillDraft,
    WorkForm,
)
from registry.skills.models import Skill
from registry.skills.operations import keep_pending
from tests.factories import people as make_people
from tests.factories.candidates import (
    TODAY,
    accepts,
    candidate,
    free_from,
    set_evidence,
    studied,
)

EVERYBODY = Viewer.installation()


def all_skills(session: Session) -> Reads:
    return Reads({row.id: row.code for row in session.execute(select(Skill.id, Skill.code))})


def facts(session: Session, viewer: Viewer = EVERYBODY, as_of: date = TODAY) -> list[PersonFacts]:
    return person_facts(session, viewer, all_skills(session), as_of)


def only(session: Session, as_of: date = TODAY) -> PersonFacts:
    found = facts(session, as_of=as_of)
    assert len(found) == 1
    return found[0]


def test_skills_carry_rank_evidence_date_and_doubt(session: Session) -> None:
    person = candidate(session, "Lò Văn Chiến", ("IT01", 4), ("IT08", None), evidence=EvidenceState.VERIFIED)
    session.execute(update(SkillClaim).where(SkillClaim.level == 4).values(needs_confirmation=True))
    claims = {one.skill: one for one in only(session).skills}
    assert only(session).public_id == person.public_id
    assert (claims["IT01"].rank, claims["IT01"].evidence, claims["IT01"].needs_confirmation) == (
        4,
        "verified",
        True,
    )
    assert (claims["IT08"].rank, claims["IT08"].claimed_on) == (None, TODAY)


def test_evidence_that_ran_out_is_expired_from_the_next_day(session: Session) -> None:
    person = candidate(session, "Lò Văn Chiến", ("IT01", 4))
    set_evidence(session, person, EvidenceState.VERIFIED, until=TODAY)
    assert only(session).skills[0].evidence == "verified"
    assert only(session, date(2026, 11, 26)).skills[0].evidence == "expired"


def test_a_pending_term_and_a_closed_claim_are_not_facts(session: Session) -> None:
    term = keep_pending(session, "Quản trị vũ trụ số", "people")
    candidate(
        session,
        "Lò Văn Chiến",
        ("IT01", 4),
        skills=(SkillDraft("Quản trị vũ trụ số", pending_term_id=term.id),),
    )
    assert [one.skill for one in only(session).skills] == ["IT01"]
    session.execute(update(SkillClaim).values(valid_to=TODAY))
    assert only(session).skills == ()


def test_periods_are_kept_as_far_as_they_are_known(session: Session) -> None:
    candidate(
        session,
        experience=(
            ExperienceDraft(field_code="748", started=PartialDate(2015), ended=PartialDate(2018, 5)),
            ExperienceDraft(field_code=None, started=PartialDate(2019, 3, 1), is_ongoing=True),
            ExperienceDraft(field_code="748"),
        ),
    )
    computing = Field("748", "74")
    assert set(only(session).experience) == {
        ExperienceHeld(computing, Moment.in_year(2015), Moment.in_month(2018, 5)),
        ExperienceHeld(None, Moment.on(date(2019, 3, 1)), None, ongoing=True),
        ExperienceHeld(computing),
    }


def test_a_degree_counts_once_it_is_earned(session: Session) -> None:
    candidate(
        session,
        education=(
            studied(4),
            studied(None, None),
            EducationDraft(5, field_code="748", is_completed=False),
            EducationDraft(6, field_code="748", ended=PartialDate(2027, 6, 1)),
        ),
    )
    assert set(only(session).education) == {EducationHeld(4, Field("748", "74")), EducationHeld(None, None)}
    assert EducationHeld(6, Field("748", "74")) in only(session, date(2027, 6, 1)).education


def test_languages_places_and_availability(session: Session) -> None:
    candidate(
        session,
        languages=(LanguageDraft("en", 5), LanguageDraft("de")),
        places=(*accepts("VN/12/", "VN/01/"), AcceptedPlaceDraft(PlaceKind.REMOTE)),
        availability=free_from(date(2027, 1, 1), forms=frozenset({WorkForm.PERMANENT, WorkForm.REMOTE})),
    )
    found = only(session)
    assert set(found.languages) == {LanguageHeld("en", 5), LanguageHeld("de", None)}
    assert found.places == PlacesStated(("VN/01/", "VN/12/"), anywhere=False, remote=True)
    assert found.availability == AvailabilityStated(
        TODAY, True, date(2027, 1, 1), frozenset({"permanent", "remote"})
    )
    assert found.unit_path == "VN/12/"


def test_what_was_not_said_is_none(session: Session) -> None:
    candidate(session)
    found = only(session)
    assert (found.availability, found.places, found.skills, found.languages) == (None, None, (), ())


def test_anywhere_and_not_available(session: Session) -> None:
    candidate(
        session,
        places=(AcceptedPlaceDraft(PlaceKind.ANYWHERE),),
        availability=free_from(None, state=AvailabilityState.NOT_AVAILABLE),
    )
    assert only(session).places == PlacesStated(anywhere=True)
    assert only(session).availability == AvailabilityStated(TODAY, available=False)


def test_a_pause_hides_and_then_ends_by_itself(session: Session) -> None:
    candidate(
        session,
        availability=free_from(
            date(2026, 1, 1), state=AvailabilityState.PAUSED, paused_until=date(2026, 12, 31)
        ),
    )
    assert facts(session) == []
    stated = only(session, date(2027, 1, 1)).availability
    assert stated == AvailabilityStated(TODAY, True, date(2027, 1, 1))


def test_only_people_who_may_be_matched_are_read(session: Session) -> None:
    agreed = candidate(session, "Có đồng ý")
    by_law = candidate(session, "Theo luật", by_law=True)
    candidate(session, "Chỉ lưu hồ sơ", consents=make_people.KEPT_ONLY)
    assert {one.public_id for one in facts(session)} == {agreed.public_id, by_law.public_id}
    withdraw_consent(
        session,
        agreed,
        PurposeCode.MATCHING,
        channel=Channel.PAPER,
        reason="Theo đơn",
        by=None,
        at=make_people.AT,
    )
    assert [one.public_id for one in facts(session)] == [by_law.public_id]


def test_only_people_in_scope_are_read(session: Session) -> None:
    inside = candidate(session, "Ở Lai Châu", unit_path="VN/12/")
    candidate(session, "Ở Hà Nội", unit_path="VN/01/")
    officer = Viewer(1, EVERYBODY.permissions, (Scope("VN/12/"),))
    assert [one.public_id for one in facts(session, officer)] == [inside.public_id]


def test_people_come_in_the_order_of_their_public_ids(session: Session) -> None:
    for name in ("An", "Bình", "Cường", "Dũng"):
        candidate(session, name)
    ids = [one.public_id for one in facts(session)]
    assert ids == sorted(ids)
