"""Loading the vocabulary into the database, and what is kept of texts that named nothing."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.skills import operations, queries
from registry.skills.models import PendingTerm, Skill, SkillLabel, SkillRelation
from registry.skills.operations import load_vocabulary
from registry.skills.readers import VocabularyFiles
from registry.skills.rules import SkillState
from tests.factories.skills import officer_label, pending_term, shipped_files, skill


@pytest.fixture(scope="module")
def shipped() -> VocabularyFiles:
    return shipped_files()


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.slow
def test_the_shipped_files_are_loaded(session: Session, shipped: VocabularyFiles) -> None:
    assert count(session, Skill) == len(shipped.skills) >= 1_200
    assert count(session, SkillLabel) == len(shipped.labels)
    assert count(session, SkillRelation) == len(shipped.relations)


def test_loading_the_same_files_again_changes_nothing(session: Session) -> None:
    version = queries.vocabulary_version(session)
    assert load_vocabulary(session) is False
    assert queries.vocabulary_version(session) == version


def test_one_text_names_one_concept_in_the_database_too(session: Session) -> None:
    with pytest.raises(IntegrityError):
        officer_label(session, "KE TOAN", "IT01")


@pytest.mark.slow
def test_the_database_and_the_files_give_the_same_vocabulary(
    session: Session, shipped: VocabularyFiles
) -> None:
    ours, files = queries.vocabulary(session), queries.vocabulary_of(shipped)
    assert ours.labels == files.labels
    assert ours.concepts == files.concepts


def test_likeness_is_read_by_ids(session: Session) -> None:
    found = queries.similarity_of(session)
    ml, ai, deep = skill(session, "IT16").id, skill(session, "IT15").id, skill(session, "IT17").id
    assert found[ai][ml] == 90
    assert found[ai][deep] == 80
    assert found[ml][ai] == 60


def test_choices_for_forms_are_active_and_in_vietnamese_order(session: Session) -> None:
    skill(session, "IT09").state = SkillState.RETIRED
    session.flush()
    names = [one.vi for one in queries.active_skills(session)]
    assert len(names) == count(session, Skill) - 1
    assert names.index("Âm nhạc") < names.index("Báo chí") < names.index("Đấu thầu")


def test_a_text_seen_again_is_counted_where_it_was_seen(session: Session) -> None:
    first = pending_term(session, "Thổi thủy tinh")
    again = pending_term(session, "thổi thuỷ tinh", "needs")
    assert again.id == first.id
    assert (again.text, again.count) == ("Thổi thủy tinh", 2)
    assert {(seen.place, seen.count) for seen in again.sightings} == {("people", 1), ("needs", 1)}


def test_a_text_without_letters_and_a_long_one_are_kept_too(session: Session) -> None:
    signs = pending_term(session, "☆☆☆")
    assert (signs.text, signs.folded) == ("☆☆☆", "☆☆☆")
    long = pending_term(session, "đ" * 500)
    assert len(long.text) == 200
    assert count(session, PendingTerm) == 2


def test_a_label_is_keyed_when_its_text_is_set(session: Session) -> None:
    made = officer_label(session, "Kĩ thuật đếm sao")
    assert (made.folded, made.accented) == ("ki thuat dem sao", "kĩ thuật đếm sao")
    assert operations.LONGEST_TERM == 200
