"""Loading another edition of the vocabulary over the one that is there, ours and what was decided here."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.audit.models import AuditEvent
from registry.skills import queries
from registry.skills.models import Skill, SkillLabel
from registry.skills.operations import BroaderCycle, load_vocabulary
from registry.skills.readers import LabelRow, RelationRow, VocabularyFiles
from registry.skills.resolver import resolve
from registry.skills.rules import LabelOrigin, SkillState
from tests.factories.skills import officer_label, skill


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.slow
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


def test_the_vocabulary_follows_its_version(session: Session, files: VocabularyFiles) -> None:
    first = queries.vocabulary(session)
    assert queries.vocabulary(session) is first
    assert resolve("khrtp zqvxw", first).skill is None
    labels = [*files.labels, LabelRow("FI01", "khrtp zqvxw", "vi", "alias", "editorial")]
    load_vocabulary(session, files=replace(files, labels=labels, sha256="mới"))
    assert resolve("khrtp zqvxw", queries.vocabulary(session)).skill == "FI01"


def test_only_the_last_versions_are_kept_in_memory(session: Session, files: VocabularyFiles) -> None:
    first = queries.vocabulary(session)
    for number in range(3):
        load_vocabulary(session, files=replace(files, sha256=f"bản {number}"))
        queries.vocabulary(session)
    assert first.version not in queries.kept_versions()
    assert len(queries.kept_versions()) == 3


def test_retired_concepts_resolve_no_longer(session: Session, files: VocabularyFiles) -> None:
    assert resolve("Machine learning", queries.vocabulary(session)).skill == "IT16"
    skill(session, "IT16").state = SkillState.RETIRED
    load_vocabulary(session, files=replace(files, sha256="bỏ"))
    answer = resolve("Machine learning", queries.vocabulary(session))
    assert answer.skill != "IT16"
