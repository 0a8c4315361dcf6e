"""Acts of curators over a real database: what they write, what follows, what an undo puts back, what an upgrade leaves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.accounts.models import Account
from registry.audit.models import AuditEvent
from registry.people.models import PersonChange
from registry.skills import operations, queries
from registry.skills.models import PendingTerm, Skill, SkillLabel, SkillRelation
from registry.skills.operations import ConceptTerms, NewLabel, placing
from registry.skills.operations.ledger import put_back
from registry.skills.readers import LabelRow, RelationRow, SkillRow, VocabularyFiles
from registry.skills.resolver import Context, resolve
from registry.skills.rules import (
    ChangeState,
    LabelKind,
    LabelLanguage,
    LabelOrigin,
    LevelScale,
    PendingState,
    RelationKind,
    Sector,
    SkillFamily,
    SkillState,
)
from tests.factories import people
from tests.factories.curating import AT, claim, label, last_change, need, term
from tests.factories.skills import pending_term, skill

Work = Callable[[], int]
GLASS = ConceptTerms("Thổi thủy tinh", "Glass blowing", SkillFamily.TRADE, Sector.CRAFT)
BY: dict[str, Any] = {"by": None, "at": AT}


def understood(session: Session, text: str) -> str | None:
    return resolve(text, queries.vocabulary(session)).skill


def small_files(session: Session, *labels: LabelRow, sha256: str = "mới") -> VocabularyFiles:
    """Files that say what the small vocabulary says, and these labels besides."""
    skills = [
        SkillRow(one.code, one.vi, one.en, one.sector.value, one.family.value, one.scale.value)
        for one in session.scalars(select(Skill).order_by(Skill.id))
    ]
    codes = {one.id: one.code for one in session.scalars(select(Skill))}
    rows = [
        LabelRow(codes[one.skill_id], one.text, one.language, one.kind, one.origin, one.is_ambiguous)
        for one in session.scalars(select(SkillLabel).order_by(SkillLabel.id))
    ]
    relations = [
        RelationRow(codes[one.skill_id], one.kind, codes[one.other_id])
        for one in session.scalars(select(SkillRelation))
    ]
    return VocabularyFiles(skills, [*rows, *labels], relations, sha256)


def events(session: Session, action: str) -> int:
    counting = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == action)
    return session.scalar(counting) or 0


def test_a_kept_text_becomes_an_alias_and_claims_and_needs_get_the_concept(
    few: Session, curator: Account, work: Work
) -> None:
    held = claim(few, people.person(few), "đếm sao chợ phiên")
    wanted = need(few, "Đếm sao chợ phiên")
    accounting = skill(few, "FI01")
    assert held.skill_id is None
    change = operations.label_term(few, term(few, "đếm sao chợ phiên"), accounting, by=curator.id, at=AT)
    few.commit()
    assert work() == 1
    few.expire_all()
    assert (held.skill_id, held.pending_term_id, held.needs_confirmation) == (accounting.id, None, False)
    assert held.typed == "đếm sao chợ phiên"
    assert (wanted.skills[0].skill_id, wanted.skills[0].pending_term_id) == (accounting.id, None)
    assert (change.placed, change.kept, change.job is not None and change.job.state) == (2, 0, "done")
    assert events(few, "skill.term_labelled") == 1
    assert events(few, "skill_claim.placed") == 1
    assert events(few, "need.skill_placed") == 1
    few.refresh(wanted)
    assert wanted.version == 2


def test_an_undo_gives_back_what_the_change_moved_and_leaves_what_was_changed_since(
    few: Session, work: Work
) -> None:
    held = claim(few, people.person(few), "đếm sao chợ phiên", 2)
    other = claim(few, people.person(few, "Lò Văn Tư"), "đếm sao chợ phiên")
    waiting = term(few, "đếm sao chợ phiên")
    change = operations.label_term(few, waiting, skill(few, "FI01"), **BY)
    few.commit()
    work()
    few.expire_all()
    other.level = 4
    operations.undo_change(few, change, **BY)
    few.commit()
    work()
    few.expire_all()
    assert (held.skill_id, held.pending_term_id, held.level) == (None, waiting.id, 2)
    assert held.needs_confirmation is True
    assert other.skill_id == skill(few, "FI01").id
    assert (waiting.state, waiting.skill_id) == (PendingState.WAITING, None)
    assert understood(few, "đếm sao chợ phiên") is None
    assert change.state is ChangeState.UNDONE
    assert events(few, "skill_claim.given_back") == 1
    with pytest.raises(operations.AlreadyUndone):
        operations.undo_change(few, change, **BY)


def test_an_undo_before_the_job_ran_moves_nobody(few: Session, work: Work) -> None:
    held = claim(few, people.person(few), "đếm sao chợ phiên")
    change = operations.label_term(few, term(few, "đếm sao chợ phiên"), skill(few, "FI01"), **BY)
    few.commit()
    operations.undo_change(few, change, **BY)
    few.commit()
    work()
    few.expire_all()
    assert held.skill_id is None
    assert change.placed == 0


def test_a_person_who_claims_the_concept_already_keeps_both_rows_and_is_counted(
    few: Session, work: Work
) -> None:
    person = people.person(few)
    claimed, held = claim(few, person, "Kế toán", 4), claim(few, person, "đếm sao chợ phiên", 2)
    operations.label_term(few, term(few, "đếm sao chợ phiên"), skill(few, "FI01"), **BY)
    few.commit()
    work()
    few.expire_all()
    assert (claimed.level, claimed.version) == (4, 1)
    assert held.skill_id is None
    assert (last_change(few).placed, last_change(few).kept) == (0, 1)


def test_moving_claims_tells_the_index_whom_it_has_to_read_again(few: Session, work: Work) -> None:
    person = people.person(few)
    claim(few, person, "đếm sao chợ phiên")
    few.commit()
    before = few.get_one(PersonChange, person.id).n
    operations.label_term(few, term(few, "đếm sao chợ phiên"), skill(few, "FI01"), **BY)
    few.commit()
    work()
    few.expire_all()
    assert few.get_one(PersonChange, person.id).n > before


def test_a_killed_job_goes_on_and_moves_each_record_once(
    few: Session, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [claim(few, people.person(few, f"Lò Văn {name}"), "đếm sao chợ phiên") for name in "ABCDE"]
    change = operations.label_term(few, term(few, "đếm sao chợ phiên"), skill(few, "FI01"), **BY)
    few.commit()
    monkeypatch.setattr("registry.skills.operations.placing.PLACED_AT_ONCE", 2)
    honest = placing._place_rows  # pyright: ignore[reportPrivateUsage] - killed from inside
    calls = 0

    def deadly(*arguments: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        honest(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr("registry.skills.operations.placing._place_rows", deadly)
        with pytest.raises(KeyboardInterrupt):
            work()
    few.expire_all()
    job = change.job
    assert job is not None
    assert sum(one.skill_id is not None for one in held) == 2
    job.lease_until = AT
    few.commit()
    work()
    few.expire_all()
    assert all(one.skill_id is not None for one in held)
    assert change.placed == 5


def test_a_text_that_only_marks_tell_apart_stays_beside_the_other(few: Session) -> None:
    operations.add_label(few, skill(few, "IT01"), NewLabel("kê toan"), **BY)
    mine, theirs = label(few, "kê toan"), label(few, "Kế toán")
    assert mine.is_ambiguous
    assert theirs.is_ambiguous
    assert theirs.origin is LabelOrigin.OFFICER
    assert understood(few, "Kế toán") == "FI01"
    assert understood(few, "kê toan") == "IT01"


def test_a_text_of_another_concept_is_refused_unless_contexts_are_given(few: Session) -> None:
    with pytest.raises(operations.LabelTaken) as refused:
        operations.add_label(few, skill(few, "IT01"), NewLabel("lập trình java"), **BY)
    assert refused.value.holder.code == "IT02"
    new = NewLabel("lập trình Java", sectors=[Sector.FINANCE], words=["ngân hàng"])
    operations.add_label(few, skill(few, "FI01"), new, **BY)
    made = few.scalars(select(SkillLabel).where(SkillLabel.context_words == "ngân hàng")).one()
    assert (made.is_ambiguous, made.context_sectors) == (True, "finance")
    words = queries.vocabulary(few)
    alone, beside = (
        resolve("lập trình Java", words, Context(neighbours=near)) for near in ((), ("ngân hàng",))
    )
    assert (alone.is_accepted, {one.skill for one in alone.candidates}) == (False, {"IT02", "FI01"})
    assert (beside.is_accepted, beside.skill) == (True, "FI01")


@pytest.mark.parametrize(
    ("text", "refusal"), [("☆☆", operations.LabelWordless), ("KE TOAN", operations.LabelOwned)]
)
def test_texts_that_cannot_be_labels_are_refused(few: Session, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        operations.add_label(few, skill(few, "FI01"), NewLabel(text), **BY)


def test_a_shipped_label_that_was_taken_away_does_not_come_back_with_an_upgrade(few: Session) -> None:
    files = small_files(few)
    operations.remove_label(few, skill(few, "IT02"), label(few, "Java Swing"), **BY)
    assert operations.load_vocabulary(few, files=files)
    assert few.scalar(select(SkillLabel.id).where(SkillLabel.text == "Java Swing")) is None
    assert few.scalar(select(SkillLabel.id).where(SkillLabel.text == "JavaFX")) is not None
    with pytest.raises(operations.NameNeeded):
        operations.remove_label(few, skill(few, "IT02"), label(few, "Java"), **BY)


def test_taking_a_label_away_lets_its_text_wait_again(few: Session) -> None:
    pending_term(few, "đếm sao chợ phiên")
    operations.add_label(few, skill(few, "FI01"), NewLabel("Đếm sao chợ phiên"), **BY)
    kept = term(few, "đếm sao chợ phiên")
    assert kept.state is PendingState.LABELLED
    operations.remove_label(few, skill(few, "FI01"), label(few, "Đếm sao chợ phiên"), **BY)
    assert (kept.state, kept.skill_id) == (PendingState.WAITING, None)


def test_a_new_concept_has_a_code_of_its_own_and_an_upgrade_leaves_it(few: Session) -> None:
    files = small_files(few)
    made, _change = operations.create_concept(few, GLASS, LevelScale.TRADE, broader=skill(few, "AG01"), **BY)
    assert made.code == "TU-0001"
    assert understood(few, "glass blowing") == "TU-0001"
    operations.load_vocabulary(few, files=files)
    assert understood(few, "thổi thủy tinh") == "TU-0001"
    relations = queries.relations_of(few, made)
    assert [one.code for one in relations.broader] == ["AG01"]
    other, _change = operations.create_concept(
        few, replace(GLASS, vi="Đan lưới cá", en=""), LevelScale.GENERAL, **BY
    )
    assert other.code == "TU-0002"


def test_a_shipped_file_that_later_has_the_text_leaves_it_to_the_local_concept(few: Session) -> None:
    files = small_files(few, LabelRow("IT01", "thổi thuỷ tinh", "vi", "alias", "editorial"))
    operations.create_concept(few, GLASS, LevelScale.GENERAL, **BY)
    operations.load_vocabulary(few, files=files)
    assert understood(few, "thổi thủy tinh") == "TU-0001"


def test_a_concept_made_for_a_kept_text_takes_the_claims_that_held_it(few: Session, work: Work) -> None:
    held = claim(few, people.person(few), "thổi thuỷ tinh màu")
    made, _change = operations.create_concept(
        few, GLASS, LevelScale.GENERAL, term=term(few, "thổi thuỷ tinh màu"), **BY
    )
    few.commit()
    work()
    few.expire_all()
    assert held.skill_id == made.id
    operations.undo_change(few, last_change(few), **BY)
    few.commit()
    work()
    few.expire_all()
    assert (held.skill_id, made.state) == (None, SkillState.RETIRED)
    assert term(few, "thổi thuỷ tinh màu").state is PendingState.WAITING


def test_edited_names_win_over_the_files_and_the_former_names_stay(few: Session) -> None:
    files = small_files(few)
    edited = skill(few, "FI01")
    terms = ConceptTerms("Nghiệp vụ kế toán", "Accounting", SkillFamily.PROFESSION, Sector.BUSINESS)
    operations.edit_concept(few, edited, terms, **BY)
    assert understood(few, "kế toán") == "FI01"
    operations.load_vocabulary(few, files=files)
    few.expire_all()
    assert (edited.vi, edited.sector, edited.is_edited) == ("Nghiệp vụ kế toán", Sector.BUSINESS, True)
    names = {one.text: one.kind for one in edited.labels}
    assert names["Nghiệp vụ kế toán"] is LabelKind.PREFERRED
    assert names["Kế toán"] is LabelKind.ALIAS
    assert operations.edit_concept(few, edited, terms, **BY) is None


def test_a_merge_moves_names_and_codes_and_an_upgrade_keeps_it(few: Session) -> None:
    files = small_files(few)
    merged, into = skill(few, "IT03"), skill(few, "IT02")
    operations.merge_concepts(few, merged, into, **BY)
    assert (merged.state, merged.merged_into_id) == (SkillState.MERGED, into.id)
    assert understood(few, "ECMAScript") == "IT02"
    assert label(few, "JavaScript").kind is LabelKind.ALIAS
    operations.load_vocabulary(few, files=files)
    few.expire_all()
    assert merged.state is SkillState.MERGED
    assert merged.labels == []
    assert understood(few, "ECMAScript") == "IT02"
    assert label(few, "JavaScript").kind is LabelKind.ALIAS
    # The rows an upgrade wrote anew are the ones the merge left: the undo still works.
    operations.undo_change(few, last_change(few), **BY)
    assert understood(few, "ECMAScript") == "IT03"
    assert label(few, "JavaScript").kind is LabelKind.PREFERRED
    assert skill(few, "IT03").state is SkillState.ACTIVE


def test_claims_keep_the_concept_that_was_merged_and_whoever_holds_both_is_read_again(
    few: Session, work: Work
) -> None:
    person = people.person(few)
    one, two = claim(few, person, "Java"), claim(few, person, "JavaScript")
    few.commit()
    before = few.get_one(PersonChange, person.id).n
    operations.merge_concepts(few, skill(few, "IT03"), skill(few, "IT02"), **BY)
    few.commit()
    work()
    few.expire_all()
    assert (one.skill_id, two.skill_id) == (skill(few, "IT02").id, skill(few, "IT03").id)
    assert (one.version, two.version) == (1, 1)
    assert few.get_one(PersonChange, person.id).n > before


def test_relations_go_over_with_a_merge_without_circles_or_doubles(few: Session) -> None:
    # Deep learning ⊂ machine learning ⊂ artificial intelligence: the middle one goes into the lowest.
    operations.merge_concepts(few, skill(few, "IT16"), skill(few, "IT17"), **BY)
    found = queries.relations_of(few, skill(few, "IT17"))
    assert [one.code for one in found.broader] == ["IT15"]
    assert found.narrower == []
    likeness = queries.similarity_of(few)
    assert likeness[skill(few, "IT15").id][skill(few, "IT16").id] == 90


def test_merging_is_refused_where_levels_or_states_differ(few: Session) -> None:
    with pytest.raises(operations.ScaleFixed):
        operations.merge_concepts(few, skill(few, "EN02"), skill(few, "IT01"), **BY)
    with pytest.raises(operations.SameConcept):
        operations.merge_concepts(few, skill(few, "IT01"), skill(few, "IT01"), **BY)
    operations.retire_concept(few, skill(few, "IT01"), **BY)
    with pytest.raises(operations.NotActive):
        operations.merge_concepts(few, skill(few, "IT01"), skill(few, "IT02"), **BY)


def test_a_chain_of_merges_ends_at_the_last_concept_and_only_the_last_can_be_undone(few: Session) -> None:
    one, two, three = (skill(few, code) for code in ("IT01", "IT02", "IT03"))
    first = operations.merge_concepts(few, one, two, **BY)
    operations.merge_concepts(few, two, three, **BY)
    assert one.merged_into_id == three.id
    with few.begin_nested(), pytest.raises(operations.ChangedSince):
        operations.undo_change(few, first, **BY)


def test_a_split_moves_the_claims_whose_words_went_along(few: Session, work: Work) -> None:
    moved = claim(few, people.person(few), "Java Swing", 3)
    stays = claim(few, people.person(few, "Lò Văn Tư"), "lập trình Java", 3)
    source = skill(few, "IT02")
    wanted = need(few, "JavaFX", skill_id=source.id)
    chosen = [label(few, text).id for text in ("Java Swing", "JavaFX")]
    terms = ConceptTerms("Giao diện Java", "Java desktop", SkillFamily.TOOL, Sector.IT)
    files = small_files(few)
    made, change = operations.split_concept(few, source, terms, chosen, **BY)
    few.commit()
    work()
    few.expire_all()
    assert (moved.skill_id, moved.level, moved.needs_confirmation) == (made.id, 3, False)
    assert stays.skill_id == source.id
    assert wanted.skills[0].skill_id == made.id
    operations.load_vocabulary(few, files=files)
    assert understood(few, "Java Swing") == made.code
    operations.undo_change(few, change, **BY)
    few.commit()
    work()
    few.expire_all()
    assert moved.skill_id == source.id
    assert wanted.skills[0].skill_id == source.id
    assert understood(few, "Java Swing") == "IT02"


def test_a_split_needs_a_label_that_is_not_the_name(few: Session) -> None:
    terms = ConceptTerms("Java mới", "", SkillFamily.TOOL, Sector.IT)
    with pytest.raises(operations.NothingChosen):
        operations.split_concept(few, skill(few, "IT02"), terms, [label(few, "Java").id], **BY)


def test_unconfirmed_claims_follow_the_vocabulary_and_confirmed_ones_do_not(few: Session, work: Work) -> None:
    doubted = claim(few, people.person(few), "kế toán viên trại giam")
    doubted.skill_id, doubted.pending_term_id = skill(few, "FI02").id, None
    doubted.needs_confirmation = True
    sure = claim(few, people.person(few, "Lò Văn Tư"), "Kế toán")
    sure.typed = "kế toán viên trại giam"
    operations.add_label(few, skill(few, "FI01"), NewLabel("kế toán viên trại giam"), **BY)
    sure.skill_id = skill(few, "FI02").id
    few.commit()
    work()
    few.expire_all()
    assert (doubted.skill_id, doubted.needs_confirmation) == (skill(few, "FI01").id, False)
    assert sure.skill_id == skill(few, "FI02").id


def test_retired_concepts_resolve_no_longer_and_come_back(few: Session) -> None:
    operations.retire_concept(few, skill(few, "IT02"), **BY)
    assert understood(few, "Java Swing") != "IT02"
    with pytest.raises(operations.LabelTaken):
        operations.add_label(few, skill(few, "IT03"), NewLabel("Java Swing"), **BY)
    operations.restore_concept(few, skill(few, "IT02"), **BY)
    assert understood(few, "Java Swing") == "IT02"
    with pytest.raises(operations.NotActive):
        operations.restore_concept(few, skill(few, "IT02"), **BY)


def test_broader_links_never_lead_round_and_local_ones_win_over_the_files(few: Session) -> None:
    ai, learning, deep = (skill(few, code) for code in ("IT15", "IT16", "IT17"))
    with pytest.raises(operations.WouldCircle):
        operations.add_relation(few, ai, deep, RelationKind.BROADER, **BY)
    with pytest.raises(operations.AlreadyRelated):
        operations.add_relation(few, ai, learning, RelationKind.RELATED, **BY)
    with pytest.raises(operations.SameConcept):
        operations.add_relation(few, ai, ai, RelationKind.RELATED, **BY)
    files = small_files(few)
    operations.remove_relation(few, deep, learning, **BY)
    operations.add_relation(few, ai, deep, RelationKind.BROADER, **BY)
    operations.load_vocabulary(few, files=files)
    assert [one.code for one in queries.relations_of(few, ai).broader] == ["IT17"]
    assert queries.relations_of(few, deep).broader == []
    assert operations.remove_relation(few, deep, skill(few, "FI01"), **BY) is None


def test_related_pairs_stand_in_both_directions_and_go_together(few: Session) -> None:
    one, other = skill(few, "FI01"), skill(few, "IT01")
    change = operations.add_relation(few, one, other, RelationKind.RELATED, **BY)
    assert [found.code for found in queries.relations_of(few, other).related] == ["FI01"]
    assert change.job is None
    operations.undo_change(few, change, **BY)
    assert other not in queries.relations_of(few, one).related


def test_an_ignored_text_waits_no_longer_and_no_log_repeats_it(few: Session) -> None:
    kept = pending_term(few, "chị Lò Thị Hoa dạy")
    change = operations.ignore_term(few, kept, **BY)
    assert kept.state is PendingState.IGNORED
    assert change.words == ""
    assert pending_term(few, "chị Lò Thị Hoa dạy").state is PendingState.IGNORED
    operations.undo_change(few, change, **BY)
    assert few.get_one(PendingTerm, kept.id).state is PendingState.WAITING


def test_a_text_decided_by_somebody_else_is_not_decided_again(few: Session) -> None:
    kept = pending_term(few, "đếm sao chợ phiên")
    operations.label_term(few, kept, skill(few, "FI01"), **BY)
    with pytest.raises(operations.NotWaiting):
        operations.label_term(few, kept, skill(few, "FI02"), **BY)
    with pytest.raises(operations.NotWaiting):
        operations.ignore_term(few, kept, **BY)


def test_what_was_changed_since_is_not_undone(few: Session) -> None:
    first = operations.add_label(few, skill(few, "FI01"), NewLabel("sổ cái chợ"), **BY)
    added = label(few, "sổ cái chợ")
    added.language = LabelLanguage.EN
    few.flush()
    with pytest.raises(operations.ChangedSince):
        operations.undo_change(few, first, **BY)
    with pytest.raises(operations.ChangedSince):
        put_back(few, [{**first.entries[0], "after": None, "before": first.entries[0]["after"]}])


def test_every_act_makes_the_vocabulary_another_version(few: Session) -> None:
    before = queries.vocabulary_version(few)
    change = operations.add_label(few, skill(few, "FI01"), NewLabel("sổ cái chợ"), **BY)
    after = queries.vocabulary_version(few)
    operations.undo_change(few, change, **BY)
    assert len({before, after, queries.vocabulary_version(few)}) == 3
