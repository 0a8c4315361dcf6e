"""Claims and their evidence: levels by new rows, states by what was found; on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.people import operations
from registry.people.models import (
    Education,
    Evidence,
    LanguageClaim,
    Person,
    SkillClaim,
)
from registry.people.operations import (
    AlreadyChecked,
    AlreadyClaimed,
    ReasonMissing,
    WrongClaims,
)
from registry.people.operations.skill_reading import level_problem, read_skills, skill_drafts
from registry.people.rules import (
    EducationDraft,
    EvidenceState,
    LanguageDraft,
    SkillDraft,
    VerificationMethod,
)
from registry.skills.rules import TypedSkill
from tests.factories import people as make
from tests.factories.claims import DIPLOMA, claim, events
from tests.factories.people import AT, TODAY


def test_a_level_is_never_overwritten(session: Session) -> None:
    person = make.person(session)
    old = claim(session, person, level=2)
    later = TODAY + timedelta(days=100)
    new = operations.revise_skill_claim(
        session,
        person,
        old,
        SkillDraft("kỹ năng", old.skill_id, level=4),
        expected_version=old.version,
        on=later,
        by=None,
        at=AT,
    )
    assert new.id != old.id
    assert (old.level, old.valid_to) == (2, later - timedelta(days=1))
    assert (new.level, new.valid_from, new.valid_to) == (4, later, None)


def test_other_facts_of_a_claim_change_in_place(session: Session) -> None:
    person = make.person(session)
    old = claim(session, person)
    draft = SkillDraft("kỹ năng", old.skill_id, level=3, since_year=2018)
    new = operations.revise_skill_claim(
        session, person, old, draft, expected_version=old.version, on=TODAY, by=None, at=AT
    )
    assert (new.id, new.since_year) == (old.id, 2018)


def test_one_concept_is_claimed_once(session: Session) -> None:
    person = make.person(session)
    first = claim(session, person)
    with pytest.raises(AlreadyClaimed):
        claim(session, person)
    other = claim(session, person, code="IT02")
    same = SkillDraft("kỹ năng", first.skill_id, level=1)
    with pytest.raises(AlreadyClaimed):
        operations.revise_skill_claim(
            session, person, other, same, expected_version=other.version, on=TODAY, by=None, at=AT
        )


def test_a_closed_claim_stays_and_the_concept_can_be_claimed_again(session: Session) -> None:
    person = make.person(session)
    first = claim(session, person)
    operations.close_skill_claim(
        session, person, first, expected_version=first.version, on=TODAY, by=None, at=AT
    )
    assert first.valid_to == TODAY
    claim(session, person)
    rows = session.scalar(
        select(func.count()).select_from(SkillClaim).where(SkillClaim.person_id == person.id)
    )
    assert rows == 2


def test_languages_keep_their_history_too(session: Session) -> None:
    person = make.person(session)
    first = operations.claim_language(session, person, LanguageDraft("ja", 3, "N3"), on=TODAY, by=None, at=AT)
    with pytest.raises(AlreadyClaimed):
        operations.claim_language(session, person, LanguageDraft("ja", 4), on=TODAY, by=None, at=AT)
    options: dict[str, Any] = {"on": TODAY, "by": None, "at": AT}
    same = operations.revise_language_claim(
        session, person, first, LanguageDraft("ja", 3, "JLPT N3"), expected_version=first.version, **options
    )
    assert same.id == first.id
    better = operations.revise_language_claim(
        session, person, first, LanguageDraft("ja", 4, "N2"), expected_version=first.version, **options
    )
    assert better.id != first.id
    assert first.valid_to == TODAY
    operations.close_language_claim(session, person, better, expected_version=better.version, **options)
    assert better.valid_to == TODAY


def verify(session: Session, person: Person, evidence: Evidence, until: date | None = None) -> None:
    operations.verify_evidence(
        session,
        person,
        evidence,
        method=VerificationMethod.ORIGINAL_SEEN,
        until=until,
        expected_version=evidence.version,
        by=None,
        at=AT,
    )


def test_evidence_moves_its_claims_from_declared_to_attached_to_verified_to_expired(session: Session) -> None:
    person = make.person(session)
    skill = claim(session, person)
    assert skill.evidence_state is EvidenceState.SELF_DECLARED
    evidence = operations.attach_evidence(session, person, [skill], DIPLOMA, by=None, at=AT)
    assert skill.evidence_state is EvidenceState.ATTACHED
    verify(session, person, evidence, until=TODAY)
    assert skill.evidence_on(TODAY) is EvidenceState.VERIFIED
    assert skill.evidence_on(TODAY + timedelta(days=1)) is EvidenceState.EXPIRED
    with pytest.raises(AlreadyChecked):
        verify(session, person, evidence)


def test_a_rejection_says_why_and_one_paper_may_support_several_claims(session: Session) -> None:
    person = make.person(session)
    skill = claim(session, person)
    degree = operations.add_entry(session, person, EducationDraft(5, "THS"), by=None, at=AT)
    assert isinstance(degree, Education)
    evidence = operations.attach_evidence(session, person, [skill, degree], DIPLOMA, by=None, at=AT)
    with pytest.raises(ReasonMissing):
        operations.reject_evidence(
            session, person, evidence, reason=" ", expected_version=evidence.version, by=None, at=AT
        )
    operations.reject_evidence(
        session,
        person,
        evidence,
        reason="Mờ, không đọc được",
        expected_version=evidence.version,
        by=None,
        at=AT,
    )
    assert {skill.evidence_state, degree.evidence_state} == {EvidenceState.REJECTED}


def test_evidence_belongs_to_claims_of_the_same_person(session: Session) -> None:
    person, other = make.people(session, ["A Một", "B Hai"])
    with pytest.raises(WrongClaims):
        operations.attach_evidence(session, other, [claim(session, person)], DIPLOMA, by=None, at=AT)
    with pytest.raises(WrongClaims):
        operations.attach_evidence(session, other, [], DIPLOMA, by=None, at=AT)


def test_evidence_that_supports_nothing_any_more_goes_with_the_row(session: Session) -> None:
    person = make.person(session)
    degree = operations.add_entry(session, person, EducationDraft(5, "THS"), by=None, at=AT)
    assert isinstance(degree, Education)
    operations.attach_evidence(session, person, [degree], DIPLOMA, by=None, at=AT)
    operations.remove_entry(session, person, degree, expected_version=degree.version, by=None, at=AT)
    assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_saving_a_claim_without_a_change_leaves_nothing(session: Session) -> None:
    person = make.person(session)
    skill = claim(session, person)
    language = operations.claim_language(session, person, LanguageDraft("ja", 3), on=TODAY, by=None, at=AT)
    operations.confirm_profile(session, person, on=TODAY, by=None, at=AT)
    count = len(events(session))
    options: dict[str, Any] = {"on": TODAY, "by": None, "at": AT}
    operations.revise_skill_claim(
        session, person, skill, operations.skill_draft_of(skill), expected_version=skill.version, **options
    )
    same = operations.language_draft_of(language)
    operations.revise_language_claim(
        session, person, language, same, expected_version=language.version, **options
    )
    operations.confirm_profile(session, person, **options)
    assert len(events(session)) == count


def test_a_language_cannot_take_the_place_of_another(session: Session) -> None:
    person = make.person(session, languages=(LanguageDraft("ja", 3), LanguageDraft("en", 4)))
    english = session.scalars(select(LanguageClaim).where(LanguageClaim.language == "en")).one()
    with pytest.raises(AlreadyClaimed):
        operations.revise_language_claim(
            session,
            person,
            english,
            LanguageDraft("ja", 4),
            expected_version=english.version,
            on=TODAY,
            by=None,
            at=AT,
        )


def test_no_skills_typed_are_no_skills_read(session: Session) -> None:
    assert skill_drafts(session, read_skills(session, [])) == []


def test_the_same_concept_typed_twice_is_one_claim(session: Session) -> None:
    typed = [TypedSkill("công nghệ thông tin", 4), TypedSkill("CNTT", 2), TypedSkill("Tiếng Nhật N2")]
    drafts = skill_drafts(session, read_skills(session, typed))
    assert [(draft.typed, draft.level) for draft in drafts] == [
        ("công nghệ thông tin", 4),
        ("Tiếng Nhật N2", 4),
    ]
    assert level_problem(read_skills(session, [TypedSkill("CNTT", 6)])[0]) is not None
