"""Loading the vocabulary into the database, and what is kept of texts that named nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.skills import operations, queries
from registry.skills.models import PendingTerm, Skill, SkillLabel, SkillRelation
from registry.skills.operations import BroaderCycle, load_vocabulary
from registry.skills.readers import LabelRow, RelationRow, VocabularyFiles, read_vocabulary
from registry.skills.resolver import resolve
from registry.skills.rules import LabelOrigin, SkillState
from tests.factories.skills import officer_label, pending_term, skill

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files() -> VocabularyFiles:
    return read_vocabulary()


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_shipped_files_are_loaded(session: Session, files: VocabularyFiles) -> None:
    assert count(session, Skill) == len(files.skills) >= 1_200
    assert count(session, SkillLabel) == len(files.labels)
    assert count(session, SkillRelation) == len(files.relations)


def test_loading_the_same_files_again_changes_nothing(session: Session) -> None:
    version = queries.vocabulary_version(session)
    assert load_vocabulary(session) is False
    assert queries.vocabulary_version(session) == version


def test_new_files_replace_shipped_labels_and_keep_ids(session: Session, files: VocabularyFiles) -> None:
    before = {one.code: one.id for one in session.scalars(select(Skill))}
    events = count(session, AuditEvent)
    labels = [row for row in files.labels if row.text != "kế toán viên"]
    labels.append(LabelRow("FI01", "người giữ sổ", "vi", "alias", "editorial"))
    renamed = [replace(row, vi="Kế toán mới") if row.code == "FI01" else row for row in files.skills]
    assert load_vocabulary(session, files=replace(files, skills=renamed, labels=labels, sha256="mới"))
    assert {one.code: one.id for one in session.scalars(select(Skill))} == before
    session.expire_all()
    changed = skill(session)
    assert (changed.vi, changed.folded) == ("Kế toán mới", "ke toan moi")
    texts = {label.text for label in changed.labels}
    assert "người giữ sổ" in texts
    assert "kế toán viên" not in texts
    assert count(session, AuditEvent) == events + 1


def test_labels_added_here_stay_and_win(session: Session, files: VocabularyFiles) -> None:
    session.query(SkillLabel).filter_by(text="thợ hàn").delete()
    mine = officer_label(session, "thợ hàn")
    load_vocabulary(session, files=replace(files, sha256="khác"))
    kept = session.scalars(select(SkillLabel).where(SkillLabel.folded == "tho han")).all()
    assert [(label.id, label.origin) for label in kept] == [(mine.id, LabelOrigin.OFFICER)]


def test_a_circle_of_broader_links_is_refused(session: Session, files: VocabularyFiles) -> None:
    circle = [RelationRow("IT01", "broader", "IT02"), RelationRow("IT02", "broader", "IT01")]
    with pytest.raises(BroaderCycle, match="IT01 → IT02 → IT01"):
        load_vocabulary(session, files=replace(files, relations=circle, sha256="vòng"))


def test_one_text_names_one_concept_in_the_database_too(session: Session) -> None:
    with pytest.raises(IntegrityError):
        officer_label(session, "KE TOAN", "IT01")


def test_the_vocabulary_follows_its_version(session: Session, files: VocabularyFiles) -> None:
    first = queries.vocabulary(session)
    assert queries.vocabulary(session) is first
    assert resolve("người giữ sổ sách", first).skill is None
    labels = [*files.labels, LabelRow("FI01", "người giữ sổ sách", "vi", "alias", "editorial")]
    load_vocabulary(session, files=replace(files, labels=labels, sha256="mới"))
    assert resolve("người giữ sổ sách", queries.vocabulary(session)).skill == "FI01"


def test_only_the_last_versions_are_kept_in_memory(session: Session, files: VocabularyFiles) -> None:
    first = queries.vocabulary(session)
    for number in range(3):
        load_vocabulary(session, files=replace(files, sha256=f"bản {number}"))
        queries.vocabulary(session)
    assert first.version not in queries.kept_versions()
    assert len(queries.kept_versions()) == 3


def test_retired_concepts_resolve_no_longer(session: Session, files: VocabularyFiles) -> None:
    skill(session, "IT09").state = SkillState.RETIRED
    load_vocabulary(session, files=replace(files, sha256="bỏ"))
    answer = resolve("Golang", queries.vocabulary(session))
    assert answer.skill != "IT09"


def test_the_database_and_the_files_give_the_same_vocabulary(session: Session) -> None:
    ours, files = queries.vocabulary(session), queries.shipped_vocabulary()
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
