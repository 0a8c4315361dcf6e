"""What a record says in the facts of the engine, and what the command prints of it."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.cli import main as cli
from registry.cli import policies as command
from registry.people.models import Education, Person
from registry.people.rules import (
    AcademicTitle,
    AchievementDraft,
    AchievementKind,
    Classification,
    EducationDraft,
    EvidenceState,
    ExperienceDraft,
    ExpertDraft,
    ExpertKind,
    LanguageDraft,
    PartialDate,
    SelfDraft,
)
from registry.people.rules.kinds import StudyMode
from registry.places.models import AdministrativeUnit
from registry.policies.queries import facts as reading
from registry.policies.queries.facts import recorded_facts, recorded_facts_of
from tests.factories import people as make
from tests.web.reading import statements

DAY = date(2026, 11, 27)
RICH: dict[str, Any] = {
    "about": SelfDraft("", birth=PartialDate(1990, 5, 2)),
    "education": (
        EducationDraft(4, "DH", "772", mode=StudyMode.FULL_TIME, classification=Classification.VERY_GOOD),
        EducationDraft(6, "TS", "772"),
        EducationDraft(5, "THS", "734", is_completed=False),
        EducationDraft(6, "CKII", "772"),
    ),
    "experts": (ExpertDraft(next(iter(ExpertKind)), AcademicTitle.ASSOCIATE_PROFESSOR),),
    "experience": (ExperienceDraft("Bác sĩ", started=PartialDate(2016, 1), is_ongoing=True),),
    "languages": (LanguageDraft("en", 5), LanguageDraft("ja", None)),
    "achievements": (
        AchievementDraft(AchievementKind.AWARD, "Nghệ sĩ ưu tú"),
        AchievementDraft(AchievementKind.AWARD, "Bằng khen"),
        AchievementDraft(AchievementKind.INITIATIVE, "Quy trình", level="cấp tỉnh"),
    ),
}


def test_facts_are_what_is_recorded_and_nothing_else(session: Session) -> None:
    person = make.person(session, "Lò Văn Chiến", **RICH)
    facts, evidence = recorded_facts(session, person, on=DAY)
    assert facts == {
        "born": "1990-05-02",
        "degree_rank": ["CKII", "DH", "TS"],
        "professional_degree": ["BS", "CKII"],
        "field_code": ["772"],
        "classification": "G",
        "study_mode": "full_time",
        "academic_title": "PGS",
        "years_experience": {"any": 10},
        "language_level": {"en": 5},
        "award": ["NSUT"],
        "initiative": "province",
    } | {key: facts[key] for key in facts if key in ("nationality", "residence_country", "gender")}
    assert evidence["degree_rank"] == {"state": "declared", "expiry": None}
    bare, _none = recorded_facts(session, make.person(session, "Vàng A Páo"), on=DAY)
    assert not {"degree_rank", "academic_title", "award", "initiative", "years_experience"} & bare.keys()


def test_what_was_rejected_counts_for_nothing(session: Session) -> None:
    person = make.person(session, education=(EducationDraft(6, "TS", "772"), EducationDraft(4, "DH", "734")))
    doctorate = select(Education).where(Education.person_id == person.id, Education.degree_code == "TS")
    session.scalars(doctorate).one().evidence_state = EvidenceState.REJECTED
    facts, _evidence = recorded_facts(session, person, on=DAY)
    assert (facts["degree_rank"], facts["field_code"]) == (["DH"], ["734"])


def test_many_at_once_are_the_same_as_each_alone_in_as_many_statements(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = AdministrativeUnit.valid_to.is_(None)
    quang_ninh = session.scalars(
        select(AdministrativeUnit.id).where(AdministrativeUnit.code == "22", standing)
    )
    people = [
        make.person(session, "Lò Văn Chiến", **RICH),
        make.person(session, "Vàng A Páo"),
        make.person(session, education=(EducationDraft(4, "DH", "734"),)),
    ]
    people[1].origin_unit_id, people[1].stated_years = quang_ninh.one(), 7
    session.flush()
    alone = {one.id: recorded_facts(session, one, on=DAY) for one in people}
    assert recorded_facts_of(session, people, on=DAY) == alone
    told = alone[people[1].id][0]
    assert (told["years_experience"], told["origin_unit"]) == ({"any": 7}, ["22@2025-07-01"])
    columns = session.execute(select(*reading.SUBJECT).where(Person.id.in_(alone))).all()
    assert recorded_facts_of(session, columns, on=DAY) == alone  # pyright: ignore[reportArgumentType]
    with statements(session) as many:
        recorded_facts_of(session, people, on=DAY)
    with statements(session) as one:
        recorded_facts_of(session, people[1:2], on=DAY)
    assert len(many) == len(one)
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    assert recorded_facts_of(session, people, on=DAY) == alone


def test_the_command_says_groups_clauses_benefits_and_changes_without_a_name(
    session: Session, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make.person(session, "Lò Văn Chiến", **RICH)

    @contextmanager
    def same() -> Generator[Session]:
        yield session

    monkeypatch.setattr(command, "reading", same)
    monkeypatch.setattr(command, "writing", same)
    asked = ["policies", "check", person.public_id, "--on", "2026-08-01"]
    assert cli([*asked, "--json"]) == 0
    printed = capsys.readouterr().out
    found = {one["version"]: one for one in json.loads(printed)}
    assert len(found) == 19
    hanoi = found["HN-92-2026@1"]
    states = {group["code"]: group["state"] for group in hanoi["groups"]}
    assert (states["pgs"], states["gs"], states["ts"]) == ("met", "not_met", "met")
    assert hanoi["granted"] == ["pgs"]
    assert [(one["formula"], one["total"]) for one in hanoi["benefits"]] == [
        ("800 × 2.530.000\xa0₫ = 2.024.000.000\xa0₫", 2_024_000_000)
    ]
    assert {"clause", "text", "state", "value", "evidence"} <= hanoi["groups"][0]["clauses"][0].keys()
    assert hanoi["groups"][0]["changes"]
    assert "Chiến" not in printed
    assert cli(asked) == 0
    assert "pgs: đạt" in capsys.readouterr().out
    assert cli(["policies", "check", "0" * 26]) == 1
    assert cli(["policies", "load", "--json"]) == 0
    assert capsys.readouterr().out == "{}\n"
